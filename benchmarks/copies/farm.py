"""Hard farms with known truth: stories, templates, own sentences and own allegations of every page.

Rewording 5 to 20 % of the words, sections dropped, moved and added, pages cut off, pages stitched from two,
quoted law, traditional script converted back, leftovers of damage, many sites; and what must stay apart: the
same headings over another body, two templates by one author, short pages, articles that are mostly the
same law, lists. What a sentence is copied from is its `origin`; it is its story's own if no other story has
that origin.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import opencc

from benchmarks.copies.words import CUES, Words, Writer, lexicon
from pipeline.script import simplify

FIRST, LAST = (
    "星蓝 麦屿 鹤汀 青梧 云栖谷 木樨 砚北 橙川 柚岭 溪客".split(),
    "小贷 金融 分期 速借 钱包".split(),
)
LENDERS = tuple(a + b for a in FIRST for b in LAST)
CITIES = "南宁 佳木斯 六盘水 赣州 洛阳 大庆 珠海 遵义".split()
SITES = 120
LAWS, SHARED_SECTIONS, STOCK = 10, 14, 24

# Shares of all pages; the rest fills templates.
ORIGINALS, SHORT, LAW_BOUND, LISTS, STITCHED = 0.12, 0.06, 0.03, 0.02, 0.04
SAME_HEADINGS, SAME_AUTHOR = 0.2, 0.15  # of templates, with the template before
TRADITIONAL = 0.15
s2tw = opencc.OpenCC("s2tw")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or heading: its words, what it was copied from, whether it alleges something."""

    words: tuple[str, ...]
    origin: str
    alleges: bool = False


Section = list[Said]  # the first is its heading


@dataclass(frozen=True, slots=True)
class Copy:
    """A page and its truth. `pieces`: text, origin, alleges, begins a line."""

    kind: str
    site: str
    title: str
    pieces: tuple[tuple[str, str, bool, bool], ...]
    stories: tuple[str, ...]  # of each piece's text, in order: one, or two where it is stitched
    templates: tuple[str | None, ...]
    lender: str | None
    cut: int | None = None  # pieces from here on belong to the second story

    @property
    def text(self) -> str:
        return "".join(
            ("\n" if head and at else "") + text for at, (text, _, _, head) in enumerate(self.pieces)
        )


