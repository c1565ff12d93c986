"""What a quote is compared with: the words of its page, however they are marked up or redacted."""

from __future__ import annotations

import pytest
from effort import within
from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.page_words import page_words, squeezed, stands_in


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("催收的人说，", "<p>催收<b>的</b>\n人说&#65292;</p>"),
        ("本金 | 五千元", "<table><tr><td>本金</td><td>五千元</td></tr></table>"),
        ("[NAME]:[PHONE]", "<p>王先生:13800138000</p>"),
        ("[PHONE]", "<p>13800138000</p>"),
        ("问[PHONE]答", "<p>问</p><p>13800138000答</p>"),
        ("图说", "<img alt='图说'>"),
        ("题目", '<script type="application/ld+json">{"headline": "\\u9898\\u76ee"}</script><p>文</p>'),
    ],
)
def test_words_of_a_page_are_found_however_they_are_marked_up(quote: str, page: str) -> None:
    words = page_words(f"<html><body>{page}</body></html>".encode(), "text/html; charset=utf-8")
    assert any(stands_in(squeezed(quote), text) for text in words)


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("催收的人说", "催收的人没有说"),
        ("问[PHONE]答", "答13800138000问"),
        (f"问[PHONE]{'答'}", "问" + "字" * 400 + "答"),
        ("[PHONE]答", "13800138000"),
        ("［题］", "题"),
    ],
)
def test_other_words_are_not_taken_for_a_quote(quote: str, page: str) -> None:
    assert not stands_in(quote, page)


@given(
    st.text("催收的人说電話，13800 ", min_size=1, max_size=60),
    st.integers(0, 59),
    st.integers(1, 60),
    st.integers(0, 40),
)
def test_what_is_redacted_of_a_page_still_stands_on_it(page: str, at: int, size: int, hidden: int) -> None:
    """And with one character that the page does not have, it does not."""
    quote = page[at : at + size]
    shown = f"{quote[: hidden // 2]}[PHONE]{quote[hidden:]}"
    assert stands_in(squeezed(quote), squeezed(page))
    assert stands_in(squeezed(shown), squeezed(page))
    assert not stands_in(squeezed(f"{shown}毛"), squeezed(page))


def test_a_page_built_to_slow_the_comparison_does_not() -> None:
    with within(10):
        assert not stands_in("一" + "[PHONE]一" * 30 + "二", "一" * 300_000)
