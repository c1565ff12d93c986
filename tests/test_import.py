"""Pages from elsewhere: folders, WARC and WACZ files, good and damaged."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import article, workspace_in

from crawler.archive import read_pages
from crawler.archive_writer import ArchiveWriter, Exchange, Rendered
from crawler.frontier import Frontier
from crawler.importing import ImportSummary, import_paths
from crawler.page import Fetch, KnownPage, Page
from crawler.sites import Site
from crawler.workspace import FailedError, Workspace

SITES = {"farm": Site("farm", start=("http://a.example.com/",))}
SAVED_AT = 1_700_000_000


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "w")


def bring(
    workspace: Workspace, *paths: Path, site_id: str | None = None, unsourced: bool = False
) -> ImportSummary:
    return import_paths(workspace, SITES, paths, site_id, unsourced)


def state(workspace: Workspace) -> tuple[dict[str, KnownPage], list[Fetch], list[Page]]:
    with Frontier(workspace) as frontier:
        known, fetches = {page.url: page for page in frontier.pages()}, list(frontier.fetches())
    unsourced = {url for url, page in known.items() if not page.sourced}
    return known, fetches, list(read_pages(workspace.root, fetches, unsourced))


def save(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (SAVED_AT, SAVED_AT))
    return path


def warc(path: Path, pages: Sequence[tuple[str, bytes, dict[str, str]]]) -> Path:
    """Written by hand, as other programs write it: one gzip member a record."""
    members = [_member("warcinfo", "", b"software: test\r\n")]
    for url, body, headers in pages:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        members.append(_member("response", url, f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body))
    path.write_bytes(b"".join(members))
    return path


def test_a_page_as_a_browser_showed_it_comes_after_what_it_was_made_of(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Of our own archives of rendered sites; the plain text that other crawls make of pages is left."""
    shell, shown, url = b"<div id=app></div>", article(1).encode(), "http://a.example.com/1.html"
    at = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    with ArchiveWriter(workspace_in(tmp_path / "other"), "farm", "run") as writer:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        record = writer.response(Exchange(url, at, b"", head, shell))
        writer.conversion(record, Rendered(url, at, "text/html; charset=utf-8", shown))
        writer.conversion(record, Rendered(url, at, "text/plain", b"mere text"))
    for _ in range(2):  # again changes nothing
        bring(workspace, tmp_path / "other" / "archive")
    known, fetches, pages = state(workspace)
    assert [page.payload for page in pages] == [shell, shown]
    assert known[url].state == "live" and [fetch.outcome for fetch in fetches] == ["new", "changed"]


