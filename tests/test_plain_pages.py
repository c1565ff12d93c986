"""Pages saved as plain text: every line of theirs, kept or gone, as the labels or the generator say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from shared_topic import RULES, WORDS

from crawler.page import Page, payload_sha256
from pipeline.decode import decode
from pipeline.drafts import DraftLine
from pipeline.evaluate.lines import GoldLine, judged_lines, line_figures
from pipeline.extract.blocks import read_tree
from pipeline.read import Read
from yuqi.evaluating.lines import LINES, gold_line_figures
from yuqi.samples import Farm, Served, respond, true_page
from yuqi.samples.farm import places

SHARED = Path(__file__).parents[2] / "shared"
READ = Read({}, WORDS, RULES, b"")
FARM = Farm(pages=64)


def read_plain(text: str) -> list[DraftLine]:
    payload = text.encode()
    at = datetime(2100, 1, 1, tzinfo=UTC)
    page = Page("f", "imported", "urn:x", at, 200, "text/plain", payload, payload_sha256(payload), False)
    return [row for row in READ(page, "") if isinstance(row, DraftLine)]


@pytest.mark.parametrize("site", range(len(FARM.sites)), ids=[site.id for site in FARM.sites])
def test_a_sample_page_saved_as_text_keeps_its_article_and_nothing_else(site: int) -> None:
    """As a browser saves it: one line a block, menus and all."""
    served = Served(FARM, {one.id: f"http://{one.id}.example.com" for one in FARM.sites})
    for place in list(places(FARM, site))[:4]:
        said = true_page(FARM, place)
        response = respond(served, site, said.path)
        decoded = decode(response.body, dict(response.headers).get("Content-Type", ""))
        assert decoded is not None
        body = LexborHTMLParser(decoded.text).body
        assert body is not None
        title, *lines = read_plain("\n\n".join(block.text for block in read_tree(body).blocks))
        assert title.text == said.title
        kept = [line.text for line in lines if line.reason is None]
        extra = set(kept) - set(said.text.split("\n"))
        assert len(kept) > 5 and len(extra) <= 1, extra  # a deleted word that nothing tells, a bare byline


def line(ordinal: int, text: str, reason: str | None = None) -> DraftLine:
    return DraftLine("a-1", ordinal, "paragraph", 0, text, text, reason, text, "[]", "[]")


GOLD = [
    GoldLine(1, "greeting", "您好"),
    GoldLine(2, "title", "逾期之后"),
    GoldLine(3, "contact", "王先生:13800138000"),
    GoldLine(4, "injected_title", "逾期之后"),
    GoldLine(5, "body", "- 先保留证据"),
    GoldLine(6, "related_list", "别的文章"),
]


def test_lines_are_compared_in_their_order() -> None:
    lines = [
        line(0, "逾期之后"),
        line(1, "您好", "greeting"),
        line(2, "[NAME]:[PHONE]", "meta"),
        line(3, "逾期之后", "injected-title"),
        line(4, "先保留证据"),
        line(5, "别的文章"),
    ]
    judged = list(judged_lines(GOLD, lines))
    assert [one.fate for one in judged] == ["greeting", "title", "meta", "injected-title", "kept", "kept"]
    assert [one.is_right for one in judged] == [True, True, True, True, True, False]
    right, reasons = line_figures(judged)
    assert (right.value, right.basis) == (5 / 6, 6)
    assert (reasons.value, reasons.basis) == (2 / 3, 3)


def test_a_line_that_was_lost_is_wrong() -> None:
    judged = list(judged_lines(GOLD, [line(0, "您好"), line(1, "先保留证据")]))
    assert [one.fate for one in judged] == ["title", "missing", "missing", "missing", "kept", "missing"]
    assert sum(one.is_right for one in judged) == 1


@pytest.mark.skipif(not (SHARED / LINES).is_file(), reason="no gold data here")
def test_lines_of_the_gold_pages_are_kept_and_removed_as_people_labelled_them() -> None:
    told: list[dict[str, object]] = []
    table = json.loads((SHARED / LINES).read_text(encoding="utf-8"))
    right, reasons = gold_line_figures(SHARED, table, told.append)
    assert right.value == 1, told
    assert reasons.value is not None and reasons.value >= 0.97, told
