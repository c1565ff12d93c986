"""One pass over a text meets every word that the passes of each list meet."""

from __future__ import annotations

from findings_articles import article, overdue
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.findings.layout import MAX_SCANNED
from pipeline.findings.matching import MAX_CANDIDATES, Words

FIND = overdue()
VOCABULARY = FIND.vocabulary
ALONE = [Words(held) for held in (VOCABULARY.names, VOCABULARY.loan_words, VOCABULARY.after_names)]
WORDS = [*VOCABULARY.names[::40], *VOCABULARY.loan_words[:9], *VOCABULARY.after_names[:9], "İ", "上门", "APP"]


def test_what_no_list_holds_is_not_met() -> None:
    title, text = VOCABULARY(article("今天天气很好", "山上的花开了。"))
    assert not (title.names or title.loan_words or text.after_names or text.sifted.starts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "，", "天"]), max_size=20).map("".join))
def test_words_are_met_as_each_list_alone_would_meet_them(text: str) -> None:
    _, met = VOCABULARY(article("", text))
    assert [met.names, met.loan_words, met.after_names] == [words.found(text) for words in ALONE]
    spoken = {index for index, _, _ in met.loan_words}
    if len(spoken) >= VOCABULARY.least or (met.names and spoken):
        assert met.sifted == FIND.sieve(text)
    else:
        sieve = VOCABULARY.beside if met.names or spoken else VOCABULARY.elsewhere
        assert met.sifted == sieve(text)


def test_everyday_words_of_practices_are_sought_only_where_somebody_lends() -> None:
    said, lent = "楼下有人等着我下班。", VOCABULARY.lent
    single, several = VOCABULARY(article("", f"{said}贷款"))[1], VOCABULARY(article("", f"{said}贷款逾期"))[1]
    assert lent and several.sifted.within(0, len(said)) & lent
    assert single.sifted.within(0, len(said)) == several.sifted.within(0, len(said)) & ~lent


def test_advice_is_sought_only_where_somebody_is_named_or_lending_is_spoken_of() -> None:
    said = "可以拨打12378投诉，保留通话录音。"
    alone, beside = VOCABULARY(article("", said))[1], VOCABULARY(article("", f"{said}贷款"))[1]
    advice = FIND.tips.kinds.cues.mask
    assert beside.sifted.within(0, len(said)) & advice
    assert alone.sifted.within(0, len(said)) == beside.sifted.within(0, len(said)) & ~advice


def test_a_page_of_nothing_but_names_has_its_limit() -> None:
    name = VOCABULARY.names[0]
    _, met = VOCABULARY(article("", name * (MAX_SCANNED // len(name) + 9)))
    assert len(met.names) == MAX_CANDIDATES
    assert max(end for _, _, end in met.names) <= MAX_SCANNED
