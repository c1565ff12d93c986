"""The copies step on the parts of a farm: what it found, how long it took, what it held in memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.copies.parts import TABLES
from benchmarks.copies.score import b_cubed, count_ratios, outside, pair_scores, precision_recall
from pipeline.copies import Folds
from pipeline.copies.grouping import group, told_of
from pipeline.copies.remembered import Remembered
from pipeline.copies.sql import run
from pipeline.copies.stories import stories
from pipeline.copies.templates import cluster_units, compared_units
from pipeline.schema import table_name
from pipeline.topic import load_topic, topic_folder

THREADS = 2
FIRST_CHUNK = f"{0:08}"
Row = dict[str, Any]


def connected(folder: Path, chunk: str = "*") -> duckdb.DuckDBPyConnection:
    """The parts as views, every page current; or one chunk of a thousand articles."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    for record in TABLES:
        name = table_name(record)
        files = str(folder / name / f"{chunk}.parquet").replace("'", "''")
        connection.execute(f"CREATE TEMP VIEW part_{name} AS FROM read_parquet('{files}')")
    connection.execute(
        "CREATE TEMP TABLE versions AS SELECT article_id, true AS is_current FROM part_articles"
    ).fetchall()
    return connection


def measured(folder: Path) -> Row:
    """Normal form to partition alone, with its peak of memory; then the whole step, and its quality.

    What an installation compiles once was compiled before, on the first articles.
    """
    warm(folder)
    with connected(folder) as connection:
        wall, cpu = time.perf_counter(), time.process_time()
        partition(connection)
        figures = {"partition_s": time.perf_counter() - wall, "partition_cpu_s": time.process_time() - cpu}
    figures["partition_gib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    with connected(folder) as connection:
        wall, cpu = time.perf_counter(), time.process_time()
        group(connection, Folds.of(load_topic(topic_folder())), dict, "benchmark")
        figures |= {"all_s": time.perf_counter() - wall, "all_cpu_s": time.process_time() - cpu}
        figures["all_gib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        return figures | quality(connection, folder)


def warm(folder: Path) -> None:
    with connected(folder, FIRST_CHUNK) as connection:
        group(connection, Folds.of(load_topic(topic_folder())), dict, "compiled")


def partition(connection: duckdb.DuckDBPyConnection) -> None:
    """Normal forms → the cluster and the story of each article."""
    run(connection, "inputs")
    told = told_of(connection)
    stories(told, cluster_units(compared_units(connection, told, Remembered()), told).cluster)


def quality(connection: duckdb.DuckDBPyConnection, folder: Path) -> Row:
    """Pages stitched from two have no right story: they are in no pair, but their own share counts."""
    rows = (
        connection.execute(
            "SELECT t.*, g.story_id, g.template_id, coalesce(g.own_share, 0) AS said "
            "FROM read_parquet($truth) t JOIN article_groups g USING (article_id) ORDER BY article_id",
            {"truth": str(folder / "truth" / "*.parquet")},
        )
        .to_arrow_table()
        .to_pylist()
    )
    whole = [row for row in rows if row["kind"] != "stitched"]
    told = [row["story"] for row in whole]
    found = [row["story_id"] for row in whole]
    template = [row["template_id"] for row in whole]
    ratios = count_ratios([row["lender"] for row in whole], told, found)
    errors = defaultdict(list)
    for row in rows:
        for kind in (row["kind"], "all"):
            errors[kind].append(abs(row["said"] - row["own_share"]))
    claims = connection.execute(
        "SELECT c.own, coalesce(p.own, false) FROM read_parquet($claims) c "
        "LEFT JOIN practice_own p USING (article_id, char_start)",
        {"claims": str(folder / "claims" / "*.parquet")},
    ).fetchall()
    return {
        "articles": len(rows),
        "templates": pair_scores(true_templates(whole), template),
        "templates_b3": b_cubed(true_templates(whole), template),
        "stories": pair_scores(told, found),
        "stories_b3": b_cubed(told, found),
        "stories_per_lender": [said / true for true, said in ratios.values()],
        "lenders_outside": outside(ratios, 0.97, 1.03),
        "own_share_mae": {kind: sum(held) / len(held) for kind, held in sorted(errors.items())},
        "own_allegations": precision_recall([true for true, _ in claims], [own for _, own in claims]),
    }


def true_templates(rows: list[Row]) -> list[str | None]:
    """A text that stands in one story only has no template."""
    stories = Counter(template for template, _ in {(row["template"], row["story"]) for row in rows})
    return [row["template"] if stories[row["template"]] > 1 else None for row in rows]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(Path(sys.argv[1]))))
