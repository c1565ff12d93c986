"""A damaged stretch of an archive costs the records that lie in it, and no other."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from crawler.captures import Capture, Left, captures
from crawler.warc_gaps import MAX_TRIES

RECORDS = 5


def record(n: int, length: int | None = None, seed: int = 0) -> bytes:
    page = f"<html><p>{Random(f'{seed} {n}').randbytes(900).hex()}</p></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        f"WARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Target-URI: http://a.example.com/{n}.html\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def members(seed: int = 0) -> list[bytes]:
    return [gzip.compress(record(n, seed=seed)) for n in range(RECORDS)]


def overwritten(held: list[bytes], member: int, place: int, said: bytes) -> bytes:
    """Written over the bytes from a place of a member on, into the next where they reach so far."""
    at = sum(map(len, held[:member])) + place % len(held[member])
    whole = b"".join(held)
    return whole[:at] + said + whole[at + len(said) :]


def pages(found: list[Capture | Left]) -> list[int]:
    return [int((one.url or "")[-6:-5]) for one in found if isinstance(one, Capture)]


def losses(found: list[Capture | Left]) -> list[str]:
    return [one.path for one in found if isinstance(one, Left) and one.reason == "truncated-warc"]


def twice(held: list[bytes]) -> bytes:
    return overwritten([overwritten(held, 1, 300, bytes(9))], 0, sum(map(len, held[:4])) - 300, bytes(9))


DAMAGE: dict[str, tuple[Callable[[list[bytes]], bytes], list[int]]] = {
    "flipped bytes": (lambda held: overwritten(held, 1, 400, b"\xff" * 12), [0, 2, 3, 4]),
    "a lost sector over two records": (lambda held: overwritten(held, 1, -200, bytes(512)), [0, 3, 4]),
    "a member that begins with nothing": (lambda held: overwritten(held, 1, 0, bytes(4)), [0, 2, 3, 4]),
    "the first record": (lambda held: overwritten(held, 0, 30, bytes(64)), [1, 2, 3, 4]),
    "two stretches": (twice, [0, 2, 4]),
    "a transfer that went on elsewhere": (
        lambda held: b"".join([held[0], held[1][:500], *held[2:]]),
        [0, 2, 3, 4],
    ),
    "something else between": (
        lambda held: b"".join([held[0], gzip.compress(b"x" * 99), *held[1:]]),
        [0, 1, 2, 3, 4],
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_records_behind_a_damaged_stretch_are_read_and_the_stretch_is_told(tmp_path: Path, name: str) -> None:
    damaged, left = DAMAGE[name]
    path = tmp_path / "x.warc.gz"
    path.write_bytes(damaged(members()))
    found = list(captures(path))
    assert pages(found) == left
    assert len(losses(found)) == (2 if name == "two stretches" else 1)
    assert all(said.startswith("x.warc.gz#") for said in losses(found))


def test_a_record_whose_lost_bytes_leave_as_many_letters_is_not_taken_for_whole(tmp_path: Path) -> None:
    """Of forty such files the zeros unpack in some to what fills the record: only its check sum tells."""
    path = tmp_path / "x.warc.gz"
    for seed in range(40):
        path.write_bytes(overwritten(members(seed), 1, -200, bytes(512)))
        assert pages(list(captures(path))) == [0, 3, 4], seed


@pytest.mark.parametrize("length", [4 << 30, 10**19, 9_000, 300, 0])
def test_a_length_that_lies_costs_no_record_behind_it(tmp_path: Path, length: int) -> None:
    path = tmp_path / "x.warc.gz"
    held = members()
    path.write_bytes(b"".join([held[0], gzip.compress(record(1, length)), *held[2:]]))
    found = list(captures(path))
    assert {0, 2, 3, 4} <= set(pages(found))
    assert losses(found)


def test_the_place_of_a_stretch_is_where_its_record_began(tmp_path: Path) -> None:
    held = members()
    path = tmp_path / "x.warc.gz"
    path.write_bytes(overwritten(held, 2, 400, b"\xff" * 12))
    assert losses(list(captures(path))) == [f"x.warc.gz#{len(held[0]) + len(held[1])}"]


def test_records_inside_a_wacz_are_read_behind_a_damaged_one_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", overwritten(members(), 1, 400, b"\xff" * 12))
    assert pages(list(captures(tmp_path / "x.wacz"))) == [0, 2, 3, 4]


def test_a_damaged_file_of_a_wacz_costs_no_other_one(tmp_path: Path) -> None:
    path, held = tmp_path / "x.wacz", members()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc.gz", held[0])
        archive.writestr("archive/b.warc.gz", held[1])
    path.write_bytes(path.read_bytes().replace(held[0], overwritten(held[:1], 0, 400, b"\xff" * 12)))
    found = list(captures(path))
    assert (pages(found), losses(found)) == ([1], ["x.wacz/archive/a.warc.gz"])


def test_a_whole_archive_has_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(members()))
    found = list(captures(path))
    assert (pages(found), losses(found)) == ([0, 1, 2, 3, 4], [])


def test_places_that_only_look_like_records_are_tried_so_often_and_no_more(tmp_path: Path) -> None:
    held, fake = members(), b"\x1f\x8b\x08" * (MAX_TRIES + 1)
    path = tmp_path / "x.warc.gz"
    path.write_bytes(held[0] + bytes(64) + fake + held[1])
    found = list(captures(path))
    assert (pages(found), losses(found)) == ([0], ["x.warc.gz"])


PAGE = b"<html><p>one</p>\n\n<p>two</p></html>"


@pytest.mark.parametrize(
    ("typed", "block"),
    [
        ("application/http; msgtype=response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        ("", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        ("text/html", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        ("application/http", b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE),
        ("application/http", b"HTTP/1.0 200\nContent-Type: text/html\r\n\n" + PAGE),
        ("application/http", PAGE),
        ("text/html", PAGE),
        ("", PAGE),
    ],
)
@pytest.mark.parametrize("version", ["WARC/0.18", "WARC/1.1"])
def test_a_response_is_read_however_its_record_is_typed_and_its_lines_end(
    tmp_path: Path, typed: str, block: bytes, version: str
) -> None:
    lines = [version, "WARC-Type: response", "WARC-Target-URI: http://a.example.com/1.html"]
    lines += [f"Content-Type: {typed}"] if typed else []
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode()
    path = tmp_path / "x.warc"
    path.write_bytes(head + block + b"\r\n\r\n")
    (one,) = captures(path)
    assert isinstance(one, Capture)
    assert (one.payload, one.status) == (PAGE, 200)
