"""Archive → corpus → snapshot: the order of a build. What it decides is a key, a file list or SQL."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from crawler.workspace import Workspace, secret_key
from pipeline.copies import Journal, Means, Remembered, Skeletons, group, kept_folds, thresholds
from pipeline.duck import opened
from pipeline.engine import Engine
from pipeline.findings import rows
from pipeline.kept import keep_known, load_known
from pipeline.make import Allowance, Made, Plan, make_parts
from pipeline.metrics import StageCost, clocked, write_costs
from pipeline.parts import part_key, remove_unused
from pipeline.shards import Sharded
from pipeline.store import sql
from pipeline.store.keeping import keep_answers
from pipeline.store.load import (
    Inputs,
    count,
    create_tables,
    describe,
    insert,
    load_found,
    load_inputs,
    open_store,
    show_parts,
)
from pipeline.store.snapshot import free_name, half_corpus, latest_snapshot, publish, remove_halves
from pipeline.tables.copies import IdChange
from pipeline.tables.sites import LearntContainer
from pipeline.topic import Topic
from pipeline.verdicts import Verdicts
from pipeline.versions import DEPENDS, stage_version

Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class BuildOptions:
    """`now` names the snapshot; `full` makes every part again."""

    now: datetime
    engine: Engine
    full: bool = False
    progress: Progress = silent
    allowance: Allowance | None = None


@dataclass(frozen=True)
class BuildSummary:
    """What the newest snapshot holds; pages = articles + the sum of drops, always."""

    snapshot: Path
    published: bool  # False: nothing had changed since the snapshot was made
    pages: int
    articles: int
    drops: dict[str, int]
    stories: int
    templates: int
    sites: int
    operators: int
    errors: tuple[str, ...] = ()
    comparisons: int = 0  # of texts, that no earlier build had made
    connected_parts: int = 0  # texts that are versions of each other, or one that is like no other
    connected_parts_remade: int = 0


class CountsDoNotAddUpError(Exception):
    """A bug: some page is neither an article nor a drop, or both."""


def build(workspace: Workspace, inputs: Inputs, topic: Topic, options: BuildOptions) -> BuildSummary:
    """Do only what is new, publish a snapshot when it is whole; killed anywhere, it can be run again."""
    remove_halves(workspace)
    if options.full:
        shutil.rmtree(workspace.parts, ignore_errors=True)
    key = secret_key(workspace)
    plan = Plan(workspace, inputs, topic, key, options.engine, options.progress, options.allowance)
    made = make_parts(plan)
    costs = list(made.costs)
    write_costs(workspace.parts, costs)
    digest = _inputs_digest(inputs, topic, made)
    standing = latest_snapshot(workspace)
    up_to_date = standing and workspace.corpus.exists() and _built_from(standing) == digest
    if standing and up_to_date and not options.full:
        return summary(standing, published=False, errors=made.errors)
    options.progress("load", 0, 1)
    remembered = Remembered(load_known(workspace.parts))
    skeletons = Skeletons(workspace.parts / "skeletons", stage_version("copies"))
    try:
        due = _Due(made, digest, options.now, remembered, skeletons, costs)
        snapshot = _load_and_publish(plan, due)
        write_costs(workspace.parts, costs)
        kept = keep_known(workspace.parts, remembered.learnt())
    finally:
        remove_halves(workspace)  # of a disk that is full, give back what this build took
    remove_unused(workspace.parts, [*made.folders, *made.kept, kept, skeletons.kept])
    options.progress("load", 1, 1)
    return replace(
        summary(snapshot, published=True, errors=made.errors),
        comparisons=remembered.comparisons,
        connected_parts=remembered.parts,
        connected_parts_remade=remembered.remade,
    )


def summary(snapshot: Path, *, published: bool, errors: tuple[str, ...] = ()) -> BuildSummary:
    with opened(snapshot, read_only=True) as store:
        _, (named,) = sql.table(store, "summary")
        drops = store.execute("SELECT reason, count(*) FROM drops GROUP BY ALL ORDER BY ALL").fetchall()
    return BuildSummary(snapshot, published, drops=dict(drops), errors=errors, **named)


@dataclass(frozen=True)
class _Due:
    """A snapshot to make. `digest`: over all that it is made from; `costs` are added to."""

    made: Made
    digest: str
    now: datetime
    remembered: Remembered
    skeletons: Skeletons
    costs: list[StageCost]


def _load_and_publish(plan: Plan, due: _Due) -> Path:
    """Fill a fresh file, check it, write down the ids it gave, then move it into place.

    The journal goes first: a build that is killed between the two finds its own ids in it and gives the
    same again, while a published id that the journal does not know could change.
    """
    workspace, costs = plan.workspace, due.costs
    name = free_name(workspace, due.now)
    fresh = half_corpus(workspace)
    with Journal(workspace.ids) as journal:
        with open_store(fresh, len(plan.inputs.pages)) as store:
            store.execute("BEGIN")
            with clocked(costs, "inputs"):
                _show(store, plan, due.made)
            with clocked(costs, "copies"):
                join = Sharded(plan.engine, workspace.parts)
                means = Means(due.remembered, join, due.skeletons)
                assigned = group(store, kept_folds(plan.topic), journal.held, name, means)
            with clocked(costs, "load"):
                insert(store, IdChange, [*journal.changes(), *assigned.changes])
                _load_rows(store, plan.topic, plan.inputs.verdicts)
                insert(store, LearntContainer, due.made.learnt)
                facts = {"inputs": due.digest, "snapshot": name}
                describe(store, facts | _method(plan.topic) | thresholds())
                count(store)
                keep_answers(store)
                _check(store)
                store.execute("COMMIT")
        journal.commit(assigned)
    with clocked(costs, "publish"):
        return publish(workspace, fresh, name)


def _show(store: duckdb.DuckDBPyConnection, plan: Plan, made: Made) -> None:
    """The frontier's tables and the parts, and which article is a URL's newest."""
    create_tables(store)
    load_inputs(store, plan.inputs)
    show_parts(store, made.tables(), plan.workspace.parts)
    sql.run(store, "views")
    sql.run(store, "versions")


def _method(topic: Topic) -> dict[str, str]:
    """What made the figures: code, topic and the version of every stage."""
    stages = {f"stage-{stage}": stage_version(stage) for stage in DEPENDS}
    return {"yuqi": version("yuqi"), "topic": topic.name, "topic_digest": topic.digest()} | stages


def _load_rows(store: duckdb.DuckDBPyConnection, topic: Topic, verdicts: Verdicts) -> None:
    by_record: dict[type, list[Any]] = {}
    for row in rows(topic):
        by_record.setdefault(type(row), []).append(row)
    for record, held in by_record.items():
        insert(store, record, held)
    load_found(store, verdicts)


def _check(store: duckdb.DuckDBPyConnection) -> None:
    """Every page is counted once, and every span is what it says."""
    for wrong, said in sql.rows(store, "check"):
        raise CountsDoNotAddUpError(f"{said}: {wrong}")


def _inputs_digest(inputs: Inputs, topic: Topic, made: Made) -> str:
    """Over all that the store is made from; build runs are left out, or no build would ever be a repeat."""
    return part_key(
        [folder.name for folder in made.folders],
        _digest(inputs.pages.values("url", "state", "loss", "visits", "changes")),
        _digest(inputs.fetches.values("fetch_id", "outcome")),
        sorted(repr(site) for site in inputs.sites.values()),
        repr(inputs.takedowns.entries),
        repr(inputs.verdicts),
        topic.digest(),
        stage_version("load"),
    )


def _digest(said: Iterable[tuple[object, ...]]) -> str:
    """Over a million tuples as over one, without holding them."""
    digest = hashlib.sha256()
    for one in said:
        digest.update(repr(one).encode())
    return digest.hexdigest()


def _built_from(snapshot: Path) -> str | None:
    with opened(snapshot, read_only=True) as store:
        row = store.execute("SELECT value FROM meta WHERE key = 'inputs'").fetchone()
    return str(row[0]) if row else None
