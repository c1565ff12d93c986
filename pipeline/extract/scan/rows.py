"""Rows of data in tables: each is one line."""

from __future__ import annotations

from pipeline.compiled import bare
from pipeline.extract.scan.gathered import (
    AT_ROW,
    CELL_END,
    ENTERED,
    LINKED,
    OPEN,
    TEXT,
    Lines,
    end_line,
    put,
    write,
)
from pipeline.extract.scan.names import BLOCK, BREAK, CELL, LINK, RAW, SKIP, VOID
from pipeline.extract.scan.tags import (
    LESS,
    SLASH,
    Bytes,
    comment_end,
    find,
    is_comment,
    name_at,
    raw_end,
    tag_end,
)

MAX_CELLS = 30
MAX_CELL_NODES = 30  # a cell with more in it lays out the page


@bare
def behind(data: Bytes, at: int, flags: int, name_end: int, end: int) -> int:
    """Behind the element whose tag stands here, with all in it."""
    if flags & VOID:
        return end
    open_ = 1
    if flags & RAW:
        end = raw_end(data, at + 1, name_end, end)
    while open_ and end < data.size:
        at = find(data, LESS, end)
        if at + 1 >= data.size:
            return data.size
        if is_comment(data, at):
            end = comment_end(data, at)
            continue
        closing = data[at + 1] == SLASH
        flags, name_end = name_at(data, at + 1 + closing)
        end, _ = tag_end(data, name_end)
        if closing:
            open_ -= 1
        elif not flags & VOID:
            open_ += 1
            if flags & RAW:
                end = raw_end(data, at + 1, name_end, end)
    return end


@bare
def _cell(page: Lines, data: Bytes, at: int) -> int:
    """Reads a cell of words only, up to behind its end tag; 0 where anything else stands in it."""
    counts = page.counts
    nodes = depth = links = 0
    start = counts[TEXT]
    while at < data.size:
        tag = find(data, LESS, at)
        nodes += tag > at
        write(page, TEXT, data, at, tag)
        if tag + 1 >= data.size:
            return 0
        if is_comment(data, tag):
            at = comment_end(data, tag)
            nodes += 1
            continue
        closing = data[tag + 1] == SLASH
        flags, name_end = name_at(data, tag + 1 + closing)
        at, _ = tag_end(data, name_end)
        if closing and not depth:
            break
        if closing:
            depth -= 1
            continue
        nodes += 1
        if flags & (BLOCK | SKIP | BREAK) or nodes >= MAX_CELL_NODES:
            return 0
        links |= flags & LINK
        depth += not flags & VOID
    if links:
        for place in range(start, counts[TEXT]):
            put(page, LINKED, page.buffers[TEXT, place])
        put(page, LINKED, CELL_END)
    put(page, TEXT, CELL_END)
    return at if nodes < MAX_CELL_NODES else 0


@bare
def _cells(page: Lines, data: Bytes, at: int) -> tuple[int, int]:
    """(how many cells of words a row has, behind its end tag); no cells where one holds anything else."""
    cells = 0
    while at < data.size:
        tag = find(data, LESS, at)
        if tag + 1 >= data.size:
            break
        if is_comment(data, tag):
            at = comment_end(data, tag)
            continue
        closing = data[tag + 1] == SLASH
        flags, name_end = name_at(data, tag + 1 + closing)
        end, _ = tag_end(data, name_end)
        if closing:
            return cells, end
        if flags & CELL:
            at = _cell(page, data, end)
            cells += 1
            if not at or cells > MAX_CELLS:
                break
        else:
            at = behind(data, tag, flags, name_end, end)
    return 0, at


@bare
def row(page: Lines, data: Bytes, at: int) -> int:
    """Reads the row that is open as one line, up to behind its end; nothing of one that lays out the page."""
    counts = page.counts
    text, linked = counts[TEXT], counts[LINKED]
    cells, end = _cells(page, data, at)
    if cells < 2:
        counts[TEXT], counts[LINKED] = text, linked
        return at
    counts[AT_ROW] = 1
    end_line(page, data)
    counts[OPEN] -= 1
    counts[ENTERED] = min(counts[ENTERED], counts[OPEN])
    return end
