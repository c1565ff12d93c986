"""An archived page as people read it: every line, nothing chosen or repaired, personal data redacted."""

from __future__ import annotations

import unicodedata
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from pipeline.decode import decode
from pipeline.extract.clean import fold
from pipeline.extract.guard import is_bomb, is_plain
from pipeline.extract.scan.names import BLOCKS
from pipeline.redact import RedactWords, redact_lines

UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "embed")
MAX_NODES = 200_000  # the largest of 121 real pages has under 20,000
MAX_CHARS = 400_000  # of one page; the longest of 121 real ones has 60,000


def page_lines(payload: bytes, content_type: str, words: RedactWords | None) -> list[str] | None:
    """Lines in the order of the source; None where it cannot be read. `words`: None redacts nothing."""
    decoded = decode(payload, content_type)
    if decoded is None:
        return None
    if is_plain(decoded.text, content_type):
        raw = decoded.text[:MAX_CHARS].splitlines()
    elif is_bomb(decoded.text.encode("utf-8", "ignore")):
        return None
    else:
        raw = _shown(decoded.text).splitlines()
    lines = [line for line in map(fold, raw) if line]
    if words is None:
        return lines
    return redact_lines([unicodedata.normalize("NFC", line) for line in lines], words)


def _shown(source: str) -> str:
    """What stands between the tags, a line an element that browsers set as a block."""
    tree = LexborHTMLParser(source)
    for name in UNSEEN:
        for node in tree.css(name):
            node.decompose()
    parts: list[str] = []
    length = 0
    if tree.root is None:
        return ""
    for node in islice(tree.root.traverse(include_text=True), MAX_NODES):
        if node.tag == "-text":
            said = node.text_content or ""
            parts.append(said.replace("\n", " ").replace("\r", " "))
            length += len(said)
        elif node.tag in BLOCKS or node.tag in ("br", "title"):
            parts.append("\n")
        if length > MAX_CHARS:
            break
    return "".join(parts)
