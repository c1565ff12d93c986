"""What every worker needs, loaded once, before they are forked; `pipeline.lanes` names it, nobody imports it.

Nothing here may open a database or start a thread of ours: a fork would copy what it does at that moment.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path

from crawler.definitions import DefinitionError
from pipeline import stages
from pipeline.findings import kept_find
from pipeline.findings.tokens import is_common, ordinary_words
from pipeline.lanes import OVERRIDES
from pipeline.repair import kept_rules
from pipeline.topic import load_topic, topic_folder

overrides = os.environ.get(OVERRIDES)
with suppress(DefinitionError):  # the stage that needs what is wrong says so
    TOPIC = load_topic(topic_folder(), Path(overrides) if overrides else None)
    kept_rules(TOPIC)
    kept_find(TOPIC)
ordinary_words("平台")  # reads the dictionary
is_common("平台")  # and its tags
gc.collect()

__all__ = ["stages"]
