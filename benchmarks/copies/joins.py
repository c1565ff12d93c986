"""Candidates among very many random signatures in DuckDB, and among some added to them."""

from __future__ import annotations

import json
import resource
import sys
import time

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.copies.sql import statement

BANDS = 32
DISTINCT_SHARE = 0.5  # of the texts; the others share a third of their bands with one before them
ADDED = "SELECT DISTINCT b.unit AS lower, n.unit AS upper FROM copy_added n JOIN copy_bands b USING (hash)"


def signatures(rng: np.random.Generator, count: int, first: int) -> pa.Table:
    hashes = rng.integers(-(2**63), 2**63 - 1, (count, BANDS))
    copied = np.flatnonzero(rng.random(count) > DISTINCT_SHARE)
    copied = copied[copied > 0]
    like = (copied * rng.random(len(copied))).astype(np.int64)
    hashes[copied, : BANDS // 3] = hashes[like, : BANDS // 3]
    return pa.table({"hash": hashes.ravel(), "unit": np.repeat(np.arange(first, first + count), BANDS)})


def measured(count: int, added: int) -> dict[str, float]:
    rng = np.random.default_rng(1)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET memory_limit = '3GB'")
    for start in range(0, count, 100_000):
        connection.register("copy_some", signatures(rng, min(100_000, count - start), start))
        made = "INSERT INTO copy_bands" if start else "CREATE TABLE copy_bands AS"
        connection.execute(f"{made} SELECT hash, unit FROM copy_some").fetchall()
    wall = time.perf_counter()
    pairs = connection.execute(f"SELECT count(*) FROM ({statement('candidates')})").fetchall()
    joined = time.perf_counter() - wall
    connection.register("copy_added", signatures(rng, added, count))
    wall = time.perf_counter()
    connection.execute(f"SELECT count(*) FROM ({ADDED})").fetchall()
    return {
        "signatures": count,
        "pairs": pairs[0][0],
        "join_s": joined,
        "add_s": time.perf_counter() - wall,
        "gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
