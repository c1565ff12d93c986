"""`python -m benchmarks.copies`: quality and speed beside other tools, on the same documents in one run.

Peers get the text as it is, and again our normal form, names and numbers masked. A peer that is missing is
named as such, and so is one that takes too long. The table is also written to `table.md` in the folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import duckdb

from benchmarks.copies.ours import true_templates
from benchmarks.copies.parts import make_parts
from benchmarks.copies.score import b_cubed, pair_scores
from benchmarks.running import Found, ended

PEERS = ("datatrove", "text_dedup", "datasketch", "rensa", "gaoya")
PEERS_MODULE = "benchmarks.copies.peers"
SEED = 1
LONGEST_SECONDS = 900  # for each peer: at 100,000 articles some take hours
COLUMNS = ("tool", "given", "templates F1", "P", "R", "B³", "stories F1", "s", "CPU s", "GiB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.copies")
    parser.add_argument("--pages", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS)
    parser.add_argument("--peer-python", default=sys.executable, help="where the peers are installed")
    parser.add_argument("--signatures", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks/copies"))
    parser.add_argument("--longest", type=float, default=LONGEST_SECONDS, help="seconds for each peer")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (asked.folder / "table.md").open("w", encoding="utf-8") as table:
        for pages in asked.pages:
            folder = make_parts(pages, SEED, asked.folder / f"{pages}-{SEED}")
            compare(folder, asked, Said(table))
        if asked.signatures:
            joined = called("joins", str(asked.signatures), str(asked.signatures // 100))
            Said(table)("", "## Signatures joined in DuckDB", "", *figures(joined))


@dataclass(frozen=True)
class Said:
    """Lines go to the terminal and into the table's file."""

    table: TextIO

    def __call__(self, *lines: str) -> None:
        for place in (sys.stdout, self.table):
            place.write("\n".join(lines) + "\n")
            place.flush()


def compare(folder: Path, asked: argparse.Namespace, say: Said) -> None:
    """One table of all tools, then what only ours gives."""
    say("", f"## {folder.name.split('-')[0]} articles", "", row(COLUMNS), "| --- " * len(COLUMNS) + "|")
    ours = called("ours", str(folder))
    say(row(("yuqi", "normal", *ours_figures(ours))))
    for given in ("text", "normal"):
        rows = documents(folder, given)
        source = folder / f"{given}.json"
        given_texts = {"texts": [row["body"] for row in rows]}
        source.write_text(json.dumps(given_texts, ensure_ascii=False), encoding="utf-8")
        for name in asked.peers:
            say(row((name, given, *scored(rows, run_peer(name, source, asked)))))
    say("", "yuqi, all measures:", "", *figures(ours))


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def figures(found: Mapping[str, Any]) -> list[str]:
    return [f"- {name}: {json.dumps(value)}" for name, value in found.items()]


def ours_figures(found: Mapping[str, Any]) -> list[str]:
    precision, recall, template = found["templates"]
    quality = (template, precision, recall, found["templates_b3"][-1], found["stories"][-1])
    cost = (found[name] for name in ("partition_s", "partition_cpu_s", "partition_gib"))
    return [*(f"{figure:.4f}" for figure in quality), *(f"{figure:.1f}" for figure in cost)]


def called(module: str, *arguments: str) -> Any:
    """In a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, "-m", f"benchmarks.copies.{module}", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def documents(folder: Path, given: str) -> list[dict[str, Any]]:
    """Pages stitched from two have no right answer and are left out."""
    body = {"text": "a.title || chr(10) || a.text", "normal": "replace(k.body, chr(10), '')"}[given]
    places = {name: str(folder / name / "*.parquet") for name in ("truth", "articles", "text_keys")}
    return duckdb.sql(
        f"SELECT t.*, {body} AS body FROM read_parquet($truth) t "
        "JOIN read_parquet($articles) a USING (article_id) "
        "JOIN read_parquet($text_keys) k USING (article_id) "
        "WHERE t.kind <> 'stitched' ORDER BY article_id",
        params=places,
    ).to_arrow_table().to_pylist()  # fmt: skip


def run_peer(name: str, source: Path, asked: argparse.Namespace) -> Found | str:
    target = source.with_suffix(f".{name}.json")
    command = [asked.peer_python, "-m", PEERS_MODULE, name, str(source), str(target)]
    return ended(command, target, asked.longest)


def scored(rows: list[dict[str, Any]], found: dict[str, Any] | str) -> list[str]:
    if isinstance(found, str):
        return [found, *[""] * (len(COLUMNS) - 3)]
    labels = [str(label) for label in found["found"]]
    precision, recall, template = pair_scores(true_templates(rows), labels)
    *_, b3 = b_cubed(true_templates(rows), labels)
    *_, story = pair_scores([row["story"] for row in rows], labels)
    quality = (template, precision, recall, b3, story)
    return [*(f"{figure:.4f}" for figure in quality), *(f"{found[k]:.1f}" for k in ("s", "cpu_s", "gib"))]


if __name__ == "__main__":
    main()
