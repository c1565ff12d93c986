"""Scores on cases small enough to be worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import Mark, Reading, Tally, compare, edit_distance, pair_tally
from pipeline.evaluate.distance import MAX_CHARS
from pipeline.evaluate.extraction import Case, Extraction, extraction_figures
from pipeline.evaluate.gold import GoldPage, gold_figures, score_page
from pipeline.evaluate.reading import line, page, sentence, span
from pipeline.evaluate.samples import SampleArticle, SampleScore, fate_figures, operator_figures

TEXT = "甲样借逾期后会打电话。乙样借不会。\n甲样借也发短信。"


def slow_distance(a: str, b: str) -> int:
    """The textbook's recurrence."""
    row = list(range(len(b) + 1))
    for n, letter in enumerate(a, start=1):
        last, row = row, [n]
        for k, other in enumerate(b, start=1):
            row.append(min(last[k] + 1, row[-1] + 1, last[k - 1] + (letter != other)))
    return row[-1]


@pytest.mark.parametrize(
    ("found", "gold", "errors"),
    [("", "", 0), ("", "催收", 2), ("催收", "", 2), ("催收问也", "催收问题也", 1), ("电话", "话电", 2),
     ("ab", "ba", 2), ("kitten", "sitting", 3), ("𠮷样", "样", 1)],
)  # fmt: skip
def test_the_edit_distance_counts_single_characters(found: str, gold: str, errors: int) -> None:
    assert edit_distance(found, gold) == errors


@given(st.text("甲乙丙\n", max_size=12), st.text("甲乙丙\n", max_size=12))
def test_the_edit_distance_is_the_textbooks_distance(a: str, b: str) -> None:
    assert edit_distance(a, b) == slow_distance(a, b)


def test_of_very_long_texts_the_rest_counts_as_wrong_and_nothing_hangs() -> None:
    assert edit_distance("甲" * (MAX_CHARS * 50), "乙") == MAX_CHARS * 50
    assert edit_distance("甲" * (MAX_CHARS * 50), "甲" * (MAX_CHARS * 50) + "乙") == 1


def test_nothing_found_has_no_precision_and_nothing_true_no_recall() -> None:
    assert Tally(0, 0, 3).precision is None
    assert Tally(0, 2, 0).recall is None
    assert Tally().f1 is None
    assert (Tally(1, 2, 4).precision, Tally(1, 2, 4).recall, Tally(1, 2, 4).f1) == (0.5, 0.25, 1 / 3)


def test_pairs_are_counted_over_groups_and_an_unknown_item_is_alone() -> None:
    found = {"a": "1", "b": "1", "c": "2", "d": "2", "extra": "2"}
    true = {"a": "x", "b": "x", "c": "x", "d": None, "missing": "x"}
    assert pair_tally(found, true) == Tally(right=1, found=4, true=6)
    assert pair_tally({}, true) == Tally(0, 0, 6)


def test_marks_at_the_same_place_that_say_the_same_are_right() -> None:
    true = Reading("题", TEXT, {"p": (Mark(2, 5, ("jia",)), Mark(13, 16, ("yi",)))})
    found = Reading("题", TEXT, {"p": (Mark(2, 5, ("jia",)), Mark(13, 16, ("jia",)))})
    compared = compare(found, true, "p")
    assert compared.tally == Tally(1, 2, 2)
    assert compared.missing == (Mark(13, 16, ("yi",)),)
    assert compared.extra == (Mark(13, 16, ("jia",)),)


def test_one_lost_character_costs_no_mark_behind_it() -> None:
    true = Reading("题", TEXT, {"p": (Mark(20, 23, ("jia",)),)})
    found = Reading("题", TEXT.replace("后", ""), {"p": (Mark(19, 22, ("jia",)),)})
    assert compare(found, true, "p").tally == Tally(1, 1, 1)