@dataclass
class Farm:
    """Draws pages; everything follows from the seed and the number of pages."""

    pages: int
    seed: int
    writer: Writer = field(init=False)
    rng: random.Random = field(init=False)
    pool: dict[str, list[Section]] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed} {self.pages}")
        self.writer = Writer(lexicon(), self.rng)
        self.pool = {
            "law": [self._body(f"law{n}", self.rng.randint(2, 6)) for n in range(LAWS)],
            "section": [self._section(f"shared{n}", "9.1", 4) for n in range(SHARED_SECTIONS)],
            "stock": [self._body(f"stock{n}", 1) for n in range(STOCK)],
            "bound": [self._body(f"bound{n}", 16) for n in range(4)],
        }

    def copies(self) -> Iterator[Copy]:
        """All pages, in no order that means anything."""
        made = [*self._filled(), *self._alone()]
        self.rng.shuffle(made)
        made = made[: round(self.pages * (1 - STITCHED))]
        made += [self._stitched(made) for _ in range(self.pages - len(made))]
        self.rng.shuffle(made)
        yield from made

    def _said(self, origin: str, name: str | None = None) -> Said:
        return Said(tuple(self.writer.sentence(name)), origin)

    def _body(self, origin: str, sentences: int) -> Section:
        return [self._said(f"{origin}.{n}") for n in range(sentences)]

    def _section(self, origin: str, number: str, sentences: int) -> Section:
        body = [
            self._said(f"{origin}.{n}", "{P}" if self.rng.random() < 0.25 else None) for n in range(sentences)
        ]
        return [Said(tuple(self.writer.heading(number)), f"{origin}.h"), *body]

    def template(self, origin: str) -> list[Section]:
        made = [self._section(f"{origin}.{n}", f"{n}.1 ", self.rng.randint(3, 7)) for n in range(1, 7)]
        for n in range(self.rng.randint(0, 2)):
            said = Said(tuple(self.writer.templated_allegation()), f"{origin}.a{n}", True)
            self.rng.choice(made).append(said)
        return made

    def _filled(self) -> Iterator[Copy]:
        share = 1 - ORIGINALS - SHORT - LAW_BOUND - LISTS - STITCHED
        wanted, made, number, before = self.pages * share, 0, 0, None
        while made < wanted:
            origin = f"t{number}"
            sections = self.template(origin)
            if before and self.rng.random() < SAME_HEADINGS:
                sections = [[b[0], *a[1:]] for a, b in zip(sections, before, strict=True)]
            elif before and self.rng.random() < SAME_AUTHOR / (1 - SAME_HEADINGS):
                at = self.rng.randrange(len(sections))
                sections[at] = before[at]
            for lender in self.rng.sample(
                LENDERS, min(len(LENDERS), self.rng.choice((3, 8, 15, 25, 36, 46)))
            ):
                for copy in self._story(sections, origin, lender):
                    made += 1
                    yield copy
            number, before = number + 1, sections

    def _story(self, sections: Sequence[Section], template: str | None, lender: str) -> Iterator[Copy]:
        """One filling: its own version of the text, then its copies."""
        rng, story = (
            self.rng,
            f"{template}/{lender}" if template else f"o{self.rng.getrandbits(60):x}/{lender}",
        )
        told = [list(section) for section in sections]
        if template:
            told = self._varied(told, story)
        share = rng.choice((0.0, 0.05, 0.1, 0.15, 0.2)) if template else 0.0
        told = [[self._reworded(said, share) for said in section] for section in told]
        for _ in range(min(8, 1 + int(rng.expovariate(1 / 1.3)))):
            yield self._copy(told, story, template, lender)

    def _varied(self, told: list[Section], story: str) -> list[Section]:
        rng = self.rng
        if rng.random() < 0.3:
            del told[rng.randrange(len(told))]
        if rng.random() < 0.3:
            told.insert(rng.randrange(len(told)), told.pop(rng.randrange(len(told))))
        if rng.random() < 0.25:
            told.append(list(rng.choice(self.pool["section"])))
        if rng.random() < 0.3:
            told.append([Said(("法律", "规定"), "law-heading"), *rng.choice(self.pool["law"])])
        if rng.random() < 0.25:
            told.insert(rng.randint(1, len(told)), self.own(story))
        return told

    def own(self, story: str) -> Section:
        """A passage that only this story has."""
        made = self._section(f"own {story}", "", self.rng.randint(2, 6))
        for n in range(self.rng.choice((0, 0, 1, 2))):
            said = Said(tuple(self.writer.own_allegation("{P}")), f"own {story}.a{n}", True)
            made.insert(self.rng.randint(1, len(made)), said)
        return made

    def _reworded(self, said: Said, share: float) -> Said:
        if share == 0 or said.origin.startswith("law"):
            return said
        return replace(said, words=tuple(self.writer.reworded(said.words, share)))

    def _copy(
        self, told: Sequence[Section], story: str, template: str | None, lender: str, kind: str = ""
    ) -> Copy:
        """A page: lightly reworded, sometimes cut off, converted or damaged."""
        rng = self.rng
        share, shown = rng.choice((0.0, 0.0, 0.03, 0.06)), [list(section) for section in told]
        if rng.random() < 0.3:
            shown[0] = [shown[0][0], *rng.choice(self.pool["stock"]), *shown[0][1:]]
        name = lender[:-1] if rng.random() < 0.1 else lender  # its alias
        city, traditional, damaged = rng.choice(CITIES), rng.random() < TRADITIONAL, rng.random() < 0.15
        pieces = []
        for section in shown:
            for at, said in enumerate(section):
                words = self._reworded(said, share).words
                text = self._filled_in(words, name, city, damaged)
                pieces.append(
                    (_there_and_back(text) if traditional else text, said.origin, said.alleges, at < 2)
                )
        if rng.random() < 0.15:
            pieces = _cut_off(pieces, rng.uniform(0.55, 0.9))
        title = self._title(name)
        site = f"s{rng.randrange(SITES)}.example.com"
        kind = kind or ("filled" if template else "original")
        return Copy(kind, site, title, tuple(pieces), (story,), (template,), lender)

    def _filled_in(self, words: Words | tuple[str, ...], name: str, city: str, damaged: bool) -> str:
        text = "".join(words).replace("{P}", name).replace("{C}", city)
        while "{N}" in text:
            text = text.replace("{N}", str(self.rng.choice((3, 7, 15, 30, 60, 90, 180))), 1)
        if damaged:
            text = text.replace("催收问题", "催收问").replace("电话", self.rng.choice((" ", "")))
        return text

    def _title(self, name: str) -> str:
        ends = ("催收怎么办", "逾期了会怎样", "协商还款的办法", "暴力催收投诉", "还不上怎么处理")
        return f"{name}{self.rng.choice(ends)}" if self.rng.random() < 0.9 else f"贷款{self.rng.choice(ends)}"

    def _alone(self) -> Iterator[Copy]:
        """What fills no template."""
        rng, n = self.rng, self.pages
        made = 0
        while made < n * ORIGINALS:
            lender, origin = rng.choice(LENDERS), f"o{rng.getrandbits(60):x}"
            sections = self.template(origin)[: rng.randint(3, 6)]
            for copy in self._story(sections, None, lender):
                made += 1
                yield copy
        for _ in range(round(n * SHORT)):
            yield self._single("short", [[*self._body(f"o{rng.getrandbits(60):x}", rng.randint(2, 4))]])
        for _ in range(round(n * LAW_BOUND)):
            origin = f"o{rng.getrandbits(60):x}"
            yield self._single(
                "law", [self._body(origin, rng.randint(10, 14)), list(rng.choice(self.pool["bound"]))]
            )
        for _ in range(round(n * LISTS)):
            yield self._single("list", [[Said((lender, rng.choice(("催收", "逾期", "协商"))), f"l{lender}")]
                                        for lender in rng.sample(LENDERS, 12)])  # fmt: skip

    def _single(self, kind: str, told: list[Section]) -> Copy:
        lender = self.rng.choice(LENDERS)
        named = [[replace(told[0][0], words=("{P}", *told[0][0].words)), *told[0][1:]], *told[1:]]
        return self._copy(named, f"{kind}{self.rng.getrandbits(60):x}/{lender}", None, lender, kind)

    def _stitched(self, made: Sequence[Copy]) -> Copy:
        """The first part of one page and the last of another about the same lender."""
        whole = [copy for copy in self.rng.sample(made, 400) if copy.kind in ("filled", "original")]
        one = whole[0]
        two = next((c for c in whole[1:] if c.lender == one.lender and c.stories != one.stories), whole[-1])
        head = one.pieces[: max(1, round(len(one.pieces) * self.rng.uniform(0.35, 0.65)))]
        tail = two.pieces[round(len(two.pieces) * self.rng.uniform(0.35, 0.65)) :]
        stories, templates = (*one.stories, *two.stories), (*one.templates, *two.templates)
        pieces = (*head, *tail)
        return replace(
            one, kind="stitched", pieces=pieces, cut=len(head), stories=stories, templates=templates
        )


def origins(copies: Sequence[Copy]) -> dict[str, str | None]:
    """The one story in which an origin stands, None where several have it."""
    held: dict[str, str | None] = {}
    for copy in copies:
        for at, (_, origin, _, _) in enumerate(copy.pieces):
            story = copy.stories[copy.cut is not None and at >= copy.cut]
            held[origin] = story if held.get(origin, story) == story else None
    return held


def accused(copies: Sequence[Copy]) -> dict[str, set[str | None]]:
    """Of which lenders each origin is said."""
    held: dict[str, set[str | None]] = defaultdict(set)
    for copy in copies:
        for _, origin, alleges, _ in copy.pieces:
            if alleges:
                held[origin].add(copy.lender)
    return held


def _cut_off(pieces: list[tuple[str, str, bool, bool]], share: float) -> list[tuple[str, str, bool, bool]]:
    kept = pieces[: max(2, round(len(pieces) * share))]
    text, origin, alleges, head = kept[-1]
    half = text[: max(4, len(text) // 2)]
    return [*kept[:-1], (half, origin, alleges and any(cue in half for cue in CUES), head)]


def _there_and_back(text: str) -> str:
    return simplify(s2tw.convert(text), "hant")
