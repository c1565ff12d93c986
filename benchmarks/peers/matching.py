"""Names of a list in texts: the same list and texts for every tool, beside what the generator knows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found
from pipeline.findings.gazetteer import read_platforms
from pipeline.topic import load_topic, topic_folder
from yuqi.samples import Farm, TruePage, truth, write_definitions

MODULE = "benchmarks.peers.tools.matching"
PEERS = ("jieba", "rjieba", "flashtext")
TIMES = 5  # the texts are short: so often each is read


def compared(asked: Asked) -> Part:
    farm = Farm(pages=asked.pages)
    pages = [page for page in truth(farm) if page.kind == "article"]
    with tempfile.TemporaryDirectory() as folder:
        write_definitions(farm, Path(folder), {site.id: "http://example.com" for site in farm.sites})
        overrides = Path(folder) / "overrides"
        platforms = read_platforms(load_topic(topic_folder(), overrides))
        given = {
            "names": sorted({alias.text for platform in platforms for alias in platform.aliases}),
            "texts": [page.text for page in pages],
            "titles": [page.title for page in pages],
            "overrides": str(overrides),
            "times": TIMES,
        }
        tools = {
            "yuqi": asked.ours(MODULE, "yuqi"),
            "yuqi, places alone": asked.ours(MODULE, "yuqi, places alone"),
            **{name: asked.extractor(MODULE, name) for name in PEERS},
        }
        rounds = asked.in_turn(tools, given)
    rows = tuple(result(name, held, scored(held, pages)) for name, held in rounds.items())
    about = f"Names of {len(given['names']):,} surfaces in true texts, each read {TIMES} times"
    return Part("matching", about, "text", TIMES * len(pages), rows)


def scored(rounds: Sequence[Found] | str, pages: Sequence[TruePage]) -> dict[str, float]:
    """Spans in the text that are exactly right."""
    if isinstance(rounds, str):
        return {}
    found = [{(start, end) for start, end in spans} for spans in rounds[0]["found"]]
    true = [{(m.start, m.end) for m in page.mentions if m.field == "text"} for page in pages]
    right = sum(len(one & other) for one, other in zip(found, true, strict=True))
    precision, recall = right / max(1, sum(map(len, found))), right / max(1, sum(map(len, true)))
    return {"F1": 2 * precision * recall / max(1e-9, precision + recall), "P": precision, "R": recall}
