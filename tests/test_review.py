"""People's verdicts: they override the rules, survive rebuilds, and say how often the rules are right."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_corpus import default_articles, make_corpus, to_change
from stores import ask

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace
from pipeline.store.evidence import evidence
from pipeline.store.load import count_again, insert
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.store.review import Precision, finding, precision, sample
from pipeline.store.strikes import strike
from pipeline.store.takedown import ensure_applied
from pipeline.tables.verdicts import Correction, Review
from pipeline.verdicts import Verdict, Verdicts, add_verdicts, load_verdicts
from yuqi.cli import run
from yuqi.reviewing import ABOUT

NOW = datetime(2024, 6, 1, tzinfo=UTC)
LAW = "根据民法典第一百条的规定，借款人可以要求对方停止骚扰，并且保留证据，向有关部门反映情况。"
BODY = "催收的电话在还款日之后的第三天打来，对方报出了借款人的姓名和单位，语气很不客气。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with to_change(make_corpus(tmp_path)) as connection:
        yield connection


def everything(store: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    return evidence(store, [row[0] for row in store.execute("SELECT article_id FROM articles").fetchall()])


def verdict_on(row: dict[str, object], said: str = "wrong", at: datetime = NOW, who: str = "r") -> Verdict:
    about = {name: row[name] for name in ABOUT}
    return Verdict(**about, verdict=said, reviewer=who, reason="because", drawn=True, at=at)  # type: ignore[arg-type]


def alleged(store: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    return [row for row in everything(store) if row["assertion"] == "alleged"]


def test_what_is_right_or_unsure_stays(store: duckdb.DuckDBPyConnection) -> None:
    before = everything(store)
    strike(store, Verdicts(tuple(verdict_on(row, "right") for row in before[:3])))
    strike(store, Verdicts(tuple(verdict_on(row, "unsure") for row in before[:3])))
    assert everything(store) == before


def test_what_is_wrong_leaves_the_store_alone(store: duckdb.DuckDBPyConnection) -> None:
    before, first = everything(store), alleged(store)[0]
    strike(store, Verdicts((verdict_on(first),)))
    gone = {row["finding_id"] for row in before} - {row["finding_id"] for row in everything(store)}
    assert gone == {first["finding_id"]}


def test_who_speaks_last_is_right(store: duckdb.DuckDBPyConnection) -> None:
    first = alleged(store)[0]
    later = verdict_on(first, "right", NOW + timedelta(hours=1), "other")
    strike(store, Verdicts((later, verdict_on(first))))
    assert len(alleged(store)) == 6


def test_the_same_sentence_in_a_copy_of_the_story_goes_too(tmp_path: Path) -> None:
    one = default_articles()[0]
    copy = replace(one, url="http://site9.example.com/copy", site="site9")
    other = replace(one, url="http://site8.example.com/other", site="site8", story="s-999999999999")
    with to_change(make_corpus(tmp_path, [one, copy, other])) as store:
        (first,) = [row for row in alleged(store) if row["url"] == one.url]
        strike(store, Verdicts((verdict_on(first),)))
        assert [row["url"] for row in alleged(store)] == [other.url]


def test_a_platform_that_is_named_no_more_is_accused_no_more(store: duckdb.DuckDBPyConnection) -> None:
    article = alleged(store)[0]["article_id"]
    named = [r for r in everything(store) if r["kind"] == "mention" and r["article_id"] == article]
    strike(store, Verdicts(tuple(map(verdict_on, named))))
    assert article not in {row["article_id"] for row in alleged(store)}


def test_a_verdict_on_what_is_not_found_changes_nothing_and_is_kept(store: duckdb.DuckDBPyConnection) -> None:
    before, first = everything(store), alleged(store)[0]
    changed = str(first["finding_id"])[:-12] + "0" * 12
    reviews, corrections = strike(store, Verdicts((verdict_on(first | {"finding_id": changed}),)))
    assert everything(store) == before
    assert [(row.found, row.stratum) for row in reviews] == [(False, None)]
    assert corrections == []


def test_an_id_survives_another_place_and_another_cue(store: duckdb.DuckDBPyConnection) -> None:
    first = alleged(store)[0]
    article = first["article_id"]
    for change in (
        "UPDATE articles SET text = '新的第一行。' || text WHERE article_id = $a",
        "UPDATE originals SET text = '新的第一行。' || text WHERE article_id = $a AND field = 'text'",
        "UPDATE practices SET char_start = char_start + 7, char_end = char_end + 6,"
        " sentence_start = sentence_start + 6, sentence_end = sentence_end + 6 WHERE article_id = $a",
    ):
        store.execute(change, {"a": article})
    again = finding(store, str(first["finding_id"]))
    assert again is not None
    assert again["surface_start"] != first["surface_start"]
    store.execute("UPDATE practices SET assertion = 'claimed-practice' WHERE article_id = $a", {"a": article})
    assert finding(store, str(first["finding_id"])) is None, "another assertion is another claim"


def test_a_sample_takes_strata_in_turn_and_nothing_twice(store: duckdb.DuckDBPyConnection) -> None:
    first = sample(store, 6)
    assert len({row["stratum"] for row in first}) >= 4
    judged = {str(row["finding_id"]) for row in first}
    assert sample(store, 6) == first
    assert not judged & {row["finding_id"] for row in sample(store, 6, judged)}
    for row in first:
        assert row["quote"].replace("［", "").replace("］", "") in row["context"]
        assert row["quote_original"]


def test_precision_counts_samples_of_what_is_still_found(store: duckdb.DuckDBPyConnection) -> None:
    rows = alleged(store)
    said = [verdict_on(row, "right") for row in rows[:4]] + [verdict_on(rows[4])]
    said += [replace(verdict_on(rows[5]), drawn=False), verdict_on(rows[0], "right", NOW, "second")]
    reviews, _ = strike(store, Verdicts(tuple(said)))
    insert(store, Review, reviews)
    assert precision(store) == [Precision("alleged-own", 4, 1, 0)]


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_holds_its_share(right: int, wrong: int) -> None:
    low, share, high = Precision("x", right, wrong, 0).interval
    assert 0 <= low <= high <= 1
    assert low <= share + 1e-9 <= high + 2e-9 or right + wrong == 0


def test_a_line_that_was_cut_off_is_none_and_a_broken_one_is_named(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    with open_latest(workspace) as connection:
        one = verdict_on(alleged(connection)[0])
    assert add_verdicts(workspace.reviews, [one]) == 1
    assert add_verdicts(workspace.reviews, [one]) == 0
    with workspace.reviews.open("a", encoding="utf-8") as file:
        file.write('{"finding_id": "fd-')
    assert load_verdicts(workspace).reviews == (one,)
    later = replace(one, verdict="right")
    assert add_verdicts(workspace.reviews, [later]) == 1
    assert load_verdicts(workspace).reviews == (one, later)
    workspace.reviews.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="line 1"):
        load_verdicts(workspace)


def test_state_holds_no_words_of_a_page(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    with open_latest(workspace) as connection:
        add_verdicts(workspace.reviews, [verdict_on(row) for row in everything(connection)])
    assert "打电话" not in workspace.reviews.read_text(encoding="utf-8")


def test_a_takedown_takes_verdicts_with_it(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    with to_change(workspace) as store:
        first = verdict_on(alleged(store)[0])
        reviews, corrections = strike(store, Verdicts((first,), (first,)))
        insert(store, Review, reviews)
        insert(store, Correction, corrections)
    workspace.takedowns.write_text(f'[[takedown]]\nurl = "{first.url}"\n', encoding="utf-8")
    ensure_applied(workspace)
    for table in ("reviews", "corrections"):
        assert ask(workspace.latest, f"SELECT count(*) FROM {table}") == [(0,)]
    assert Verdicts((first,)).without(lambda url, _: url == first.url).reviews == ()


def test_reports_say_that_nobody_judged_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(make_corpus(tmp_path).root)
    assert run(["report", "platforms", "--workspace", root, "--lang", "en"]) == 0
    assert "nobody has judged" in capsys.readouterr().out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("pages")
    for n in range(3):
        body = "".join(f"<p>第{n}{m}段。{BODY}</p>" for m in range(4))
        (folder / f"{n}.html").write_text(
            f"<title>第{n}篇</title><h1>第{n}篇说法</h1><div>{body}<p>第{n}点，{LAW}</p></div>",
            encoding="utf-8",
        )
    root = tmp_path_factory.mktemp("workspace")
    for arguments in (["init", str(root)], ["import", str(folder), "--workspace", str(root)],
                      ["build", "--workspace", str(root)]):  # fmt: skip
        assert run(arguments) == 0
    return Workspace(root)


def laws(place: Workspace) -> int:
    return int(ask(place.latest, "SELECT count(*) FROM laws")[0][0])


def test_verdicts_of_a_file_hold_at_once_and_after_a_full_build(
    built: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--workspace", str(built.root)]
    out = tmp_path / "judge.csv"
    before = laws(built)
    assert run(["review", "--sample", "30", "--out", str(out), *at, "--format", "json"]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    law = next(row for row in rows if row["kind"] == "law")
    tip = next((row for row in rows if row["kind"] != "law"), law)
    written = [
        law | {"verdict": "错", "reason": "=不是"},
        *([tip | {"verdict": "right"}] if tip != law else []),
    ]
    with out.open("w", encoding="gb18030", newline="") as file:  # as a Chinese spreadsheet saves it
        writer = csv.DictWriter(file, fieldnames=rows[0])
        writer.writeheader()
        writer.writerows(written)
    assert run(["review", "--apply", str(out), "--reviewer", "me", *at]) == 0
    assert laws(built) == before - 1
    assert ask(built.latest, "SELECT reviewer, verdict, reason, found FROM reviews WHERE kind = 'law'") == [
        ("me", "wrong", "=不是", True)
    ]
    assert run(["build", "--full", *at]) == 0
    assert laws(built) == before - 1
    assert run(["review", "--apply", str(out), "--reviewer", "me", *at]) == 0
    assert len(load_verdicts(built).reviews) == len(written)
    capsys.readouterr()
    assert run(["report", "laws", *at, "--lang", "en"]) == 0
    assert "law 0/1 = 0%" in capsys.readouterr().out


def test_a_correction_is_listed_without_its_reviewer(
    built: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--workspace", str(built.root)]
    before = laws(built)
    with open_latest(built) as connection:
        struck = next(row for row in everything(connection) if row["kind"] == "law")
    assert run(["correct", struck["finding_id"], "--reason", "the page denies it", *at]) == 0
    assert laws(built) == before - 1
    listed = ask(built.latest, "SELECT finding_id, reason, url FROM corrections")
    assert listed == [(struck["finding_id"], "the page denies it", struck["url"])]
    assert run(["correct", "fd-0000000000000000-000000000000", "--reason", "x", *at]) == 2
    assert run(["correct", "nope", "--reason", "x", *at]) == 2
    capsys.readouterr()


@pytest.mark.parametrize("cells", ["fd-1,maybe", "nope,right"])
def test_a_row_that_cannot_be_read_refuses_the_file(cells: str, built: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"finding_id,verdict\n{cells}\n", encoding="utf-8")
    held = load_verdicts(built)
    assert run(["review", "--apply", str(path), "--workspace", str(built.root)]) == 2
    assert load_verdicts(built) == held


def test_an_unknown_finding_is_named_and_left_out(
    built: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("finding_id,verdict\nfd-0000000000000000-000000000000,right\n", encoding="utf-8")
    assert run(["review", "--apply", str(path), "--workspace", str(built.root), "--format", "json"]) == 3
    told = capsys.readouterr()
    assert json.loads(told.out)[0]["unknown"] == 1
    assert "fd-0000000000000000" in told.err


def test_struck_findings_are_in_no_report(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    with to_change(workspace) as store:
        strike(store, Verdicts(tuple(map(verdict_on, alleged(store)[:2]))))
        count_again(store)
    with open_latest(workspace) as connection:
        row = report(connection, "platforms", Filter(platform="星蓝贷")).rows[0]
    assert row["alleged_own_stories"] == 4
