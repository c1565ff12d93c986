"""What each line says for or against being the article: running text, a way out, a footer."""

from __future__ import annotations

from pipeline.compiled import bare
from pipeline.extract.scan.characters import (
    COMMA,
    DIGIT,
    END_MARK,
    MARK,
    STOP,
    WIDE_ONE,
    bits_of,
    code_at,
    is_han,
)
from pipeline.extract.scan.folded import fold_line, linked_chars
from pipeline.extract.scan.footers import FOOTER_CHARS, names_rights
from pipeline.extract.scan.gathered import (
    BOLD,
    END,
    FOLDED,
    FOOTER,
    IS_ROW,
    KIND,
    LEVEL,
    LINES,
    LINK,
    LINKED,
    LINKED_CHARS,
    NAME,
    PLACE,
    PLAIN,
    SCORE,
    TEXT,
    Lines,
    put,
)
from pipeline.extract.scan.names import KIND_OF, LEVEL_OF, LIST_ITEM, TABLE_ROW
from pipeline.extract.scan.tags import BLANK, Bytes, find

MAX_LINK_SHARE = 0.5  # a line that is mostly link is a way to another page
LONG_LINE = 30  # characters: more is a sentence also without punctuation
LINK_COST = 30  # at most this much text is outweighed by one line of links
SHORT_COST = 2  # a short line without punctuation: a heading, or a menu without links
FOOTER_COST = 60
LINK_CHARS = 100
LISTED_SHARE = 0.15  # links of a line; the rest is an author, a time, a count
LISTING_CHARS = 160

BULLETS = "-–—*•●·▪■◆►▶○"
_BULLETS = tuple(map(ord, BULLETS))
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_DASHES, _COLONS = tuple(map(ord, "-/.")), tuple(map(ord, ":："))
_AFTER_DASH, _AFTER_COLON = 1, 2


@bare
def _behind_bullet(data: Bytes, start: int, end: int) -> int:
    """Where the text begins: behind a bullet and a blank, if the line begins so."""
    if start >= end:
        return start
    code, after = code_at(data, start, end)
    return after + 1 if after < end and data[after] == BLANK and code in _BULLETS else start


@bare
def is_listed(data: Bytes, table: Bytes, start: int, end: int) -> bool:
    """Whether a day or a time stands in it: 08-11, 12/3, 16:06. 2024-08-11 is one by its end, 1.234 none."""
    run = after = 0  # digits up to here, what stands before them
    at = start
    while at < end:
        code, at = code_at(data, at, end)
        if bits_of(table, code) & DIGIT:
            run += 1
            if after == _AFTER_COLON and run == 2:
                return True
            continue
        if after == _AFTER_DASH and 1 <= run <= 2:
            return True
        after = 0
        if code in _DASHES and 1 <= run <= 2:
            after = _AFTER_DASH
        elif code in _COLONS and run:
            after = _AFTER_COLON
        run = 0
    return after == _AFTER_DASH and 1 <= run <= 2


@bare
def seen_in(data: Bytes, table: Bytes, start: int, end: int) -> tuple[int, int]:
    """(characters of a line, bits: STOP for punctuation of any kind, COMMA, END_MARK for its last one)."""
    size = seen = before = 0
    at = start
    while at < end:
        if is_han(data, at, end):
            seen |= STOP if before & MARK else 0
            before, size, at = WIDE_ONE, size + 1, at + 3
            continue
        code, at = code_at(data, at, end)
        if before & MARK and (code == BLANK or _FIRST_HAN <= code <= _LAST_HAN):
            seen |= STOP
        before = bits_of(table, code)
        seen |= before & (STOP | COMMA)
        size += 1
    if before & MARK:
        seen |= STOP
    return size, seen | before & END_MARK


@bare
def _is_listing(page: Lines, table: Bytes, where: tuple[int, int], said: tuple[int, int, int]) -> bool:
    """A title that leads to another page, and when it was written: `出门要小心【某人】08-11 16:06 [154/0]`.

    A sentence with a link and a time in it is text.
    """
    size, seen, linked = said
    if linked < LISTED_SHARE * size or size > LISTING_CHARS or seen & END_MARK:
        return False
    return is_listed(page.buffers[FOLDED], table, *where)


@bare
def _is_link(page: Lines, table: Bytes, where: tuple[int, int], said: tuple[int, int, int]) -> bool:
    """Mostly links, or a listing; a long text with commas in it is an article in an unclosed <a>."""
    size, seen, linked = said
    if not linked:
        return False
    if linked > MAX_LINK_SHARE * size and (size <= LINK_CHARS or not seen & COMMA):
        return True
    return _is_listing(page, table, where, said)


@bare
def _measure(page: Lines, table: Bytes, line: int, start: int) -> None:
    """What the columns say of the line whose text goes from here to the end of FOLDED."""
    data, end = page.buffers[FOLDED], page.counts[FOLDED]
    columns, linked = page.columns, page.columns[LINKED_CHARS, line]
    size, seen = seen_in(data, table, start, end)
    is_footer = size < FOOTER_CHARS and names_rights(data, start, end)
    is_link = _is_link(page, table, (start, end), (size, seen, linked))
    if is_footer:
        score = -FOOTER_COST
    elif is_link:
        score = -min(size, LINK_COST)
    elif size >= LONG_LINE or seen & STOP:
        score = size - min(linked, size // 2)
    else:
        score = 0 if columns[LEVEL, line] else -SHORT_COST
    columns[LINK, line], columns[FOOTER, line], columns[SCORE, line] = is_link, is_footer, score


@bare
def _enter(page: Lines, line: int, kept: int, linked: int) -> None:
    """What is known of a line from its element; it moves up where lines before it said nothing."""
    columns = page.columns
    place, is_row, plain = columns[PLACE, line], columns[IS_ROW, line], columns[PLAIN, line]
    name = columns[NAME, place] if place >= 0 else 0
    columns[PLACE, kept], columns[LINKED_CHARS, kept] = place, linked
    columns[KIND, kept] = TABLE_ROW if is_row else KIND_OF[name]
    columns[LEVEL, kept] = 0 if is_row else LEVEL_OF[name]
    columns[BOLD, kept] = not (is_row or plain)


@bare
def measure(page: Lines, table: Bytes) -> None:
    """Folds the texts of all lines and measures them; what folds to nothing is no line, unless a row."""
    counts, kept, text, linked = page.counts, 0, 0, 0
    for line in range(counts[LINES]):
        text_end = find(page.buffers[TEXT], END, text)
        linked_end = find(page.buffers[LINKED], END, linked)
        is_row = page.columns[IS_ROW, line] > 0
        start = counts[FOLDED]
        leads = linked_chars(page, table, linked, linked_end, is_row)
        if fold_line(page, table, text, text_end, is_row) or is_row:
            _enter(page, line, kept, leads)
            if not is_row:
                start = _without_bullet(page, kept, start)
            _measure(page, table, kept, start)
            put(page, FOLDED, END)
            kept += 1
        text, linked = text_end + 1, linked_end + 1
    counts[LINES] = kept


@bare
def _without_bullet(page: Lines, line: int, start: int) -> int:
    """A line that begins with a bullet is of a list, whatever its element; where its text goes to."""
    data, end = page.buffers[FOLDED], page.counts[FOLDED]
    behind = _behind_bullet(data, start, end)
    if behind > start:
        page.columns[KIND, line] = LIST_ITEM
        for place in range(behind, end):
            data[start + place - behind] = data[place]
        page.counts[FOLDED] = start + end - behind
    return start
