"""A simulated year on one small server: a recrawl a day of changing sample sites, and what it leaves on disk.

`python -m benchmarks.year` simulates what three minutes allow and says what a year would come to;
`python -m benchmarks.year --days 365 --minutes 120` simulates it. The clock of all processes is a day further
each time, retention and revisits included; files' times alone are the machine's.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.peers.tools.child import spent

CLOCK = Path(__file__).with_name("clock")
ROOT = Path(__file__).resolve().parents[2]
DAY = "YUQI_BENCH_DAY"
LIMIT_BYTES = 2 << 30
SHOWN = 20  # lines of the table


@dataclass(frozen=True)
class Night:
    """One recrawl; `rooms` are bytes by folder, snapshots those that retention left."""

    day: int
    code: int
    requests: int
    articles: int
    cpu_seconds: float
    snapshots: int
    rooms: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rooms.values())


def simulate(folder: Path, pages: int, days: int, minutes: float) -> list[Night]:
    from yuqi.samples import Farm, serve, write_definitions

    farm = Farm(pages=pages, changed=0.02, gone=0.002, new=0.02)
    (folder / "yuqi.toml").write_text("synthetic = true\nmin_free_gb = 0\n", encoding="utf-8")
    nights: list[Night] = []
    end = time.monotonic() + minutes * 60
    with serve(farm) as running:
        write_definitions(farm, folder, running.bases)
        for day in range(days):
            if nights and time.monotonic() > end:
                break
            running.farm = farm.at(day)
            os.environ[DAY] = str(day)
            nights.append(night(folder, day))
            running.hits.clear()
    return nights


def night(folder: Path, day: int) -> Night:
    from crawler.workspace import open_workspace
    from pipeline.store.retention import snapshots
    from yuqi.cli import run
    from yuqi.operations.disk import sizes

    before, out = spent(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = run(["recrawl", "--workspace", str(folder), "--format", "json"])
    if code not in (0, 3):
        raise SystemExit(f"day {day}: recrawl ended with {code}")
    row = json.loads(out.getvalue())[0]
    if row["snapshot"] is None:
        raise SystemExit(f"day {day}: nothing was built: {row['needs']}")
    place = open_workspace(folder)
    rooms = sizes(place, datetime.now(UTC)).rooms
    used = spent() - before
    return Night(day, code, row["fetched"], row["articles"], used, len(snapshots(place)), rooms)


def after_a_year(nights: list[Night]) -> int:
    """Bytes on day 365: what grows goes on as in the second half; 26 snapshots as large as that corpus."""
    last, middle = nights[-1], nights[len(nights) // 2]
    days_left = max(0, 364 - last.day)
    passed = max(1, last.day - middle.day)
    grown = {
        name: size + (size - middle.rooms[name]) / passed * days_left
        for name, size in last.rooms.items()
        if name != "snapshots"
    }
    held = last.snapshots if days_left == 0 else 26
    each = last.rooms["snapshots"] / last.snapshots * grown["corpus"] / last.rooms["corpus"]
    return int(sum(grown.values()) + held * each)


def told(nights: list[Night]) -> str:
    step = max(1, len(nights) // SHOWN)
    rooms = [name for name in nights[-1].rooms if any(one.rooms[name] for one in nights)]
    lines = [f"| day | code | requests | articles | CPU s | snapshots | {' | '.join(rooms)} | MB |"]
    lines.append("|" + " --- |" * (7 + len(rooms)))
    for one in [*nights[::step], *([nights[-1]] if (len(nights) - 1) % step else [])]:
        sizes = " | ".join(f"{one.rooms[name] / 1e6:.1f}" for name in rooms)
        lines.append(
            f"| {one.day} | {one.code} | {one.requests} | {one.articles} | {one.cpu_seconds:.1f} |"
            f" {one.snapshots} | {sizes} | {one.total / 1e6:.1f} |"
        )
    year = after_a_year(nights)
    said = "after 365 recrawls" if nights[-1].day >= 364 else f"after 365, going on as these {len(nights)}"
    verdict = "under" if year < LIMIT_BYTES else "ABOVE"
    return "\n".join([*lines, f"\n{said}: {year / 1e6:.0f} MB, {verdict} 2 GiB"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--pages", type=int, default=504, help="articles on the first day; 2 %% more come a day"
    )
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--minutes", type=float, default=3.0, help="of the machine's time; then it ends")
    said = parser.parse_args()
    if DAY not in os.environ:  # once more, with the clock on the path from the first import on
        path = os.pathsep.join([str(CLOCK), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, DAY: "0", "PYTHONPATH": path}
        command = [sys.executable, "-m", "benchmarks.year", *sys.argv[1:]]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
    with tempfile.TemporaryDirectory() as folder:
        nights = simulate(Path(folder), said.pages, said.days, said.minutes)
    print(told(nights))
    return 0 if after_a_year(nights) < LIMIT_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