def _member(
    kind: str,
    url: str,
    block: bytes,
    date: str = "2024-05-06T07:08:09Z",
    length: int | None = None,
    digest: str = "",
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
    ]
    lines += [f"WARC-Date: {date}", f"WARC-Target-URI: {url}", "Content-Type: application/http"]
    lines += [f"WARC-Payload-Digest: {digest}"] if digest else []
    lines += [f"Content-Length: {len(block) if length is None else length}", "", ""]
    return gzip.compress("\r\n".join(lines).encode() + block + b"\r\n\r\n")


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_saved_page_says_its_own_address_else_gets_a_name(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    save(folder / "a.html", '<link rel="canonical" href="http://a.example.com/1.html#top"><p>文</p>')
    save(folder / "deep/b.htm", '<meta property="og:url" content="https://b.example.com/2.html"><p>文</p>')
    save(folder / "c.html", '<link rel="canonical" href="javascript:alert(1)"><p>文</p>')
    save(folder / "deep/页 面.txt", "第一行\n第二行")
    save(folder / "show.php", "<!DOCTYPE html><p>文</p>")
    save(folder / "noise.html", bytes(range(256)) * 20)
    save(folder / "photo.jpg", b"\xff\xd8\xff")
    save(folder / ".hidden.html", "<p>文</p>")
    summary = bring(workspace, folder)
    assert (summary.pages, summary.skipped, summary.partial) == (6, 1, False)
    known, fetches, pages = state(workspace)
    assert {url: page.sourced for url, page in known.items()} == {
        "http://a.example.com/1.html": True,
        "https://b.example.com/2.html": True,
        "urn:yuqi:imported:c.html": False,
        "urn:yuqi:imported:deep/页%20面.txt": False,
        "urn:yuqi:imported:show.php": False,
        "urn:yuqi:imported:noise.html": False,
    }
    assert {page.site_id for page in pages} == {"imported"}
    assert {page.content_type for page in pages} == {"text/html", "text/plain"}
    assert {fetch.fetched_at for fetch in fetches} == {datetime.fromtimestamp(SAVED_AT, UTC)}
    assert {fetch.outcome for fetch in fetches} == {"new"}


def test_importing_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    for number in range(3):
        save(folder / f"{number}.html", article(number))
    assert bring(workspace, folder).pages == 3
    before, archived = state(workspace), sorted(workspace.archive.rglob("*"))
    summary = bring(workspace, folder)
    assert (summary.pages, summary.unchanged) == (0, 3)
    assert state(workspace) == before and sorted(workspace.archive.rglob("*")) == archived
    save(folder / "1.html", article(7))
    assert bring(workspace, folder).pages == 1
    assert [fetch.outcome for fetch in state(workspace)[1]] == ["new", "new", "new", "changed"]


def test_unsourced_pages_keep_their_address_and_are_marked(workspace: Workspace, tmp_path: Path) -> None:
    file = save(tmp_path / "a.html", '<link rel="canonical" href="http://a.example.com/1.html"><p>文</p>')
    bring(workspace, file, site_id="gift", unsourced=True)
    known, _, pages = state(workspace)
    assert not known["http://a.example.com/1.html"].sourced
    assert [(page.site_id, page.sourced) for page in pages] == [("gift", False)]


def test_a_copy_without_a_source_never_stands_beside_a_page_with_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = '<link rel="canonical" href="http://a.example.com/1.html">'
    true, doubtful = save(tmp_path / "t.html", head + "真"), save(tmp_path / "d.html", head + "伪")
    bring(workspace, doubtful, unsourced=True)
    bring(workspace, true)
    known, fetches, _ = state(workspace)
    assert known["http://a.example.com/1.html"].sourced
    assert [fetch.outcome for fetch in fetches] == ["skipped", "new"]
    save(doubtful, head + "又伪")
    assert bring(workspace, doubtful, unsourced=True).drops == {"known-with-source": 1}
    assert len(state(workspace)[1]) == 2


def test_records_of_a_warc_file_belong_to_the_site_of_their_host(
    workspace: Workspace, tmp_path: Path
) -> None:
    chunked = b"5\r\n<p>ab\r\n4\r\nc</p\r\n1\r\n>\r\n0\r\n\r\n"
    path = warc(
        tmp_path / "x.warc.gz",
        [
            ("http://a.example.com/1.html", article(1).encode(), HTML),
            ("http://other.example.com:8080/2.html", gzip.compress(article(2).encode()),
             {**HTML, "Content-Encoding": "gzip"}),
            ("http://a.example.com/3.html", chunked, {**HTML, "Transfer-Encoding": "chunked"}),
            ("http://a.example.com/4.jpg", b"\xff\xd8", {"Content-Type": "image/jpeg"}),
            ("http://a.example.com/robots.txt", b"User-agent: *", {"Content-Type": "text/plain"}),
            ("http://../../x", b"<p>", HTML),
        ],
    )  # fmt: skip
    summary = bring(workspace, path)
    assert (summary.pages, summary.skipped) == (3, 3)
    _, fetches, pages = state(workspace)
    assert [(page.site_id, page.payload) for page in pages] == [
        ("farm", article(1).encode()),
        ("other.example.com-8080", article(2).encode()),
        ("farm", b"<p>abc</p>"),
    ]
    assert {fetch.fetched_at for fetch in fetches} == {datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)}
    assert bring(workspace, path).unchanged == 3


