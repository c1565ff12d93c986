"""The method page's data: what was measured, with intervals, the rules, and what is known to be weak."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from explorer.desk import Row
from pipeline.evaluate.shown import Shown, read_shown
from pipeline.topic import load_topic, topic_folder

FOLDER = Path(__file__).parent
MEASURED_FILE = FOLDER / "measured.toml"  # written by `yuqi evaluate`


def measured() -> list[Row]:
    """One row a measure that quality.toml names and measured.toml has, with its share and interval."""
    held = read_shown(MEASURED_FILE)
    return [
        _measure(entry, held[key])
        for key, entry in zip(shown_keys(), _quality()["measure"], strict=True)
        if key in held
    ]


def shown_keys() -> list[tuple[str, str]]:
    """(part, measure) of each, in the order of the page."""
    return [(entry["part"], entry["measure"]) for entry in _quality()["measure"]]


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


def _measure(entry: dict[str, Any], found: Shown) -> Row:
    return {
        "measure_zh": entry["zh"],
        "measure_en": entry["en"],
        **asdict(found),
        "basis": entry["basis"],
        "command": entry["command"],
    }


@cache
def _quality() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "quality.toml").read_text(encoding="utf-8"))
