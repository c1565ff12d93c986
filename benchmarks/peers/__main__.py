"""`python -m benchmarks.peers`: every part beside other tools, all in one run on the same pages.

Writes docs/bench.json, docs/bench.svg and the tables between the markers of docs/measurements.md. Small by
default (minutes); `--pages 2000 --rounds 5 --marked ../shared` for more; `--only extraction copies` for some.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.peers import copies, crawling, extraction, matching, search, whole
from benchmarks.peers.asked import Asked
from benchmarks.peers.drawn import drawing
from benchmarks.peers.results import Part, load, save, table
from benchmarks.running import ROOT

PARTS: Mapping[str, Callable[[Asked], Part]] = {
    "extraction": extraction.of_samples,
    "marked": extraction.of_marked,
    "copies": copies.compared,
    "whole": whole.compared,
    "whole-marked": whole.of_marked,
    "matching": matching.compared,
    "search": search.compared,
    "crawl": crawling.compared,
}
DOCS = ROOT / "docs"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
PAGES, ROUNDS, LONGEST_SECONDS = 240, 3, 600
OFTEN_SECONDS = 20  # of CPU; what takes longer differs less from round to round than others do


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="articles of each farm")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", choices=list(PARTS))
    parser.add_argument("--marked", type=Path, help="a folder with eval/extraction: those pages, too")
    parser.add_argument("--peers", default=sys.executable, help="a Python with the group `bench`")
    parser.add_argument("--extractors", default=sys.executable, help="a Python with the group `extractors`")
    parser.add_argument(
        "--longest", type=float, default=LONGEST_SECONDS, help="seconds for each tool and round"
    )
    parser.add_argument(
        "--often", type=float, default=OFTEN_SECONDS, help="CPU seconds above which one round is enough"
    )
    parser.add_argument("--docs", type=Path, default=DOCS)
    said = vars(parser.parse_args())
    docs, only = said.pop("docs"), said.pop("only")
    names = only or [name for name in PARTS if "marked" not in name or said["marked"]]
    asked = Asked(**said)
    for name in names:
        part = PARTS[name](asked)
        print("", *table(part), sep="\n", flush=True)
        write(docs, part)


def write(docs: Path, part: Part) -> None:
    """After each part, so that a run that is stopped leaves what it has."""
    held = load(docs / "bench.json") | {part.name: part}
    parts = [held[name] for name in PARTS if name in held]
    save(docs / "bench.json", parts)
    (docs / "bench.svg").write_text(drawing(parts), encoding="utf-8")
    page = docs / "measurements.md"
    page.write_text(with_tables(page.read_text(encoding="utf-8"), parts), encoding="utf-8")


def with_tables(page: str, parts: list[Part]) -> str:
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"measurements.md has no place for the tables: {BEGIN} … {END}")
    tables = "\n\n".join("\n".join(table(part)) for part in parts)
    drawn = "![CPU time of other tools, as many times ours](bench.svg)"
    return f"{before}{begin}\n{drawn}\n\n{tables}\n{end}{after}"


if __name__ == "__main__":
    main()
