"""What a template says: the shared sentences of the article that holds most of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from pipeline.copies.folds import NUMBERING, Folds
from pipeline.copies.sql import rows

PLATFORM, NUMBER, PLACE = "【platform】", "【number】", "【place】"

Span = tuple[int, int]


def skeletons(connection: duckdb.DuckDBPyConnection, folds: Folds) -> dict[int, str]:
    """Cluster → skeleton, for clusters of several stories; read from copy_stories and copy_sentence_own."""
    found: dict[int, str] = {}
    for cluster, text, sentences, names in rows(connection, "skeletons"):
        found[cluster] = skeleton(
            text, list(zip(*sentences, strict=True)), list(zip(*names, strict=True)), folds
        )
    return found


def skeleton(text: str, sentences: Sequence[Span], names: Iterable[Span], folds: Folds) -> str:
    """The given sentences in order, their names, numbers and places masked; lines numbered as in the text.

    >>> skeleton("某贷逾期30天。别的话。\\n1.1 怎么办？", [(0, 8), (13, 21)], [(0, 2)], Folds())
    '【platform】逾期【number】天。\\n1.1 怎么办？'
    """
    pieces: list[str] = []
    named = sorted(names)
    end = 0
    for start, stop in sorted(sentences):
        pieces.append("\n" if pieces and "\n" in text[end:start] else "")
        pieces.append(_masked(text, start, stop, [span for span in named if start <= span[0] < stop], folds))
        end = stop
    return "".join(pieces)


def _masked(text: str, start: int, stop: int, names: Iterable[Span], folds: Folds) -> str:
    numbered = NUMBERING.match(text, start, stop) if start == 0 or text[start - 1] == "\n" else None
    at = numbered.end() if numbered else start
    pieces = [text[start:at]]
    for first, last in names:
        if first >= at:
            pieces += [_plain(text[at:first], folds), PLATFORM]
            at = last
    return "".join([*pieces, _plain(text[at:stop], folds)])


def _plain(text: str, folds: Folds) -> str:
    return folds.place.sub(PLACE, folds.number.sub(NUMBER, text))
