"""Who says the same: signatures, stories, templates, own text, operators, and ids that stay.

`Sign` is a stage: one document at a time. `group` compares all of them, in DuckDB and numpy.
"""

from __future__ import annotations

from pipeline.copies.folds import Folds, kept_folds
from pipeline.copies.grouping import Means, group
from pipeline.copies.ids import Assignments, Journal
from pipeline.copies.remembered import Remembered
from pipeline.copies.sign import SentenceKey, Sign, TextKey
from pipeline.copies.skeleton import Skeletons
from pipeline.copies.templates import thresholds
from pipeline.topic import Topic

SIGNATURE_TABLES: tuple[type, ...] = (TextKey, SentenceKey)


def sign_from(topic: Topic) -> Sign:
    """The stage with the topic's masks."""
    return Sign(kept_folds(topic))


__all__ = [
    "SIGNATURE_TABLES",
    "Assignments",
    "Folds",
    "Journal",
    "Means",
    "Remembered",
    "SentenceKey",
    "Sign",
    "Skeletons",
    "TextKey",
    "group",
    "kept_folds",
    "sign_from",
    "thresholds",
]
