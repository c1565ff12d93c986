"""An exact phrase, in either script: what a scan finds, no more and no less."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_corpus import default_articles, make_corpus, publish_told
from invented_rows import AT, Told

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace
from pipeline.search.find import Found, Window, search
from pipeline.search.grams import pairs, phrases
from pipeline.search.index import index_folder, opened
from pipeline.store.reader import latest_file, open_latest, open_snapshot
from pipeline.store.reports import Filter
from pipeline.store.snapshot import remove_halves
from yuqi.cli import run

LINES = (
    "她说35天上门催收，APP上写着12378。\n第二天，又打来3通电话。",
    "“你不还？”对方问；我说：3,000元还不起（真的）！",
    "某平台　全角空格 半角空格\u00a0不换行空格。",
    "𠮷野家门口🙂有人催收，催收，催收。",
    "逾期",
)


def told(number: int, text: str, title: str = "星蓝贷逾期") -> Told:
    return Told(
        f"http://site{number}.example.com/{number}", f"site{number}", title, text, f"s-{number:012x}", None,
        "xinglan-dai",
    )  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    articles = [*default_articles(), *(told(n + 20, text) for n, text in enumerate(LINES))]
    return make_corpus(tmp_path_factory.mktemp("corpus"), articles)


@pytest.fixture(scope="module")
def texts(workspace: Workspace) -> list[tuple[str, str, str]]:
    with open_latest(workspace) as connection:
        return connection.execute("SELECT url, title, text FROM articles WHERE is_current").fetchall()


def test_a_corpus_is_indexed_some_texts_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.search.index.SLICE", 2)
    place = make_corpus(
        tmp_path, [*default_articles(), *(told(n + 20, text) for n, text in enumerate(LINES))]
    )
    index = opened(index_folder(latest_file(place)))
    with open_latest(place) as connection:
        ((current,),) = connection.execute("SELECT count(*) FROM articles WHERE is_current").fetchall()
    assert index is not None
    assert index.searcher().num_docs == current > 2
    assert "http://site24.example.com/24" in urls(place, "逾期")


def found(workspace: Workspace, query: str, chosen: Filter | None = None) -> Found:
    snapshot = latest_file(workspace)
    with open_snapshot(snapshot) as connection:
        return search(connection, snapshot, query, chosen)


def urls(workspace: Workspace, query: str) -> set[str]:
    return {row["url"] for row in found(workspace, query).rows}


def scanned(texts: list[tuple[str, str, str]], query: str) -> set[str]:
    return {url for url, title, text in texts if any(p in title or p in text for p in phrases(query))}


@pytest.mark.parametrize(
    "query",
    ["催收", "天上", "35天上门催收", "12378", "3", "APP上", "P上", "，", "？”", "：3,000元", "（真的）！",
     "角　", "格 半", "格\u00a0不", "𠮷野", "🙂有", "催收，催收", "逾期", "nope", "催收催收", "星蓝贷逾期0",
     "天会怎", "上门催收，A"],
)  # fmt: skip
def test_a_search_is_a_scan(query: str, workspace: Workspace, texts: list[tuple[str, str, str]]) -> None:
    if query.strip():
        assert urls(workspace, query) == scanned(texts, query.strip())


def test_fifty_pieces_of_texts_are_found_where_they_stand(
    workspace: Workspace, texts: list[tuple[str, str, str]]
) -> None:
    pieces = [text[at : at + size] for _, _, text in texts for at in (0, 3, 9) for size in (2, 5)]
    assert len(pieces) > 50
    for piece in pieces:
        if piece.strip() == piece and piece:
            assert urls(workspace, piece) == scanned(texts, piece)


@settings(max_examples=25)
@given(
    query=st.text(st.sampled_from("催收天上门35，。？” \u3000\n*\"':()[]^~AND\\贷\0"), min_size=1, max_size=6)
)
def test_no_query_is_an_operator(query: str, workspace: Workspace, texts: list[tuple[str, str, str]]) -> None:
    if query.strip():
        assert scanned(texts, query.strip()) <= urls(workspace, query)


def test_either_script_and_width_finds_our_text(workspace: Workspace) -> None:
    assert urls(workspace, "３５天上門催收") == urls(workspace, "35天上门催收") != set()
    assert urls(workspace, "上门催收,") == urls(workspace, "上门催收，") != set()


def test_nothing_and_too_much_are_wrong_usage(workspace: Workspace) -> None:
    for query in ("", "  ", "逾" * 201, "\ud800"):
        with pytest.raises(DefinitionError):
            found(workspace, query)


def test_matches_count_at_five_levels_and_unsourced_in_no_site(workspace: Workspace) -> None:
    counts = found(workspace, "保留证据").counts
    assert (counts.pages, counts.stories, counts.templates, counts.sites, counts.operators) == (9, 9, 8, 4, 3)


def test_one_text_of_each_story_comes_first(tmp_path: Path) -> None:
    articles = [replace(told(n, "催收。"), story=f"s-{n // 2:012x}") for n in range(4)]
    rows = found(make_corpus(tmp_path, articles), "催收").rows
    assert [row["story_id"][-1] for row in rows] == ["0", "1", "0", "1"]


def test_filters_narrow_what_is_found(workspace: Workspace) -> None:
    assert found(workspace, "保留证据", Filter(site="site0")).counts.pages == 3
    assert found(workspace, "保留证据", Filter(platform="麦屿金融")).counts.pages == 1
    assert found(workspace, "保留证据", Filter(state="gone")).counts.pages == 1


def test_a_snippet_is_a_slice_around_the_first_place(workspace: Workspace) -> None:
    for row in found(workspace, "催收").rows:
        assert "催收" in row["snippet"]
        assert row["char_end"] - row["char_start"] == 2
    (row,) = found(workspace, "天会怎样", Filter(site="site3")).rows
    assert row["field"] == "title"


def test_the_command_prints_every_match_with_its_columns(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["search", "保留证据", "--workspace", str(workspace.root)]
    assert run([*asked, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 9
    assert list(rows[0])[:5] == ["article_id", "url", "title", "snippet", "story_id"]
    assert run([*asked, "--limit", "2", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "9 pages, 9 stories" in said
    assert "2 of 9 rows shown" in said


def test_without_an_index_texts_are_scanned_with_the_same_result(
    workspace: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(workspace.root, tmp_path / "w", symlinks=True)
    copied = Workspace(tmp_path / "w")
    shutil.rmtree(index_folder(copied.latest.resolve()))
    for query in ("催收", "，", "35天上門", "nope"):
        assert urls(copied, query) == urls(workspace, query)


def inodes(snapshot: Path) -> set[int]:
    """Of the files that hold postings; lists of files are written anew."""
    return {f.stat().st_ino for f in index_folder(snapshot).iterdir() if f.suffix not in {".json", ""}}


def test_an_index_grows_by_what_is_new(tmp_path: Path) -> None:
    first = [told(n, text) for n, text in enumerate(LINES)]
    place = make_corpus(tmp_path, first)
    before = inodes(place.latest.resolve())
    old, new = replace(first[0], more={"is_current": False}), told(9, "新来的催收。")
    after = publish_told(place, [old, *first[1:], new], "20240503T000000Z")
    assert before & inodes(after), "the segments of before are taken over"
    assert urls(place, "新来") == {new.url}
    assert urls(place, "12378") == set(), "an older version is no match"


@pytest.mark.parametrize("change", ["gone", "rewritten"])
def test_words_that_left_the_store_are_in_no_file_of_the_index(change: str, tmp_path: Path) -> None:
    secret = told(7, "从未有过的词儿：龘靐。")
    place = make_corpus(tmp_path, [told(0, LINES[0]), secret])
    before = inodes(place.latest.resolve())
    kept = [] if change == "gone" else [replace(secret, text="词儿没了。", more={"text_sha256": "a" * 64})]
    after = publish_told(place, [told(0, LINES[0]), *kept], "20240503T000000Z")
    assert not before & inodes(after), "deleting from an index leaves words in its files"
    assert urls(place, "龘靐") == set()


def test_a_takedown_takes_its_words_out_of_the_index_at_once(tmp_path: Path) -> None:
    secret = told(7, "从未有过的词儿：龘靐。")
    place = make_corpus(tmp_path, [told(0, LINES[0]), secret])
    assert urls(place, "龘靐") == {secret.url}
    place.takedowns.write_text(f'[[takedown]]\nurl = "{secret.url}"\n', encoding="utf-8")
    assert urls(place, "龘靐") == set()
    assert urls(place, "催收") == {told(0, LINES[0]).url}
    assert not index_folder(place.latest.resolve()).exists()


def test_an_index_of_another_format_is_none(tmp_path: Path) -> None:
    place = make_corpus(tmp_path)
    folder = index_folder(place.latest.resolve())
    (folder / "format").write_text("words-0", encoding="utf-8")
    assert opened(folder) is None
    assert found(place, "保留证据").counts.pages == 9


def test_an_index_without_its_snapshot_is_swept_away(tmp_path: Path) -> None:
    place = make_corpus(tmp_path)
    (place.snapshots / "20200101T000000Z.search").mkdir()
    (place.snapshots / ".20200101T000000Z.search.1").mkdir()
    remove_halves(place)
    assert {path.name for path in place.snapshots.glob("*.search")} == {
        index_folder(place.latest.resolve()).name
    }
    assert not list(place.snapshots.glob(".2*"))


@given(st.text())
def test_pairs_hold_no_white_space_and_lose_nothing(text: str) -> None:
    made = pairs(text)
    assert len(made) == max(0, len(text) - 1)
    assert not any(char.isspace() and char not in "\x1c\x1d\x1e\x1f" for pair in made for char in pair)


def test_moments_are_told(workspace: Workspace) -> None:
    assert found(workspace, "35天").rows[0]["fetched_at"] == AT


def test_a_window_moves_over_the_same_order(workspace: Workspace) -> None:
    snapshot = latest_file(workspace)
    with open_latest(workspace) as connection:
        whole = [row["url"] for row in search(connection, snapshot, "保留证据").rows]
        pages = [search(connection, snapshot, "保留证据", window=Window(4, at)).rows for at in (0, 4, 8)]
    assert [row["url"] for page in pages for row in page] == whole
