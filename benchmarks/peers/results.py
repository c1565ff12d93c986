"""What a run measured, as it is kept in docs/bench.json: tools, what they found, what it cost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.running import Found

OURS = "yuqi"


@dataclass(frozen=True)
class Result:
    """One tool. `cpu_s`: one figure a round, in the order of rounds; `missing`: why there is none."""

    tool: str
    quality: Mapping[str, float] = field(default_factory=dict)
    cpu_s: Sequence[float] = ()
    wall_s: Sequence[float] = ()
    gib: float = 0.0
    missing: str = ""


@dataclass(frozen=True)
class Part:
    """One comparison: what was done to how many of what."""

    name: str
    about: str
    unit: str
    count: int
    results: tuple[Result, ...]

    def times(self, result: Result) -> list[float]:
        """CPU of this tool over that of ours in the same round. Its own start and end are no part of it.

        >>> ours, other = Result(OURS, cpu_s=(1.0, 2.0)), Result("x", cpu_s=(3.0, 4.0))
        >>> Part("p", "", "pages", 1, (ours, other)).times(other)
        [3.0, 2.0]
        """
        ours = next((one for one in self.results if one.tool == OURS), None)
        pairs = zip(result.cpu_s, ours.cpu_s if ours else (), strict=False)
        return [theirs / max(1e-9, mine) for theirs, mine in pairs]


def result(tool: str, rounds: Sequence[Found] | str, quality: Mapping[str, float]) -> Result:
    if isinstance(rounds, str):
        return Result(tool, missing=rounds)
    cpu, wall = ([one[name] for one in rounds] for name in ("cpu_s", "s"))
    return Result(tool, quality, cpu, wall, max(one.get("gib", 0.0) for one in rounds))


def load(path: Path) -> dict[str, Part]:
    if not path.exists():
        return {}
    said = json.loads(path.read_text(encoding="utf-8"))
    return {
        one["name"]: Part(**{**one, "results": tuple(Result(**row) for row in one["results"])})
        for one in said
    }


def save(path: Path, parts: Iterable[Part]) -> None:
    path.write_text(
        json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def table(part: Part) -> list[str]:
    """Markdown: a row a tool, quality first; missing tools with the reason."""
    names = list(dict.fromkeys(name for row in part.results for name in row.quality))
    columns = ["tool", *names, f"CPU ms a {part.unit}", f"÷ {OURS}", "rounds", "GiB"]
    lines = [f"**{part.about}** ({part.count:,} {part.unit}s)", ""]
    lines += [_row(columns), "| --- " * len(columns) + "|"]
    return lines + [_row(_cells(part, row, names)) for row in part.results]


def _cells(part: Part, row: Result, names: Sequence[str]) -> list[str]:
    if row.missing:
        return [row.tool, row.missing, *[""] * (len(names) + 3)]
    quality = [_figure(row.quality.get(name)) for name in names]
    milliseconds = 1000 * median(row.cpu_s) / part.count
    return [
        row.tool,
        *quality,
        f"{milliseconds:.3g}",
        _times(part.times(row)),
        str(len(row.cpu_s)),
        f"{row.gib:.2f}" if row.gib else "",
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if value <= 1 else f"{value:,.0f}"


def _times(times: Sequence[float]) -> str:
    """The median of the rounds, and between what they lie."""
    if not times:
        return ""
    spread = f" ({min(times):.2g}–{max(times):.2g})" if len(times) > 1 else ""
    return f"{median(times):.2g}{spread}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
