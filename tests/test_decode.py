"""Bytes to text: labels lie, bytes get lost, and some payloads are no text."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from effort import within
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decode import declared, decode
from pipeline.evaluate.decoding import decoding_cases, score_decoding
from yuqi.evaluating.decoding import sample_pages
from yuqi.samples import Farm

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


@pytest.mark.parametrize("meta", ["", '<meta charset="hz-gb-2312">', '<meta charset="gbk">'])
def test_hz_is_read_whatever_is_declared(meta: str) -> None:
    page = meta + PAGE.format(SIMPLIFIED)
    decoded = decode(page.encode("hz"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (page, "hz")


@pytest.mark.parametrize(
    "ascii_text",
    [
        b"<p>~{ is how shell scripts open a block ~}</p>",
        b"git show HEAD~{1}~}; echo ~{HELLO~} ~{WORLD~}",
        b"<script>var a=~{}~};b=~{QWERTYUIOPASDFGH~}</script>" * 3,
        b"~{" + bytes(range(0x21, 0x7E)) * 20 + b"~}",
    ],
)
def test_ascii_with_the_marks_of_hz_stays_ascii(ascii_text: bytes) -> None:
    decoded = decode(ascii_text, "text/html; charset=hz-gb-2312")
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (ascii_text.decode(), "utf-8")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_a_byte_order_mark_of_another_encoding_is_not_believed(mark: bytes, encoding: str) -> None:
    page = PAGE.format(TRADITIONAL if encoding == "big5" else SIMPLIFIED)
    decoded = decode(mark + page.encode(encoding, "ignore"))
    assert decoded is not None
    assert decoded.text == page.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5hkscs")])
def test_after_a_lost_byte_the_next_character_is_found_again(text: str, encoding: str) -> None:
    payload = text.replace("，", "").encode(encoding, "ignore")  # nothing in it to find one's way by
    for place in range(20, 60):
        decoded = decode(payload[:place] + payload[place + 1 :], "text/plain")
        assert decoded is not None
        shared = set(payload.decode(encoding)) & set(decoded.text)
        assert len(decoded.text) - sum(char in shared for char in decoded.text) <= 4
        assert decoded.text[-20:] == payload.decode(encoding)[-20:]


@pytest.mark.parametrize(
    ("before", "left", "after"),  # `left` of 緒 and of 面
    [("心情", b"\xfc", "一天比一天低落。"), ("條件寫在合同裏的行業規則裏", b"\xad", "")],
    ids=["half a character is @", "cut off behind a character that only a superset has"],
)
def test_a_lost_byte_costs_its_own_character_and_none_beside_it(before: str, left: bytes, after: str) -> None:
    head = "<p>" + TRADITIONAL.encode("big5hkscs", "ignore").decode("big5hkscs") + "</p>\n<p>"
    payload = (head + before).encode("big5hkscs") + left + after.encode("big5hkscs")
    decoded = decode(payload)
    assert decoded is not None
    assert decoded.text == f"{head}{before}\ufffd{after}"


def test_what_the_superset_alone_has_is_no_damage() -> None:
    for page, encoding in (
        (SIMPLIFIED + "\U00020087\u9fa6", "gb18030"),
        (TRADITIONAL + "\u83cd", "big5hkscs"),
    ):
        payload = PAGE.format(page).encode(encoding, "ignore")
        decoded = decode(payload)
        assert decoded is not None
        assert (decoded.text, decoded.encoding) == (payload.decode(encoding), encoding)


@pytest.mark.parametrize(("outer", "inner"), [("gbk", "utf-8"), ("utf-8", "gbk"), ("big5", "utf-8")])
def test_a_fragment_in_another_encoding_is_read_for_itself(outer: str, inner: str) -> None:
    text = TRADITIONAL.replace("裡", "") if outer == "big5" else SIMPLIFIED
    before, fragment, after = (
        f"<p>{text}</p>\n" * 3,
        "<div>广告位招租，请联系站长</div>",
        f"\n<p>{text}</p>" * 3,
    )
    decoded = decode(before.encode(outer) + fragment.encode(inner) + after.encode(outer))
    assert decoded is not None
    assert decoded.text == before + fragment + after
    assert "+" in decoded.encoding


def test_a_fragment_too_short_to_judge_stays() -> None:
    page = f"<p>{SIMPLIFIED}</p>".encode("gbk")
    decoded = decode(page + "<i>联通</i>".encode())
    assert decoded is not None
    assert decoded.encoding == "gb18030"
    told = decode(page + "<i>联通</i>".encode("gbk"))
    assert told is not None
    assert told.text.endswith("<i>联通</i>")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_that_lost_a_byte_is_read_on_both_sides_of_it(encoding: str) -> None:
    page = PAGE.format(SIMPLIFIED) * 4
    payload = page.encode(encoding)
    decoded = decode(payload[:301] + payload[302:])
    assert decoded is not None
    assert decoded.text[:100] == page[:100]
    assert decoded.text[-200:] == page[-200:]


@pytest.mark.parametrize(
    "hostile",
    [
        b"\xe4<" * 2_000_000,
        b"\x81" * 4_000_000,
        b"\xe4\xb8\xad" * 5 + b"\xc4\xe3<" * 1_000_000,
        "中文".encode("gbk") * 1_000_000 + b"\xff",
        b"\x00" * 4_000_000,
        b"~{" * 2_000_000,
    ],
    ids=["tags", "leads", "fragments", "one-line", "zeros", "hz"],
)
def test_a_hostile_payload_takes_seconds_not_minutes(hostile: bytes) -> None:
    with within(4):
        decode(hostile)


def test_no_sample_page_is_read_worse_than_by_the_best_codec() -> None:
    pages = islice(sample_pages(Farm(pages=504)), 0, 96, 12)
    scores = [score_decoding(case) for case in decoding_cases(pages)]
    assert [score for score in scores if score.errors > score.least] == []
    assert sum(score.errors < score.least for score in scores) > 20


def test_a_japanese_page_is_read_as_japanese() -> None:
    page = "このページは日本語で書かれています。返済が遅れた場合の手続きについて説明します。"
    decoded = decode(page.encode("cp932"), "text/html; charset=Shift_JIS")
    assert decoded is not None
    assert decoded.text == page


@pytest.mark.parametrize("label", ["punycode", "unicode_escape", "zip", "idna", "utf-7", "\x00", "é"])
def test_a_label_that_is_no_page_encoding_is_ignored(label: str) -> None:
    assert declared(b"", f"text/html; charset={label}") == ()


def test_labels_are_found_in_any_case_and_with_blanks() -> None:
    page = b"<?xml Encoding = 'UTF-8'?><META CONTENT='text/html; CHARSET=GB2312'>"
    assert declared(page, "text/html; Charset=Big5") == ("big5hkscs", "utf-8", "gb18030")


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
        alphabet=st.characters(
            min_codepoint=0x20, exclude_categories=("Cs", "Co", "Cn", "Cc"), exclude_characters="\ufffd"
        ),
        max_size=200,
    )
)
def test_utf_8_comes_back_as_it_went_in(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("before", "behind"), [("　　", ""), ("导语：", ""), ("", "（完）"), ("　　", "　　"), ("第12段：", "。")]
)
def test_a_paragraph_in_gbk_between_characters_in_utf_8_is_read(before: str, behind: str) -> None:
    """A template in UTF-8 that wraps text from an old database."""
    torn = before.encode() + SIMPLIFIED.encode("gbk") + behind.encode()
    said = PAGE.format(SIMPLIFIED * 4).encode() + b"<p>" + torn + b"</p>"
    decoded = decode(said)
    assert decoded is not None
    assert decoded.text.endswith(f"<p>{before}{SIMPLIFIED}{behind}</p>")
    assert decoded.encoding == "utf-8+gb18030"


def test_a_paragraph_in_utf_8_with_one_lost_byte_is_not_read_as_two_encodings() -> None:
    said = SIMPLIFIED.encode()
    for place in range(30, 60):
        decoded = decode(PAGE.encode() + said[:place] + said[place + 1 :])
        assert decoded is not None and decoded.encoding == "utf-8"
