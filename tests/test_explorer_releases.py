"""A release is handed out as it was written, and nothing else of the disk is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_corpus import make_corpus
from starlette.testclient import TestClient

from crawler.workspace import Workspace
from explorer.app import explorer
from pipeline.checksums import SUMS, file_sha256
from yuqi.serving import said_as_reports_are

WORDS = "文件\n"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    place = make_corpus(tmp_path)
    folder = place.releases / "1.0.0"
    (folder / "csv").mkdir(parents=True)
    (folder / "csv" / "sites.csv").write_text(WORDS, encoding="utf-8")
    (folder / "unlisted.txt").write_text("not of the release", encoding="utf-8")
    (folder / "outside.txt").symlink_to(place.root / "yuqi.toml")
    listed = ("csv/sites.csv", "outside.txt", "../../yuqi.toml", "gone.csv")
    sums = [(file_sha256(folder / "csv" / "sites.csv"), name) for name in listed]
    (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for digest, name in sums), encoding="utf-8")
    return place


@pytest.fixture
def asked(place: Workspace) -> Iterator[TestClient]:
    app, _ = explorer(place, said_as_reports_are(place))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "1.0.0/unlisted.txt", "1.0.0/outside.txt", "1.0.0/..%2F..%2Fyuqi.toml", "1.0.0/gone.csv", "1.0.0/",
        "1.0.0/csv", "..%2Fstate/secret.key", "1.0.0/%2Fetc%2Fpasswd", "2.0.0/csv/sites.csv",
        "1.0.0/csv/sites.csv%00",
    ],
)  # fmt: skip
def test_what_a_release_does_not_hold_is_not_there(asked: TestClient, path: str) -> None:
    assert asked.get(f"/releases/{path}").status_code == 404


def test_a_file_of_a_release_comes_as_it_is_and_never_as_a_page(asked: TestClient) -> None:
    given = asked.get("/releases/1.0.0/csv/sites.csv")
    assert given.text == WORDS
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert '/releases/1.0.0/csv/sites.csv"' in asked.get("/download").text


def test_a_release_older_than_a_takedown_is_withheld(place: Workspace, asked: TestClient) -> None:
    place.takedowns.write_text("", encoding="utf-8")
    later = (place.releases / "1.0.0" / SUMS).stat().st_mtime_ns + 10**9
    os.utime(place.takedowns, ns=(later, later))
    assert asked.get("/releases/1.0.0/csv/sites.csv").status_code == 410
    assert "/releases/1.0.0/" not in asked.get("/download").text
