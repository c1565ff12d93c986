"""The damage of the real pages, made on purpose: annotations and cuts at byte pairs of GBK, at any offset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pypinyin.constants import PINYIN_DICT

from pipeline.script import characters

CUTS = re.compile("|".join("，；？！").encode("gbk"))


def traditional(text: str) -> str:
    """Character by character, as the sites convert."""
    table = characters().traditional_of
    return "".join(table.get(char, char) for char in text)


def annotated_pairs(chars: str) -> dict[bytes, bytes]:
    """GBK pair -> pair with its first dictionary reading, for these characters (traditional)."""
    return {
        char.encode("gbk"): f"{char}({PINYIN_DICT[ord(char)].split(',')[0]})".encode("gbk") for char in chars
    }


def damaged(text: str, annotated: Mapping[bytes, bytes]) -> str:
    """The text as such a site shows it."""
    pattern = b"|".join(re.escape(pair) for pair in annotated)
    raw = text.encode("gbk")
    if pattern:
        raw = re.sub(pattern, lambda match: annotated[match[0]], raw)
    return "".join(_decoded(piece) for piece in _cut(raw))


def _cut(raw: bytes) -> Iterator[bytes]:
    place = 0
    for match in CUTS.finditer(raw):
        yield raw[place : match.start()]
        yield match[0]
        place = match.end()
    yield raw[place:]


def _decoded(piece: bytes) -> str:
    """As PHP's CP936 decoder: an invalid pair becomes `?`, both bytes gone."""
    out, place = "", 0
    while place < len(piece):
        width = 1 if piece[place] < 0x80 else 2
        try:
            out += piece[place : place + width].decode("gbk")
        except UnicodeDecodeError:
            out += "?"
        place += width
    return out
