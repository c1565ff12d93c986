"""The topic as it is delivered, read once for all test files of a process: none changes it."""

from __future__ import annotations

from pipeline.extract import PageWords
from pipeline.repair import load_rules
from pipeline.topic import load_topic, topic_folder

TOPIC = load_topic(topic_folder())
WORDS = PageWords.of(TOPIC.tables["page"])
RULES = load_rules(TOPIC)
