"""Other tools on the same documents: each gives labels, one a document. Run in a process of its own.

Settings are each tool's own for near duplicates, at Jaccard .5 and characters where it lets one choose.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.peers.tools.child import Prepared, main

LEAST = 0.5
GRAM = 3
Labels = list[int]


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> Labels:
    """Connected components, as all these tools make them."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in pairs:
        left, right = root(one), root(other)
        parent[max(left, right)] = min(left, right)
    return [root(node) for node in range(count)]


def grams(text: str) -> list[str]:
    return [text[at : at + GRAM] for at in range(max(1, len(text) - GRAM + 1))]


def datasketch(texts: Sequence[str]) -> Labels:
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(LEAST, num_perm=128), []
    for at, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([gram.encode() for gram in set(grams(text))])
        pairs += [(at, other) for other in index.query(sketch)]
        index.insert(at, sketch)
    return joined(len(texts), pairs)


def rensa(texts: Sequence[str]) -> Labels:
    from rensa import RMinHash, RMinHashLSH

    index, sketches, pairs = RMinHashLSH(threshold=LEAST, num_perm=128, num_bands=32), [], []
    for at, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(grams(text))
        near = [other for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= LEAST]
        pairs += [(at, other) for other in near]
        index.insert(at, sketch)
        sketches.append(sketch)
    return joined(len(texts), pairs)


def gaoya(texts: Sequence[str]) -> Labels:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(hash_size=32, jaccard_threshold=LEAST, num_bands=32, band_size=4,
                               analyzer="char", ngram_range=(GRAM, GRAM))  # fmt: skip
    pairs = []
    for at, text in enumerate(texts):
        pairs += [(at, other) for other in index.query(text)]
        index.insert_document(at, text)
    return joined(len(texts), pairs)


def datatrove(texts: Sequence[str]) -> Labels:
    """Its own pipeline: words by its Chinese tokenizer, 14 buckets of 8, no verification."""
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig

    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    documents = [Document(text=text or "。", id=str(at)) for at, text in enumerate(texts)]
    kept: list[Document] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def executed(step: list[object], tasks: int, where: str) -> None:
            LocalPipelineExecutor(
                step, tasks=tasks, logging_dir=str(folder / where), start_method="fork"
            ).run()

        def given(_data: object = None, _rank: int = 0, _world: int = 1) -> Iterable[Document]:
            yield from documents

        def taken(data: Iterable[Document], _rank: int = 0, _world: int = 1) -> Iterable[Document]:
            for document in data:
                kept.append(document)
                yield document

        sign, meet, remove = (str(folder / part) for part in ("signatures", "buckets", "remove"))
        executed([given, MinhashDedupSignature(sign, config=config, language="cmn_Hani")], 1, "a")
        executed([MinhashDedupBuckets(sign, meet, config=config)], config.num_buckets, "b")
        executed([MinhashDedupCluster(meet, remove, config=config, save_cluster_id=True)], 1, "c")
        executed([given, labelled(remove), taken], 1, "d")
    labels = {int(document.id): document.metadata.get("cluster", -1) for document in kept}
    return [labels[at] if labels.get(at, -1) != -1 else -1 - at for at in range(len(texts))]


def labelled(folder: str) -> Callable[..., Iterable[object]]:
    """Reads the (document, cluster) pairs that the cluster step left."""
    import struct

    def step(data: Iterable[object], _rank: int = 0, _world: int = 1) -> Iterable[object]:
        held: dict[int, int] = {}
        for path in Path(folder).rglob("*.clusters"):
            for at, cluster in struct.iter_unpack("<II", path.read_bytes()):
                held[at] = cluster
        for at, document in enumerate(data):
            document.metadata["cluster"] = held.get(at, -1)  # type: ignore[attr-defined]
            yield document

    return step


def text_dedup(texts: Sequence[str]) -> Labels:
    """Its command line, on a JSON file; it leaves its union-find."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = (json.dumps({"text": text, "idx": at}, ensure_ascii=False) for at, text in enumerate(texts))
        (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
        asked = {
            "path": "json", "data_files": folder / "in.jsonl", "split": "train", "column": "text", "ngram": 5,
            "num_perm": 128, "threshold": LEAST, "output": folder / "out", "cache_dir": folder / "cache",
        }  # fmt: skip
        options = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
        command = [sys.executable, "-m", "text_dedup.minhash", *options, "--debug"]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        held = pickle.loads(next(folder.rglob("uf.pkl")).read_bytes())
    return [held.find(at) for at in range(len(texts))]


PEERS: dict[str, Callable[[Sequence[str]], Labels]] = {
    peer.__name__: peer for peer in (datatrove, text_dedup, datasketch, rensa, gaoya)
}


def _labels(peer: Callable[[Sequence[str]], Labels]) -> Prepared:
    return lambda given: lambda: peer(given["texts"])


TOOLS = {name: _labels(peer) for name, peer in PEERS.items()}

if __name__ == "__main__":
    main(TOOLS)
