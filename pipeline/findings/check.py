"""Whether a topic's tables can be used: for a test, and for a person who wrote an override."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.definitions import DefinitionError
from pipeline.findings.cues import read_cues
from pipeline.findings.gazetteer import collisions, read_platforms
from pipeline.findings.taxonomy import read_taxonomy
from pipeline.topic import Topic


def check_topic(topic: Topic) -> list[str]:
    """Mistakes in words, the first of each file; empty if there are none."""
    readers: tuple[Callable[[Topic], Any], ...] = (read_platforms, read_taxonomy, read_cues)
    mistakes = [said for reader in readers if (said := _mistake(reader, topic))]
    if not _mistake(read_platforms, topic):
        mistakes += [f"{topic.file('platforms')}: {said}" for said in collisions(read_platforms(topic))]
    return mistakes


def _mistake(reader: Callable[[Topic], Any], topic: Topic) -> str | None:
    try:
        reader(topic)
    except DefinitionError as error:
        return str(error)
    return None
