"""The lines of a page, read from its tree as the parser writes it out."""

from __future__ import annotations

from pipeline.compiled import BYTES, ZERO, bare, compiled_for
from pipeline.extract.scan.gathered import (
    BOLDS,
    DEPTH,
    ENTERED,
    LINKS,
    OPEN,
    SIZE,
    TAG,
    Lines,
    empty,
    end_line,
    gather,
)
from pipeline.extract.scan.measured import measure
from pipeline.extract.scan.names import BLOCK, BOLD, BREAK, LINK, RAW, ROW, SKIP, VOID
from pipeline.extract.scan.rows import behind, row
from pipeline.extract.scan.shown import shown_end
from pipeline.extract.scan.tags import (
    GREATER,
    LESS,
    SLASH,
    Bytes,
    comment_end,
    find,
    is_comment,
    name_at,
    raw_end,
)


@bare
def _close(page: Lines, data: Bytes, flags: int) -> None:
    counts = page.counts
    if flags & BLOCK:
        end_line(page, data)
        counts[OPEN] = max(0, counts[OPEN] - 1)
        counts[ENTERED] = min(counts[ENTERED], counts[OPEN])
    counts[LINKS] -= bool(flags & LINK)
    counts[BOLDS] -= bool(flags & BOLD)


@bare
def _step(page: Lines, data: Bytes, at: int) -> int:
    """Reads the tag or comment that begins here; what follows it."""
    if is_comment(data, at):
        return comment_end(data, at)
    closing = data[at + 1] == SLASH
    flags, name_end = name_at(data, at + 1 + closing)
    if closing:
        _close(page, data, flags)
        return find(data, GREATER, name_end) + 1
    end, hidden = shown_end(data, name_end)
    if hidden or flags & SKIP:
        return behind(data, at, flags, name_end, end)
    counts = page.counts
    if flags & (BLOCK | BREAK):
        end_line(page, data)
    if flags & BLOCK or not at:  # what is read may be no block
        counts[SIZE] += 1
        if not flags & VOID:
            page.columns[TAG, counts[OPEN]] = at + 1
            counts[OPEN] += 1
            counts[DEPTH] = max(counts[DEPTH], counts[OPEN])
    if flags & ROW:
        return row(page, data, end)
    if flags & RAW:  # <xmp>: shown as it is
        close = raw_end(data, at + 1, name_end, end)
        gather(page, data, end, close)
        return close
    counts[LINKS] += bool(flags & LINK)
    counts[BOLDS] += bool(flags & BOLD)
    return end


@bare
def _read(page: Lines, data: Bytes) -> None:
    at = ZERO
    while at < data.size:
        start = find(data, LESS, at)
        if start > at:
            gather(page, data, at, start)
        at = _step(page, data, start) if start + 1 < data.size else data.size
    end_line(page, data)


@compiled_for(BYTES, BYTES)
def lines(data: Bytes, table: Bytes) -> Lines:
    """`data`: every element but those without an end is closed, < and > are tags' only.

    `table`: characters.TABLE.
    """
    page = empty(data)
    _read(page, data)
    measure(page, table)
    return page
