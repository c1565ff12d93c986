"""Archive → corpus → snapshot: the order of a build. What it decides is a key, a file list or SQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from crawler.workspace import Workspace, secret_key
from pipeline.copies.ids import Journal
from pipeline.engine import Engine
from pipeline.findings import rows
from pipeline.make import Made, Plan, make_parts
from pipeline.parts import part_key, remove_unused
from pipeline.store import sql
from pipeline.store.grouping import group_into
from pipeline.store.load import (
    Inputs,
    create_tables,
    describe,
    insert,
    load_found,
    load_inputs,
    open_store,
    show_parts,
)
from pipeline.store.snapshot import free_name, latest_snapshot, publish, remove_halves
from pipeline.topic import Topic
from pipeline.versions import stage_version

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


class CountsDoNotAddUpError(Exception):
    """A bug: some page is neither an article nor a drop, or both."""


def build(workspace: Workspace, inputs: Inputs, topic: Topic, options: BuildOptions) -> BuildSummary:
    """Do only what is new, publish a snapshot when it is whole; killed anywhere, it can be run again."""
    remove_halves(workspace)
    if options.full:
        shutil.rmtree(workspace.parts, ignore_errors=True)
    plan = Plan(workspace, inputs, topic, secret_key(workspace), options.engine, options.progress)
    made = make_parts(plan)
    digest = _inputs_digest(inputs, topic, made)
    standing = latest_snapshot(workspace)
    up_to_date = standing and workspace.corpus.exists() and _built_from(standing) == digest
    if standing and up_to_date and not options.full:
        return summary(standing, published=False, errors=made.errors)
    options.progress("load", 0, 1)
    snapshot = _load_and_publish(plan, made, digest, options.now)
    remove_unused(workspace.parts, made.folders)
    options.progress("load", 1, 1)
    return summary(snapshot, published=True, errors=made.errors)


def summary(snapshot: Path, *, published: bool, errors: tuple[str, ...] = ()) -> BuildSummary:
    with duckdb.connect(str(snapshot), read_only=True) as store:
        counts = sql.rows(store, "summary")[0]
        drops = dict(store.execute("SELECT reason, count(*) FROM drops GROUP BY ALL ORDER BY ALL").fetchall())
    return BuildSummary(snapshot, published, counts[0], counts[1], drops, *counts[2:], errors=errors)  # type: ignore[arg-type]


def _load_and_publish(plan: Plan, made: Made, digest: str, now: datetime) -> Path:
    """Fill a fresh file, check it, move it into place, and only then write down the ids it gave."""
    workspace = plan.workspace
    name = free_name(workspace, now)
    fresh = workspace.root / f".corpus.{os.getpid()}"
    with open_store(fresh) as store, Journal(workspace.ids) as journal:
        store.execute("BEGIN")
        create_tables(store)
        load_inputs(store, plan.inputs)
        show_parts(store, made.tables(), workspace.parts)
        sql.run(store, "views")
        sql.run(store, "versions")
        assigned = group_into(store, journal, snapshot=name)
        for row in rows(plan.topic):
            insert(store, type(row), [row])
        load_found(store)
        facts = {"inputs": digest, "snapshot": name, "yuqi": version("yuqi"), "topic": plan.topic.name}
        describe(store, facts)
        sql.run(store, "counts")
        store.execute("COMMIT")
        _check(store)
        store.close()
        snapshot = publish(workspace, fresh, name)
        journal.commit(assigned)
    return snapshot


def _check(store: duckdb.DuckDBPyConnection) -> None:
    """Every page is counted once, and every span is what it says."""
    for wrong, said in sql.rows(store, "check"):
        raise CountsDoNotAddUpError(f"{said}: {wrong}")


def _inputs_digest(inputs: Inputs, topic: Topic, made: Made) -> str:
    """Over all that the store is made from; build runs are left out, or no build would ever be a repeat."""
    return part_key(
        [folder.name for folder in made.folders],
        [(page.url, page.state, page.loss, page.visits, page.changes) for page in inputs.pages],
        [(fetch.fetch_id, fetch.outcome) for fetch in inputs.fetches],
        sorted(repr(site) for site in inputs.sites.values()),
        repr(inputs.takedowns.entries),
        topic.digest(),
        stage_version("load"),
    )


def _built_from(snapshot: Path) -> str | None:
    with duckdb.connect(str(snapshot), read_only=True) as store:
        row = store.execute("SELECT value FROM meta WHERE key = 'inputs'").fetchone()
    return str(row[0]) if row else None
