"""Words that a site's filter deleted: 催收问也让 was 催收问题也让."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from pipeline.records import Confidence
from pipeline.repair.edited import EditedText, Span

BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff、，]) (?=[\u4e00-\u9fff、，。；])")
STOPS = re.compile("[，。！？；,!?;]")
HAN_PER_BLANK = 8  # a line with more blanks is a list of tags or a menu; a filter takes one word a sentence
SET = re.compile(r"\{([a-z]+)\}")
# In a pattern: what is plain inside a gap, directly before it or behind it, and therefore in every match.
GAP = re.compile(
    r"(?P<before>[《\u3400-\u9fff]*)\(\?P<gap\d*>(?P<held>[ \u3400-\u9fff]*)\)"
    r"(?P<behind>[\u3400-\u9fff]*(?![?*+{\u3400-\u9fff]))?"
)
# A blank that is a gap stands between Han or their marks; most others have Latin or digits beside them.
GAP_BLANK = " (?<=[\u3400-\u9fff，、。] )[\u3400-\u9fff，、。；,;]"
LONGEST = 8  # characters of a match, where repair.toml does not say otherwise
CROWDED = 4  # a line with a place to try for each so many characters is searched from end to end
INNERMOST = re.compile(r"\\.|\[[^\]]*\]|\([^()\[\]\\]*\)")  # of a pattern's groups; an escape, a set
PLAIN = re.compile(r"[\u3400-\u9fff]+(?![?*+{\u3400-\u9fff])")


@dataclass(frozen=True, eq=False)
class LacunaRule:
    """One pattern of repair.toml; its group `gap` is what was lost. One is as good as itself only."""

    id: str
    kind: str
    action: Literal["restore", "note"]
    pattern: re.Pattern[str]
    replacement: str
    confidence: Confidence
    in_sentence: bool = False
    filtered_page: bool = False
    absent: str = ""  # what the rest of the page must not say then
    needs: tuple[re.Pattern[str], ...] = ()  # every match holds one: quick to ask, and most lines hold none
    longest: int = 0  # characters of a match; 0: any number

    @property
    def alone(self) -> bool:
        """Restored by itself, without the rest of the page as a witness."""
        return self.action == "restore" and not self.filtered_page

    def spans(self, text: str) -> Iterator[Span]:
        found = self._found(text)
        if self.in_sentence and found and not is_sentence(text):
            return
        for match in found:
            group = str(match.lastgroup)
            start, end = match.span(group)
            yield Span(start, end, self.replacement, self.kind, self.confidence)

    def _found(self, text: str) -> list[re.Match[str]]:
        """What `finditer` finds, tried only where a need is near: most of a line is far from any."""
        needed = {found.start() for need in self.needs for found in need.finditer(text)}
        if not (self.needs and self.longest) or len(needed) * self.longest * CROWDED > len(text):
            return list(self.pattern.finditer(text)) if needed or not self.needs else []
        found: list[re.Match[str]] = []
        begin = 0
        for place in sorted(needed):
            for at in range(max(begin, place - self.longest + 1), place + 1):
                if match := self.pattern.match(text, at):
                    found.append(match)
                    break
            begin = max(place + 1, found[-1].end() if found else 0)
        return found


def by_line(texts: Sequence[str], rules: Iterable[LacunaRule]) -> list[list[LacunaRule]]:
    """For each line of a page, in their order, the rules that may find anything in it: in most lines none."""
    whole = "\n".join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    lines: dict[re.Pattern[str], set[int]] = {}  # that hold a need; a dozen rules may have the same
    held: list[list[LacunaRule]] = [[] for _ in texts]
    for rule in rules:
        for need in rule.needs:
            if need not in lines:
                lines[need] = {bisect_right(ends, found.start()) for found in need.finditer(whole)}
        for index in {i for need in rule.needs for i in lines[need]} if rule.needs else range(len(texts)):
            held[index].append(rule)
    return held


def restore(line: EditedText, rules: Iterable[LacunaRule], behind: str = "") -> EditedText:
    """Puts back, rule by rule, what a rule of action `restore` is sure of.

    Damage: a filter against unwelcome words takes 电话, 维权 or the 题 of 问题 out of every text; often a
    blank stays behind, and then the blank itself is the evidence. Left alone: 疑问, 访问, whatever no pattern
    knows, and a word that the next line (`behind`) goes on with.
    """
    for rule in rules:
        if rule.action == "restore":
            spans = [span for span in rule.spans(line.text) if not _goes_on(line.text, span, behind)]
            line = line.replace(spans) if spans else line
    return line


def _goes_on(text: str, span: Span, behind: str) -> bool:
    """Whether a line that was broken to a width ends inside the word: 安全问 / 题."""
    return span.end == len(text) and behind.startswith(span.replacement)


def suspected(text: str, rules: Iterable[LacunaRule]) -> tuple[Span, ...]:
    """Where a word may be missing, or another one standing, without a rule that may be trusted here."""
    found: dict[tuple[int, int], Span] = {}
    for rule in rules:
        if not rule.alone:
            for span in rule.spans(text):
                found.setdefault((span.start, span.end), span)  # the rule that knows the word comes first
    return tuple(found.values())


def is_sentence(text: str) -> bool:
    """Running text, in which a blank between Han is not a writer's.

    >>> is_sentence("频繁的催收 和短信，让人焦虑。"), is_sentence("逾期 催收 协商")
    (True, False)
    """
    blanks = len(BLANK_BETWEEN_HAN.findall(text))
    return bool(STOPS.search(text)) and blanks * HAN_PER_BLANK <= len(text)


def lacuna_rules(table: dict[str, Any]) -> tuple[LacunaRule, ...]:
    """From repair.toml; `positive`, `negative` and `leaves` are for people and tests."""
    sets = {name: "(?:" + "|".join(words) + ")" for name, words in table.get("sets", {}).items()}
    rows = table.get("lacuna", [])
    written = frozenset("".join(row["replacement"] for row in rows))
    return tuple(_rule(row, sets, written) for row in rows)


def _rule(row: dict[str, Any], sets: dict[str, str], written: frozenset[str]) -> LacunaRule:
    pattern = SET.sub(lambda match: sets[match[1]], row["pattern"])
    return LacunaRule(
        row["id"],
        row["kind"],
        row["action"],
        re.compile(pattern),
        row["replacement"],
        row["confidence"],
        row.get("in_sentence", False),
        row.get("filtered_page", False),
        row.get("absent", row["replacement"]),
        tuple(dict.fromkeys(map(re.compile, _needs(pattern, row["replacement"], written)))),
        row.get("longest", LONGEST),
    )


def _needs(pattern: str, replacement: str, written: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """One for each gap, or what stands outside all groups; none where other rules may write all of it.

    >>> _needs("经济问(?P<gap>)(?=也|都)|网贷(?P<gap2>)平台上", "题")
    ('经济问(?!题)', '平台上')
    >>> _needs("(?:^|。)对于(?:人|户)(?P<gap>)(?=会)", "来说"), _needs("(?:^|。)(?P<gap>)(?:会|可能)", "他")
    (('对于',), ())
    """
    found = tuple(_need(gap, replacement, written) for gap in GAP.finditer(pattern))
    if all(found) and len(found) == pattern.count("(?P<gap"):
        return found
    outside = "" if "|" in (bare := _outside_groups(pattern)) else bare
    held = max(_unwritten(PLAIN.findall(outside), written), key=len, default="")
    return (held,) if held else ()


def _need(gap: re.Match[str], replacement: str, written: frozenset[str]) -> str:
    """What directly before a gap is plain must not be whole: the 问 of 问题 has lost nothing."""
    if gap["held"] == " ":
        return GAP_BLANK
    plain = max(_unwritten(gap.groupdict("").values(), written), key=len)
    opens = plain and replacement and not gap["held"] and gap["before"].endswith(plain)
    return f"{plain}(?!{re.escape(replacement)})" if opens else plain


def _outside_groups(pattern: str) -> str:
    """What every match of a pattern holds, if it has no `|`; a line end for each group and set."""
    while (bare := INNERMOST.sub("\n", pattern)) != pattern:
        pattern = bare
    return pattern


def _unwritten(plains: Iterable[str], written: frozenset[str]) -> Iterator[str]:
    for plain in plains:
        yield from "".join("\n" if char in written else char for char in plain).split("\n")
