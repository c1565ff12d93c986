"""Payloads that are an attack on the reader: none fails, none hangs, none takes memory without bound."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from effort import within
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "fuzz"))
from reading import check  # noqa: E402

SAID = "催收问也让人困扰，方式包括 催收、短信催收等。內(nèi)容與聯(lián)系?，F(xiàn)實，權(quán)利。"
PAGE = f"<html><head><title>样例</title></head><body><h1>样例</h1>{f'<p>{SAID}</p>' * 6}</body></html>"
PARTS = [
    PAGE.encode(),
    PAGE.encode("gbk"),
    PAGE.encode("big5", "ignore"),
    PAGE.encode("utf-16"),
    SAID.encode("gb18030").decode("latin-1").encode(),
    SAID.encode().decode("gb18030", "replace").encode(),
    *(
        b"\x00",
        b"\xff",
        b"\x81",
        b"?",
        "，".encode("gbk"),
        b"<p>",
        b"</",
        b"<!--",
        b"&#x",
        b"~{",
        b"~}",
        b"(n\xc3\xa8i)",
    ),
]
MAX_MEGABYTES = 2_500  # of a process that reads a page of 50 MB; a bound, not an aim


@given(st.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_dropped(payload: bytes) -> None:
    check(payload)


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.integers(0, 255), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_any_mixture_of_pages_is_read_or_dropped(parts: list[bytes], first: int, dice: random.Random) -> None:
    payload = bytearray(b"".join(parts))
    for _ in range(min(6, len(payload))):
        place = dice.randrange(len(payload))
        payload[place : place + dice.choice((0, 1))] = dice.choice((b"", b"\xff", b"<", b"\x00"))
    check(bytes((first,)) + bytes(payload))


@pytest.mark.parametrize("share", [0.01, 0.5, 0.93, 0.999])
@pytest.mark.parametrize("part", PARTS[:4])
def test_a_truncated_page_is_read_or_dropped(part: bytes, share: float) -> None:
    check(b"\x00" + part[: int(len(part) * share)])


@pytest.mark.parametrize(
    "payload",
    [
        b"<div>" * 10_000 + PAGE.encode() + b"</div>" * 10_000,
        b"<b><i><u>" * 10_000 + PAGE.encode("gbk"),
        PAGE.encode()[:300] + b"\x00" * 1_000_000 + PAGE.encode()[300:],
        PAGE.encode("gbk")[: len(PAGE) // 2] + PAGE.encode(),
        b"<p>" + SAID.encode("gbk") * 4_000,
        b"<p>" + SAID.encode().decode("gb18030", "replace").encode() * 2_000,
        ("<p>" + "Ã¤Â¸Â" * 60_000).encode(),
    ],
    ids=["nested", "inline", "zeros", "half-gbk", "one-line", "misread", "latin"],
)
def test_a_hostile_page_takes_seconds_not_minutes(payload: bytes) -> None:
    with within(20):
        check(b"\x00" + payload)


CHILD = """
import resource, sys
sys.path.insert(0, {fuzz!r})
from reading import check
check(b"\\x00" + {payload})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux only")
@pytest.mark.parametrize(
    "payload",
    ["'催收人员会打电话。'.encode('gbk') * 2_800_000 + b'\\xff'", "b'\\x00a' * 25_000_000"],
    ids=["gbk", "wide"],
)
def test_fifty_megabytes_take_bounded_memory(payload: str) -> None:
    program = CHILD.format(fuzz=str(HERE / "fuzz"), payload=payload)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, cwd=HERE.parent
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < MAX_MEGABYTES
