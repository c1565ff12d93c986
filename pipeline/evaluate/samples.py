"""Sample sites: every page of a farm beside its truth, added up page by page so that a farm may be large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.evaluate.figures import Figure, mean, pair_shares, share, shares, wrong
from pipeline.evaluate.reading import Compared, Place, Reading, Sides, line, page, sentence, span
from pipeline.evaluate.tally import Tally, pair_tally
from pipeline.extract.score import gram_f1

PART = "samples"
FIELDS = ("title", "published-at", "author", "category", "script", "text")
# Cues of one practice in one sentence count once; truth marks a tip by its paragraph, a law once a line.
PLACES: Mapping[str, Place] = {
    "platforms": span,
    "subjects": page,
    "practice-cues": sentence,
    "practices": sentence,
    "own-allegations": sentence,
    "laws": line,
    "tips": line,
    "annotations": span,
    "misalignments": line,
    "realignable": line,
    "restored": span,
    "restorable": span,
}
# What of the misaligned bytes and of the deleted words the page itself shows: only its recall says something.
KNOWABLE = ("realignable", "restorable")


@dataclass(frozen=True)
class SampleArticle:
    """An article as found, or as it is."""

    key: str  # of the page it stands on
    reading: Reading
    published_at: datetime | None = None
    author: str | None = None
    category: str | None = None
    script: str | None = None
    story: str | None = None
    template: str | None = None
    is_stitched: bool = False  # two templates are its parents: no pair of it is right or wrong

    def values(self) -> tuple[object, ...]:
        """In the order of FIELDS."""
        told = (self.published_at, self.author, self.category, self.script)
        return (self.reading.title, *told, self.reading.text)


@dataclass
class SampleScore:
    """The running sum over pages."""

    expected: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    text_f1: list[float] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    tallies: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(PLACES, Tally()))
    groups: dict[str, dict[str, dict[str, str | None]]] = field(default_factory=dict)

    def add(self, found: SampleArticle | None, true: SampleArticle | None) -> dict[str, Compared]:
        """One page. Found only: an extra article, all its marks wrong; true only: a missing one."""
        if true is not None:
            self._count(found, true)
        elif found is not None:
            self.extra.append(found.key)
        self._group(found, true)
        sides = Sides(found.reading if found else Reading(), true.reading if true else Reading())
        compared = {kind: sides.compared(kind, place) for kind, place in PLACES.items()}
        for kind, said in compared.items():
            self.tallies[kind] += said.tally
        return compared

    def _count(self, found: SampleArticle | None, true: SampleArticle) -> None:
        self.expected += 1
        if found is None:
            self.missing.append(true.key)
            self.text_f1.append(0.0)
            return
        self.text_f1.append(gram_f1(found.reading.text, true.reading.text).f1)
        pairs = zip(FIELDS, found.values(), true.values(), strict=True)
        self.right.update(name for name, said, is_true in pairs if said == is_true)

    def _group(self, found: SampleArticle | None, true: SampleArticle | None) -> None:
        for side, article in (("found", found), ("true", true)):
            if article is None:
                continue
            held = self.groups.setdefault(side, {"story": {}, "template": {}})
            held["story"][article.key] = article.story
            if not (true and true.is_stitched):
                held["template"][article.key] = article.template

    def figures(self) -> list[Figure]:
        n = self.expected
        lies = self.tallies["own-allegations"]
        return [
            wrong(PART, "articles-missing", len(self.missing), n),
            wrong(PART, "articles-extra", len(self.extra), n),
            mean(PART, "text-f1", self.text_f1),
            *(share(PART, f"{name}-right", self.right[name], n) for name in FIELDS),
            *(one for name in ("story", "template") for one in pair_shares(PART, name, self._pairs(name))),
            *(one for name in PLACES for one in self._shares(name)),
            wrong(PART, "own-allegations-false", lies.found - lies.right, lies.found),
        ]

    def _shares(self, name: str) -> list[Figure]:
        precision, recall = shares(PART, name, self.tallies[name])
        return [recall] if name in KNOWABLE else [precision, recall]

    def _pairs(self, name: str) -> Tally:
        found, true = (self.groups.get(side, {}).get(name, {}) for side in ("found", "true"))
        return pair_tally(found, true)


def operator_figures(found: Mapping[str, str | None], true: Mapping[str, str | None]) -> list[Figure]:
    """Sites that are said to belong together."""
    return shares(PART, "operator-pairs", pair_tally(found, true))


def fate_figures(asked: Iterable[str], fates: Iterable[tuple[str, int]]) -> list[Figure]:
    """`asked`: URLs the servers were asked for; `fates`: pages and how many fates each has."""
    counted = dict(fates)
    lost = sum(url not in counted for url in set(asked))
    odd = sum(number != 1 for number in counted.values())
    return [wrong(PART, "pages-without-one-fate", lost + odd, len(counted))]
