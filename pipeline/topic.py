"""The topic is data: a folder under `datasets/`, overridden entry by entry by a workspace's `overrides/`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.definitions import DefinitionError, read_toml, refuse_unknown_keys

DEFAULT_TOPIC = "overdue"
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Topic:
    """One table per TOML file, by the file's stem, with the workspace's overrides applied."""

    name: str
    tables: dict[str, dict[str, Any]]
    # File in the workspace by the file's stem; topics that say the same are one, wherever their files lie.
    overridden: dict[str, str] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        """So that what was read from a topic can be kept for it."""
        return hash(self.digest())

    def file(self, stem: str) -> str:
        """Where a person would look for a mistake: the workspace's own file where there is one."""
        return self.overridden.get(stem, f"{self.name}/{stem}.toml")

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
    overridden = {}
    for path in sorted(overrides.glob("*.toml")) if overrides and overrides.is_dir() else ():
        if path.stem not in tables:
            raise DefinitionError(f"{path}: the topic has no {path.name}; it has {', '.join(sorted(tables))}")
        tables[path.stem] = _overridden(path, tables[path.stem], read_toml(path))
        overridden[path.stem] = str(path)
    return Topic(folder.name, tables, overridden)


def overridden(topic: Topic, stem: str, over: dict[str, Any]) -> Topic:
    """The topic with more entries in one table."""
    file = Path(topic.file(stem))
    return Topic(
        topic.name,
        {**topic.tables, stem: _overridden(file, topic.tables[stem], over)},
        topic.overridden,
    )


def _overridden(path: Path, base: dict[str, Any], over: dict[str, Any], where: str = "") -> dict[str, Any]:
    """Entries with an `id` are added, or replace the one with it; tables are merged; else a value replaces.

    What would replace must be known and of the same kind: data that the code reads cannot be left out.
    """
    merged = dict(base)
    for key, value in over.items():
        refuse_unknown_keys(path, {key: value}, tuple(base), where)
        if type(value) is not type(base[key]):
            kind = type(base[key]).__name__
            raise DefinitionError(f"{path}: `{where}{key}` must be of type {kind}, not {value!r}")
        if _has_ids(base[key]) and _has_ids(value):
            _refuse_twice(path, f"{where}{key}", [row["id"] for row in value])
            merged[key] = list({row["id"]: row for row in [*base[key], *value]}.values())
        elif isinstance(value, dict):
            merged[key] = _overridden(path, base[key], value, f"{where}{key}.")
        else:
            merged[key] = value
    return merged


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) and isinstance(row.get("id"), str) for row in value
    )


def _refuse_twice(path: Path, key: str, ids: list[str]) -> None:
    """Of two entries with one id in one file the second would silently replace the first."""
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise DefinitionError(f"{path}: {key} `{twice}` stands twice")
