"""Method, download, runs and corrections: what every figure rests on, as data."""

from __future__ import annotations

from pathlib import Path

from crawler.workspace import load_settings
from explorer.desk import Desk, Row, View, paged, whole
from explorer.method import known_weaknesses, measured, rules
from explorer.texts import say
from pipeline.checksums import SUMS
from pipeline.store.reports import QUESTIONS

MAX_RELEASES = 100


def method(desk: Desk) -> View:
    gazetteer = whole("gazetteer", desk.opened.remember("gazetteer", lambda: desk.rows("gazetteer")))
    kinds = whole("kinds", desk.rows("kinds"))
    facts = whole("versions", [{"key": k, "value": v} for k, v in sorted(desk.opened.facts.items())])
    tables = (
        facts,
        whole("quality", measured()),
        whole("rules", rules(desk.asked.lang, desk.workspace.overrides)),
        kinds,
        paged(gazetteer, desk.asked),
    )
    values = {
        "weaknesses": known_weaknesses(desk.asked.lang),
        "contact": load_settings(desk.workspace).contact,
        "takedowns": desk.rows("takedowns")[0]["takedowns"],
        "current": "method",
    }
    return View("method.html", say(desk.asked.lang, "title", "method"), values, tables)


def runs(desk: Desk) -> View:
    table = paged(whole("runs", desk.rows("runs")), desk.asked)
    return View("runs.html", say(desk.asked.lang, "title", "runs"), {"current": "runs"}, (table,))


def corrections(desk: Desk) -> View:
    values = {
        "contact": load_settings(desk.workspace).contact,
        "takedowns": desk.rows("takedowns")[0]["takedowns"],
        "current": "corrections",
    }
    table = paged(whole("corrections", desk.rows("corrections")), desk.asked)
    return View("corrections.html", say(desk.asked.lang, "title", "corrections"), values, (table,))


def download(desk: Desk) -> View:
    """Every report as a file, and the releases that this workspace wrote."""
    held = sorted(desk.workspace.releases.iterdir()) if desk.workspace.releases.is_dir() else []
    releases = [_release(path) for path in held[:MAX_RELEASES] if (path / SUMS).is_file()]
    values = {"questions": QUESTIONS, "current": "download"}
    table = whole("releases", releases, ("version", "files", "bytes"))
    return View("download.html", say(desk.asked.lang, "title", "download"), values, (table,))


def _release(folder: Path) -> Row:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {"version": folder.name, "files": len(files), "bytes": sum(path.stat().st_size for path in files)}
