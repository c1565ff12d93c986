"""The sample sites' lenders, taken out of the gazetteer: how many of the names then suggested are lenders."""

from __future__ import annotations

from crawler.workspace import Workspace
from pipeline.evaluate.figures import Figure, share
from pipeline.evaluate.samples import PART
from pipeline.findings.gazetteer import read_platforms
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.topic import load_topic, topic_folder
from yuqi.building import build_workspace
from yuqi.evaluating.wrong import Report, fault

REPORT = "unknown-platforms"
TOP = 50  # as many as a person looks through


def unlisted_figures(place: Workspace, told: Report) -> list[Figure]:
    """Builds again without the workspace's own gazetteer; `told` of each suggestion that is no lender."""
    ours = _names(place)
    (place.overrides / "platforms.toml").unlink()
    build_workspace(place)
    with open_latest(place) as connection:
        suggested = [str(row["name"]) for row in report(connection, REPORT, Filter(), limit=TOP).rows]
    for name in suggested:
        if name not in ours:
            told(fault(PART, REPORT, "unlisted-names-precision", name, None))
    right = sum(name in ours for name in suggested)
    return [
        share(PART, "unlisted-names-precision", right, len(suggested)),
        Figure(PART, "unlisted-names-found", right, len(suggested), None),
    ]


def _names(place: Workspace) -> frozenset[str]:
    """Every surface of the platforms that only the workspace has."""
    common = {platform.platform_id for platform in read_platforms(load_topic(topic_folder()))}
    own = read_platforms(load_topic(topic_folder(), place.overrides))
    return frozenset(a.text for p in own if p.platform_id not in common for a in p.aliases)
