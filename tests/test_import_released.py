"""An earlier full release read back, and WARC slices: what is cut short or was changed is said."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from crawl_server import workspace_in

from crawler.archive import read_pages
from crawler.definitions import DefinitionError
from crawler.importing import import_paths
from crawler.released import CONTENT_TYPE, parsed
from crawler.shards import reading
from crawler.workspace import Workspace
from pipeline.extract.from_release import EXTRACTOR, extract_released
from pipeline.extract.model import Extracted, Lost

URL = "http://farm.example.com/1.html"
TEXT = "一、怎么办\n先把自己的收入和支出列成一张表。\n再联系平台协商。"
ROW = {
    "article_id": "a-0000000000000001", "url": URL, "sourced": True, "fetched_at": "2024-05-01T00:00:00Z",
    "title": "逾期怎么办", "text": TEXT, "confidence": 0.9, "published_at": "2024-04-30T16:00:00Z",
}  # fmt: skip
SECTION = {"article_id": ROW["article_id"], "heading": "怎么办", "level": 2, "char_start": 0}


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "w")


def release(folder: Path, row: dict[str, object]) -> Path:
    (folder / "jsonl").mkdir(parents=True)
    (folder / "provenance.json").write_text("{}", encoding="utf-8")
    for name, said in (("articles", row), ("sections", SECTION)):
        (folder / "jsonl" / f"{name}.jsonl").write_text(json.dumps(said) + "\n", encoding="utf-8")
    files = sorted((folder / "jsonl").iterdir())
    sums = "".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()}  jsonl/{f.name}\n" for f in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return folder


def test_a_full_release_gives_its_articles_marked_as_such(place: Workspace, tmp_path: Path) -> None:
    folder = release(tmp_path / "1.0.0", ROW)
    assert import_paths(place, {}, [folder]).pages == 1
    assert import_paths(place, {}, [folder]).unchanged == 1
    with reading(place) as held:
        (page,) = read_pages(place.root, list(held.fetches()))
    assert (page.url, page.site_id, page.content_type) == (URL, "farm.example.com", CONTENT_TYPE)
    found = extract_released(page.payload)
    assert isinstance(found, Extracted)
    assert (found.extractor, found.title, found.published) == (EXTRACTOR, "逾期怎么办", ROW["published_at"])
    assert [(line.kind, line.level) for line in found.lines] == [("heading", 2), *[("paragraph", 0)] * 2]
    assert "\n".join(line.text for line in found.lines) == TEXT


@pytest.mark.parametrize("damage", ["changed", "open", "withdrawn", "broken"])
def test_a_release_without_texts_or_with_others_is_refused(
    place: Workspace, tmp_path: Path, damage: str
) -> None:
    row = dict(ROW)
    if damage in {"open", "broken"}:
        del row["text" if damage == "open" else "url"]
    folder = release(tmp_path / "1.0.0", row)
    articles = folder / "jsonl" / "articles.jsonl"
    if damage == "changed":
        articles.write_text(json.dumps(ROW | {"text": "别的话"}), encoding="utf-8")
    if damage == "withdrawn":
        articles.unlink()
    with pytest.raises(DefinitionError, match=r"1\.0\.0"):
        import_paths(place, {}, [folder])


@pytest.mark.parametrize("line", [
    b"5", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, json.dumps(ROW | {"url": "file:///etc/passwd"}).encode(),
    json.dumps(ROW | {"url": None}).encode(), json.dumps(ROW | {"text": None}).encode(),
    json.dumps(ROW | {"text": "\ud800"}).encode(),
    json.dumps(ROW | {"fetched_at": "0001-01-01T00:00:00+23:59"}).encode(),
])  # fmt: skip
def test_a_hostile_line_of_a_release_is_named(place: Workspace, tmp_path: Path, line: bytes) -> None:
    folder = release(tmp_path / "1.0.0", ROW)
    articles = folder / "jsonl" / "articles.jsonl"
    articles.write_bytes(articles.read_bytes() + line)
    sums = folder / "SHA256SUMS"
    digest = hashlib.sha256(articles.read_bytes()).hexdigest()
    sums.write_text(f"{digest}  jsonl/articles.jsonl\n{sums.read_text().splitlines()[1]}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"articles\.jsonl: line 2"):
        import_paths(place, {}, [folder])


@pytest.mark.parametrize("payload", [b"", b"[]\n\n", b"\xff\n\nx", b"no json\n\nx"])
def test_a_payload_that_only_says_that_it_is_one_is_no_article(payload: bytes) -> None:
    assert isinstance(extract_released(payload), Lost)


def test_levels_stand_where_lines_begin() -> None:
    assert parsed(b'{"levels": {"2": 3}}\n\na\nb')[1] == [(0, "a"), (3, "b")]


@pytest.mark.parametrize("name", ["slice.warc.gz", "slice.gz", "slice"])
def test_a_slice_of_common_crawl_is_read_under_any_name_and_its_cut_is_said(
    place: Workspace, tmp_path: Path, name: str
) -> None:
    html = "<html><body><p>先把自己的收入和支出列成一张表。".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawl-Content-Encoding: gzip\r\n"
    block = http + b"X-Crawl-Transfer-Encoding: chunked\r\n\r\n" + html
    lines = ["WARC/1.0", "WARC-Type: response", "WARC-Date: 2024-05-06T07:08:09Z", "WARC-Truncated: length"]
    lines += [f"WARC-Target-URI: {URL}", "Content-Type: application/http; msgtype=response"]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode()
    file = tmp_path / name
    file.write_bytes(gzip.compress(head + block + b"\r\n\r\n"))
    summary = import_paths(place, {}, [file])
    assert (summary.pages, summary.cut_short, summary.failed) == (1, 1, True)
    with reading(place) as held:
        (page,) = read_pages(place.root, list(held.fetches()))
    assert page.payload == html
