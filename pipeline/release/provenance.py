"""provenance.json: from which crawls, by which code and topic a release was made (W3C PROV, as PROV-JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pipeline.release.cells import plain
from pipeline.release.described import Facts

STAGE = "stage-"  # keys of a snapshot's own facts that hold a stage's version
SOURCES = ("crawl", "import")
Run = tuple[str, str, datetime, datetime | None]  # id, kind, started, finished


def provenance(facts: Facts, known: Mapping[str, str], runs: Iterable[Run]) -> dict[str, Any]:
    """`known`: what the snapshot says about itself; runs other than crawls and imports are left out."""
    sources = [run for run in runs if run[1] in SOURCES]
    release, snapshot = (
        f"yuqi:release-{facts.version}-{facts.edition.name}",
        f"yuqi:snapshot-{facts.snapshot}",
    )
    return {
        "prefix": {"yuqi": "urn:x-yuqi:", "prov": "http://www.w3.org/ns/prov#"},
        "entity": {
            release: {"prov:type": "yuqi:release", "yuqi:synthetic": facts.synthetic},
            snapshot: {"prov:type": "yuqi:snapshot", "yuqi:inputs": known["inputs"]},
            "yuqi:archive": {"prov:type": "yuqi:archive"},
            "yuqi:topic": {"yuqi:name": known["topic"], "yuqi:digest": known.get("topic_digest")},
        },
        "activity": {
            "yuqi:build": {
                f"yuqi:{key}": value for key, value in sorted(known.items()) if key.startswith(STAGE)
            },
            **{f"yuqi:{run_id}": _times(run_id, kind, *times) for run_id, kind, *times in sources},
        },
        "agent": {"yuqi:code": {"prov:type": "prov:SoftwareAgent", "yuqi:version": known["yuqi"]}},
        "wasDerivedFrom": {"_:d": {"prov:generatedEntity": release, "prov:usedEntity": snapshot}},
        "wasGeneratedBy": {
            "_:snapshot": {"prov:entity": snapshot, "prov:activity": "yuqi:build"},
            **{
                f"_:{run[0]}": {"prov:entity": "yuqi:archive", "prov:activity": f"yuqi:{run[0]}"}
                for run in sources
            },
        },
        "used": {
            f"_:{name}": {"prov:activity": "yuqi:build", "prov:entity": f"yuqi:{name}"}
            for name in ("archive", "topic")
        },
        "wasAssociatedWith": {"_:code": {"prov:activity": "yuqi:build", "prov:agent": "yuqi:code"}},
    }


def _times(run_id: str, kind: str, started: Any, finished: Any) -> dict[str, Any]:
    held = {"prov:type": f"yuqi:{kind}", "prov:label": run_id, "prov:startTime": plain(started)}
    return held | ({"prov:endTime": plain(finished)} if finished else {})
