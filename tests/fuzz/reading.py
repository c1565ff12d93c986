"""One payload through decode, extract and repair, with what must hold of any payload whatever.

tests/fuzz/run.py fuzzes it with atheris; tests/test_fuzz_reading.py runs it over a few hundred payloads.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache

from crawler.page import Page, payload_sha256
from pipeline.decode import decode
from pipeline.drafts import DraftLine
from pipeline.extract import PageWords
from pipeline.quote import original_span, replay, undo
from pipeline.read import Read
from pipeline.records import Edit
from pipeline.repair import load_rules, repair_page
from pipeline.topic import load_topic, topic_folder

CONTENT_TYPES = (
    "text/html",
    "text/html; charset=gbk",
    "text/html; charset=big5",
    "text/plain; charset=utf-8",
)
FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
MAX_REPAIRED = 4_000  # characters of a payload that are repaired as one line as well


@cache
def reader() -> Read:
    topic = load_topic(topic_folder())
    return Read({}, PageWords.of(topic.tables["page"]), load_rules(topic), b"key")


def check(payload: bytes) -> None:
    """The first byte chooses the content type."""
    content_type = CONTENT_TYPES[payload[0] % len(CONTENT_TYPES)] if payload else CONTENT_TYPES[0]
    body = payload[1:]
    page = Page("a-0", "fuzz", "http://a/1", FETCHED, 200, content_type, body, payload_sha256(body), True)
    for row in reader()(page, "run"):
        if isinstance(row, DraftLine):
            _check_line(row)
    decoded = decode(body, content_type) if len(body) < MAX_REPAIRED * 100 else None
    if decoded:
        for line in repair_page("", [decoded.text[:MAX_REPAIRED]], reader().rules).lines:
            assert len(line.edited.undo()) == len(line.original)
            assert all(0 <= note.start <= note.end <= len(line.text) for note in line.notes)


def _check_line(row: DraftLine) -> None:
    edits = [
        Edit(row.article_id, n, "text", kind, start, end, original, replacement, confidence)
        for n, (kind, start, end, original, replacement, confidence) in enumerate(json.loads(row.edits))
    ]
    assert all(row.text[e.char_start : e.char_end] == e.replacement for e in edits)
    assert replay(undo(row.text, edits), edits) == row.text
    assert original_span(row.text, row.original, edits, 0, len(row.text)) == row.original
