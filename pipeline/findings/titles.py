"""Which law a title is: whole, with parts of it lost, or bare."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.findings.law_cues import Citing, LawCue
from pipeline.findings.matching import places
from pipeline.findings.provisions import ARTICLE_BEHIND
from pipeline.findings.sieve import REMEMBERED

STATE = "中华人民共和国"  # what the full titles of laws begin with
LEAST_LEFT = 0.65  # of a title's characters; 《业管理条例》 has 5 of 7, 《管理条例》 with 4 may be anything
LEAST_ALONE = 4  # characters of a title that lost some and has no 中华人民共和国: 《律法》 is none of 律师法
MOST_HOLES = 2  # filters delete words, not single characters here and there
LONGEST = 60
LONG_NAME = 6  # characters of a short name that is nobody else's: 信用卡业务管理办法
BRACKETED = re.compile(
    rf"《((?:[^《》〈〉\n]|〈[^《》〈〉\n]{{1,40}}〉){{1,{LONGEST}}})》|〈([^《》〈〉\n]{{1,{LONGEST}}})〉"
)
_LOST = re.compile(r"[□■�*＊×?？_]")  # what stands where a character was
_BOOK = "(?:总则|合同|物权|人格权|婚姻家庭|继承|侵权责任)"  # of the civil code
_TAIL = re.compile(
    rf"[（(【〔\[].*|[·.．]?{_BOOK}?编?第[零〇一二两三四五六七八九十百千0-9０-９]{{1,9}}条.*|[·.．]?{_BOOK}编"
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A stretch of a sentence that is the title of a law."""

    law: LawCue
    start: int
    end: int
    damaged: bool = False


@dataclass(frozen=True, eq=False)
class Titles:
    """The titles of all laws."""

    laws: tuple[LawCue, ...]
    citing: Citing

    @cached_property
    def whole(self) -> dict[str, LawCue]:
        bare = {title: law for law in self.laws for title in (*law.titles, *law.short)}
        return bare | {STATE + title: law for title, law in bare.items()}

    @cached_property
    def _ending(self) -> dict[str, list[LawCue]]:
        """Laws by the last character of their titles, which damaged ones keep; most books end otherwise."""
        found: dict[str, list[LawCue]] = defaultdict(list)
        for law in self.laws:
            for last in {title[-1] for title in (*law.titles, *law.short)}:
                found[last].append(law)
        return found

    @cached_property
    def of(self) -> Callable[[str], tuple[LawCue, bool] | None]:
        """The law that a title in brackets names, and whether it is damaged."""
        return lru_cache(maxsize=REMEMBERED)(self._named)

    def bracketed(self, text: str) -> tuple[list[tuple[int, int]], list[Titled]]:
        """All stretches in brackets, and those that are titles of laws."""
        held = list(BRACKETED.finditer(text)) if "《" in text or "〈" in text else []
        known = [(match, self.of(match[1] or match[2])) for match in held if not self._is_about(text, match)]
        return [match.span() for match in held], [
            Titled(found[0], *match.span(), found[1]) for match, found in known if found
        ]

    def _is_about(self, text: str, title: re.Match[str]) -> bool:
        """A title before what explains it, or within another one's brackets: 《适用《民法典》的规定》."""
        if text.startswith(self.citing.explained, title.end()):
            return True
        before = text[max(0, title.start() - LONGEST) : title.start()]
        behind = text[title.end() : title.end() + LONGEST]
        return before.rfind("《") > before.rfind("》") and "》" in behind.partition("《")[0]

    def bare(self, text: str, laws: Iterable[LawCue]) -> Iterator[Titled]:
        """Titles outside of brackets; a short name only before an article or behind one of `by`."""
        for law in laws:
            for name in (*law.titles, *law.short):
                for at in places(name, text):
                    start, end = _with_state(text, at), at + len(name)
                    short = name not in law.titles and len(name) < LONG_NAME
                    if self._is_bare(text, start, end) and not (short and self._is_loose(text, start, end)):
                        yield Titled(law, start, end)

    def _is_bare(self, text: str, start: int, end: int) -> bool:
        """Not another law's title, nor a part of other words: 劳动合同法, 合同法律关系."""
        follows = self.citing.not_before + self.citing.explained
        return not text.endswith(self.citing.not_after, 0, start) and not text.startswith(follows, end)

    def _is_loose(self, text: str, start: int, end: int) -> bool:
        """刑法 in 学刑法的人."""
        return not text.endswith(self.citing.by, 0, start) and not ARTICLE_BEHIND.match(text, end)

    def _named(self, said: str) -> tuple[LawCue, bool] | None:
        if any(word in said for word in self.citing.drafts):
            return None
        title = _TAIL.sub("", "".join(said.split()), count=1)
        law = self.whole.get(title)
        if law or title in self.citing.others:
            return (law, False) if law else None
        return self._damaged(_LOST.sub("", title))

    def _damaged(self, kept: str) -> tuple[LawCue, bool] | None:
        """The law of which most is left, if no other law has as much."""
        left = [(_most_left(kept, law), law) for law in self._ending.get(kept[-1:], ())]
        most = max((share for share, _ in left), default=0)
        best = [law for share, law in left if share == most]
        return (best[0], True) if most and len(best) == 1 else None


def _most_left(said: str, law: LawCue) -> float:
    """Of any of its titles; of a short name all: 《人民刑法》."""
    of_titles = (_left(said, title) for title in law.titles)
    of_names = (share for name in law.short if (share := _left(said, name)) == 1)
    return max((*of_titles, *of_names), default=0)


def _left(said: str, title: str) -> float:
    """How much of a title is left in what is said, before which parts of 中华人民共和国 may stand.

    >>> _left("人民民法典", "民法典"), round(_left("业管理条例", "征信业管理条例"), 2)
    (1.0, 0.71)
    >>> _left("劳动合同法", "合同法"), _left("管理条例", "征信业管理条例"), _left("民法通则", "民法典")
    (0, 0, 0)
    """
    for cut in range(min(len(said), len(STATE) + 1)):
        if cut and said[cut - 1] not in STATE:
            break
        rest = said[cut:]
        if _holes(rest, title) <= MOST_HOLES and rest[-1] == title[-1]:
            enough = len(rest) == len(title) or len(rest) >= LEAST_ALONE or cut > 1
            share = len(rest) / len(title)
            return share if enough and share >= LEAST_LEFT else 0
    return 0


def _holes(said: str, title: str) -> int:
    """How many stretches of the title are missing; more than MOST_HOLES where it is no part of it."""
    at = holes = 0
    for character in said:
        found = title.find(character, at)
        if found < 0:
            return MOST_HOLES + 1
        holes += found > at
        at = found + 1
    return holes


def _with_state(text: str, start: int) -> int:
    """Where a title begins whose full form has 中华人民共和国 before it."""
    return start - len(STATE) if text.endswith(STATE, 0, start) else start
