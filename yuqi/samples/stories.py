"""Stories: which template, which lender, whose words. Story n is a function of its number and the seed.

The templates of the data files are the first ones. Behind them come mixtures, whose slot i is taken from the
donor c0 + c1·i + c2·i² modulo the number of templates (a prime, a polynomial code): two different templates
share at most two of their six slots, and the first ones are the constant polynomials.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from yuqi.samples.damages.text import Parts, assembled, quote_law, reorder, reword, stitch
from yuqi.samples.dice import chance, pick, roll
from yuqi.samples.document import Document, Line
from yuqi.samples.library import SECTIONS, Lender, Template, lenders, raw_line, table, templates
from yuqi.samples.markup import Filling, Named, RawLine, written

RUN = (
    4  # lenders in a row that a template is given to, so that no template of a small farm has one lender only
)
OWN_EVERY = 7  # each seventh story holds somebody's own passage
OWN_CODE = 13  # fragments per slot of an own passage: a prime, two passages share at most two of five
STITCHED_SHARE = 0.03
ADDED_SHARE = 0.12
QUOTED_SHARE = 0.12
REORDERED_SHARE = 0.08
TITLE_CONFLICT_SHARE = 0.02  # the title names another lender than the text
MAX_REWORDED = 0.2  # of the words that have synonyms; stories are reworded between none and this
ALIAS_SHARE = 0.12
STORIES_AT_ONCE = 64  # a page's own and those that its teasers tell of
OWN_SLOTS = ("who", "when", "because", "deed", "after")


@dataclass(frozen=True, slots=True)
class Story:
    """`template` and `second` (the other parent of a stitched story) number templates from 0."""

    number: int
    template: int
    second: int | None
    lender: int
    title_lender: int
    own: int | None

    @property
    def key(self) -> str:
        return f"story-{self.number}"

    @property
    def template_key(self) -> str:
        return f"template-{self.template}"

    @property
    def second_key(self) -> str | None:
        return None if self.second is None else f"template-{self.second}"


def most_stories() -> int:
    """How many stories differ in template or lender."""
    return len(templates()) ** 3 * len(lenders())


def story(seed: int, number: int) -> Story:
    """No two numbers give the same template and lender; the first ones use the hand-written templates."""
    donors, names = len(templates()), len(lenders())
    level, rest = divmod(number, donors * names)
    turn, step = divmod(rest, RUN)
    first = turn % donors
    template = level * donors + first
    lender = (turn // donors * RUN + step + 9 * first) % names
    stitched = chance(STITCHED_SHARE, seed, "stitched", number)
    conflict = chance(TITLE_CONFLICT_SHARE, seed, "conflict", number)
    own, last = divmod(number, OWN_EVERY)
    return Story(
        number,
        template,
        level * donors + (first + 5) % donors if stitched else None,
        lender,
        (lender + 7) % names if conflict else lender,
        own if last == OWN_EVERY - 1 and own < OWN_CODE**3 else None,
    )


def title(seed: int, of: Story, variant: int) -> Line:
    """Copies may bear the template's other title."""
    choices = donor(of.template, 0).titles
    said = choices[(roll(seed, "title", of.number) + variant) % len(choices)]
    return written(RawLine("title", 0, said), _filling(seed, of, -1))


def opening(seed: int, of: Story) -> Line:
    """The first line below the title."""
    return _lines(seed, of, donor(of.template, 0).slots[0][:1], 0)[0]


def told(seed: int, of: Story, variant: int = 0) -> Document:
    """The story as its first page tells it, sections not numbered yet; `variant` chooses the title."""
    parts = _parts(seed, of, of.template, variant)
    if of.second is not None:
        parts = stitch(parts, _parts(seed, of, of.second, variant))
    key = (seed, of.number)
    if chance(ADDED_SHARE, *key, "added"):
        parts = parts.with_section(_added(seed, of), at=3)
    if chance(REORDERED_SHARE, *key, "reordered"):
        parts = reorder(parts, *key)
    if of.own is not None:
        parts = parts.with_lines(_own_passage(seed, of, of.own), section=1)
    if chance(QUOTED_SHARE, *key, "quoted"):
        law = written(RawLine("paragraph", 0, pick(table("passages")["law"], *key)), {})
        parts = quote_law(parts, law, section=2)
    return reword(assembled(parts), MAX_REWORDED * (roll(*key, "reworded") % 5) / 4, *key)