def test_a_mark_on_text_that_is_not_there_is_extra_at_every_place_but_the_page() -> None:
    true = Reading("题", "甲样借。", {"p": (Mark(2, 5, ("jia",)),)})
    found = Reading("题", "甲样借。\nADVERT", {"p": (Mark(2, 5, ("jia",)), Mark(7, 13, ("jia",)))})
    for place in (span, sentence, line):
        assert compare(found, true, "p", place).tally == Tally(1, 2, 1)
    assert compare(found, true, "p", page).tally == Tally(1, 1, 1)


def test_a_mark_that_lost_a_character_is_wrong_as_a_span_and_right_in_its_sentence() -> None:
    true = Reading("题", "向单位打电话催款。", {"p": (Mark(5, 8, ("phone",)),)})
    found = Reading("题", "向单位打 催款。", {"p": (Mark(5, 7, ("phone",)),)})
    assert compare(found, true, "p", span).tally == Tally(0, 1, 1)
    assert compare(found, true, "p", sentence).tally == Tally(1, 1, 1)


def test_an_annotation_stands_behind_its_character_also_where_the_next_one_is_lost() -> None:
    true = Reading("题", "问题多。", {"a": (Mark(3, 3),)})
    found = Reading("题", "问多。", {"a": (Mark(3, 3),)})
    assert compare(found, true, "a").tally == Tally(1, 1, 1)


def test_two_cues_in_one_sentence_are_one_and_title_and_text_are_two() -> None:
    marks = {"p": (Mark(0, 1, ("x",)), Mark(2, 3, ("x",)), Mark(4, 5, ("x",)))}
    said = Reading("题", "甲样借。", marks)
    assert compare(said, said, "p", sentence).tally == Tally(2, 2, 2)


GOLD = {
    "file": "a.txt",
    "clean_text": "甲样借\n甲样借的催收问题很多，可以拨打12378投诉。\n1.1 及时沟通\n参见《样法》。",
    "platforms": [{"surface": "甲样借", "offsets": [0, 4]}],
    "laws": [{"surface": "《样法》"}],
    "edits": [{"offset": 11, "replacement": "题", "kind": "x"}, {"offset": 3, "replacement": ""}],
    "tips": [{"source": "subsection", "heading": "及时沟通"}, {"source": "summary", "heading": None}],
    "disclaimer": "声明：本站所载的内容仅供参考。",
}
LINES = [{"label": "greeting", "clean_unrestored": "您好！欢迎访问样例频道！"}, {"label": "body", "raw": "x"}]


def values(figures: list) -> dict[str, float | None]:  # type: ignore[type-arg]
    return {figure.measure: figure.value for figure in figures}


def test_a_gold_page_read_as_it_should_be_has_no_error() -> None:
    gold = GoldPage.of("a", GOLD, LINES)
    assert [mark.start for mark in gold.reading.marks["laws"]] == [GOLD["clean_text"].index("《")]
    said = values(gold_figures([score_page(gold, gold.reading)]))
    assert {said[name] for name in said if name.endswith(("precision", "recall"))} == {1.0}
    assert said["character-error-rate"] == said["furniture-lines"] == said["pages-without-article"] == 0


def test_a_gold_page_without_an_article_has_everything_missing() -> None:
    said = values(gold_figures([score_page(GoldPage.of("a", GOLD), None)]))
    assert said["pages-without-article"] == said["character-error-rate"] == 1
    assert said["platforms-recall"] == said["restored-recall"] == said["tip-headings-recall"] == 0
    assert said["platforms-precision"] is None


def test_furniture_and_redacted_lines_in_the_text_are_counted_and_true_lines_are_not() -> None:
    gold = GoldPage.of("a", GOLD, LINES)
    text = (
        gold.reading.text
        + "\n您好！欢迎访问样例频道！\n[NAME]：[PHONE]\n声明：本站所载内容仅供参考。\n别的一行"
    )
    said = values(gold_figures([score_page(gold, Reading(gold.reading.title, text))]))
    assert said["furniture-lines"] == 3


def test_what_a_gold_page_does_not_say_is_not_compared() -> None:
    score = score_page(GoldPage.of("a", {"title": "甲"}), Reading("甲", "", {"platforms": (Mark(0, 1),)}))
    assert not score.compared
    assert score.errors == 0


