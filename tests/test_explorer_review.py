"""Verdict buttons write into one reviewer's file, for who runs the server; nobody else's forms do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from explorer_client import BASE, Page
from invented_corpus import make_corpus
from starlette.testclient import TestClient

from crawler.workspace import Workspace
from explorer.app import explorer
from explorer.reviewing import MAX_FORM_BYTES, Reviewing
from pipeline.sheet import read_sheet
from pipeline.verdicts import load_verdicts
from yuqi.cli import run
from yuqi.serving import said_as_reports_are

FORM = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@dataclass
class Served:
    place: Workspace
    sheet: Path
    asked: TestClient
    private: str
    token: str

    def opens(self) -> None:
        assert self.asked.get(self.private).url.path == "/review"

    def judges(self, finding: str, said: str = "wrong", token: str | None = None, **headers: str) -> int:
        data = {"finding_id": finding, "verdict": said, "token": token or self.token, "reason": " 页面 否认 "}
        answer = self.asked.post("/review", data=data, headers=FORM | headers, follow_redirects=False)
        return answer.status_code


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    place = make_corpus(tmp_path / "place")
    sheet = tmp_path / "to-judge.csv"
    assert run(["review", "--workspace", str(place.root), "--sample", "5", "--out", str(sheet)]) == 0
    reviewing = Reviewing(sheet, "wang")
    app, private = explorer(place, said_as_reports_are(place), (), reviewing)
    with TestClient(app, base_url=BASE) as asked:
        yield Served(place, sheet, asked, private, reviewing.token)


def findings(served: Served) -> list[str]:
    return [row["finding_id"] for row in read_sheet(served.sheet).rows]


def test_a_stranger_sees_no_finding_and_judges_none(served: Served) -> None:
    before = served.sheet.read_bytes()
    assert served.asked.get("/review").status_code == 403
    assert served.judges(findings(served)[0]) == 403
    assert served.sheet.read_bytes() == before


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://farm.example.com"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_a_form_of_another_site_judges_nothing(served: Served, headers: dict[str, str]) -> None:
    served.opens()
    before = served.sheet.read_bytes()
    assert served.judges(findings(served)[0], **headers) == 403
    assert served.judges(findings(served)[0], token="guessed") == 403
    assert served.sheet.read_bytes() == before


def test_a_form_that_is_none_of_ours_is_refused(served: Served) -> None:
    served.opens()
    first = findings(served)[0]
    assert served.judges(first, "delete") == 400
    assert served.judges("fd-0000000000000000-000000000000") == 404
    large = {"finding_id": first, "token": served.token, "verdict": "wrong", "reason": "x" * MAX_FORM_BYTES}
    assert served.asked.post("/review", data=large, headers=FORM).status_code == 413
    many = {f"x{number}": "1" for number in range(99)}
    assert served.asked.post("/review", data=many, headers=FORM).status_code == 413


def test_nothing_else_may_be_posted_and_nothing_where_there_is_no_sheet(served: Served) -> None:
    served.opens()
    assert served.asked.post("/evidence", headers=FORM).status_code == 405
    assert served.asked.put("/review", headers=FORM).status_code == 405
    served.asked.get("/").raise_for_status()
    served.asked.__exit__()
    app, _ = explorer(served.place, said_as_reports_are(served.place))
    plain = TestClient(app, base_url=BASE)
    assert plain.post("/review", headers=FORM).status_code == 405 and plain.get("/review").status_code == 404


def test_a_finding_stands_with_its_context_and_the_pages_own_words(served: Served) -> None:
    served.opens()
    row = read_sheet(served.sheet).rows[0]
    text = served.asked.get("/review?lang=zh").text
    for said in (row["quote_original"], row["rule"], row["url"]):
        assert said in text
    assert all(f'value="{said}"' in text for said in ("right", "wrong", "unsure"))
    assert ">对<" in text and ">Right<" in served.asked.get("/review?lang=en").text
    assert (
        "/review" in Page(served.asked.get("/").text).links[-1]
        or 'href="/review"' in served.asked.get("/").text
    )


def test_a_verdict_is_written_into_the_reviewers_file_and_nowhere_else(served: Served) -> None:
    served.opens()
    first, second = findings(served)[:2]
    state = {path: path.read_bytes() for path in served.place.state.rglob("*") if path.is_file()}
    assert served.judges(first) == 303
    assert served.judges(second, "right") == 303
    rows = {row["finding_id"]: row for row in read_sheet(served.sheet).rows}
    assert {name: rows[first][name] for name in ("verdict", "reviewer", "reason")} == {
        "verdict": "wrong", "reviewer": "wang", "reason": "页面 否认",
    }  # fmt: skip
    assert sum(bool(row["verdict"]) for row in rows.values()) == 2 and len(rows) == 5
    assert {path: path.read_bytes() for path in served.place.state.rglob("*") if path.is_file()} == state
    held = served.asked.get("/review?format=csv").text
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(held))] == [
        row["verdict"] for row in rows.values()
    ]


def test_what_was_judged_in_the_browser_is_applied_like_any_sheet(served: Served) -> None:
    served.opens()
    for finding in findings(served):
        assert served.judges(finding, "right") == 303
    assert "5</b> / 5" in served.asked.get("/review").text
    served.asked.__exit__()  # a process opens a snapshot once
    place = str(served.place.root)
    assert run(["review", "--workspace", place, "--apply", str(served.sheet), "--no-build"]) == 0
    held = load_verdicts(served.place).reviews
    assert [one.finding_id for one in held] == findings(served)
    assert {(one.verdict, one.reviewer, one.drawn) for one in held} == {("right", "wang", True)}


def test_serving_needs_a_sheet(tmp_path: Path) -> None:
    place = make_corpus(tmp_path)
    said = ["review", "--workspace", str(place.root), "--serve"]
    assert run(said) == 2
    assert run([*said, "--out", str(tmp_path / "none.csv")]) == 2
    assert run([*said, "--apply", str(tmp_path)]) == 2
