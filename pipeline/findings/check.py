"""Whether a topic's tables can be used: for a test, and for a person who wrote an override."""

from __future__ import annotations

from functools import partial

from pipeline.findings.cues import read_cues
from pipeline.findings.gazetteer import collisions, mistake, platform_mistakes, read_platforms
from pipeline.findings.taxonomy import read_taxonomy
from pipeline.topic import Topic


def check_topic(topic: Topic) -> list[str]:
    """Mistakes in words: each platform's first, the first of each other file; empty if there are none."""
    mistakes = platform_mistakes(topic)
    if not mistakes:
        mistakes = [f"{topic.file('platforms')}: {said}" for said in collisions(read_platforms(topic))]
    others = (mistake(partial(read, topic)) for read in (read_taxonomy, read_cues))
    return [*mistakes, *filter(None, others)]
