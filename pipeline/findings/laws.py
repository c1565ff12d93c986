"""Laws, rules and hotlines that an article cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pipeline.findings.layout import Sentence
from pipeline.findings.provisions import cited_articles, numbered
from pipeline.findings.sieve import Kinds
from pipeline.findings.taxonomy import LawCue
from pipeline.records import Article, Law, LawStatus

DAMAGED = "damaged"
REPEALED: LawStatus = "repealed"
NO_SUCH_ARTICLE = "no-such-article"
MAX_CITATIONS = 10_000  # of one article; the gold pages have at most five, more is an attack


@dataclass(frozen=True)
class Laws:
    """Finds citations in the sentences that hold an anchor of some law."""

    kinds: Kinds[LawCue]

    def __call__(self, article: Article, said: Sequence[Sentence], day: date) -> Iterator[Law]:
        """By sentence, in order; where two citations overlap the longer one stands. `day`: of the article."""
        cited = (
            law
            for sentence in said
            if (present := self.kinds.among(sentence.may))
            for law in _of_sentence(article.article_id, sentence, present, day)
        )
        return islice(cited, MAX_CITATIONS)


def _of_sentence(article_id: str, sentence: Sentence, kinds: Sequence[LawCue], day: date) -> Iterator[Law]:
    found = [law for kind in kinds for law in _citations(article_id, sentence, kind, day)]
    found.sort(key=lambda law: (law.char_start, -law.char_end, law.note != DAMAGED, law.law_id))
    end = -1
    for law in found:
        if law.char_start >= end:
            end = law.char_end
            yield law


def _citations(article_id: str, sentence: Sentence, kind: LawCue, day: date) -> Iterator[Law]:
    for pattern, damaged in ((kind.damaged, True), (kind.pattern, False)):
        for match in pattern.finditer(sentence.text):
            yield _law(article_id, sentence, kind, match, (damaged, day))


def _law(
    article_id: str, sentence: Sentence, kind: LawCue, match: re.Match[str], seen: tuple[bool, date]
) -> Law:
    damaged, day = seen
    articles = cited_articles(sentence.text, match.start(), match.end())
    status = in_force(kind, day)
    start, end = sentence.start + match.start(), sentence.start + match.end()
    note = DAMAGED if damaged else _doubt(kind, sentence.text, articles, status)
    return Law(
        article_id, kind.kind.law_id, sentence.field, start, end, match.group(), note, articles, status
    )


def _doubt(kind: LawCue, text: str, articles: str | None, status: LawStatus | None) -> str | None:
    """What is wrong with the citation, the gravest first."""
    if status == REPEALED:
        return REPEALED
    if articles and kind.last_article and max(numbered(articles)) > kind.last_article:
        return NO_SUCH_ARTICLE
    flagged = kind.flag_with is None or kind.flag_with.search(text) is not None
    return kind.flag if flagged else None


def in_force(kind: LawCue, day: date) -> LawStatus | None:
    """On that day; None of hotlines and of what has no known date."""
    since, until = kind.kind.in_force_since, kind.kind.in_force_until
    if until and day.isoformat() >= until:
        return REPEALED
    if since is None:
        return None
    return "in-force" if day.isoformat() >= since else "not-yet"
