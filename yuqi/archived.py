"""An archived page as it came, for reading beside what was made of it; personal data redacted here, too."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.archive import ArchiveError, read_page
from crawler.page import Fetch
from crawler.workspace import FailedError, Workspace
from pipeline.decode import decode
from pipeline.extract.guard import is_bomb, is_plain
from pipeline.redact import RedactWords, redact
from pipeline.topic import load_topic, topic_folder

HIDDEN = ["script", "style", "noscript", "template"]


def archived(place: Workspace, fetch: Fetch) -> dict[str, Any]:
    """Where the record lies, that it is the one that was fetched, and every line of the page."""
    try:
        page = read_page(place.root, fetch, sourced=True)
    except ArchiveError as error:
        raise FailedError(f"{error}: run `yuqi verify`") from error
    words = RedactWords.of(load_topic(topic_folder(), place.overrides).tables["repair"]["redact"])
    lines = [redact(line.strip(), words) for line in _lines(page.payload, page.content_type)]
    return {
        "warc_file": fetch.warc_file,
        "warc_offset": fetch.warc_offset,
        "payload_sha256": page.payload_sha256,
        "http_status": page.http_status,
        "content_type": page.content_type,
        "lines": [line for line in lines if line],
    }


def _lines(payload: bytes, content_type: str) -> list[str]:
    decoded = decode(payload, content_type)
    if decoded is None:
        return []
    if is_plain(decoded.text, content_type):
        return decoded.text.splitlines()
    if is_bomb(decoded.text):
        raise FailedError("markup that no page for people has: it is not taken apart")
    tree = LexborHTMLParser(decoded.text)
    for name in HIDDEN:
        for node in tree.css(name):
            node.decompose()
    return tree.root.text(deep=True, separator="\n").splitlines() if tree.root else []
