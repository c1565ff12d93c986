"""The farm: how many pages, on which sites, on which day. Page i is a function of the seed and i alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from yuqi.samples.damages.annotations import annotate
from yuqi.samples.damages.lacunae import delete_words
from yuqi.samples.damages.misalignment import misalign
from yuqi.samples.damages.script import to_half_width, to_traditional
from yuqi.samples.damages.text import assembled, drop, numbered, replaced, reword, taken_apart, truncate
from yuqi.samples.dice import chance, pick, roll
from yuqi.samples.document import Document, Line, line
from yuqi.samples.library import SampleSite, sample_sites, table
from yuqi.samples.stories import Story, most_stories, story, title, told, updated

DEMO_PAGES = 504
COPIES = (
    1,
    1,
    2,
    1,
    3,
    1,
    2,
    5,
    1,
    1,
    4,
    2,
)  # pages of twelve stories in a row: two pages a story on average
BLOCK = tuple((nth, copy) for nth, copies in enumerate(COPIES) for copy in range(copies))
SITE_STRIDE = 5  # stories in a row start on different sites; copies go to the sites that follow
DROPPED_SHARE = 0.2  # of the copies
TRUNCATED_SHARE = 0.1  # of the copies
COPY_REWORDED = 0.1  # of the words that have synonyms
MISALIGNED_SHARE = 0.7  # of the pages of a site that has this damage
UNDATED_SHARE = 0.06
DIVIDED_SHARE = 0.05  # articles that their site shows on two or three pages
SHANGHAI = timedelta(hours=8)
FIRST_PUBLISHED = datetime(2023, 1, 2, tzinfo=UTC)
YEARS_COVERED = timedelta(days=700)
FIRST_SERVED = datetime(2025, 3, 1, tzinfo=UTC)
FURNITURE = 1 << 10  # words that are kept as converted: a site has some sixty on every page


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story's copy stands: page `index` of the farm, on one site."""

    index: int
    story: int
    copy: int
    site: int


