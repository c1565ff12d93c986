"""Numbers that are dialled: whole, or set apart as 12 378, 123-78 and 0571-12345."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.findings.law_cues import Citing, LawCue
from pipeline.findings.titles import Titled

DIAL_REACH = 12  # characters before a number in which a word of telephones makes it one
DIAL_BEHIND = 4  # and behind it: 110报警, 12378热线
_DIGIT = "[0-9０-９]"
_APART = r"[ \u3000\-－‐–—]"
_RUN = re.compile(
    rf"(?<![0-9０-９A-Za-z])(?<!{_DIGIT}[.,．])({_DIGIT}(?:{_APART}?{_DIGIT}){{2,20}})"
    r"(?![0-9０-９A-Za-z@]|\.[0-9A-Za-z]|,[0-9])"
)
_GROUP = re.compile(rf"{_DIGIT}+")
_AREA = re.compile(r"0[0-9]{2,3}")
_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, eq=False)
class Hotlines:
    """Finds the numbers of all hotlines in a sentence."""

    laws: tuple[LawCue, ...]
    citing: Citing

    @cached_property
    def numbers(self) -> tuple[tuple[re.Pattern[str], LawCue], ...]:
        """Of those with the most digits given first."""
        held = [(law.hotline, law) for law in self.laws if law.hotline]
        held.sort(key=lambda pair: -len(pair[0].anchor))
        return tuple((re.compile(line.number.replace("x", "[0-9]")), law) for line, law in held)

    def __call__(self, text: str) -> Iterator[Titled]:
        last = -DIAL_REACH  # where the number before ends that is dialled
        for run in _RUN.finditer(text):
            dialled = self._is_dialled(text, *run.span()) or run.start() - last < DIAL_REACH
            for start, end, digits in _readings(run, dialled=dialled):
                law = self._law(digits, dialled=dialled)
                if law and self._is_number(text, start, end):
                    last = end if dialled else last
                    yield Titled(law, start, end)

    def _law(self, digits: str, *, dialled: bool) -> LawCue | None:
        """Of the hotlines that need a word of telephones only where there is one."""
        laws = (law for pattern, law in self.numbers if pattern.fullmatch(digits))
        return next((law for law in laws if law.hotline and (dialled or not law.hotline.dialled)), None)

    def _is_dialled(self, text: str, start: int, end: int) -> bool:
        before, behind = text[max(0, start - DIAL_REACH) : start], text[end : end + DIAL_BEHIND]
        words = (*self.citing.call, *self.citing.dial)
        return any(word in before or word in behind for word in words)

    def _is_number(self, text: str, start: int, end: int) -> bool:
        """Not an amount, a count, a code or a day: 12345元, 编号12345."""
        no_call, counted = self.citing.no_call, self.citing.counted
        return not text.endswith(no_call, 0, start) and not text.startswith(counted, end)


def _readings(run: re.Match[str], *, dialled: bool) -> Iterator[tuple[int, int, str]]:
    """What of a run of digits may be a number: start, end, digits.

    12378 as it stands, behind an area code (0571-12345) and beside another (12378 12363). Set apart (12 378)
    or before an extension (12378-2) only where a telephone is spoken of: 95188-1 may be any code.
    """
    groups = list(_GROUP.finditer(run[0]))
    if len(groups) > 1 and dialled:
        yield run.start(), run.end(), "".join(group[0] for group in groups).translate(_WIDTH)
    for before, group, behind in zip([None, *groups], groups, [*groups[1:], None], strict=False):
        if _stands(run[0], before) and (dialled or behind is None or _is_blank(run[0], group)):
            yield run.start() + group.start(), run.start() + group.end(), group[0].translate(_WIDTH)


def _stands(said: str, before: re.Match[str] | None) -> bool:
    return before is None or _is_blank(said, before) or _AREA.fullmatch(before[0]) is not None


def _is_blank(said: str, group: re.Match[str]) -> bool:
    return said[group.end()].isspace()
