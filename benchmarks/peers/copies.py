"""Copies of a hard farm: ours from normal form to partition, other tools on the same normal forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.copies.__main__ import PEERS, PEERS_MODULE, SEED, documents
from benchmarks.copies.ours import true_templates
from benchmarks.copies.parts import make_parts
from benchmarks.copies.score import Labels, b_cubed, pair_scores
from benchmarks.peers.asked import Asked
from benchmarks.peers.results import OURS, Part, result
from benchmarks.running import ROOT, Found

MODULE = "benchmarks.peers.tools.copies"
FOLDER = ROOT / ".benchmarks" / "copies"
PAGES = 8  # times as many articles as elsewhere: they are cheap, and few copies show little
Row = dict[str, Any]


def compared(asked: Asked) -> Part:
    pages = PAGES * asked.pages
    folder = make_parts(pages, SEED, FOLDER / f"{pages}-{SEED}")
    rows = documents(folder, "normal")
    tools = {OURS: asked.ours(MODULE, OURS)} | {name: asked.peer(PEERS_MODULE, name) for name in PEERS}
    rounds = asked.in_turn(tools, {"folder": str(folder), "texts": [row["body"] for row in rows]})
    scored = (result(name, held, _scored(name, held, rows)) for name, held in rounds.items())
    about = "Copies of a hard farm, every tool given our normal form"
    return Part("copies", about, "article", len(rows), tuple(scored))


def _scored(name: str, rounds: list[Found] | str, rows: Sequence[Row]) -> dict[str, float]:
    """Pages stitched from two have no right answer and are left out; ours reads them all the same."""
    if isinstance(rounds, str):
        return {}
    templates, stories = _labels(name, rounds[0]["found"], rows)
    true = true_templates(list(rows))
    return {
        "templates F1": pair_scores(true, templates)[-1],
        "B³": b_cubed(true, templates)[-1],
        "stories F1": pair_scores([row["story"] for row in rows], stories)[-1],
    }


def _labels(name: str, found: list[Any], rows: Sequence[Row]) -> tuple[Labels, Labels]:
    """Other tools have one kind of group, which is taken for either."""
    if name != OURS:
        labels = [str(label) for label in found]
        return labels, labels
    held = {article: (cluster, story) for article, cluster, story in found}
    groups = [held[row["article_id"]] for row in rows]
    return [None if cluster is None else str(cluster) for cluster, _ in groups], [
        str(story) for _, story in groups
    ]