@dataclass(frozen=True)
class Farm:
    """A frozen definition; nothing is made before it is asked for.

    On later days (`farm.at(day)`) this share of the pages has changed its text at each day since, has gone,
    and so many have come: `changed`, `gone` and `new` are shares of `pages` a day.
    """

    seed: int = 1
    pages: int = DEMO_PAGES
    day: int = 0
    changed: float = 0.15
    gone: float = 0.02
    new: float = 0.02
    sites: tuple[SampleSite, ...] = field(default_factory=sample_sites)

    def __post_init__(self) -> None:
        most = most_stories() * len(BLOCK) // len(COPIES)
        if not 0 < self.pages <= self.total <= most:
            raise ValueError(f"a farm has 1 to {most} pages, not {self.total}")

    def at(self, day: int) -> Farm:
        """The same farm, so many days later."""
        return replace(self, day=day)

    @property
    def total(self) -> int:
        """Pages that were ever there, up to this day."""
        return self.pages + self.day * int(self.pages * self.new)

    def place(self, index: int) -> Place:
        block, rest = divmod(index, len(BLOCK))
        nth, copy = BLOCK[rest]
        number = block * len(COPIES) + nth
        return Place(index, number, copy, (number * SITE_STRIDE + copy) % len(self.sites))

    def count(self, site: int) -> int:
        """Article pages of a site."""
        period, offsets = _schedule(len(self.sites))[0], _schedule(len(self.sites))[1][site]
        rounds, rest = divmod(self.total, period)
        return rounds * len(offsets) + bisect_left(offsets, rest)

    def nth(self, site: int, n: int) -> int:
        """Index of the n-th article page of a site, oldest first."""
        period, offsets = _schedule(len(self.sites))[0], _schedule(len(self.sites))[1][site]
        rounds, rest = divmod(n, len(offsets))
        return rounds * period + offsets[rest]

    def story(self, place: Place) -> Story:
        return story(self.seed, place.story)

    def title(self, place: Place) -> Line:
        return title(self.seed, self.story(place), _title_variant(place))

    def parts(self, index: int) -> int:
        """Pages on which an article is shown; mostly one."""
        if not chance(DIVIDED_SHARE, self.seed, "divided", index):
            return 1
        return 2 + roll(self.seed, "parts", index) % 2

    def arrived(self, index: int) -> int:
        """The day on which a page came."""
        return 0 if index < self.pages else 1 + (index - self.pages) // int(self.pages * self.new)

    def version(self, index: int) -> int:
        """Counts changes of a page's text from 1."""
        days = range(self.arrived(index) + 1, self.day + 1)
        return 1 + sum(chance(self.changed, self.seed, "changed", index, day) for day in days)

    def is_gone(self, index: int) -> bool:
        days = range(self.arrived(index) + 1, self.day + 1)
        return any(chance(self.gone, self.seed, "gone", index, day) for day in days)

    def published(self, index: int) -> datetime:
        """UTC, to the minute; later pages are younger."""
        step = YEARS_COVERED / self.pages
        minutes = int(index * step / timedelta(minutes=1)) + roll(self.seed, "minute", index) % 30
        return FIRST_PUBLISHED + timedelta(minutes=minutes)

    def is_dated(self, index: int) -> bool:
        return not chance(UNDATED_SHARE, self.seed, "undated", index)

    def modified(self, index: int) -> datetime:
        """When the server last changed the page."""
        return FIRST_SERVED + timedelta(days=self.arrived(index) + self.version(index) - 1)

    def author(self, index: int) -> str:
        return str(pick(table("furniture")["authors"], self.seed, "author", self.place(index).site, index))

    def category(self, index: int) -> str:
        return str(pick(table("furniture")["categories"], self.seed, "category", index))

    def document(self, place: Place) -> Document:
        """The page's text with its truth, as its site shows it."""
        site = self.sites[place.site]
        document = self._copied(place)
        if site.filter:
            document = replaced(document, "本文将", "本站将")
        document = updated(self.seed, self.story(place), document, self.version(place.index))
        return self.shown(numbered(document), place)

    def shown(self, document: Document, place: Place) -> Document:
        """What the site does to every text of a page, furniture included."""
        return self._annotated(_converted(document, self.sites[place.site]), place)

    def furniture(self, words: str, place: Place) -> str:
        """Words around the text, which goes through the same conversion; many are the same on all pages."""
        converted = _furniture(words, self.sites[place.site])
        if not self.sites[place.site].annotated:
            return converted.title.own_words
        return self._annotated(converted, place).title.own_words

    def _annotated(self, document: Document, place: Place) -> Document:
        """Pinyin, and what it destroys: what a site does differently on each page."""
        site = self.sites[place.site]
        key = (self.seed, site.id, place.index)
        if site.annotated and site.misaligned and chance(MISALIGNED_SHARE, *key, "misaligned"):
            return misalign(document, site.annotated, *key)
        return annotate(document, site.annotated, *key) if site.annotated else document

    def _copied(self, place: Place) -> Document:
        """The story as this copy tells it: the first one whole, later ones reworded, trimmed or cut."""
        document = told(self.seed, self.story(place), _title_variant(place))
        if place.copy == 0:
            return document
        key = (self.seed, place.story, place.copy)
        if chance(DROPPED_SHARE, *key, "dropped"):
            document = assembled(drop(taken_apart(document), *key))
        if chance(TRUNCATED_SHARE, *key, "truncated"):
            document = truncate(document, *key)
        return reword(document, COPY_REWORDED, *key) if place.copy % 2 else document


def places(farm: Farm, site: int) -> Iterator[Place]:
    """The article pages of a site, oldest first, one at a time."""
    return (farm.place(farm.nth(site, n)) for n in range(farm.count(site)))


def _converted(document: Document, site: SampleSite) -> Document:
    """What a site does to all its pages alike."""
    if site.filter:
        document = delete_words(document)
    if site.script == "hant":
        document = to_traditional(document)
    return to_half_width(document) if site.half_width else document


@lru_cache(maxsize=FURNITURE)
def _furniture(words: str, site: SampleSite) -> Document:
    return _converted(Document((line("paragraph", words),)), site)


def _title_variant(place: Place) -> int:
    return place.copy // 3


@cache
def _schedule(sites: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """After how many pages the distribution over sites repeats, and each site's pages in it."""
    period = len(BLOCK) * sites
    found: list[list[int]] = [[] for _ in range(sites)]
    for index in range(period):
        block, rest = divmod(index, len(BLOCK))
        nth, copy = BLOCK[rest]
        found[((block * len(COPIES) + nth) * SITE_STRIDE + copy) % sites].append(index)
    return period, tuple(tuple(indices) for indices in found)
