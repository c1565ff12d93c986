"""The method page's data: what was measured, with intervals, the rules, and what is known to be weak."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from explorer.desk import Row
from pipeline.topic import load_topic, topic_folder

Z = 1.959964  # 95 %, two-sided


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; holds for few cases and for shares near 0 and 1.

    >>> [round(bound, 3) for bound in interval(8, 33)]
    [0.128, 0.41]
    """
    share, more = right / of, Z * Z / of
    middle = (share + more / 2) / (1 + more)
    half = Z / (1 + more) * math.sqrt(share * (1 - share) / of + more / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def measured() -> list[Row]:
    """One row a measure, as quality.toml has it, with its share and interval."""
    return [_measure(entry) for entry in _quality()["measure"]]


def known_weaknesses(lang: str) -> list[str]:
    return [entry[lang] for entry in _quality()["weakness"]]


def rules(lang: str, overrides: Path) -> list[Row]:
    """How a practice may be asserted: definition, an example, and one that is not meant."""
    held = load_topic(topic_folder(), overrides).tables["taxonomy"]
    return [
        {
            "assertion": entry["id"],
            "label": entry[lang],
            "definition": entry["definition"],
            "example": entry["example"],
            "counter_example": entry["counter_example"],
        }
        for entry in held["assertion"]
    ]


def _measure(entry: dict[str, Any]) -> Row:
    low, high = interval(entry["right"], entry["of"])
    return {
        "measure_zh": entry["zh"],
        "measure_en": entry["en"],
        "right": entry["right"],
        "of": entry["of"],
        "share": round(entry["right"] / entry["of"], 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "basis": entry["basis"],
        "command": entry["command"],
    }


@cache
def _quality() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("quality.toml").read_text(encoding="utf-8"))
