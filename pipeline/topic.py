"""The topic is data: a folder under `datasets/`, overridden entry by entry by a workspace's `overrides/`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.workspace import DefinitionError, read_toml

DEFAULT_TOPIC = "overdue"
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Topic:
    """One table per TOML file, by the file's stem, with the workspace's overrides applied."""

    name: str
    tables: dict[str, dict[str, Any]]

    def digest(self, *stems: str) -> str:
        """16 hex digits over the named files' content (all where none is named)."""
        chosen = {stem: self.tables[stem] for stem in (stems or sorted(self.tables))}
        said = json.dumps(chosen, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def topic_folder(name: str = DEFAULT_TOPIC) -> Path:
    """In a checkout `datasets/<name>`; in an installed wheel the copy beside this package."""
    places = (_HERE / "_datasets" / name, _HERE.parent / "datasets" / name)
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise DefinitionError(f"no topic `{name}`: looked in {places[0]} and {places[1]}")
    return found


def load_topic(folder: Path, overrides: Path | None = None) -> Topic:
    tables = {path.stem: read_toml(path) for path in sorted(folder.glob("*.toml"))}
    for path in sorted(overrides.glob("*.toml")) if overrides and overrides.is_dir() else ():
        if path.stem not in tables:
            raise DefinitionError(f"{path}: the topic has no {path.name}; it has {', '.join(sorted(tables))}")
        tables[path.stem] = _overridden(tables[path.stem], read_toml(path))
    return Topic(folder.name, tables)


def _overridden(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Entries of a list of tables are added, or replace the one with their `id`; other keys replace."""
    merged = dict(base)
    for key, value in over.items():
        if _has_ids(value) and _has_ids(base.get(key, value)):
            by_id = {row["id"]: row for row in [*base.get(key, []), *value]}
            merged[key] = list(by_id.values())
        else:
            merged[key] = value
    return merged


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and "id" in row for row in value)
