"""What the explorer's method page shows, with 95 % intervals: in a file that `yuqi evaluate` writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError, read_toml
from crawler.whole_files import write_whole
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.floors import Key

DECIMALS = 4
HEAD = """\
# What `yuqi evaluate` measured last and the method page shows: so many right of so many, and where the true
# share lies in 95 of 100 such samples (Wilson). Written by that command, not to be edited by hand;
# quality.toml says which measures these are, and on what kind of text each rests.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One share with its interval."""

    right: int
    of: int
    share: float
    low: float
    high: float


def shown(figures: Iterable[Figure], keys: Iterable[Key]) -> dict[Key, Shown]:
    """Of the figures those asked for that are shares of something; the others have no interval to show."""
    held = {figure.key: figure for figure in figures}
    return {
        key: _shown(held[key])
        for key in keys
        if key in held and held[key].hits is not None and held[key].basis
    }


def _shown(figure: Figure) -> Shown:
    low, high = figure.interval
    assert figure.hits is not None and low is not None and high is not None
    share = figure.hits / figure.basis
    return Shown(figure.hits, figure.basis, *(round(value, DECIMALS) for value in (share, low, high)))


def read_shown(path: Path) -> dict[Key, Shown]:
    """A file that is not there shows nothing."""
    table = read_toml(path) if path.is_file() else {}
    try:
        return {(part, name): Shown(**said) for part, rows in table.items() for name, said in rows.items()}
    except (AttributeError, TypeError) as error:
        raise DefinitionError(f"{path}: not what `yuqi evaluate` writes: {error}") from error


def write_shown(path: Path, measured: Mapping[Key, Shown], keys: Iterable[Key]) -> None:
    """What was measured now, beside what stands there and was not; what is shown no more is dropped."""
    asked = set(keys)
    kept = {key: one for key, one in {**read_shown(path), **measured}.items() if key in asked}
    parts: dict[str, list[str]] = {}
    for (part, name), one in sorted(kept.items()):
        parts.setdefault(part, []).append(f"{name} = {_inline(one)}")
    write_whole(
        path, HEAD + "".join(f"\n[{part}]\n" + "\n".join(rows) + "\n" for part, rows in parts.items())
    )


def _inline(one: Shown) -> str:
    return (
        f"{{ right = {one.right}, of = {one.of}, share = {one.share}, low = {one.low}, high = {one.high} }}"
    )
