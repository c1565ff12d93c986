"""Stage 5, one document at a time: what the global step compares texts by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pipeline.copies.folds import Folds
from pipeline.copies.normal import NormalText, main_place, normal_form
from pipeline.copies.shingles import band_hashes
from pipeline.records import Article, Field, Mention, Practice


@dataclass(frozen=True, slots=True)
class TextKey:
    """One article's normal form, as a digest, and the place it is about."""

    table: ClassVar[str] = "text_keys"
    article_id: Annotated[str, "article"]
    normal_sha256: Annotated[str, "16 hex of SHA-256 of the normal form; the article's id where it is empty"]
    place: Annotated[str | None, "place named in the title, or most often with two mentions"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One band of an article's MinHash."""

    table: ClassVar[str] = "signatures"
    article_id: Annotated[str, "article"]
    band: Annotated[int, "band, 0 to 31"]
    hash: Annotated[int, "hash of the band's four minima"]


@dataclass(frozen=True, slots=True)
class SentenceKey:
    """One sentence with names, numbers and places masked."""

    table: ClassVar[str] = "sentence_keys"
    article_id: Annotated[str, "article"]
    ordinal: Annotated[int, "order in the article, title first"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point of the sentence in the field"]
    char_end: Annotated[int, "end, exclusive, with its punctuation"]
    key: Annotated[str, "masked sentence without punctuation"]
    platforms: Annotated[str, "platforms that it names, channels left out, a blank between them"]


@dataclass(frozen=True)
class Sign:
    """Article and mentions to its digest, bands and sentences. Loses nothing, drops nothing."""

    folds: Folds

    def __call__(
        self,
        article: Article,
        mentions: Sequence[Mention],
        practices: Sequence[Practice] = (),  # noqa: ARG002  what every stage after `find` is handed
    ) -> Iterator[TextKey | Signature | SentenceKey]:
        """`practices` are not read: whether one is `own` is found by the sentence that its cue stands in."""
        text = normal_form(article, mentions, self.folds)
        yield TextKey(article.article_id, _digest(text, article), main_place(article, self.folds))
        for band, value in enumerate(band_hashes(text.body)):
            yield Signature(article.article_id, band, value)
        for ordinal, s in enumerate(text.sentences):
            yield SentenceKey(
                article.article_id, ordinal, s.field, s.char_start, s.char_end, s.key, " ".join(s.platforms)
            )


def _digest(text: NormalText, article: Article) -> str:
    body = text.body.encode("utf-8", "replace")
    return hashlib.sha256(body).hexdigest()[:16] if body else article.article_id
