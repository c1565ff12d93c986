"""The whole way: WARC files to texts and groups of copies, ours beside datatrove's, on as many workers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks.copies.score import pair_scores
from benchmarks.peers.archives import Archived, marked_archive
from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found
from benchmarks.workspaces import Sampled, sampled
from crawler.workspace import Workspace
from pipeline.extract.score import gram_f1
from pipeline.script import simplify
from yuqi.building import build_workspace
from yuqi.samples import TruePage

MODULE = "benchmarks.peers.tools.whole"
WORKERS = 2
FEW, MANY = 1, 4  # times that each real page is archived: the difference leaves out what every run costs
Held = list[Found] | str


def compared(asked: Asked) -> Part:
    with tempfile.TemporaryDirectory() as folder:
        made = sampled(Path(folder) / "w", asked.pages)
        build_workspace(made.place)  # what an installation compiles once is compiled
        rounds = _rounds(asked, made.place)
        rows = tuple(result(name, held, _scored(held, made)) for name, held in rounds.items())
        about = f"Archive of the sample sites to texts and copies, {WORKERS} workers (ours: to the snapshot)"
        return Part("whole", about, "page", made.fetched, rows)


def of_marked(asked: Asked) -> Part:
    """What a further page costs, start-up left out; where a folder of real pages is given."""
    if asked.marked is None:
        raise SystemExit("whole-marked: needs --marked FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        few, many = (marked_archive(asked.marked, Path(folder) / str(times), times) for times in (FEW, MANY))
        build_workspace(few.place)
        held = [_rounds(asked, made.place) for made in (few, many)]
        rows = tuple(
            result(name, further(*pair), _scored_marked(*pair, many))
            for name, pair in ((name, [rounds[name] for rounds in held]) for name in held[0])
        )
        more = len(many.texts) - len(few.texts)
        about = f"A further marked page, archive to texts and copies, {WORKERS} workers, start left out"
        return Part("whole-marked", about, "page", more, rows)


def _rounds(asked: Asked, place: Workspace) -> dict[str, Held]:
    given = {"root": str(place.root), "archive": str(place.archive), "workers": WORKERS}
    tools = {"yuqi": asked.ours(MODULE, "yuqi"), "datatrove": asked.peer(MODULE, "datatrove")}
    return asked.in_turn(tools, given)


def further(few: Held, many: Held) -> Held:
    """What the larger job took beyond the smaller, round by round."""
    if isinstance(few, str) or isinstance(many, str):
        return few if isinstance(few, str) else many
    pairs = zip(few, many, strict=False)
    return [after | {key: after[key] - before[key] for key in ("cpu_s", "s")} for before, after in pairs]


def _scored(rounds: Held, made: Sampled) -> dict[str, float]:
    """`copies F1`: pairs of pages with one template; `invented`: share of the texts that are no article."""
    if isinstance(rounds, str):
        return {}
    found: Mapping[str, Mapping[str, Any]] = rounds[0]["found"]
    true = made.articles()
    texts = [_f1(found.get(url, {}).get("text") or "", page) for url, page in true.items()]
    single = [url for url, page in true.items() if page.second_template is None]
    groups = (found.get(url, {}).get("copies") for url in single)
    invented = sum(url not in true for url in found) / max(1, len(found))
    return {
        "text F1": mean(texts),
        "copies F1": _paired([true[url].template for url in single], groups),
        "invented": invented,
    }


def _scored_marked(few: Held, many: Held, made: Archived) -> dict[str, float]:
    """`copies F1`: pairs of copies of one page; `start s`: CPU before the first page, by a straight line."""
    if isinstance(few, str) or isinstance(many, str):
        return {}
    found: Mapping[str, Mapping[str, Any]] = many[0]["found"]
    told = ((found.get(url, {}).get("text") or "", true) for url, true in made.texts.items())
    small, large = (median(one["cpu_s"] for one in held) for held in (few, many))
    return {
        "text F1": mean(gram_f1(_simplified(text), _simplified(true)).f1 for text, true in told),
        "copies F1": _paired(list(made.names.values()), [_group(found.get(url, {})) for url in made.names]),
        "start s": small - FEW * (large - small) / (MANY - FEW),
    }


def _group(row: Mapping[str, Any]) -> object:
    """Ours tells a text's versions (`story`) from those of a template."""
    return row.get("story", row.get("copies"))


def _paired(true: Sequence[str], groups: Iterable[object]) -> float:
    return pair_scores(true, [None if group is None else str(group) for group in groups])[-1]


def _f1(text: str, page: TruePage) -> float:
    return gram_f1(_simplified(text), page.text).f1


def _simplified(text: str) -> str:
    return "\n".join(simplify(line, "hant") for line in text.split("\n"))