def revisit(url: str, digest: str) -> bytes:
    """Only the answer's head: its payload was written with another record."""
    return _member("revisit", url, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", digest=digest)


def test_a_page_whose_payload_stands_with_another_page_is_taken_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + article(1).encode()
    original = _member("response", "http://a.example.com/1.html", block, digest="sha1:ONE")
    again = [revisit(f"http://{host}.example.com/1.html", "sha1:ONE") for host in ("a", "b")]
    path = save(tmp_path / "x.warc.gz", original + b"".join(again))
    summary = bring(workspace, path)
    assert (summary.pages, summary.unchanged, summary.skipped, summary.drops) == (2, 1, 0, {})
    _, _, pages = state(workspace)
    assert {page.url: page.payload for page in pages} == {
        f"http://{host}.example.com/1.html": article(1).encode() for host in ("a", "b")
    }
    assert bring(workspace, path).unchanged == 3


def test_a_revisit_whose_payload_is_nowhere_is_a_loss_that_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = save(tmp_path / "x.warc.gz", revisit("http://a.example.com/1.html", "sha1:TWO"))
    summary = bring(workspace, path)
    assert (summary.drops, summary.partial) == ({"payload-elsewhere": 1}, True)
    assert state(workspace)[0]["http://a.example.com/1.html"].loss == "payload-elsewhere"


def test_a_wacz_file_is_a_zip_of_warc_files(workspace: Workspace, tmp_path: Path) -> None:
    inner = warc(tmp_path / "data.warc.gz", [("http://a.example.com/1.html", article(1).encode(), HTML)])
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as archive:
        archive.write(inner, "archive/data.warc.gz")
        archive.writestr("datapackage.json", "{}")
    assert bring(workspace, tmp_path / "x.wacz").pages == 1
    save(tmp_path / "bad.wacz", b"no zip at all")
    assert bring(workspace, tmp_path / "bad.wacz").drops == {"truncated-warc": 1}


@pytest.mark.parametrize("cut", [1, 12, 150, 400])
def test_a_truncated_warc_gives_its_whole_records_and_a_loss(
    workspace: Workspace, tmp_path: Path, cut: int
) -> None:
    urls = [(f"http://a.example.com/{n}.html", os.urandom(900).hex().encode(), HTML) for n in range(3)]
    path = warc(tmp_path / "x.warc.gz", urls)
    path.write_bytes(path.read_bytes()[:-cut])
    summary = bring(workspace, path)
    assert summary.partial and summary.drops == {"truncated-warc": 1}
    assert summary.pages in (2, 3)
    known, _, pages = state(workspace)
    assert known["urn:yuqi:import:x.warc.gz"].loss == "truncated-warc"
    assert not known["urn:yuqi:import:x.warc.gz"].sourced
    assert [page.payload for page in pages] == [body for _, body, _ in urls][: summary.pages]


def test_an_uncut_warc_is_whole_also_when_it_is_not_compressed(workspace: Workspace, tmp_path: Path) -> None:
    packed = warc(tmp_path / "x.warc.gz", [("http://a.example.com/1.html", article(1).encode(), HTML)])
    plain = tmp_path / "y.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    assert not bring(workspace, packed).partial
    assert not bring(workspace, plain).partial
    plain.write_bytes(plain.read_bytes()[:-20])
    assert bring(workspace, plain).partial


def test_garbage_named_warc_is_a_loss(workspace: Workspace, tmp_path: Path) -> None:
    summary = bring(workspace, save(tmp_path / "x.warc.gz", os.urandom(5000)))
    assert summary.partial and summary.pages == 0


def test_nothing_to_import_is_said(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FailedError, match="nothing to import"):
        bring(workspace, tmp_path / "empty")
    with pytest.raises(FailedError, match="no such file"):
        bring(workspace, tmp_path / "missing")


def test_links_out_of_the_folder_and_pipes_are_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    secret = save(tmp_path / "secret.html", article(1))
    folder = tmp_path / "saved"
    save(folder / "a.html", article(2))
    (folder / "link.html").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.html")
    assert bring(workspace, folder).pages == 1


def test_what_is_taken_down_is_not_imported(workspace: Workspace, tmp_path: Path) -> None:
    workspace.takedowns.write_text('[[takedown]]\npattern = "/1\\\\.html"\n', encoding="utf-8")
    path = warc(tmp_path / "x.warc.gz", [("http://a.example.com/1.html", article(1).encode(), HTML)])
    assert bring(workspace, path).drops == {"taken-down": 1}
    assert state(workspace) == ({}, [], [])
    assert not list(workspace.archive.rglob("*.gz"))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2024-05-01", datetime(2024, 5, 1, tzinfo=UTC)),
        ("2024-05-06T07:08:09.5+08:00", datetime(2024, 5, 5, 23, 8, 9, 500_000, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime.fromtimestamp(SAVED_AT, UTC)),
        ("0001-01-01T00:00:00+14:00", datetime.fromtimestamp(SAVED_AT, UTC)),
        ("yesterday", datetime.fromtimestamp(SAVED_AT, UTC)),
    ],
)
def test_a_date_that_cannot_be_is_the_files_own_and_costs_no_record(
    workspace: Workspace, tmp_path: Path, said: str, kept: datetime
) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article(1).encode()
    member = _member("response", "http://a.example.com/1.html", block, date=said)
    assert bring(workspace, save(tmp_path / "x.warc.gz", member)).pages == 1
    assert [fetch.fetched_at for fetch in state(workspace)[1]] == [kept]


def test_a_record_that_claims_more_than_it_holds_is_a_loss_that_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article(1).encode()
    false = _member("response", "http://a.example.com/2.html", block, length=99_999_999)
    path = warc(tmp_path / "x.warc.gz", [("http://a.example.com/1.html", article(1).encode(), HTML)])
    path.write_bytes(path.read_bytes() + false + _member("response", "http://a.example.com/3.html", block))
    summary = bring(workspace, path)
    assert summary.pages >= 1 and summary.partial and summary.drops["truncated-warc"] >= 1


def test_a_bomb_is_a_page_with_its_fate_until_a_readable_copy_comes(
    workspace: Workspace, tmp_path: Path
) -> None:
    url = "http://a.example.com/bomb.html"
    bomb = gzip.compress(bytes(200_000_000))
    path = warc(tmp_path / "x.warc.gz", [(url, bomb, HTML | {"Content-Encoding": "gzip"})])
    assert bring(workspace, path).drops == {"too-large": 1}
    assert state(workspace)[0][url].loss == "too-large"
    bring(workspace, warc(tmp_path / "y.warc.gz", [(url, article(1).encode(), HTML)]))
    assert state(workspace)[0][url].loss is None
