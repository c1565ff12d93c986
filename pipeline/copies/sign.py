"""Stage 5, one document at a time: what the global step compares texts by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, NamedTuple

from pipeline.copies.folds import Folds
from pipeline.copies.normal import main_place, normal_form
from pipeline.records import Article, Field, Mention, Practice


@dataclass(frozen=True, slots=True)
class TextKey:
    """One article's normal form and its digest, and the place it is about."""

    table: ClassVar[str] = "text_keys"
    article_id: Annotated[str, "article"]
    normal_sha256: Annotated[str, "16 hex of SHA-256 of the normal form; the article's id where it is empty"]
    place: Annotated[str | None, "place named in the title, or most often with two mentions"]
    body: Annotated[str, "masked sentences of the text, one a line: what texts are compared by"]


class _Sentence(NamedTuple):
    article_id: Annotated[str, "article"]
    ordinal: Annotated[int, "order in the article, title first"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point of the sentence in the field"]
    char_end: Annotated[int, "end, exclusive, with its punctuation"]
    line: Annotated[int | None, "line of the normal form's body; NULL in the title"]
    key: Annotated[str, "masked sentence without punctuation"]
    key_hash: Annotated[int, "64 bits of BLAKE2b of the key: what keys are told apart by"]
    platforms: Annotated[str, "platforms that it names, channels left out, a blank between them"]


class SentenceKey(_Sentence):  # an article has a hundred: see drafts.py
    """One sentence with names, numbers and places masked."""

    __slots__ = ()
    table: ClassVar[str] = "sentence_keys"


@dataclass(frozen=True)
class Sign:
    """Article and mentions to its normal form and sentences. Loses nothing, drops nothing."""

    folds: Folds

    def __call__(
        self,
        article: Article,
        mentions: Sequence[Mention],
        practices: Sequence[Practice] = (),  # noqa: ARG002  what every stage after `find` is handed
    ) -> Iterator[TextKey | SentenceKey]:
        """`practices` are not read: whether one is `own` is found by the sentence that its cue stands in."""
        text = normal_form(article, mentions, self.folds)
        place = main_place(article, self.folds)
        body = text.body
        yield TextKey(article.article_id, _digest(body, article), place, body)
        titled = sum(sentence.field == "title" for sentence in text.sentences)
        for ordinal, s in enumerate(text.sentences):
            line = ordinal - titled if s.field == "text" else None
            named = " ".join(s.platforms)
            yield SentenceKey(
                article.article_id, ordinal, s.field, s.char_start, s.char_end, line, s.key,
                _key_hash(s.key), named,
            )  # fmt: skip


def _digest(body: str, article: Article) -> str:
    said = body.encode("utf-8", "replace")
    return hashlib.sha256(said).hexdigest()[:16] if said else article.article_id


def _key_hash(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
