"""What a page says of its own encoding: a byte order mark, a header, a meta tag. Often none of it is true."""

from __future__ import annotations

import codecs
import re

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
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PRESCAN_BYTES = 4096  # browsers look at 1,024; old templates put scripts first
# In lower case: to ignore it takes three times as long.
LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_.:-]+)""")


def unmarked(payload: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The payload without its byte order mark, and what the mark says."""
    for mark, encoding in MARKS:
        if payload.startswith(mark):
            return payload[len(mark) :], (encoding,)
    return payload, ()


def declared(payload: bytes, content_type: str = "") -> tuple[str, ...]:
    """Encodings that the header and the head of the page name, as their supersets."""
    said = content_type.encode("ascii", "replace"), payload[:PRESCAN_BYTES]
    labels = (label for place in said for label in LABEL.findall(place.lower()))
    names = (SUPERSETS.get(label.decode("ascii")) for label in labels)
    return tuple(dict.fromkeys(name for name in names if name))
