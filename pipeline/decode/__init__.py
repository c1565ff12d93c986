"""Bytes of a page to text, whatever its label says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from pipeline.decode.fragments import reread
from pipeline.decode.labels import declared, unmarked
from pipeline.decode.readable import MAX_BAD_SHARE, readability

__all__ = ["Decoded", "candidates", "declared", "decode"]

CHINESE = ("gb18030", "big5hkscs", "utf-8")  # tried on every page that is not valid UTF-8
WIDE = ("utf-16-le", "utf-16-be")
# In every candidate white space and angle brackets stand for themselves, so that a stretch begins and ends
# with a character. A lost byte shifts no other stretch.
STRETCH = re.compile(rb"[\x80-\xff][^ \t\n\r\f\v<>]{0,9999}")  # a fifth quicker than with \s
MAX_STRETCHES = 4_000  # of a page
SAMPLE_BYTES = 16_000  # enough to judge by: 1 % of it decides between GBK and Big5
MIN_ZEROS = 0.01  # every ASCII character of UTF-16 has one, line ends too; random bytes have .004
MIN_WIDE_SCORE = 0.3  # Chinese has 1.3, a table of numbers read as UTF-16 nearly 0
HZ_OPENS = b"~{"
# Running Chinese has about 1.3; ASCII between `~{` and `~}` read as HZ is mostly rare Han, and its blanks
# are not Han at all.
MIN_HZ_SCORE = 1.0
MIN_HZ_HAN = 10


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and the encoding that it was read in; `gb18030+utf-8`: with fragments in the second."""

    text: str
    encoding: str


def decode(payload: bytes, content_type: str = "") -> Decoded | None:
    """The page's text, or None where no encoding gives readable text.

    Strict UTF-8 decides. Otherwise the byte order mark and the declared labels (header, then the page) are
    only candidates beside the Chinese encodings: each is decoded with replacement, so that one lost byte
    costs a character and not the page, and the one that reads most like Chinese wins. Then fragments in
    another encoding are read for themselves.
    """
    body, marked = unmarked(payload)
    decoded = None if marked and marked != ("utf-8",) else _strict(body)
    if decoded is not None and decoded.encoding == "utf-8":
        return decoded
    if decoded is None:
        decoded = _likeliest(body, candidates(body, (*marked, *declared(body, content_type))))
    said = readability(decoded.text)
    unlikely = decoded.encoding in WIDE and said.whole_score < MIN_WIDE_SCORE
    return None if unlikely or said.bad_share > MAX_BAD_SHARE else decoded


def candidates(body: bytes, named: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What a page that is no valid UTF-8 may be in; ties go to the first."""
    wide = WIDE if body.count(0) > MIN_ZEROS * len(body) else ()
    hz = ("hz",) if HZ_OPENS in body else ()
    return tuple(dict.fromkeys((*named, *CHINESE, *wide, *hz)))


def _strict(body: bytes) -> Decoded | None:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if HZ_OPENS in body and (hz := _hz(body)):
        return hz
    return Decoded(text, "utf-8") if readability(text).bad_share <= MAX_BAD_SHARE else None


def _hz(body: bytes) -> Decoded | None:
    """HZ, declared or not: GB 2312 in seven bits between `~{` and `~}`, so that its bytes are ASCII.

    Left alone: ASCII that happens to have these marks, as `~{ block ~}` in a shell script.
    """
    text = body.decode("hz", "replace")
    said = readability(text)
    is_chinese = said.foreign >= MIN_HZ_HAN and said.score >= MIN_HZ_SCORE
    return Decoded(text, "hz") if body.isascii() and is_chinese else None


def _likeliest(body: bytes, encodings: tuple[str, ...]) -> Decoded:
    """What hides its text in ASCII or zeros is compared over the whole page, else only what is not ASCII."""
    hidden = any(encoding in (*WIDE, "hz") for encoding in encodings)
    sample = body if hidden else _stretches(body)

    def score(encoding: str) -> float:
        said = readability(sample.decode(encoding, "replace"))
        return said.whole_score if hidden else said.score

    best = max(encodings, key=score)
    text, other = reread(body, best)
    return Decoded(text, f"{best}+{other}" if other else best)


def _stretches(body: bytes) -> bytes:
    """What is not ASCII, from all over the page, as much as is needed to judge."""
    found = [match[0] for match in islice(STRETCH.finditer(body), MAX_STRETCHES)]
    step = sum(map(len, found)) // SAMPLE_BYTES + 1
    return b"\n".join(found[::step])[: 2 * SAMPLE_BYTES]
