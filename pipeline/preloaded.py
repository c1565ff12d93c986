"""What every worker needs, loaded once, before they are forked; `pipeline.lanes` names it, nobody imports it.

Nothing here may open a database or start a thread of ours: a fork would copy what it does at that moment.
"""

from __future__ import annotations

import gc

from pipeline import stages
from pipeline.findings import kept_find
from pipeline.findings.tokens import ordinary_words
from pipeline.repair import kept_rules
from pipeline.topic import load_topic, topic_folder

TOPIC = load_topic(topic_folder())  # a worker reads it anew where its workspace overrides something

kept_rules(TOPIC)
kept_find(TOPIC)
ordinary_words("平台")  # reads the dictionary
gc.collect()

__all__ = ["stages"]
