"""GBK read half a character late: `?，F(xiàn)實` is 。現實."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.records import Confidence
from pipeline.repair.annotations import is_annotated
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.fluency import fluency
from pipeline.repair.gbk_run import ANNOTATION, Run, run_at
from pipeline.script import characters

KIND = "misalignment"
SUSPECT = re.compile(r"\?(?=[，；！？,;!?]|[a-zà-üā-ǜ\u0300-\u030c\u0251\u0261]{1,9}\s?[)）])")
DOUBLED = re.compile("[，。、；：！？（《“][，。、；：！？）》]")  # no writer's: 校。 and not 。。
CONTEXT = 4  # characters on each side that a reading is judged with
WINDOW = 40  # the same with their annotations
MAX_RUNS = 200  # a page; the real ones have a few dozen at most
MAX_READINGS = 100  # per run, the most frequent characters first
# Logarithms, set on synthetic damage to 124 clean texts (none held back): 825 of 835 applied readings were
# right over three seeds, 473 of 713 that are only noted; nothing is applied in the same texts undamaged.
MIN_PER_CHAR = -7.0
MIN_PER_CHAR_UNCONFIRMED = -6.8
MIN_GAIN = 6.0  # over the text as it stands
MIN_MARGIN = 2.0  # over the second reading, where pinyin confirms the run
MIN_MARGIN_UNCONFIRMED = 4.0


def realign(lines: Sequence[str]) -> tuple[tuple[EditedText, ...], tuple[tuple[Span, ...], ...]]:
    """Restores the misaligned runs of a page; beside it, for each line as it came, what stays doubtful.

    Damage: a site inserted annotations byte by byte into GBK and cut at the byte pairs of ，；？！ wherever
    it found them. 。現 is A1 A3 AC 46; A3 AC is ，, so that the page says `?，F`. What is left over becomes
    `?` and swallows the next byte. Left alone: `?，` in ordinary text (真的吗?，他说), where no reading is
    better Chinese, and runs of which a byte is truly lost. On a page without a machine's annotations nothing
    but a run that pinyin confirms is sure: 她说?，F1 reads well as 她说。现1.
    """
    annotated = any(SUSPECT.search(line) for line in lines) and is_annotated(lines)
    left = MAX_RUNS
    texts, doubts = [], []
    for line in lines:
        found = list(itertools.islice(_readings(line, annotated), left))
        left -= len(found)
        texts.append(EditedText(line).replace(span for span in found if span.confidence != "medium"))
        doubts.append(tuple(span for span in found if span.confidence == "medium"))
    return tuple(texts), tuple(doubts)


def _readings(text: str, annotated: bool) -> Iterator[Span]:
    place = 0
    while match := SUSPECT.search(text, place):
        place = match.end()
        run = run_at(text, match.start())
        reading = _best(text, run, annotated) if run else None
        if reading:
            yield reading
            place = reading.end


def _best(text: str, run: Run, annotated: bool) -> Span | None:
    """The likeliest reading of a run, if it is better Chinese than what stands there."""
    left = _context(ANNOTATION.sub("", text[max(0, run.start - WINDOW) : run.start])[::-1])[::-1]
    right = _context(ANNOTATION.sub("", text[run.end : run.end + WINDOW]))
    ranked = sorted(((_score(left, said, right), said) for said in _candidates(run)), reverse=True)
    if not ranked:
        return None
    score, said = ranked[0]
    per_char = (score - _score(left, "", right)) / len(said)
    gain = score - _score(left, text[run.start : run.end], right)
    margin = score - ranked[1][0] if len(ranked) > 1 else float("inf")
    confidence = _confidence(run, per_char, margin, gain)
    if not (annotated or run.confirmed):
        confidence = confidence and "medium"
    return Span(run.start, run.end, said, KIND, confidence) if confidence else None


def _confidence(run: Run, per_char: float, margin: float, gain: float) -> Confidence | None:
    if gain < MIN_GAIN or per_char < MIN_PER_CHAR:
        return None
    if run.confirmed:
        if run.known:
            return "certain"
        return "high" if margin >= MIN_MARGIN else "medium"
    good = per_char >= MIN_PER_CHAR_UNCONFIRMED and margin >= MIN_MARGIN_UNCONFIRMED
    return "high" if good else "medium"


def _candidates(run: Run) -> list[str]:
    """Combinations of the characters that each cell of the run may be, most frequent ones first."""
    open_cells = sum(len(cell) > 1 for cell in run.cells)
    most = MAX_READINGS if open_cells < 2 else int(MAX_READINGS ** (1 / open_cells))
    ranked = [sorted(cell, key=_frequency, reverse=True)[:most] for cell in run.cells]
    said = ("".join(chars) for chars in itertools.product(*ranked))
    return [text for text in said if not DOUBLED.search(text)]


def _frequency(char: str) -> float:
    return fluency().char(characters().simplified_of.get(char, char))


def _score(left: str, said: str, right: str) -> float:
    simplified = characters().simplified_of
    return fluency().score("".join(simplified.get(char, char) for char in left + said + right))


def _context(near: str) -> str:
    """The Han next to the run."""
    return "".join(itertools.takewhile(lambda char: "\u3400" <= char <= "\u9fff", near[:CONTEXT]))
