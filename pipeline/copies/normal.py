"""The normal form in which texts are compared: names and numbers masked. Never an article's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from pipeline.codes import only
from pipeline.copies.folds import MASK_OF, NUMBERING, PLATFORM, Folds
from pipeline.copies.grams import QUOTED
from pipeline.copies.quoted import Span
from pipeline.records import Article, Field, Mention

LONGEST_SENTENCE = 400  # code points; longer runs without an end are cut: hostile or a damaged page
SENTENCE = re.compile(rf"[^。！？!?；;\n]{{1,{LONGEST_SENTENCE}}}[。！？!?；;”’」』]{{0,8}}")
MASKS = PLATFORM + "".join(MASK_OF.values())
BETWEEN = "\1"  # sentences that are masked together: no pattern goes over it
COMPARED = rf"(?!_)[\w{MASKS}{BETWEEN}]"
REPEATED_MASK = re.compile(rf"([{MASKS}])\1+")
LEAST_OWN, LEAST_OWN_SHARE = 40, 0.1  # code points, and of the text: a heading, a line of furniture
UNMASKED = re.compile(f"[{MASKS}{BETWEEN}]")


class Sentence(NamedTuple):
    """A sentence of a field, its masked key, and the platforms that it names (channels left out)."""

    field: Field
    char_start: int
    char_end: int
    key: str
    platforms: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class NormalText:
    """Title and text as masked sentences, in order; sentences of which nothing is left are not there."""

    sentences: tuple[Sentence, ...]

    @property
    def body(self) -> str:
        """What two texts are compared by: the masked text without its title, which sites replace.

        One sentence a line; a key holds no line end. A line that is only quoted begins with QUOTED; none does
        in a text that is nothing but a quotation: its copies are copies.
        """
        said = [sentence for sentence in self.sentences if sentence.field == "text"]
        own = sum(len(sentence.key) for sentence in said if not sentence.quoted)
        bare = own < min(LEAST_OWN, LEAST_OWN_SHARE * sum(len(sentence.key) for sentence in said))
        return "\n".join(QUOTED * (s.quoted and not bare) + s.key for s in said)


def normal_form(article: Article, mentions: Sequence[Mention], folds: Folds) -> NormalText:
    """Sentences of the title, then of the text.

    Deleted-word variants are folded, white space, punctuation and section numbers dropped; dates, amounts,
    numbers, places and persons masked as data says, each kind by a sign of its own; platform names of every
    role masked where `mentions` has them.
    """
    titled = _sentences("title", article.title, mentions, folds)
    said = list(_sentences("text", article.text, mentions, folds))
    spans = [Span(s.char_start, s.char_end, bool(s.platforms)) for s in said]
    quoted = folds.quoting.quoted(article.text, spans)
    marked = (s._replace(quoted=True) if of else s for s, of in zip(said, quoted, strict=True))
    return NormalText((*titled, *marked))


def main_place(article: Article, folds: Folds) -> str | None:
    """The place that an article is about: named in the title, or the most frequent with two mentions."""
    titled = next(folds.place.finditer(article.title), None)
    if titled:
        return titled.group()
    found = Counter(match.group() for match in folds.place.finditer(article.text))
    best = min(found, key=lambda place: (-found[place], place), default=None)
    return best if best and found[best] >= 2 else None


def mask_words(text: str, folds: Folds) -> str:
    """Dates, amounts, numbers, places and persons masked, deleted-word variants folded, only words kept.

    >>> mask_words("2024年3月，催收 问题日益突出（30%）。", Folds(deleted=("电话",), same=(("问题", "问"),)))
    '&催收问日益突出#'
    """
    pieces, at = [], 0
    for found in folds.slot.finditer(text):
        pieces += [text[at : found.start()], MASK_OF[found.lastgroup or ""]]
        at = found.end()
    dense = only("".join([*pieces, text[at:]]), COMPARED).lower()
    folded = folds.word.sub(lambda found: folds.words[found.group()], dense)
    return REPEATED_MASK.sub(r"\1", folded)


def _sentences(field: Field, text: str, mentions: Sequence[Mention], folds: Folds) -> Iterator[Sentence]:
    spans = [match.span() for match in SENTENCE.finditer(text)]
    if not spans:
        return
    inside = _inside(spans, [mention for mention in mentions if mention.field == field])
    unmasked = (
        partial(UNMASKED.sub, "") if UNMASKED.search(text) else str
    )  # most texts hold nothing like a mask
    bare = [_bare(text, *span, names, unmasked) for span, names in zip(spans, inside, strict=True)]
    keys = mask_words(BETWEEN.join(bare), folds).split(BETWEEN)
    for (start, end), names, key in zip(spans, inside, keys, strict=True):
        if key:
            platforms = {mention.platform_id for mention in names if mention.role != "channel"}
            yield Sentence(field, start, end, key, tuple(sorted(platforms)) if platforms else ())


def _inside(spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Sequence[Sequence[Mention]]:
    """Of each sentence the names that begin in it, of two that begin together the longer first."""
    if not mentions:
        return [()] * len(spans)
    named = sorted(mentions, key=lambda m: (m.char_start, -m.char_end))
    starts = [mention.char_start for mention in named]
    return [named[bisect_left(starts, start) : bisect_left(starts, end)] for start, end in spans]


def _bare(text: str, start: int, end: int, names: Sequence[Mention], unmasked: Callable[[str], str]) -> str:
    """A sentence with names masked, without its section's number and what is like a mask."""
    pieces, at = [], start
    for name in names:
        if name.char_start >= at:  # the longest of two that begin together stands
            pieces += [unmasked(text[at : name.char_start]), PLATFORM]
            at = name.char_end
    rest = unmasked(text[at:end])
    bare = "".join([*pieces, rest]) if pieces else rest
    opens = start == 0 or text[start - 1] == "\n"
    return NUMBERING.sub("", bare, count=1) if opens and NUMBERING.match(bare) else bare
