"""Script: decided before anything is converted, because the converter must not see simplified text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.script import characters, script_of, simplify, traditional_share


def test_characters_of_both_scripts_prove_nothing() -> None:
    for char in "著乾后里台面系干只":
        assert traditional_share(char) is None, char


def test_a_page_is_simplified_traditional_or_mixed_by_its_own_characters() -> None:
    assert script_of(["借款人应当了解自己的权利"]) == "hans"
    assert script_of(["借款人應當了解自己的權利"]) == "hant"
    assert script_of(["借款人應當了解自己的權利", "借款人应当了解自己的权利"]) == "mixed"
    assert script_of(["ABC 123", ""]) == "hans"


def test_simplified_text_never_reaches_the_converter() -> None:
    assert simplify("作用显著，著作等身", "hans") == "作用显著，著作等身"
    assert simplify("作用显著，问题很多", "hant") == "作用显著，问题很多"


def test_a_line_of_both_scripts_changes_only_what_is_traditional_without_doubt() -> None:
    assert simplify("显著的問題，贷款的風險，还款压力", "mixed") == "显著的问题，贷款的风险，还款压力"


def test_a_line_without_evidence_follows_its_page() -> None:
    assert simplify("沿著路走", "hant") == "沿着路走"
    assert simplify("沿著路走", "mixed") == "沿著路走"


def test_following_a_machine_converted_text_no_word_is_modernised() -> None:
    assert simplify("隨著程序的執行，面臨著壓力", "hant") == "随着程序的执行，面临着压力"


@given(st.text(max_size=80), st.sampled_from(["hans", "hant", "mixed"]))
def test_the_length_stays_and_doing_it_twice_is_doing_it_once(text: str, script: str) -> None:
    once = simplify(text, script)  # type: ignore[arg-type]
    assert len(once) == len(text)
    assert len(simplify(once, script)) == len(text)  # type: ignore[arg-type]


def test_the_tables_are_not_empty_and_do_not_overlap() -> None:
    known = characters()
    assert len(known.traditional_only) > 3000 and len(known.simplified_only) > 2000
    assert not known.traditional_only & known.simplified_only
