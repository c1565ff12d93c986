"""Main text: the same decoded pages for every reader, beside what people marked or the generator knows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found
from pipeline.decode import decode
from pipeline.extract.score import gram_f1
from pipeline.script import simplify
from yuqi.samples import Farm, Served, respond, truth

MODULE = "benchmarks.peers.tools.extraction"
PEERS = ("trafilatura", "readability", "jusText", "resiliparse", "newspaper4k")
WARM = 8  # pages before the first that counts
Case = tuple[str, str]  # decoded page, its true text


def of_samples(asked: Asked) -> Part:
    return _compared(asked, "extraction", "article pages of the sample sites", sample_cases(asked.pages))


def of_marked(asked: Asked) -> Part:
    """Real pages, where a folder of them is given."""
    if asked.marked is None:
        raise SystemExit("marked: needs --marked FOLDER")
    return _compared(asked, "marked", "pages that people marked", marked(asked.marked))


def _compared(asked: Asked, name: str, what: str, cases: Sequence[Case]) -> Part:
    given: dict[str, object] = {
        "warm": [html for html, _ in sample_cases(WARM)],
        "pages": [html for html, _ in cases],
    }
    given["own_words"] = name == "marked"
    tools = {tool: asked.ours(MODULE, tool) for tool in ("yuqi", "yuqi, extraction alone")}
    tools |= {tool: asked.extractor(MODULE, tool) for tool in PEERS}
    rounds = asked.in_turn(tools, given)
    rows = tuple(result(tool, held, scored(held, cases)) for tool, held in rounds.items())
    return Part(name, f"Main text of {what}", "page", len(cases), rows)


def scored(rounds: Sequence[Found] | str, cases: Sequence[Case]) -> dict[str, float]:
    """Means over pages of the 4-gram measure, both sides in simplified script: peers keep a page's own."""
    if isinstance(rounds, str):
        return {}
    pairs = zip(rounds[0]["found"], cases, strict=True)
    scores = [gram_f1(_simplified(text), _simplified(true)) for text, (_, true) in pairs]
    return {
        "F1": mean(score.f1 for score in scores),
        "P": mean(score.precision for score in scores),
        "R": mean(score.recall for score in scores),
    }


def _simplified(text: str) -> str:
    return "\n".join(simplify(line, "hant") for line in text.split("\n"))


def marked(folder: Path) -> list[Case]:
    """`FOLDER/eval/extraction/<set>/<id>.html` and `.json` with `text`."""
    cases = []
    for path in sorted((folder / "eval" / "extraction").glob("*/*.json")):
        decoded = decode(path.with_suffix(".html").read_bytes(), "text/html")
        if decoded:
            cases.append((decoded.text, json.loads(path.read_text(encoding="utf-8"))["text"]))
    return cases


def sample_cases(count: int) -> list[Case]:
    """The farm's article pages as they are served; the truth has title and text, as marked texts do not."""
    farm = Farm(pages=count)
    sites = [site.id for site in farm.sites]
    served = Served(farm, {site: f"http://{site}.example.com" for site in sites})
    cases = []
    for true in truth(farm):
        if true.kind == "article":
            response = respond(served, sites.index(true.site_id), true.path)
            headers = {name.lower(): value for name, value in response.headers}
            if decoded := decode(response.body, headers.get("content-type", "")):
                cases.append((decoded.text, true.text))
    return cases