def test_extraction_is_scored_by_page_and_no_text_is_no_score() -> None:
    gold = "催收人员每天打电话"
    ours, peer = Extraction(gold, 1.0), Extraction(gold + "，广告广告广告广告", 2.0)
    cases = [Case("one", "a", gold, ours, peer), Case("two", "b", gold, Extraction(None, 1.0), peer)]
    said = values(extraction_figures(cases, "peer"))
    assert (said["text-f1"], said["one-text-f1"], said["two-text-f1"]) == (0.5, 1.0, 0.0)
    assert said["pages-without-text"] == 1
    assert said["time-of-peer-over-ours"] == 2.0
    assert said["pages-mostly-wrong"] == 0.5
    assert said["leak"] == 0
    assert 0 < (said["peer-leak"] or 0) < 1


def test_whose_text_was_kept_and_what_a_confidence_is_worth_are_told_without_a_floor() -> None:
    gold = "催收人员每天打电话"
    peer = Extraction(gold, 4.0, described_seconds=7.0)
    ours = [
        Extraction(gold, 1.0, "one-pass", 1.0, 2.0),
        Extraction(gold, 1.0, "one-pass", 0.9, 2.0),
        Extraction(gold[:6], 4.0, "justext", 0.2, 6.0),
        Extraction(None, 1.0, chain_seconds=2.0),
    ]
    figures = extraction_figures([Case("one", str(n), gold, one, peer) for n, one in enumerate(ours)], "peer")
    said = values(figures)
    assert (said["kept-one-pass"], said["kept-justext"], said["kept-nothing"]) == (0.5, 0.25, 0.25)
    assert said["text-f1-at-confidence-0.80"] == 1 > (said["text-f1-at-confidence-0.00"] or 0) > 0
    assert said["text-f1-at-confidence-0.50"] is None
    assert said["chain-time-over-peer"] == 12 / 16
    assert said["time-of-peer-over-ours-without-voters"] == 4.0
    assert said["time-of-peer-with-metadata-over-ours"] == 28 / 7
    told = [f for f in figures if f.measure.startswith(("kept-", "text-f1-at", "chain-", "time-"))]
    assert told and all(figure.worse is None for figure in told)


def test_an_extra_article_has_no_right_mark_and_a_false_allegation_is_counted() -> None:
    marks = {"own-allegations": (Mark(0, 1, ("threat", "jia")),), "platforms": (Mark(0, 3, ("jia",)),)}
    article = SampleArticle("u", Reading("甲样借", "催收人员上门。", marks), story="s", template="t")
    scored = SampleScore()
    scored.add(article, article)
    scored.add(SampleArticle("v", article.reading, story="s", template="t"), None)
    scored.add(None, SampleArticle("w", Reading("乙", "文"), story="x", template="y"))
    said = values(scored.figures())
    assert said["articles-extra"] == said["articles-missing"] == said["own-allegations-false"] == 1
    assert said["platforms-precision"] == said["text-f1"] == said["title-right"] == 0.5
    assert said["story-pairs-precision"] == 0
    assert said["story-pairs-recall"] is None


def test_a_stitched_page_is_in_no_template_pair() -> None:
    scored = SampleScore()
    for key, template, stitched in (("a", "t", False), ("b", "t", False), ("c", "u", True)):
        reading = Reading(key, "文")
        found = SampleArticle(key, reading, template="found")
        scored.add(found, SampleArticle(key, reading, template=template, is_stitched=stitched))
    said = values(scored.figures())
    assert said["template-pairs-precision"] == said["template-pairs-recall"] == 1


def test_a_page_without_a_fate_and_one_with_two_are_counted() -> None:
    figure = fate_figures(["u", "v", "v", "lost"], [("u", 1), ("v", 2), ("never", 0)])[0]
    assert (figure.value, figure.basis, figure.worse) == (3, 3, "high")


def test_sites_that_are_wrongly_joined_lower_precision() -> None:
    said = values(operator_figures({"a": "1", "b": "1", "c": "1"}, {"a": "x", "b": "x", "c": "y"}))
    assert said["operator-pairs-precision"] == pytest.approx(1 / 3)
    assert said["operator-pairs-recall"] == 1
