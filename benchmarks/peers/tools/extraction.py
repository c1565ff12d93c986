"""Main text of decoded pages by several readers, each with the settings that its documentation shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.peers.tools.child import Prepared, Work, main

Reader = Callable[[str], str]


def _each(read: Reader, *gives_up: type[Exception]) -> Prepared:
    """Pages one after the other; others before them, so that what is made once is made.

    `gives_up`: what the reader raises on a page that it cannot read, whose text is then empty.
    """

    def prepared(given: Any) -> Work:
        texts = partial(map, partial(_text, read, gives_up))
        list(texts(given["warm"]))
        return lambda: list(texts(given["pages"]))

    return prepared


def _text(read: Reader, gives_up: tuple[type[Exception], ...], html: str) -> str:
    try:
        return read(html)
    except gives_up:
        return ""


def yuqi(given: Any) -> Work:
    """From bytes to the finished article: decoded, repaired, redacted, furniture of the page told.

    `own_words`: as the page has them, for people mark what they see; else as the article has them.
    """
    from pipeline.records import Article, Original
    from yuqi.evaluating.extraction import Stages

    stages, kind = Stages(), Original if given["own_words"] else Article

    def read(html: str) -> str:
        _, rows = stages.assembled(_page(html))
        held = (row for row in rows if isinstance(row, kind) and getattr(row, "field", "text") == "text")
        return next((row.text for row in held), "")

    return _each(read)(given)


def yuqi_alone(given: Any) -> Work:
    """The main text as it is taken from the tree, nothing repaired or removed by its words."""
    from pipeline.extract import Extracted
    from yuqi.evaluating.extraction import Stages

    stages = Stages()

    def read(html: str) -> str:
        found = stages.extracted(_page(html), html)
        return "\n".join(line.text for line in found.lines) if isinstance(found, Extracted) else ""

    return _each(read)(given)


def _page(html: str) -> Any:
    from crawler.page import Page, payload_sha256
    from yuqi.evaluating.extraction import EPOCH, SITE

    payload = html.encode("utf-8", "surrogatepass")
    digest = payload_sha256(payload)
    return Page(
        "x",
        SITE.site_id,
        "http://example.com/x",
        EPOCH,
        200,
        "text/html; charset=utf-8",
        payload,
        digest,
        True,
    )


def trafilatura(given: Any) -> Work:
    import trafilatura

    return _each(lambda html: trafilatura.extract(html, include_comments=False) or "")(given)


def readability(given: Any) -> Work:
    import lxml.etree
    import lxml.html
    from readability import Document
    from readability.readability import Unparseable

    def read(html: str) -> str:
        found = lxml.html.fromstring(Document(html).summary())
        return "\n".join(found.itertext())

    return _each(read, lxml.etree.LxmlError, Unparseable)(given)


def justext(given: Any) -> Work:
    """Without a list of stop words, as its documentation says for languages without one."""
    import justext
    import lxml.etree

    def read(html: str) -> str:
        found = justext.justext(
            html, frozenset(), length_low=20, length_high=60, stopwords_low=0, stopwords_high=0
        )
        return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    return _each(read, lxml.etree.LxmlError, ValueError, AssertionError)(given)


def resiliparse(given: Any) -> Work:
    from resiliparse.extract.html2text import extract_plain_text

    return _each(lambda html: extract_plain_text(html, main_content=True, alt_texts=False))(given)


def newspaper4k(given: Any) -> Work:
    from newspaper import Article
    from newspaper.exceptions import ArticleException

    def read(html: str) -> str:
        article = Article("http://example.com/x", language="zh", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return _each(read, ArticleException)(given)


TOOLS: dict[str, Prepared] = {
    "yuqi": yuqi,
    "yuqi, extraction alone": yuqi_alone,
    "trafilatura": trafilatura,
    "readability": readability,
    "jusText": justext,
    "resiliparse": resiliparse,
    "newspaper4k": newspaper4k,
}

if __name__ == "__main__":
    main(TOOLS)
