"""A damaged page, stretch by stretch: fragments in another encoding, and bytes lost in the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.decode.readable import readability
from pipeline.decode.resync import SMALLER, resynchronised, resynchronised_wide

STRETCH = re.compile(rb"[\x80-\xff][^<>\r\n]*")  # up to a tag or a line end, which all encodings share
# Four Han or marks in UTF-8: L for a first byte of three, c for one that continues. GBK text has these twelve
# by chance less than once in a million characters. A regular expression takes twenty times as long.
UTF_8_RUN = b"Lcc" * 4
ROLES = bytes(
    ord("L") if byte in {*range(0xE3, 0xEA), 0xEF} else ord("c") if 0x80 <= byte <= 0xBF else 0
    for byte in range(256)
)
OWN_HEAD = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|[\x00-\x7f])+")
OWN_TAIL = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|[\x00-\x7f])+\Z")
TAIL_BYTES = 150  # of a stretch that are searched for its end; a pattern that ends somewhere is slow
MAX_SPARE = 2  # characters at a cut that the other encoding may have made by chance
MIN_FOREIGN = 4  # characters; 联通 in GBK is no argument
MIN_SCORE = 1.0  # running Chinese has about 1.3, GBK read as Big5 or the reverse seldom more than .9
MAX_STRETCHES = 20_000  # of a page that are looked at
MAX_RESYNCHRONISED = 200_000  # bytes of a page, in 0.2 s; a damaged page has a few hundred
OTHERS = {"gb18030": ("utf-8",), "big5hkscs": ("utf-8",), "utf-8": ("gb18030", "big5hkscs")}


def reread(body: bytes, encoding: str) -> tuple[str, str | None]:
    """The page's text, and the encoding of its fragments if some are in another.

    Damage: 中文 in UTF-8 on a GBK page reads 涓枃, in GBK on a UTF-8 page it is U+FFFD. A stretch up to a tag
    or a line end is read in the other encoding where that is strictly valid and reads like Chinese; on a page
    in UTF-8 also the rest of it, behind or before whole characters of the page's own (a template's 　　).
    Left alone: a stretch with the other encoding in its middle (where it begins nobody knows), fewer than
    four characters, and one with a lost byte, which is mostly readable as it is.
    """
    if encoding.startswith("utf-16"):
        return resynchronised_wide(body, encoding), None
    if encoding not in OTHERS:
        return body.decode(encoding, "replace"), None
    if encoding == "gb18030" and not _has_utf_8(body):
        try:
            return body.decode(SMALLER[encoding]), None  # nearly always, and quicker
        except UnicodeDecodeError:
            pass
    read = list(_stretches(body, encoding))
    others = [other for _, other in read if other]
    return "".join(text for text, _ in read), others[0] if others else None


def _stretches(body: bytes, encoding: str) -> Iterator[tuple[str, str | None]]:
    """The page in order: each stretch that is read otherwise, and what lies between two of them."""
    place, left = 0, MAX_RESYNCHRONISED
    for match in islice(STRETCH.finditer(body), MAX_STRETCHES):
        stretch = match[0]
        start, end, other = _part(stretch, encoding)
        if other is None and (len(stretch) > left or not _is_shifted(stretch, encoding)):
            continue
        yield body[place : match.start() + start].decode(encoding, "replace"), None
        yield (stretch[start:end].decode(other) if other else resynchronised(stretch, encoding)), other
        place = match.start() + end
        left -= 0 if other else len(stretch)
    yield body[place:].decode(encoding, "replace"), None


def _part(stretch: bytes, encoding: str) -> tuple[int, int, str | None]:
    """What of a stretch is in another encoding: all of it, or the rest behind or before the page's own."""
    whole = 0, len(stretch)
    torn = encoding == "utf-8" and "\ufffd" in stretch.decode("utf-8", "replace")
    for start, end in (whole, *(_cuts(stretch) if torn else ())):
        if other := _other(stretch[start:end], encoding):
            return start, end, other
    return *whole, None


def _cuts(stretch: bytes) -> Iterator[tuple[int, int]]:
    """Without the characters of UTF-8 at its beginning, or its end; the last of them may be none."""
    size = len(stretch)
    head, tail = OWN_HEAD.match(stretch), OWN_TAIL.search(stretch, max(0, size - TAIL_BYTES))
    lead, rest = head.end() if head else 0, tail.start() if tail else size
    for spare in range(MAX_SPARE + 1):
        first, last = lead - 3 * spare, rest + 3 * spare
        yield from ((first, size),) if first > 0 else ()
        yield from ((0, last),) if last < size else ()
        yield from ((first, last),) if 0 < first < last < size else ()


def _other(stretch: bytes, encoding: str) -> str | None:
    """The encoding in which a stretch is strictly valid, Chinese, and more so than in the page's own."""
    if encoding != "utf-8" and not _has_utf_8(stretch):
        return None
    said = stretch.decode(encoding, "replace")
    if encoding == "utf-8" and "\ufffd" not in said:
        return None
    own = readability(said)
    if encoding == "utf-8" and (own.unread < MIN_FOREIGN or own.unread * 2 < own.foreign):
        return None
    scores = {other: score for other in OTHERS[encoding] if (score := _score(stretch, other))}
    best = max(scores, key=lambda other: scores[other], default=None)
    return best if best and scores[best] > own.score else None


def _score(stretch: bytes, encoding: str) -> float | None:
    try:
        said = readability(stretch.decode(encoding))
    except UnicodeDecodeError:
        return None
    return said.score if said.foreign >= MIN_FOREIGN and said.score >= MIN_SCORE else None


def _is_shifted(stretch: bytes, encoding: str) -> bool:
    """Whether a stretch of two-byte characters has lost, or got, a byte. UTF-8 finds its way by itself."""
    if encoding == "utf-8":
        return False
    try:
        stretch.decode(SMALLER[encoding])
    except UnicodeDecodeError:
        return True
    return False


def _has_utf_8(body: bytes) -> bool:
    return UTF_8_RUN in body.translate(ROLES)
