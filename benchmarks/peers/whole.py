"""The whole way: WARC files to texts and groups of copies, ours beside datatrove's, on as many workers."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.copies.score import pair_scores
from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found
from benchmarks.workspaces import Sampled, sampled
from pipeline.extract.score import gram_f1
from pipeline.script import simplify
from yuqi.building import build_workspace
from yuqi.samples import TruePage

MODULE = "benchmarks.peers.tools.whole"
WORKERS = 2


def compared(asked: Asked) -> Part:
    with tempfile.TemporaryDirectory() as folder:
        made = sampled(Path(folder) / "w", asked.pages)
        build_workspace(made.place)  # what an installation compiles once is compiled
        given = {"root": str(made.place.root), "archive": str(made.place.archive), "workers": WORKERS}
        tools = {"yuqi": asked.ours(MODULE, "yuqi"), "datatrove": asked.peer(MODULE, "datatrove")}
        rounds = asked.in_turn(tools, given)
        rows = tuple(result(name, held, _scored(held, made)) for name, held in rounds.items())
        about = f"Archive of the sample sites to texts and copies, {WORKERS} workers (ours: to the snapshot)"
        return Part("whole", about, "page", made.fetched, rows)


def _scored(rounds: list[Found] | str, made: Sampled) -> dict[str, float]:
    """`copies F1`: pairs of pages with one template; `invented`: share of the texts that are no article."""
    if isinstance(rounds, str):
        return {}
    found: Mapping[str, Mapping[str, Any]] = rounds[0]["found"]
    true = made.articles()
    texts = [_f1(found.get(url, {}).get("text") or "", page) for url, page in true.items()]
    single = [url for url, page in true.items() if page.second_template is None]
    groups = (found.get(url, {}).get("copies") for url in single)
    labels = [None if group is None else str(group) for group in groups]
    invented = sum(url not in true for url in found) / max(1, len(found))
    return {
        "text F1": mean(texts),
        "copies F1": pair_scores([true[url].template for url in single], labels)[-1],
        "invented": invented,
    }


def _f1(text: str, page: TruePage) -> float:
    lines = (simplify(line, "hant") for line in text.split("\n"))
    return gram_f1("\n".join(lines), page.text).f1
