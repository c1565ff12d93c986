"""`python -m benchmarks.copies`: quality and speed beside other tools, on the same documents in one run.

Peers get the text as it is, and again our normal form, names and numbers masked. A peer that is missing is
named as such.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.copies.ours import true_templates
from benchmarks.copies.parts import make_parts
from benchmarks.copies.score import b_cubed, pair_scores

PEERS = ("datatrove", "text_dedup", "datasketch", "rensa", "gaoya")
SEED = 1
LONGEST_SECONDS = 1800


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.copies")
    parser.add_argument("--pages", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS)
    parser.add_argument("--peer-python", default=sys.executable, help="where the peers are installed")
    parser.add_argument("--signatures", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks/copies"))
    asked = parser.parse_args()
    for pages in asked.pages:
        folder = make_parts(pages, SEED, asked.folder / f"{pages}-{SEED}")
        say(f"## {pages:,} articles", "yuqi", json.dumps(called("ours", str(folder)), indent=1))
        peers(folder, asked.peers, asked.peer_python)
    if asked.signatures:
        joined = called("joins", str(asked.signatures), str(asked.signatures // 100))
        say("## Signatures joined in DuckDB", json.dumps(joined))


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def called(module: str, *arguments: str) -> Any:
    """In a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, "-m", f"benchmarks.copies.{module}", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peers(folder: Path, names: list[str], python: str) -> None:
    say("| peer | given | templates F1 | P | R | B³ | stories F1 | s | CPU s | GiB |", "| --- " * 10 + "|")
    for given in ("text", "normal"):
        rows = documents(folder, given)
        source = folder / f"{given}.json"
        source.write_text(json.dumps([row["body"] for row in rows], ensure_ascii=False), encoding="utf-8")
        for name in names:
            say(f"| {name} | {given} | {scored(rows, run_peer(name, source, python))} |")


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


def run_peer(name: str, source: Path, python: str) -> dict[str, Any] | str:
    if python == sys.executable and find_spec(name) is None:
        return "not installed"
    target = source.with_suffix(f".{name}.json")
    command = [python, str(Path(__file__).with_name("peers.py")), name, str(source), str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        return f"more than {LONGEST_SECONDS} s"
    except subprocess.CalledProcessError as error:
        return "failed: " + error.stderr.strip().splitlines()[-1][:90]
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found


def scored(rows: list[dict[str, Any]], found: dict[str, Any] | str) -> str:
    if isinstance(found, str):
        return found
    labels = [str(label) for label in found["labels"]]
    precision, recall, template = pair_scores(true_templates(rows), labels)
    *_, b3 = b_cubed(true_templates(rows), labels)
    *_, story = pair_scores([row["story"] for row in rows], labels)
    figures = (template, precision, recall, b3, story)
    return " | ".join(
        [*(f"{figure:.3f}" for figure in figures), *(f"{found[k]:.1f}" for k in ("s", "cpu_s", "gib"))]
    )


if __name__ == "__main__":
    main()
