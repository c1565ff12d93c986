"""Word boundaries: jieba and its faster twin cut alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import tokens
from pipeline.topic import topic_folder
from yuqi.evaluating.contexts import SETS, read_contexts

HAN_RUN = re.compile("[一-鿿]{2,50}")

twin = pytest.mark.skipif(tokens.rjieba is None, reason="the extra `speed` is not installed")


def by_jieba(stretch: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    with monkeypatch.context() as without:
        without.setattr(tokens, "rjieba", None)
        return tokens.cut(stretch)


@twin
def test_both_cut_the_labelled_sentences_and_the_topic_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [case.sentence for name in SETS for case in read_contexts(name).cases]
    said += [path.read_text(encoding="utf-8") for path in sorted(topic_folder().glob("*.toml"))]
    runs = {run for text in said for run in HAN_RUN.findall(text)}
    assert len(runs) > 3000
    differ = [run for run in sorted(runs) if tokens.cut(run) != by_jieba(run, monkeypatch)]
    assert differ == []


@twin
@given(stretch=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30))
def test_both_cut_any_stretch_into_what_it_is_made_of(stretch: str) -> None:
    by_twin = tokens.cut(stretch)
    with pytest.MonkeyPatch.context() as without:
        without.setattr(tokens, "rjieba", None)
        assert by_twin == tokens.cut(stretch)
    assert "".join(by_twin) == stretch


def test_a_name_made_of_parts_of_two_words_is_not_on_word_boundaries() -> None:
    text = "可以用来分期还款"
    assert not tokens.on_word_boundaries(text, 3, 6)
    assert tokens.on_word_boundaries(text, 4, 6)
