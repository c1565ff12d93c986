"""The index beside each archive file: every record once, in order, also after a kill."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

from crawl_server import workspace_in
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveWriter, Exchange
from crawler.cdxj import complete, entries, index_path, sort_key, unsorted_path
from crawler.workspace import Workspace

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n"


def exchange(url: str, body: bytes = b"x" * 500) -> Exchange:
    return Exchange(url, AT, b"GET / HTTP/1.1\r\n", HEAD, body)


def written(workspace: Workspace) -> Path:
    with ArchiveWriter(workspace, "s", "run-1") as writer:
        first = writer.response(exchange("http://www.example.com/b"))
        writer.revisit(exchange("http://www.example.com/b"), first)
        writer.response(exchange("http://example.com/a"))
    return workspace.root / first.warc_file


def rows(path: Path) -> list[tuple[str, str, dict[str, str]]]:
    lines = index_path(path).read_text(encoding="utf-8").splitlines()
    return [(key, stamp, json.loads(said)) for key, stamp, said in (line.split(" ", 2) for line in lines)]


def test_every_record_is_named_once_and_found_at_its_place(tmp_path: Path) -> None:
    path = written(workspace_in(tmp_path))
    found = rows(path)
    assert [key for key, _, _ in found] == ["com,example)/a", "com,example)/b", "com,example)/b"]
    assert sorted(said["mime"] for _, _, said in found) == ["text/html", "text/html", "warc/revisit"]
    raw = path.read_bytes()
    for _, stamp, said in found:
        assert stamp == "20260102030405" and said["status"] == "200" and said["filename"] == path.name
        member = raw[int(said["offset"]) :][: int(said["length"])]
        assert said["url"].encode() in gzip.decompress(member)  # one whole member, no more
    assert not unsorted_path(path).exists()
    assert index_path(path).read_text().splitlines() == sorted(index_path(path).read_text().splitlines())


def test_the_index_of_a_killed_run_is_made_from_the_file(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path)
    whole, cut = written(workspace), written(workspace)
    index_path(cut).unlink()
    unsorted_path(cut).write_text("half a li", encoding="utf-8")
    with cut.open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n")[:-6])
    complete(cut.parent, "run-1")
    told = [{**said, "filename": ""} for _, _, said in rows(cut)]
    assert [(s["url"], s["mime"], s["digest"]) for s in told] == [
        (s["url"], s["mime"], s["digest"]) for _, _, s in rows(whole)
    ]
    assert not unsorted_path(cut).exists()


def test_what_is_read_back_is_what_standard_tools_read(tmp_path: Path) -> None:
    path = written(workspace_in(tmp_path))
    with path.open("rb") as file:
        read = [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type in ("response", "revisit")
        ]
    assert [entry.url for entry in entries(path)] == read


def test_keys_put_a_sites_pages_together() -> None:
    assert sort_key("http://127.0.0.1:8080/A") == "127.0.0.1:8080)/a"
    assert sort_key("urn:yuqi:imported:一 二.txt") == "urn:yuqi:imported:一二.txt"
