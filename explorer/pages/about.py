"""Method, download, runs and corrections: what every figure rests on, as data."""

from __future__ import annotations

from pathlib import Path

from crawler.workspace import load_settings
from explorer.desk import Desk, Row, Table, View, paged, whole
from explorer.method import known_weaknesses, measured, rules
from explorer.releases import files_of, is_withheld, releases
from explorer.texts import say
from pipeline.store.reports import QUESTIONS
from pipeline.store.review import precision


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
        _judged(desk),
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
    held = releases(desk.workspace)
    files = [row for folder in held for row in _files(desk, folder)]
    values = {"questions": QUESTIONS, "current": "download"}
    tables = (
        whole(
            "releases", [_release(desk, folder) for folder in held], ("version", "files", "bytes", "withheld")
        ),
        whole("release-files", files, ("version", "file", "bytes")),
    )
    return View("download.html", say(desk.asked.lang, "title", "download"), values, tables)


def _release(desk: Desk, folder: Path) -> Row:
    sizes = [(folder / name).stat().st_size for name in files_of(folder) if (folder / name).is_file()]
    withheld = is_withheld(desk.workspace, folder)
    return {"version": folder.name, "files": len(sizes), "bytes": sum(sizes), "withheld": withheld}


def _files(desk: Desk, folder: Path) -> list[Row]:
    if is_withheld(desk.workspace, folder):
        return []
    return [
        {"version": folder.name, "file": name, "bytes": (folder / name).stat().st_size}
        for name in files_of(folder)
        if (folder / name).is_file()
    ]


def _judged(desk: Desk) -> Table:
    """How often people found this workspace's rules right, with the interval."""
    rows = [
        {"stratum": one.stratum, "right": one.right, "wrong": one.wrong, "unsure": one.unsure,
         "share": round(share, 4), "low": round(low, 4), "high": round(high, 4)}
        for one in precision(desk.connection) for low, share, high in [one.interval]
    ]  # fmt: skip
    return whole("judged", rows, ("stratum", "right", "wrong", "unsure", "share", "low", "high"))
