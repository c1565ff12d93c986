"""Floors: what quality may not fall below, in a file. Raised by a command, lowered with a reason only."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.definitions import DefinitionError, read_toml, refuse_unknown_keys
from crawler.whole_files import write_whole
from pipeline.evaluate.figures import Figure

FLOORS_FILE = Path(__file__).with_name("floors.toml")
BOUNDS = ("at_least", "at_most")
KEYS = (*BOUNDS, "fixed", "reason")
STEP = 10_000  # floors have four decimals
HEAD = """\
# What `yuqi evaluate` may not fall below (at_least) or rise above (at_most), measured on the default sample
# sites and on the project's gold data. `--raise-floors` writes this file; lowering takes `--lower-floors
# --reason TEXT`, and the reason stays beside the floor. What is `fixed` is a promise, not a measurement:
# raising leaves it, so that other gold data can be held to it too.
"""

Key = tuple[str, str]  # part, measure


@dataclass(frozen=True, slots=True)
class Floor:
    """One bound, or none; `fixed`: not to be raised; `reason` says why it was lowered last."""

    at_least: float | None = None
    at_most: float | None = None
    fixed: bool = False
    reason: str | None = None

    @property
    def value(self) -> float | None:
        return self.at_least if self.at_least is not None else self.at_most

    def holds(self, value: float) -> bool | None:
        if self.at_least is not None:
            return value >= self.at_least
        return value <= self.at_most if self.at_most is not None else None


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of the result; `ok` is None where there is no floor or nothing was measured.

    The true share lies between `low` and `high` in 95 of 100 such samples; None of what is no share.
    """

    part: str
    measure: str
    value: float | None
    floor: float | None
    ok: bool | None
    basis: int
    low: float | None = None
    high: float | None = None


def judged(figures: Iterable[Figure], floors: Mapping[Key, Floor]) -> list[Judged]:
    return [_judged(figure, floors.get(figure.key, Floor())) for figure in figures]


def _judged(figure: Figure, floor: Floor) -> Judged:
    value = figure.value
    held = None if value is None else floor.holds(value)
    told = value if value is None or isinstance(value, int) else round(value, 4)
    low, high = (None if end is None else round(end, 4) for end in figure.interval)
    return Judged(figure.part, figure.measure, told, floor.value, held, figure.basis, low, high)


def load_floors(path: Path = FLOORS_FILE) -> dict[Key, Floor]:
    """By part and measure; a file that is not there has none."""
    table = read_toml(path) if path.is_file() else {}
    return {
        (part, measure): _floor(path, f"{part}.{measure}", said)
        for part, rows in table.items()
        for measure, said in rows.items()
    }


def _floor(path: Path, name: str, said: object) -> Floor:
    """Exactly one bound, a number, and perhaps a reason."""
    if not isinstance(said, dict):
        raise DefinitionError(f"{path}: {name} is not a table such as {{ at_least = 0.9 }}")
    refuse_unknown_keys(path, said, KEYS, where=f"{name}.")
    bounds = [said[key] for key in BOUNDS if key in said]
    if len(bounds) != 1 or not isinstance(bounds[0], int | float):
        raise DefinitionError(f"{path}: {name} takes at_least or at_most, a number")
    return Floor(**said)


def raised(floors: Mapping[Key, Floor], figures: Iterable[Figure]) -> dict[Key, Floor]:
    """Every figure that is better than its floor, or has none, becomes the floor. None goes down."""
    kept = dict(floors)
    for figure in figures:
        new, old = _floor_at(figure), kept.get(figure.key)
        if new is not None and (old is None or (not old.fixed and _is_stricter(new, old))):
            kept[figure.key] = new
    return kept


def lowered(floors: Mapping[Key, Floor], figures: Iterable[Figure], reason: str) -> dict[Key, Floor]:
    """Floors that do not hold go down to what was measured, each with the reason."""
    kept = dict(floors)
    for figure in figures:
        new, old = _floor_at(figure), kept.get(figure.key)
        if new is not None and old is not None and _is_stricter(old, new):
            kept[figure.key] = replace(new, fixed=old.fixed, reason=reason)
    return kept


def write_floors(path: Path, floors: Mapping[Key, Floor]) -> None:
    """The whole file, parts and measures in order."""
    parts: dict[str, list[str]] = {}
    for (part, measure), floor in sorted(floors.items()):
        parts.setdefault(part, []).append(f"{measure} = {_inline(floor)}")
    write_whole(
        path, HEAD + "".join(f"\n[{part}]\n" + "\n".join(lines) + "\n" for part, lines in parts.items())
    )


def _floor_at(figure: Figure) -> Floor | None:
    """Rounded to the easier side, so that the figure holds it."""
    if figure.value is None or figure.worse is None:
        return None
    steps = round(figure.value * STEP, 4)  # 0.7 times 10,000 is a little less than 7,000
    if figure.worse == "high":
        return Floor(at_most=math.ceil(steps) / STEP)
    return Floor(at_least=math.floor(steps) / STEP)


def _is_stricter(new: Floor, old: Floor) -> bool:
    if new.at_least is not None and old.at_least is not None:
        return new.at_least > old.at_least
    return new.at_most is not None and old.at_most is not None and new.at_most < old.at_most


def _inline(floor: Floor) -> str:
    said = {key: getattr(floor, key) for key in KEYS}
    told = {key: value for key, value in said.items() if value is not None and value is not False}
    cells = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items())
    return f"{{ {', '.join(cells)} }}"