def updated(seed: int, of: Story, document: Document, version: int) -> Document:
    """What a later version of a page adds: a paragraph at its end for each change."""
    said = table("passages")["update"]
    added = [
        written(RawLine("paragraph", 0, said[(of.number + n) % len(said)]), _filling(seed, of, 90 + n))
        for n in range(1, version)
    ]
    return Document((*document.lines, *added))


def donor(template: int, slot: int) -> Template:
    """The hand-written template that gives this slot."""
    given = templates()
    rest, c0 = divmod(template, len(given))
    c2, c1 = divmod(rest, len(given))
    return given[(c0 + c1 * slot + c2 * slot * slot) % len(given)]


def _parts(seed: int, of: Story, template: int, variant: int) -> Parts:
    sections = tuple(
        _lines(seed, of, donor(template, slot).slots[slot], slot) for slot in range(1, SECTIONS + 1)
    )
    label = RawLine("heading", 1, pick(table("furniture")["summary_labels"], seed, "label", of.number))
    summary = _lines(seed, of, (label, *donor(template, 0).summary), SECTIONS + 1)
    return Parts(
        (title(seed, of, variant), *_lines(seed, of, donor(template, 0).slots[0], 0)), sections, summary
    )


def _lines(seed: int, of: Story, raw: tuple[RawLine, ...], slot: int) -> tuple[Line, ...]:
    return tuple(written(one, _filling(seed, of, slot * 16 + n)) for n, one in enumerate(raw))


def _filling(seed: int, of: Story, place: int) -> Filling:
    """What the slots of one line hold; the line's place decides between name and alias."""
    subject = lenders()[of.title_lender if place < 0 else of.lender]
    named = Named(subject.platform_id, _surface(subject, seed, of.number, place))
    return {"p": named, **_filling_of_all(seed, of)}


@lru_cache(maxsize=STORIES_AT_ONCE)
def _filling_of_all(seed: int, of: Story) -> Filling:
    """The slots that hold the same in all lines of a story."""
    key = (seed, of.number)
    named = lenders()
    other = (of.lender + 1 + roll(*key, "other") % (len(named) - 1)) % len(named)
    return {
        "q": Named(named[other].platform_id, named[other].name),
        "d": str(10 + roll(*key, "days") % 80),
        "m": str(1000 + roll(*key, "money") % 90 * 100),
        "y": str(2019 + roll(*key, "year") % 6),
    }


def _surface(lender: Lender, *key: int) -> str:
    if lender.aliases and chance(ALIAS_SHARE, *key, "alias"):
        return pick(lender.aliases, *key)
    return lender.name


def _own_passage(seed: int, of: Story, number: int) -> tuple[Line, ...]:
    """One sentence that stands nowhere else, and one that may."""
    own = table("own")
    rest, c0 = divmod(number, OWN_CODE)
    c2, c1 = divmod(rest, OWN_CODE)
    chosen: Filling = {
        slot: own[slot][(c0 + c1 * n + c2 * n * n) % OWN_CODE] for n, slot in enumerate(OWN_SLOTS)
    }
    sentence = own["sentence"]
    for slot, words in chosen.items():
        sentence = sentence.replace("{" + slot + "}", str(words))
    passage = RawLine("paragraph", 0, sentence)
    after = RawLine("paragraph", 0, own["follow_up"])
    filling = _filling(seed, of, 80)
    return (written(passage, filling, is_own=True), written(after, filling))


def _added(seed: int, of: Story) -> tuple[Line, ...]:
    heading, *rest = pick(table("passages")["added"], seed, of.number, "which").splitlines()
    raw = (RawLine("heading", 1, heading), *map(raw_line, rest))
    return _lines(seed, of, raw, SECTIONS + 2)
