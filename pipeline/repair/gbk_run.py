"""A run of characters that were read half a character late, back into bytes, back into characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.readings import SYLLABLE, is_reading
from pipeline.script import characters

MAX_BYTES = 60  # a longer run is no run
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
PUNCTUATION = "，；！？"  # where the site cut, whatever the offset
FULL_WIDTH = str.maketrans(",;!", PUNCTUATION[:3])  # folded before we see them; `?` may be a lost byte too
LOST_BRACKET = re.compile(rf"\?(?P<syllable>{SYLLABLE})\s?[)）]")  # `?` swallowed the bracket
ANNOTATION = re.compile(rf"[(（]\s?(?P<syllable>{SYLLABLE})\s?[)）]")


@dataclass(frozen=True, slots=True)
class Run:
    """`text[start:end]`, and the characters that each cell of two bytes may be."""

    start: int
    end: int
    cells: tuple[tuple[str, ...], ...]
    confirmed: bool  # pinyin agrees with the new alignment
    known: bool  # pinyin leaves nothing open
    lost: tuple[int, ...] = ()  # where, in bytes, a pair stood that is no character

    def fits(self, said: str) -> bool:
        """Whether a reader would have lost what was lost, had the page said this."""
        raw = said.encode("gbk") if self.lost else b""
        return not any(is_pair(raw[at : at + 2]) for at in self.lost)


@dataclass(slots=True)
class _Bytes:
    """The run as it grows: known bytes, gaps, and what pinyin says of a byte and the one before it."""

    before: int | None  # last byte of the character before the run
    known: list[int | None] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)  # index of the second byte -> syllable
    lost: list[int] = field(default_factory=list)  # where a pair of bytes became one `?`

    @property
    def aligned(self) -> bool:
        return bool(self.known) and len(self.known) % 2 == 0

    def pair(self, index: int) -> tuple[int | None, int | None]:
        return (self.known[index - 1] if index else self.before), self.known[index]


def run_at(text: str, start: int) -> Run | None:
    """The run that begins with the `?` at `start`; None where bytes are lost or it does not end."""
    held = _Bytes(_last_byte(text[:start][-1:]))
    place: int | None = start
    while place is not None and not held.aligned and len(held.known) <= MAX_BYTES:
        place = _step(text, place, held)
    if place is None or not held.aligned:
        return None
    place = _annotation(text, place, held)
    cells = _cells(held)
    if not all(cells):
        return None
    return Run(start, place, cells, bool(held.said), _is_known(held), tuple(held.lost))


def _step(text: str, place: int, held: _Bytes) -> int | None:
    """Takes the next piece of the text into the run; None where that cannot be."""
    piece = text[place : place + 1]
    if lost := LOST_BRACKET.match(text, place):
        held.known.append(None)
        held.said[len(held.known) - 1] = lost["syllable"]
        return lost.end()
    if piece == "?" and text[place + 1 : place + 2].translate(FULL_WIDTH) in ("", *PUNCTUATION, "?"):
        held.known.append(None)
        return place + 1
    if piece == "?" and held.known:  # 生的 is C9FA B5C4; read late, FAB5 is no character
        held.lost.append(len(held.known))
        held.known.extend((None, None))
        return place + 1
    if held.known and piece and piece not in PUNCTUATION + ",;!?" and 0x40 <= ord(piece) <= 0x7E:
        held.known.append(ord(piece))
        return place + 1
    pair = _bytes_of(piece.translate(FULL_WIDTH)) if held.known else None
    if pair is None:
        return None
    held.known.extend(pair)
    return _annotation(text, place + 1, held)


def _annotation(text: str, place: int, held: _Bytes) -> int:
    """Takes in an annotation of the last two bytes, if there is one that fits them."""
    found = ANNOTATION.match(text, place)
    last = len(held.known) - 1
    if not found or last in held.said or not _fitting(held.pair(last), found["syllable"]):
        return place
    held.said[last] = found["syllable"]
    return found.end()


def _cells(held: _Bytes) -> tuple[tuple[str, ...], ...]:
    return tuple(_options(held, index) for index in range(0, len(held.known), 2))


def _options(held: _Bytes, index: int) -> tuple[str, ...]:
    leads, trails = _values(held, index), _values(held, index + 1)
    if len(leads) > 1 and len(trails) > 1:
        return ()  # truly lost
    syllable = held.said.get(index + 1)
    return tuple(
        char
        for lead in leads
        for trail in trails
        if (char := _char(lead, trail)) and (syllable is None or _is_read(char, syllable))
    )


def _values(held: _Bytes, index: int) -> Sequence[int]:
    known = held.known[index]
    if known is not None:
        return (known,)
    if index in held.said:
        fitting = _fitting(held.pair(index), held.said[index])
        return fitting if index % 2 else [byte for byte in fitting if byte in LEADS]
    if index in held.lost:
        return ORPHANS
    return TRAILS if index % 2 else LEADS


def _fitting(pair: tuple[int | None, int | None], syllable: str) -> tuple[int, ...]:
    """Second bytes with which the pair is a character that conversion made and that reads so."""
    first, second = pair
    if first is None and second is None:
        return ()
    leads = LEADS if first is None else (first,)
    trails = TRAILS if second is None else (second,)
    return tuple(trail for trail in trails if any(_is_read(_char(lead, trail), syllable) for lead in leads))


def _is_read(char: str, syllable: str) -> bool:
    return char in characters().simplified_of and is_reading(syllable, char)


def _is_known(held: _Bytes) -> bool:
    return all(byte is not None or len(_values(held, index)) == 1 for index, byte in enumerate(held.known))


def is_pair(raw: bytes) -> bool:
    """Whether a reader of GBK sees a character there."""
    try:
        raw.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


# First bytes of pairs that a reader loses: those of the user's own area and of gaps in the standard.
ORPHANS = tuple(
    lead for lead in (0x80, *LEADS) if not all(is_pair(bytes((lead, second))) for second in LEADS)
)


def _last_byte(char: str) -> int | None:
    pair = _bytes_of(char)
    return pair[1] if pair else None


def _bytes_of(char: str) -> bytes | None:
    try:
        pair = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return pair if len(pair) == 2 else None


@cache
def _char(lead: int, trail: int) -> str:
    """The Han or Chinese punctuation mark of two bytes, "" where there is none."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return (
        char
        if len(char) == 1 and ("\u3400" <= char <= "\u9fff" or char in "，。、；：？！“”‘’《》（）")
        else ""
    )
