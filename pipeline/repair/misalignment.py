"""GBK read half a character late: `?，F(xiàn)實` is 。現實."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records import Confidence
from pipeline.repair.annotations import is_annotated
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.fluency import MAX_WORD, fluency
from pipeline.repair.gbk_run import ANNOTATION, LOST_BRACKET, Run, run_at
from pipeline.script import characters

KIND = "misalignment"
SUSPECT = re.compile(r"\?(?=[，；！？,;!?]|[a-zà-üā-ǜ\u0300-\u030c\u0251\u0261]{1,9}\s?[)）])")
DOUBLED = re.compile("[，。、；：！？（《“][，。、；：！？）》]")  # no writer's: 校。 and not 。。
HAN_PAIR = re.compile("[\u3400-\u9fff]{2}")
REST = re.compile(r"[^，。；：！、“”\s]{0,16}")  # what a run that nobody can read may go on to
GARBLED_PER_CHAR = -9.0  # Chinese text has about -5
CONTEXT = 4  # characters on each side that a reading is judged with
WINDOW = 40  # the same with their annotations
MAX_TRIES = 2_000  # a page: places that look like a run
MAX_RUNS = 200  # a page that are searched; the real ones have a few dozen at most
MAX_READINGS = 200  # per run, the likeliest first; 64 halves the time and doubles the wrong ones
MAX_OPEN = 4  # with more characters in doubt there is nothing left to judge them by
# Logarithms, set on synthetic damage to 121 clean texts (none held back): 957 of 962 applied readings were
# right over three seeds, 552 of 835 that are only noted; nothing is applied in the same texts undamaged.
MIN_PER_CHAR = -7.0
MIN_PER_CHAR_UNCONFIRMED = -6.8
MIN_GAIN = 6.0  # over the text as it stands
MIN_MARGIN = 2.0  # over the second reading, where pinyin confirms the run
MIN_MARGIN_OPEN = 3.0  # the same where the last character itself is in doubt
MIN_MARGIN_UNCONFIRMED = 4.0
# For a note to name its reading; with 3.0 45 of 45 were right, below it half, and often at random.
MIN_NAMED = 3.0
SEEN = 2.0  # for the margin, per pair of neighbours that the page has elsewhere: names are in no dictionary


def realign(lines: Sequence[str]) -> tuple[tuple[EditedText, ...], tuple[tuple[Span, ...], ...]]:
    """Restores the misaligned runs of a page; beside it, for each line as it came, what stays doubtful.

    Damage: a site inserted annotations byte by byte into GBK and cut at the byte pairs of ，；？！ wherever
    it found them. 。現 is A1 A3 AC 46; A3 AC is ，, so that the page says `?，F`. What is left over becomes
    `?` and swallows the next byte. Left alone: `?，` in ordinary text (真的吗?，他说), where no reading is
    better Chinese, and runs of which a byte is truly lost. On a page without a machine's annotations nothing
    but a run that pinyin confirms is sure: 她说?，F1 reads well as 她说。现1.
    """
    if not any(SUSPECT.search(line) for line in lines):
        return tuple(map(EditedText, lines)), ((),) * len(lines)
    page = _Page(is_annotated(lines), _neighbours(lines))
    texts, doubts = [], []
    for line in lines:
        found = list(_readings(line, page))
        texts.append(EditedText(line).replace(span for span in found if span.confidence != "medium"))
        doubts.append(tuple(span for span in found if span.confidence == "medium"))
    return tuple(texts), tuple(doubts)


@dataclass(slots=True)
class _Page:
    """What the rest of the page says to a run, and how many runs may still be searched."""

    annotated: bool
    seen: frozenset[str]  # pairs of Han that stand beside each other, simplified
    tries: int = MAX_TRIES
    left: int = MAX_RUNS

    def run_at(self, text: str, start: int) -> Run | None:
        """Nothing more once the page has used up what a hostile one may use."""
        self.tries -= 1
        run = run_at(text, start) if self.tries >= 0 and self.left > 0 else None
        self.left -= run is not None
        return run


def _readings(text: str, page: _Page) -> Iterator[Span]:
    place = 0
    while match := SUSPECT.search(text, place):
        place = match.end()
        run = page.run_at(text, match.start())
        found = (_best(text, run, page) if run else None) or _left_alone(text, match)
        if found:
            yield found
            place = found.end


def _left_alone(text: str, match: re.Match[str]) -> Span | None:
    """A run that cannot be read, so that nobody takes its `?` for a question; None for ordinary text.

    真的吗?，他说 reads well as it stands; 吹侥吧?奶柎a does not.
    """
    said = LOST_BRACKET.match(text, match.start())
    found = REST.match(text, said.end() if said else match.end() + 1)
    rest = ANNOTATION.sub("", found[0]) if found else ""
    garbled = len(rest) > 1 and _score("", rest, "") < GARBLED_PER_CHAR * len(rest)
    if not garbled and (said is None or said["syllable"].isascii()):
        return None
    end = found.end() if found else match.end()
    other = SUSPECT.search(text, match.end() + 1, end)  # a run of its own
    return Span(match.start(), other.start() if other else end, "", KIND, "medium")


def _best(text: str, run: Run, page: _Page) -> Span | None:
    """The likeliest reading of a run, if it is better Chinese than what stands there."""
    left = _context(ANNOTATION.sub("", text[max(0, run.start - WINDOW) : run.start])[::-1])[::-1]
    right = _context(ANNOTATION.sub("", text[run.end : run.end + WINDOW]))
    ranked = sorted(
        (
            (_score(left, said, right) + _support(left, said, right, page.seen), said)
            for said in _candidates(run, left, right)
        ),
        reverse=True,
    )
    if not ranked:
        return None
    said = max((text for _, text in ranked if _simple(text) == _simple(ranked[0][1])), key=_converted)
    score = _score(left, said, right)
    per_char = (score - _score(left, "", right)) / len(said)
    gain = score - _score(left, text[run.start : run.end], right)
    margin = next(
        (ranked[0][0] - other for other, text in ranked if _simple(text) != _simple(said)), math.inf
    )
    confidence = _confidence(run, per_char, margin, gain)
    if not (page.annotated or run.confirmed) or _loses_mark(run, said):
        confidence = confidence and "medium"
    named = said if confidence != "medium" or margin >= MIN_NAMED else ""
    return Span(run.start, run.end, named, KIND, confidence) if confidence else None


def _converted(said: str) -> int:
    """How many characters are those that conversion gives: 個 for 个, and not 箇."""
    known = characters()
    return sum(known.traditional_of.get(known.simplified_of.get(char, char), char) == char for char in said)


def _simple(text: str) -> str:
    simplified = characters().simplified_of
    return "".join(simplified.get(char, char) for char in text)


def _confidence(run: Run, per_char: float, margin: float, gain: float) -> Confidence | None:
    if gain < MIN_GAIN or per_char < MIN_PER_CHAR:
        return None
    ends_open = len(run.cells[-1]) > 1
    if run.confirmed:
        if run.known:
            return "certain"
        return "high" if margin >= (MIN_MARGIN_OPEN if ends_open else MIN_MARGIN) else "medium"
    good = per_char >= MIN_PER_CHAR_UNCONFIRMED and margin >= MIN_MARGIN_UNCONFIRMED
    return "high" if good and not ends_open else "medium"  # 。可以 was 。可惜: nothing behind it tells


def _loses_mark(run: Run, said: str) -> bool:
    """Whether a lost pair is read as punctuation: a comma is always likelier than the bracket it was."""
    return any(not HAN_PAIR.fullmatch(said[at // 2 : at // 2 + 2]) for at in run.lost)


def _candidates(run: Run, left: str, right: str) -> list[str]:
    """Combinations of the characters that each cell of the run may be, likeliest ones first."""
    open_cells = sum(len(cell) > 1 for cell in run.cells)
    if open_cells > MAX_OPEN:
        return []
    most = MAX_READINGS if open_cells < 2 else int(MAX_READINGS ** (1 / open_cells))
    ranked = [_ranked(run, index, left, right)[:most] for index in range(len(run.cells))]
    said = ("".join(chars) for chars in itertools.product(*ranked))
    return [text for text in said if not DOUBLED.search(text) and run.fits(text)]


def _ranked(run: Run, index: int, left: str, right: str) -> Sequence[str]:
    """The characters of a cell, those first that go well with the known ones beside it."""
    cell = run.cells[index]
    if len(cell) == 1:
        return cell
    before = _known(run.cells[:index][::-1], left[::-1])[::-1]
    after = _known(run.cells[index + 1 :], right)
    return sorted(cell, key=lambda char: _score(before, char, after), reverse=True)


def _known(cells: Sequence[tuple[str, ...]], beyond: str) -> str:
    """The next characters that nothing is open about, at most as many as a word has."""
    known = "".join(cell[0] for cell in itertools.takewhile(lambda cell: len(cell) == 1, cells))
    return (known + beyond if len(known) == len(cells) else known)[: MAX_WORD - 1]


def _neighbours(lines: Sequence[str]) -> frozenset[str]:
    texts = (_simple(ANNOTATION.sub("", line)) for line in lines)
    return frozenset(
        pair for text in texts for pair in map("".join, itertools.pairwise(text)) if HAN_PAIR.match(pair)
    )


def _support(left: str, said: str, right: str, seen: frozenset[str]) -> float:
    whole = _simple(left[-1:] + said + right[:1])
    return SEEN * sum(pair in seen for pair in map("".join, itertools.pairwise(whole)))


@lru_cache(maxsize=4096)  # a run is weighed again and again; so are the thousand `?` of a hostile line
def _score(left: str, said: str, right: str) -> float:
    return fluency().score(_simple(left + said + right))


def _context(near: str) -> str:
    """The Han next to the run."""
    return "".join(itertools.takewhile(lambda char: "\u3400" <= char <= "\u9fff", near[:CONTEXT]))
