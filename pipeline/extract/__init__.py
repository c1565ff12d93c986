"""Main text of a page: its candidate lines in its own script, title and metadata, or why there is none.

words = PageWords.of(topic.tables["page"])       # once per process
extract(page, decoded.text, site, words)         # Extracted | Lost
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.page import Page
from crawler.paging import Turns, turns
from crawler.sites import Site
from pipeline.extract.comparable import simplified, simplified_lines
from pipeline.extract.dates import published_at
from pipeline.extract.guard import is_plain, loss_by_form
from pipeline.extract.markup import extract_markup, parse
from pipeline.extract.model import Extracted, Lost, RawLine
from pipeline.extract.plain import extract_plain
from pipeline.extract.remembered import Known
from pipeline.extract.scan.signs import TURNS
from pipeline.extract.scripts import scripts
from pipeline.extract.words import PageWords, letters
from pipeline.extract.zones import teaser_share

__all__ = ["Extracted", "Known", "Lost", "PageWords", "RawLine", "extract", "published_at"]

LETTER = re.compile(r"[^\W\d_]+")
MIN_HAN = 40  # the shortest of 121 gold articles has 100
MIN_HAN_SHARE = 0.3  # of the letters; Chinese technical texts go down to .5
LONG_HAN, LONG_SHARE = 200, 0.1  # so much is no quotation: programs in an article, or two languages
MAX_KANA_SHARE = 0.15  # quotations stay far below, Japanese is above .4
LIST_LINKS = 10  # a page without text that has as many titles to other pages lists them
LINK_TITLE_CHARS = 8
LIST_TEASERS = 0.5
NOTE_CHARS = 60
LEAST_FILLED, FILLED = 500, 0.5  # characters; a shorter line of 哈哈哈 is somebody's
LEAST_GATES, GATE_CHARS = 2, 50  # one may be an advice: 请先登录，再查看账单; one in so many letters


def extract(
    page: Page, text: str, site: Site, words: PageWords, known: Known | None = None
) -> Extracted | Lost:
    """Reasons: `not-html`, `sitemap`, `too-large`, `soft-404`, `list-page`, `not-chinese`, `no-article`.

    `known`: what the site's other pages have taught of this one.
    """
    reason = loss_by_form(text, page.content_type)
    if reason:
        return Lost(reason)
    found, paging = _found(page, text, site, words, known)
    if isinstance(found, Lost):
        return found
    reason = _loss_by_text(found, words, paging)
    said = replace(found, next_url=paging.next, first_url=paging.first)
    return Lost(reason, found.outline) if reason else _believable(said, page)


def _found(
    page: Page, text: str, site: Site, words: PageWords, known: Known | None
) -> tuple[Extracted | Lost, Turns]:
    """The text, and where the page's pager leads."""
    if is_plain(text, page.content_type):
        return extract_plain(text, words) or Lost("no-article"), Turns()
    parsed = parse(text)
    if parsed is None:
        return Lost("too-large"), Turns()
    found = extract_markup(parsed, site, words, known)
    hinted = bool(parsed.signs & TURNS)
    return found, Turns() if isinstance(found, Lost) else turns(page.url, text, parsed.tree, hinted)


def _loss_by_text(found: Extracted, words: PageWords, paging: Turns) -> str | None:
    """The last page of a divided article may hold one short line: alone it is a drop later."""
    body = "".join(line.text for line in found.lines)
    han, foreign = scripts(body)
    if _is_soft_404(found, body, han, words):
        return "soft-404"
    if _is_filler(body) or _is_gate(found, body, words):
        return "no-article"
    if teaser_share(simplified_lines([line.text for line in found.lines]), words) >= LIST_TEASERS:
        return "list-page"
    if han < MIN_HAN and not (found.lines and paging.first):
        other = _letters(body) - han
        links = sum(min(len(text) // LINK_TITLE_CHARS, LIST_LINKS) for text in found.furniture)
        if other > 4 * MIN_HAN:
            return "not-chinese"
        return "list-page" if links >= LIST_LINKS else "no-article"
    share = MIN_HAN_SHARE if han < LONG_HAN else LONG_SHARE
    few = han < share * len(body) and han < share * _letters(body)
    return "not-chinese" if few or foreign > MAX_KANA_SHARE * han else None


def _is_filler(body: str) -> bool:
    """Two characters over and over, as bytes that fill up a file are read: 亖亖亖亖… behind one paragraph.

    In real text the most frequent letter, 的, is a twelfth at most. Filler that is more than half stands in
    the middle or at one of the quarters.
    """
    if len(body) < LEAST_FILLED:
        return False
    places = (len(body) // 4, len(body) // 2, 3 * len(body) // 4)
    pairs = {frozenset(body[place : place + 2]) for place in places}
    return any(sum(map(body.count, pair)) > FILLED * len(body) for pair in pairs)


def _letters(text: str) -> int:
    return sum(map(len, LETTER.findall(text)))


def _is_soft_404(found: Extracted, body: str, han: int, words: PageWords) -> bool:
    """The title or a short text says so; an article about dead pages has more to say.

    On a page without an article the sentence may stand anywhere.
    """
    if len(body) > words.soft_404_max:
        return False
    notes = [text for text in found.furniture if len(text) <= NOTE_CHARS] if han < MIN_HAN else []
    said = letters(simplified(" ".join([found.title, body, *notes])))
    return any(word in said for word in words.soft_404)


def _is_gate(found: Extracted, body: str, words: PageWords) -> bool:
    """A login or a captcha stands before what was asked for; an article about either has more to say.

    `用户登录`, `安全验证` as the whole title, or a short text full of a gate's phrases: 立即注册, 忘记密码.
    """
    if len(body) > words.soft_404_max:
        return False
    said = letters(simplified(body))
    titled = letters(simplified(found.title)) in words.gate_titles
    phrases = sum(phrase in said for phrase in words.gates)
    return titled or (phrases >= LEAST_GATES and phrases * GATE_CHARS >= len(said))


def _believable(found: Extracted, page: Page) -> Extracted:
    """A date after the page was fetched is none."""
    if found.published and published_at(found.published, page.fetched_at) is None:
        return replace(found, published=None, published_source=None)
    return found
