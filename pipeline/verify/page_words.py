"""What an archived page says, read without the extractor: every word, in its order, nothing chosen."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from pipeline.decode import decode
from pipeline.extract.clean import INVISIBLE
from pipeline.extract.guard import is_bomb, is_plain
from pipeline.marks import MARK

# A mark stands for whatever was redacted (a disguised address of 64 + 1 + 80 characters is the longest), and
# lost bytes for whatever they are read as.
UNREAD = re.compile(MARK.pattern + r"|[\ufffd\ue000-\uf8ff]+")
MAX_REDACTED = 160
MAX_PLACES = 2_000  # of one part of a quote, looked at where marks stand in it
LAYOUT = re.compile(r"[\s|]+")  # white space, and what is set between the cells of a table row
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")  # a headline may stand in JSON-LD only
HIDDEN = ["script", "style", "noscript", "template"]
SAID_IN_ATTRIBUTES = ("content", "alt", "title", "value", "datetime")


class UnreadableError(ValueError):
    """The archived payload cannot be read as a page."""


def page_words(payload: bytes, content_type: str) -> tuple[str, ...]:
    """Texts in which words of the page may stand, as `squeezed` gives them: its text, its attributes."""
    decoded = decode(payload, content_type)
    if decoded is None:
        raise UnreadableError("no encoding gives readable text")
    if is_plain(decoded.text, content_type):
        return (squeezed(decoded.text),)
    if is_bomb(decoded.text.encode("utf-8", "ignore")):
        raise UnreadableError("markup that no page for people has")
    return tuple(map(squeezed, _texts(decoded.text)))


def squeezed(text: str) -> str:
    """Without white space and what nobody sees: what is compared.

    >>> squeezed(" 催收\\u200b 的 | 電話 ")
    '催收的電話'
    """
    return unicodedata.normalize("NFC", LAYOUT.sub("", INVISIBLE.sub("", text)))


def stands_in(quote: str, page: str) -> bool:
    """Whether the words stand there, a redaction mark standing for anything short; both squeezed.

    >>> stands_in("王[NAME]:[PHONE]說", "某王先生:13800138000說")
    True
    """
    if quote in page:
        return True
    first, *rest = UNREAD.split(quote)
    if not rest:
        return False
    ends = _ends(first, page, [0], len(page)) if first else None  # None: anywhere, behind a mark
    for part in rest:
        if part and ends is None:
            ends = _ends(part, page, [0], len(page))
        elif part and ends is not None:
            ends = _ends(part, page, ends, MAX_REDACTED)
    return ends is None or bool(ends)


def _ends(part: str, page: str, places: Sequence[int], reach: int) -> list[int]:
    """Where the part ends, each time it begins at most `reach` behind one of the places; all in order."""
    found: list[int] = []
    last = -1
    for place in places:
        stop = place + reach + len(part)
        at = page.find(part, max(place, last + 1), stop)
        while at >= 0 and len(found) < MAX_PLACES:
            found.append(at + len(part))
            last = at
            at = page.find(part, at + 1, stop)
    return found


def _texts(source: str) -> list[str]:
    """What people see, what attributes say, and all with its scripts: JSON-LD may hold the headline."""
    tree = LexborHTMLParser(source)
    said = [node.attributes.get(name) or "" for name in SAID_IN_ATTRIBUTES for node in tree.css(f"[{name}]")]
    whole = tree.root.text(deep=True, separator="") if tree.root else ""
    for name in HIDDEN:
        for node in tree.css(name):
            node.decompose()
    shown = tree.root.text(deep=True, separator="") if tree.root else ""
    return [shown, "\n".join(said), ESCAPE.sub(lambda match: chr(int(match[1], 16)), html.unescape(whole))]
