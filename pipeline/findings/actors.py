"""Who acts in a sentence, and where its clauses begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.findings.cues import Actors
from pipeline.findings.layout import without_titles
from pipeline.findings.sieve import REMEMBERED

Kind = Literal["borrower", "lender"]
NEAR = 8  # characters in which one of the words for borrowers begins and ends
OPENING = 2  # characters before an actor that still opens its clause: 而平台…, 则银行…
CLAUSE_END = re.compile(r"[，,：:。；;！!？?]")


@dataclass(frozen=True, slots=True)
class Acting:
    """The actors of one sentence, (place, kind), in order; those that something is done to are left out."""

    places: tuple[tuple[int, Kind], ...]

    def before(self, position: int) -> Kind | None:
        """Who was named last before this place: the subject of what stands there."""
        return next((kind for place, kind in reversed(self.places) if place < position), None)

    def opening(self, position: int) -> Kind | None:
        """Who opens the clause that begins here."""
        return next((kind for place, kind in self.places if position <= place <= position + OPENING), None)

    def behind(self, position: int) -> Acting:
        """Without those that stand before this place."""
        return Acting(tuple(actor for actor in self.places if actor[0] >= position))

    def outside(self, start: int, end: int) -> Acting:
        """Without those that stand in this span."""
        return Acting(tuple(actor for actor in self.places if not start <= actor[0] < end))

    def within(self, start: int, end: int, kind: Kind) -> bool:
        return any(start <= place < end and actor == kind for place, actor in self.places)


@lru_cache(maxsize=REMEMBERED)
def acting(text: str, named_at: tuple[int, ...], words: Actors) -> Acting:
    """Borrowers and lenders by the topic's words, and the platforms named at these places, which are lenders.

    In 借款人应与平台沟通 the platform is spoken to: what stands behind 与, 向, 把 and the like does not act.
    """
    bare = without_titles(text)
    found: list[tuple[int, Kind]] = [(place, "lender") for place in named_at]
    found += [(match.start(), "lender") for match in words.lender.finditer(bare)]
    found += [(match.start(), "borrower") for match in words.borrower.finditer(bare)]
    return Acting(tuple(sorted(actor for actor in found if not bare.endswith(words.governs, 0, actor[0]))))


def is_of_borrowers(text: str, end: int, words: Actors) -> bool:
    """Whether a name that ends here only tells whose borrowers act: 云朵贷的逾期用户应当还款."""
    behind = words.whose.match(text[end:])
    start = end + (behind.end() if behind else 0)
    return words.borrower.match(text[start : start + NEAR]) is not None


def clause_start(text: str, position: int) -> int:
    return max((end.end() for end in CLAUSE_END.finditer(text, 0, position)), default=0)


def clause_end(text: str, position: int) -> int:
    end = CLAUSE_END.search(text, position)
    return end.start() if end else len(text)
