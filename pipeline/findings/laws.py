"""Laws, rules and hotlines that an article cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from pipeline.findings.hotlines import Hotlines
from pipeline.findings.law_cues import Citing, LawCue
from pipeline.findings.layout import Sentence
from pipeline.findings.provisions import cited_articles, numbered
from pipeline.findings.sieve import Kinds
from pipeline.findings.titles import Titled, Titles
from pipeline.records import Article, Law, LawStatus

DAMAGED = "damaged"
REPEALED: LawStatus = "repealed"
NO_SUCH_ARTICLE = "no-such-article"
BRACKETS = ("《", "〈")
_IN_BRACKETS = ("（", "(")
MAX_CITATIONS = 10_000  # of one article; the gold pages have at most five, more is an attack


@dataclass(frozen=True)
class Laws:
    """Finds citations where an anchor of a law stands, a title in brackets, or a word of telephones."""

    laws: tuple[LawCue, ...]
    citing: Citing
    first: int  # bit of the first law in the sieve

    @property
    def anchors(self) -> tuple[tuple[str, ...], ...]:
        """Of each law, of titles in brackets, of numbers that are set apart."""
        apart = [self.citing.call] if self.citing.call else []
        return (*(law.sought for law in self.laws), BRACKETS, *apart)

    @cached_property
    def kinds(self) -> Kinds[LawCue]:
        return Kinds(self.laws, self.first)

    @cached_property
    def titles(self) -> Titles:
        return Titles(self.laws, self.citing)

    @cached_property
    def hotlines(self) -> Hotlines:
        return Hotlines(self.laws, self.citing)

    def __call__(self, article: Article, said: Sequence[Sentence], day: date) -> Iterator[Law]:
        """By sentence, in order; where two citations overlap the longer one stands. `day`: of the article."""
        ours = (1 << len(self.laws) + 2) - 1 << self.first
        cited = (
            _law(article.article_id, sentence, title, day)
            for sentence in said
            if sentence.may & ours
            for title in self._apart(sentence.text, self._titled(sentence))
        )
        return islice(cited, MAX_CITATIONS)

    def _titled(self, sentence: Sentence) -> Iterator[Titled]:
        """Nothing inside of brackets but what they hold as a whole: 《民法典解读》 is a book."""
        text, laws = sentence.text, self.kinds.among(sentence.may)
        spans, titled = self.titles.bracketed(text)
        yield from titled
        yield from (one for one in self.titles.bare(text, laws) if not _is_inside(one, spans))
        for law in laws:
            for pattern, damaged in ((law.damaged, True), (law.pattern, False)):
                for match in pattern.finditer(text):
                    one = Titled(law, *match.span(), damaged)
                    if not _is_inside(one, spans):
                        yield one
        yield from self.hotlines(text)

    def _apart(self, text: str, found: Iterator[Titled]) -> Iterator[Titled]:
        """None within another, nor one that says its neighbour again: 《…规定》（法释〔2020〕17号）."""
        between = tuple(opened + said for opened in _IN_BRACKETS for said in ("", *self.citing.called))
        last: Titled | None = None
        for one in sorted(found, key=lambda one: (one.start, -one.end, not one.damaged, one.law.kind.law_id)):
            if last is None or one.start >= last.end:
                again = last and last.law is one.law and text[last.end : one.start] in between
                last = one
                if not again:
                    yield one


def _is_inside(one: Titled, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < one.start and one.end < end for start, end in spans)


def _law(article_id: str, sentence: Sentence, title: Titled, day: date) -> Law:
    kind, text = title.law, sentence.text
    articles = None if kind.hotline else cited_articles(text, title.start, title.end)
    status = in_force(kind, day)
    start, end = sentence.start + title.start, sentence.start + title.end
    note = DAMAGED if title.damaged else _doubt(kind, text, articles, status)
    surface = text[title.start : title.end]
    return Law(article_id, kind.kind.law_id, sentence.field, start, end, surface, note, articles, status)


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
