"""Which of a page's lines stand about its title and its text: where bylines are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.extract.blocks import Block
from pipeline.extract.byline_rows import About, Row
from pipeline.extract.comparable import simplified_lines
from pipeline.extract.shapes import Line
from pipeline.extract.words import PageWords, is_head, letters, may_begin

ABOVE = 8  # lines above the title
BELOW = 25  # lines from the title down to the text
BEFORE = 3  # lines before the text, where more than BELOW are between
BEHIND = 10  # lines that follow the text: 发表于 …, as blogs put it
HALF = 200  # lines of a text that are looked at from each end
RUNNING = 40  # characters of running text
TITLE_AND_DATE = 30  # letters that may follow the title in its line


def about(blocks: Sequence[Block], kept: Sequence[int], title: str, words: PageWords) -> About:
    """By the title's last place before the text; a page that does not show its title by the text alone.

    `kept`: indices of the article's lines; none where a layout read them.
    """
    text = next((index for index in kept if _is_running(blocks[index])), kept[0] if kept else 0)
    place = _title_place(blocks, letters(title), text)
    start = place + 1 if place is not None else max(0, text - BELOW // 2)
    top = place if place is not None else start
    shown = [blocks[place]] if place is not None and letters(blocks[place].text) != letters(title) else []
    end = kept[-1] + 1 if kept else start
    return About(
        title=title if place is not None else "",
        below=_rows((*shown, *_until_list(_down_to(blocks, start, text), words))),
        above=_rows(reversed(blocks[max(0, top - ABOVE) : top])),
        inside=_rows(_ends(_until_list(blocks[text:end], words))),
        behind=_rows(_until_list(blocks[end : end + BEHIND], words)),
    )


def _down_to(blocks: Sequence[Block], start: int, text: int) -> list[Block]:
    """The first lines under the title and the last before the text, where a menu stands between."""
    last = max(start + BELOW, text - BEFORE)
    return [*blocks[start : min(text + 2, start + BELOW)], *blocks[last : max(last, text + 2)]]


def _title_place(blocks: Sequence[Block], title: str, text: int) -> int | None:
    """The last line before the text that is the title, or begins with it and holds a byline besides."""
    longest = 2 * len(title) + TITLE_AND_DATE  # marks and blanks are no letters
    short = ((i, block.text) for i, block in enumerate(blocks) if len(title) <= len(block.text) <= longest)
    said = [(index, letters(line)) for index, line in short if may_begin(line, title)]
    exact = [index for index, line in said if line == title]
    before = [index for index in exact if index <= text]
    begun = [index for index, line in said if index <= text and title and _is_title_and_date(line, title)]
    return next((found[-1] for found in (before, begun, exact[:1]) if found), None)


def _is_title_and_date(line: str, title: str) -> bool:
    return line.startswith(title) and len(line) - len(title) <= TITLE_AND_DATE


def _until_list(blocks: Iterable[Block], words: PageWords) -> Sequence[Block]:
    """Up to the head of comments or of other articles: their dates are not the page's."""
    held = list(blocks)
    short = simplified_lines([block.text if len(block.text) <= RUNNING else "" for block in held])
    end = next((index for index, said in enumerate(short) if said and is_head(said, words)), len(held))
    return held[:end]


def _ends(blocks: Sequence[Block]) -> Sequence[Block]:
    return blocks if len(blocks) <= 2 * HALF else [*blocks[:HALF], *blocks[-HALF:]]


def _rows(blocks: Iterable[Block]) -> tuple[Row, ...]:
    return tuple(Row(block.text, block.linked) for block in blocks)


def _is_running(block: Block) -> bool:
    return len(block.text) >= RUNNING and Line(block.text, block.kind).is_sentence
