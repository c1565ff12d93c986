"""`yuqi verify`: what is sound passes, and every kind of tampering is named."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from effort import within

from crawler.importing import import_paths
from crawler.workspace import Workspace, open_workspace
from pipeline.verify import CHECKS, Report, checked_release, checked_release_quotes
from yuqi.building import build_workspace
from yuqi.cli import run
from yuqi.lock import alone

PLAIN = """您好!歡迎訪問逾期頻道!

測試貸逾期后會怎么樣

聯(lián)系方式: 王先生:13800138000 service@example.com

隨著互聯(lián)網(wǎng)的發(fā)展,測試貸的催收問也讓許多借款人困擾,方式包括 催收、短信催收等。
催收人員反覆來電,借款人瞭解情況后要求書面答復,平臺始終沒有給出任何答覆。
一、應(yīng)對措施
1.1 保留證據(jù)
借款人應(yīng)當(dāng)先保留證據(jù),再與平臺協(xié)商還款,不要輕信任何人的承諾,也不要再借新債。
1.2 投訴
如果催收違反規(guī)定,可以撥打12378投訴,或者向當(dāng)?shù)氐慕鹑诒O(jiān)管部門說明情況。
"""
PAGE = """<html><head><meta charset="utf-8"><title>星蓝贷逾期三天的经历 - 逾期频道</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/2">二</a></div>
<div class="article"><h1>星蓝贷逾期三天的经历</h1>
<p>我逾期第三天，星蓝贷就<b>给通讯录里的人</b>打电话，说我欠钱不还，家里人都知道了。</p>
<p>当时联系我的是李经理，电话 138<span>0013</span>8000，他要我当天还清，否则第二天还会再打。</p>
<table><tr><td>本金</td><td>五千元</td></tr><tr><td>利息</td><td>一千二百元</td></tr></table>
<p>后来我按民法典第六百八十条的规定与平台协商，先保留证据，再投诉，事情才慢慢平静下来。</p>
</div></body></html>"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two imported pages, built and released."""
    folder = tmp_path_factory.mktemp("verify")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(PLAIN, encoding="utf-8")
    (pages / "b.html").write_text(PAGE, encoding="utf-8")
    root = folder / "w"
    root.mkdir()
    (root / "yuqi.toml").touch()
    place = open_workspace(root)
    import_paths(place, {}, [pages], None, unsourced=True)
    with alone(place):
        build_workspace(place, workers=1)
    assert run(["release", "--version", "1.0.0", "--unsourced", "--workspace", str(root)]) == 0
    return root


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Workspace:
    """A copy to tamper with."""
    shutil.copytree(sound, tmp_path / "w", symlinks=True)
    return open_workspace(tmp_path / "w")


def verify(
    place: Workspace, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, dict[str, dict[str, object]]]:
    code = run(["verify", *more, "--format", "json", "--workspace", str(place.root)])
    rows = {row["check"]: row for row in json.loads(capsys.readouterr().out)}
    assert code == (1 if any(row["failed"] for row in rows.values()) else 0)
    return code, rows


def failed(rows: dict[str, dict[str, object]]) -> set[str]:
    return {name for name, row in rows.items() if row["failed"]}


def change(place: Workspace, *statements: str) -> None:
    snapshot = place.latest.resolve()
    snapshot.chmod(0o644)
    with duckdb.connect(str(snapshot)) as store:
        for statement in statements:
            store.execute(statement)


def warc(place: Workspace) -> Path:
    (path,) = place.archive.rglob("*.warc.gz")
    return path


