"""A small published corpus of invented lenders, made with the schema's own DDL; not a test itself."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import duckdb
from invented_rows import AT, CUE, SNAPSHOT, Told, fixed_rows, store_rows

from crawler.workspace import Workspace, open_workspace
from pipeline.store.load import count, create_tables, insert, open_store
from pipeline.store.snapshot import publish


def told_of(name: str, number: int) -> str:
    return f"我是第{number}位写信的人，逾期三天，{name}就{CUE}。后来我按民法典第一百条要求停止，先保留证据。"


def default_articles() -> list[Told]:
    """Six own allegations on four sites, a template with two lenders, one unsourced page."""
    own = [
        Told(
            f"http://site{n % 4}.example.com/{n}.html", f"site{n % 4}", f"星蓝贷逾期{n}天会怎样",
            told_of("星蓝贷", n), f"s-{n:012x}", None, "xinglan-dai", "alleged", own=True,
            published=AT if n else None, state="gone" if n == 5 else "live",
        )
        for n in range(6)
    ]  # fmt: skip
    shared = "逾期后{}可能{}，请先保留证据。"
    template = [
        Told(
            f"http://site{n}.example.com/t{n}.html", f"site{n}", f"{name}逾期后果",
            shared.format(name, CUE), f"s-{100 + n:012x}", "t-000000000001", platform,
            "claimed-practice",
        )
        for n, (platform, name) in enumerate([("maiyu-jinrong", "麦屿金融"), ("xinglan-dai", "星蓝贷")])
    ]  # fmt: skip
    text = "问题也让人担心，鹤汀小贷从未说明。\n我们请先保留证据。"
    unsourced = Told(
        "urn:yuqi:imported:a.txt", "imported", "鹤汀小贷与麦屿金融", text, "s-000000000200",
        subject="heting-xiaodai", sourced=False, published=None,
        original="問也讓人擔心，鶴汀小貸從未說明。\n我們請先保留證據。", edits=(("lacuna", 1, "", "题"),),
        more={"title_body_conflict": True, "script": "hant"},
    )  # fmt: skip
    return [*own, *template, unsourced]


@contextmanager
def to_change(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published snapshot, which nobody else may write."""
    snapshot = workspace.latest.resolve()
    snapshot.chmod(0o644)
    with open_store(snapshot) as store:
        yield store


def make_corpus(root: Path, articles: list[Told] | None = None, synthetic: bool = False) -> Workspace:
    """A workspace of these articles; the default ones are published once a process, then copied."""
    if articles is None:
        shutil.copytree(_of_default_articles(), root, symlinks=True, dirs_exist_ok=True)
        return _begun(root, synthetic)
    workspace = _begun(root, synthetic)
    publish_told(workspace, articles, SNAPSHOT)
    return workspace


def _begun(root: Path, synthetic: bool = False) -> Workspace:
    root.mkdir(parents=True, exist_ok=True)
    (root / "yuqi.toml").write_text("synthetic = true\n" if synthetic else "", encoding="utf-8")
    return open_workspace(root)


@cache
def _of_default_articles() -> Path:
    """Removed when the process ends."""
    root = Path(mkdtemp(prefix="yuqi-corpus-"))
    atexit.register(shutil.rmtree, root)
    publish_told(_begun(root), default_articles(), SNAPSHOT)
    return root


def publish_told(workspace: Workspace, told: list[Told], name: str) -> Path:
    """A snapshot of these articles; in one transaction, because every other one waits for the disk."""
    fresh = workspace.root / ".fresh"
    with open_store(fresh) as store:
        store.execute("BEGIN")
        create_tables(store)
        for record, rows in (store_rows(told) | fixed_rows(told)).items():
            insert(store, record, rows)
        count(store)
        store.execute("COMMIT")
    return publish(workspace, fresh, name)
