"""Bytes of a page to text, whatever its label says."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

# A declared label is read as the superset that browsers read it as (WHATWG Encoding Standard).
# Labels outside this map are ignored: pages in GBK often say iso-8859-1, and some Python codecs (punycode,
# unicode_escape) are no page encodings.
SUPERSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb-2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "hz-gb-2312": "hz",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CHINESE = ("gb18030", "big5hkscs", "utf-8")  # tried on every page that is not valid UTF-8
PRESCAN_BYTES = 4096  # browsers look at 1,024; old templates put scripts first
SAMPLE_BYTES = 1_000_000  # enough to judge by, and bounds the work on a huge page
MAX_BAD_SHARE = 0.08  # random bytes give > .2, the worst damaged real pages < .02
LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]")


def _level_one(codec: str, leads: range, trails: range) -> str:
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return pairs.decode(codec, "ignore")


# The characters that the two standards themselves put first as common: 3,755 of GB 2312, 5,401 of Big5.
COMMON_HAN = frozenset(
    _level_one("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    + _level_one("big5", range(0xA4, 0xC7), range(0x40, 0x7F))
    + _level_one("big5", range(0xA4, 0xC6), range(0xA1, 0xFF))
)
# Characters that any page of running Chinese is full of, in both scripts; level-one tables alone cannot
# tell GBK from Big5, whose bytes are mostly common characters in the other as well.
FREQUENT_HAN = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家事成方多经經去法学學如都同现現没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只"
    "从從想实實日者意无無力与與长長把机機民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應"
    "，。、；：？！“”《》"
) | frozenset(map(chr, range(0x3041, 0x30FB)))  # kana: a Japanese page is to be read right, and dropped


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and the encoding that it was read in."""

    text: str
    encoding: str


def decode(payload: bytes, content_type: str = "") -> Decoded | None:
    """The page's text, or None where no encoding gives readable text.

    A byte order mark, then strict UTF-8, decide. Otherwise the declared labels (header, then the page) are
    only candidates beside the Chinese encodings: each is decoded with replacement, so that one lost byte
    costs a character and not the page, and the one that reads most like Chinese wins.
    """
    decoded = _marked(payload) or _strict(payload) or _likeliest(payload, content_type)
    return None if _bad_share(decoded.text) > MAX_BAD_SHARE else decoded


def _marked(payload: bytes) -> Decoded | None:
    for mark, encoding in BOMS:
        if payload.startswith(mark):
            text = payload[len(mark) :].decode(encoding, "replace")
            return Decoded(text, encoding) if _bad_share(text) <= MAX_BAD_SHARE else None
    return None


def _strict(payload: bytes) -> Decoded | None:
    """HZ is the one declared encoding whose bytes are valid UTF-8 as well."""
    if b"~{" in payload[:SAMPLE_BYTES] and "hz" in declared(payload):
        return Decoded(payload.decode("hz", "replace"), "hz")
    try:
        return Decoded(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _likeliest(payload: bytes, content_type: str) -> Decoded:
    """Ties go to what is declared, then to the more frequent encoding."""
    sample = payload[:SAMPLE_BYTES]
    candidates = dict.fromkeys((*declared(payload, content_type), *CHINESE, *_wide(sample)))
    best = max(candidates, key=lambda encoding: _score(sample.decode(encoding, "replace")))
    return Decoded(payload.decode(best, "replace"), best)


def declared(payload: bytes, content_type: str = "") -> tuple[str, ...]:
    """Encodings that the header and the head of the page name, as their supersets."""
    labels = LABEL.findall(content_type.encode("ascii", "replace")) + LABEL.findall(payload[:PRESCAN_BYTES])
    names = (SUPERSETS.get(label.decode("ascii").lower()) for label in labels)
    return tuple(dict.fromkeys(name for name in names if name))


def _wide(sample: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows in zero bytes: every ASCII character has one."""
    return ("utf-16-le", "utf-16-be") if sample.count(0) > len(sample) // 20 else ()


def _score(text: str) -> float:
    """Share of common Han among what is not ASCII, minus what could not be read; 0 for pure ASCII."""
    counts = Counter("".join(NOT_ASCII.findall(text)))
    total = counts.total()
    if not total:
        return -_bad_share(text)
    common = sum(n for char, n in counts.items() if char in COMMON_HAN)
    frequent = sum(n for char, n in counts.items() if char in FREQUENT_HAN)
    unread = sum(n for char, n in counts.items() if BAD.match(char))
    return (common + frequent - unread) / total - _bad_share(text)


def _bad_share(text: str) -> float:
    """Control characters, replacement characters and private use: none of them is in a readable page."""
    sample = text[:SAMPLE_BYTES]
    return len(BAD.findall(sample)) / max(len(sample), 1)