def test_a_sound_workspace_passes_every_check(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = verify(place, capsys)
    assert code == 0 and [*rows, "release-quotes"] == list(CHECKS)
    assert rows["archive-records"]["checked"] == 3  # the file's own record and two pages
    assert rows["archive-payloads"]["checked"] == rows["corpus-digests"]["checked"] == 2
    assert rows["quotes"]["checked"] > 2 and rows["quote-lines"]["checked"] > 10  # type: ignore[operator]


def test_a_sample_compares_the_quotes_of_so_many_articles(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    _, whole = verify(place, capsys)
    _, some = verify(place, capsys, "--sample", "1")
    assert 0 < some["quote-lines"]["checked"] < whole["quote-lines"]["checked"]  # type: ignore[operator]
    assert some["corpus-digests"] == whole["corpus-digests"]


def test_every_flipped_byte_of_an_archive_is_found(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = warc(place)
    whole = path.read_bytes()
    for at in range(len(whole) // 8, len(whole), len(whole) // 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        code, rows = verify(place, capsys)
        assert code == 1 and "archive-records" in failed(rows), at
        fault = rows["archive-records"]["faults"][0]  # type: ignore[index]
        assert fault["record"].startswith(f"{path.relative_to(place.root).as_posix()} at ")


def test_a_damaged_record_does_not_hide_those_behind_it(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = warc(place)
    with sqlite3.connect(place.frontier) as frontier:
        (first,) = frontier.execute("SELECT min(warc_offset) FROM fetch").fetchone()
    whole = bytearray(path.read_bytes())
    whole[first + 40] ^= 0xFF
    path.write_bytes(whole)
    _, rows = verify(place, capsys)
    assert rows["archive-fetches"]["checked"] == 2 and rows["archive-fetches"]["failed"] == 1


def test_a_missing_file_is_named_with_every_fetch_in_it(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    warc(place).unlink()
    _, rows = verify(place, capsys)
    assert rows["archive-fetches"]["failed"] == 2
    assert rows["quote-lines"]["failed"] == 2


def test_an_archive_may_lie_on_another_disk(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = place.root.parent / "disk"
    place.archive.rename(elsewhere)
    place.archive.symlink_to(elsewhere)
    code, rows = verify(place, capsys)
    assert code == 0 and rows["archive-records"]["checked"] == 3


def test_a_file_outside_the_workspace_is_not_opened(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(warc(place), place.root.parent / "secret.warc.gz")
    with sqlite3.connect(place.frontier) as frontier:
        frontier.execute("UPDATE fetch SET warc_file = '../secret.warc.gz'")
    assert verify(place, capsys)[1]["archive-fetches"]["failed"] == 2


def test_a_record_cut_off_at_the_end_is_a_fault_only_where_a_fetch_names_it(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = warc(place)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:100])  # a crawl was killed here, before it told anybody
    assert verify(place, capsys)[0] == 0
    path.write_bytes(whole[:-30])
    assert {"archive-records", "archive-fetches"} <= failed(verify(place, capsys)[1])


def test_another_payload_under_right_checksums_is_found(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(place.frontier) as frontier:
        frontier.execute("UPDATE fetch SET payload_sha256 = ?", ("0" * 64,))
    assert "archive-payloads" in failed(verify(place, capsys)[1])


def test_a_fetch_that_points_at_another_record_is_found(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(place.frontier) as frontier:
        frontier.execute("UPDATE fetch SET warc_offset = (SELECT max(warc_offset) FROM fetch)")
    _, rows = verify(place, capsys)
    assert "archive-fetches" in failed(rows)
    assert "another URL" in str(rows["archive-fetches"]["faults"])


def test_a_quote_changed_with_all_that_rests_on_it_is_not_on_the_page(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Field, original and digest agree; only the archive knows better."""
    change(
        place,
        "UPDATE originals SET text = replace(text, '第三天', '第五天')",
        "UPDATE articles SET text = replace(text, '第三天', '第五天')",
        "UPDATE articles SET text_sha256 = sha256(title || chr(10) || text)",
    )
    _, rows = verify(place, capsys)
    assert failed(rows) == {"quote-lines", "quotes"}
    assert "第五天" in str(rows["quotes"]["faults"])


@pytest.mark.parametrize(
    ("statement", "checks"),
    [
        (
            "UPDATE articles SET text = replace(text, '第三天', '第五天')",
            {"corpus-digests", "corpus-originals"},
        ),
        ("UPDATE originals SET text = text || '了'", {"corpus-originals", "quote-lines"}),
        ("DELETE FROM originals WHERE field = 'title'", {"corpus-originals"}),
        ("UPDATE practices SET char_start = char_start + 1", {"corpus-spans", "corpus-promises"}),
        ("UPDATE practices SET char_end = -5", {"corpus-spans"}),
        ("UPDATE stories SET n_articles = n_articles + 1", {"corpus-counts"}),
        ("UPDATE articles SET payload_sha256 = repeat('a', 64)", {"corpus-digests"}),
        ("DELETE FROM pages", {"corpus-promises"}),
        ("DELETE FROM edits", {"corpus-originals"}),
        ("UPDATE fetches SET warc_file = '../../secret'", {"quote-lines"}),
    ],
)
def test_a_changed_corpus_is_found(
    statement: str, checks: set[str], place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    change(place, statement)
    assert checks <= failed(verify(place, capsys)[1])


def test_people_are_told_what_failed_on_which_record(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    change(place, "UPDATE articles SET text = replace(text, '第三天', chr(27) || '[2J')")
    assert run(["verify", "--workspace", str(place.root)]) == 1
    told = capsys.readouterr().out
    assert "✗ corpus-originals: a-" in told and "\x1b" not in told


def test_a_workspace_without_a_build_has_its_archive_checked(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    place.latest.unlink()
    shutil.rmtree(place.releases)
    _, rows = verify(place, capsys)
    assert set(rows) == {"archive-records", "archive-fetches", "archive-payloads"}


def release_faults(folder: Path) -> dict[str, str | None]:
    return {one.record: one.wrong for one in checked_release(folder) if one.wrong}


def test_a_release_is_checked_by_folder_or_version_alone(
    place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = {"release-files", "release-schema", "release-forms", "release-keys", "release-spans"}
    assert set(verify(place, capsys, "1.0.0")[1]) == {*alone, "release-quotes"}
    folder = place.releases / "1.0.0"
    assert run(["verify", str(folder), "--workspace", str(tmp_path / "nowhere")]) == 0
    assert run(["verify", "../1.0.0", "--workspace", str(place.root)]) == 2
    assert run(["verify", "9.9.9", "--workspace", str(place.root)]) == 2
    capsys.readouterr()


def test_a_releases_quote_that_the_page_never_said_is_found(place: Workspace) -> None:
    folder = place.releases / "1.0.0"
    assert not [one for one in checked_release_quotes(folder, place.root) if one.wrong]
    path = folder / "parquet" / "practices.parquet"
    held = pq.read_table(path)
    told = [row | {"quote": "查" * len(row["quote"])} for row in held.to_pylist()]
    pq.write_table(pa.Table.from_pylist(told, held.schema), path)
    found = list(checked_release_quotes(folder, place.root))
    assert found and all(one.wrong for one in found)


def test_a_release_names_what_was_changed_added_and_lost(place: Workspace) -> None:
    folder = place.releases / "1.0.0"
    assert release_faults(folder) == {}
    (folder / "csv" / "articles.csv").write_text("other", encoding="utf-8")
    (folder / "jsonl" / "laws.jsonl").unlink()
    (folder / "added.txt").touch()
    assert set(release_faults(folder)) == {"csv/articles.csv", "jsonl/laws.jsonl", "added.txt"}


def test_a_list_of_checksums_opens_nothing_outside_its_release(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret")
    names = ("../secret", str(tmp_path / "secret"), "link")
    lines = [f"{'0' * 64}  {name}" for name in names] + ["nonsense", "\x00  \x00"]
    (folder / "SHA256SUMS").write_text("\n".join(lines), encoding="utf-8")
    faults = release_faults(folder)
    assert {faults[name] for name in names} == {"lies outside the release"}
    assert len(faults) == 5
    assert set(release_faults(tmp_path)) == {str(tmp_path / "SHA256SUMS")}


@pytest.mark.parametrize(
    "block",
    [
        b"WARC/1.1\r\nContent-Length: 3000000000\r\n\r\n" + bytes(1 << 20),
        b"WARC/1.1\r\nContent-Length: 10\r\n\r\n" + bytes(200 << 20),
        b"x" * (64 << 20),
        b"WARC/1.1\r\nContent-Length: \xd9\xa3\r\n\r\nabc\r\n\r\n",
        b"",
    ],
    ids=["length", "bomb", "no-head", "digits", "empty"],
)
def test_a_hostile_record_is_a_fault_and_takes_no_time(
    block: bytes, place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.archive / "evil.warc.gz").write_bytes(gzip.compress(block, 1) + b"rest")
    with within(10):
        assert failed(verify(place, capsys)[1]) == {"archive-records"}


def test_a_report_holds_a_hundred_faults_and_counts_all() -> None:
    report = Report()
    report.add(
        release for n in range(300) for release in [next(iter(checked_release(Path(f"/nowhere/{n}"))))]
    )
    assert report.failed["release-files"] == 300 and len(report.faults["release-files"]) == 100
