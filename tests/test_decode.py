"""Bytes to text: labels lie, bytes get lost, and some payloads are no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decode import declared, decode

SIMPLIFIED = (
    "借款人逾期以后，平台的催收人员会先发短信提醒，然后打电话联系本人。如果长时间没有还款，"
    "有的平台会联系紧急联系人，这时候要保留证据，了解自己的权利，主动和平台协商还款的办法。"
)
TRADITIONAL = (
    "借款人逾期以後，平臺的催收人員會先發短信提醒，然後打電話聯繫本人。如果長時間沒有還款，"
    "有的平臺會聯繫緊急聯繫人，這時候要保留證據，了解自己的權利，主動和平臺協商還款的辦法。"
)
LABELS = [
    "",
    "text/html",
    *(f"text/html; charset={name}" for name in ("utf-8", "GB2312", "big5", "iso-8859-1")),
]
PAGE = "<html><head><title>样例</title></head><body><p>{}</p></body></html>"


def damaged(payload: bytes, how: str) -> bytes:
    """One byte less, or one 0xFF more, inside the Chinese text."""
    places = [place for place, byte in enumerate(payload) if byte > 0x80]
    place = random.Random(len(payload)).choice(places)
    return payload[:place] + (b"\xff" + payload[place:] if how == "0xff" else payload[place + 1 :])


@pytest.mark.parametrize("how", ["clean", "lost byte", "0xff"])
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SIMPLIFIED, "gb18030"), (SIMPLIFIED, "utf-8"), (TRADITIONAL, "big5hkscs"), (TRADITIONAL, "gb18030")],
)
def test_an_encoding_is_found_whatever_the_label_says(text: str, encoding: str, label: str, how: str) -> None:
    payload = PAGE.format(text).encode(encoding, "ignore")
    decoded = decode(payload if how == "clean" else damaged(payload, how), label)
    assert decoded is not None
    assert decoded.encoding == encoding
    wrong = sum(char not in PAGE.format(text) for char in decoded.text)
    assert wrong <= (0 if how == "clean" else 40)  # to the next ASCII character at most


def test_a_page_s_own_label_is_only_a_candidate() -> None:
    page = f'<meta charset="utf-8"><p>{SIMPLIFIED}</p>'
    decoded = decode(page.encode("gbk"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (page, "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    decoded = decode(PAGE.format(SIMPLIFIED).encode(encoding), "text/html; charset=gbk")
    assert decoded is not None
    assert decoded.text == PAGE.format(SIMPLIFIED)


def test_hz_is_read_where_it_is_declared_only() -> None:
    page = '<meta charset="hz-gb-2312">' + SIMPLIFIED
    decoded = decode(page.encode("hz"))
    assert decoded is not None
    assert decoded.text == page
    plain = decode(b"<p>~{ is how shell scripts open a block ~}</p>")
    assert plain is not None
    assert plain.encoding == "utf-8"


def test_a_japanese_page_is_read_as_japanese() -> None:
    page = "このページは日本語で書かれています。返済が遅れた場合の手続きについて説明します。"
    decoded = decode(page.encode("cp932"), "text/html; charset=Shift_JIS")
    assert decoded is not None
    assert decoded.text == page


@pytest.mark.parametrize("label", ["punycode", "unicode_escape", "zip", "idna", "utf-7", "\x00", "é"])
def test_a_label_that_is_no_page_encoding_is_ignored(label: str) -> None:
    assert declared(b"", f"text/html; charset={label}") == ()


@pytest.mark.parametrize("size", [200, 3_000, 40_000])
def test_random_bytes_are_undecodable(size: int) -> None:
    assert decode(random.Random(size).randbytes(size), "text/html; charset=utf-8") is None


@pytest.mark.parametrize(
    "payload", [bytes(range(32)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(2_000), b"\xff" * 500]
)
def test_control_characters_and_binaries_are_undecodable(payload: bytes) -> None:
    assert decode(payload) is None


def test_an_empty_payload_is_an_empty_text() -> None:
    decoded = decode(b"")
    assert decoded is not None
    assert decoded.text == ""


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_payload_and_no_label_raises(payload: bytes, label: str) -> None:
    decode(payload, label)


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Co", "Cn", "Cc")), max_size=200
    )
)
def test_utf_8_comes_back_as_it_went_in(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text.removeprefix("\ufeff")
