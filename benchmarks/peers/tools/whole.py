"""WARC files to texts and copies: {url: {text, copies}}, `copies` naming the group; ours has `story`, too."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers.tools.child import Work, main

Texts = dict[str, dict[str, Any]]
PATIENCE = 30  # seconds a page: the default of 1 covers importing too, and a busy machine loses every page


def yuqi(given: Any) -> Work:
    """All stages, counts, the search index and the snapshot; nothing is taken from an earlier build."""
    import duckdb

    from crawler.workspace import open_workspace
    from pipeline.engine import Local
    from yuqi.building import build_workspace

    place = open_workspace(Path(given["root"]))

    def work() -> Texts:
        build_workspace(place, full=True, engine=lambda: Local(given["workers"]))
        with duckdb.connect(str(place.latest), read_only=True) as store:
            rows = store.execute("SELECT url, text, template_id, story_id FROM articles WHERE is_current")
            held = rows.fetchall()
        return {
            url: {"text": text, "copies": template, "story": story} for url, text, template, story in held
        }

    return work


def datatrove(given: Any) -> Work:
    """Its own pipeline as its examples have it, with its Chinese words; nothing removed."""
    import datatrove.executor

    def work() -> Texts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for step, (steps, tasks) in enumerate(_steps(given, folder)):
                # workers of a fork server, the default, are nobody's children: their CPU is not counted
                datatrove.executor.LocalPipelineExecutor(
                    steps,
                    tasks,
                    given["workers"],
                    logging_dir=str(folder / f"logs-{step}"),
                    start_method="fork",
                ).run()
            rows = list(_rows(folder / "told"))
        return {row["metadata"]["url"]: row["metadata"] | {"text": row["text"]} for row in rows}

    return work


def _steps(given: Any, folder: Path) -> Iterator[tuple[list[Any], int]]:
    """Each pipeline and its number of tasks: texts, signatures, buckets, clusters, texts with clusters."""
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.extractors import Trafilatura
    from datatrove.pipeline.readers import JsonlReader, WarcReader
    from datatrove.pipeline.writers import JsonlWriter

    config, tasks = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8), given["workers"]
    texts, signed, met, groups, told = (
        str(folder / part) for part in ("texts", "signed", "met", "groups", "told")
    )
    archive = WarcReader(given["archive"], glob_pattern="**/*.warc.gz")
    yield [archive, Trafilatura(timeout=PATIENCE), JsonlWriter(texts, compression=None)], tasks
    yield [JsonlReader(texts), MinhashDedupSignature(signed, config=config, language="cmn_Hani")], tasks
    yield [MinhashDedupBuckets(signed, met, config=config)], config.num_buckets
    yield [MinhashDedupCluster(met, groups, config=config, save_cluster_id=True)], 1
    yield [JsonlReader(texts), labelled(groups), JsonlWriter(told, compression=None)], tasks


def labelled(folder: str) -> Callable[..., Iterable[Any]]:
    """Writes the group of each document of a task beside it, from the pairs that the cluster step left."""
    import struct

    def step(data: Iterable[Any], rank: int = 0, _world: int = 1) -> Iterator[Any]:
        held: dict[int, int] = {}
        for path in Path(folder).rglob(f"{rank:06d}.clusters"):
            held.update(struct.iter_unpack("<II", path.read_bytes()))
        for at, document in enumerate(data):
            document.metadata["copies"] = held.get(at)
            yield document

    return step


def _rows(folder: Path) -> Iterator[Any]:
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


TOOLS = {"yuqi": yuqi, "datatrove": datatrove}

if __name__ == "__main__":
    main(TOOLS)
