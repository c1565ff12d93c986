"""Own allegations: a wrong `own` accuses somebody, so every doubt says no."""

from __future__ import annotations

import random
from dataclasses import replace

from copies_farm import Doc, grouped, page
from copies_texts import LENDERS, filled, sentence, template

A, B, C = LENDERS[:3]
HERS = "上周三晚上九点，自称陈主任的人给我公司前台打骚扰电话，还说要把欠款通知贴到我老家村口。"


def story(name: str, more: str, seed: int, site: str = "a.example.com") -> Doc:
    return page(name, filled(template(seed), name) + "\n" + more, site, name, seed)


def test_an_allegation_that_stands_once_is_own() -> None:
    doc = story(A, HERS, 1)
    assert grouped([doc, story(B, sentence(random.Random(1)), 2)]).own(doc) == [True]


def test_it_stays_own_when_the_page_is_copied() -> None:
    doc, copy = story(A, HERS, 1), story(A, HERS, 1, "b.example.com")
    found = grouped([doc, copy])
    assert found.own(doc) == found.own(copy) == [True]


def test_it_stays_own_inside_a_template_when_no_other_filling_has_it() -> None:
    doc = story(A, HERS, 1)
    found = grouped([doc, page(B, filled(template(1), B), "a.example.com", B, 2)])
    assert found.template(doc) is not None
    assert found.own(doc) == [True]


def test_an_allegation_that_a_template_makes_of_each_lender_is_nobodys_own() -> None:
    docs = [
        page(n, filled(template(1), n) + "\n" + HERS, "a.example.com", n, i) for i, n in enumerate((A, B))
    ]
    found = grouped(docs)
    assert [found.own(doc) for doc in docs] == [[False], [False]]


def test_named_allegations_differ_by_the_name_only_and_are_nobodys_own() -> None:
    said = "{}的人上周给我公司前台和年迈的父母轮番打骚扰电话，还威胁要上门。"
    one, two = story(A, said.format(A), 1), story(B, said.format(B), 2)
    found = grouped([one, two])
    assert found.own(one) == found.own(two) == [False]


def test_a_reworded_allegation_with_another_name_is_nobodys_own() -> None:
    spun = "上周五夜里九点，自称王主任的人给我单位前台打骚扰电话，还说要把欠款通知贴到老家村口。"
    one, two = story(A, HERS, 1), story(B, spun, 2)
    found = grouped([one, two])
    assert found.own(one) == found.own(two) == [False]


def test_it_is_not_own_when_it_stands_without_a_known_name_elsewhere() -> None:
    nameless = Doc(
        "http://b.example.com/9", "b.example.com", "某平台怎么样", HERS + sentence(random.Random(4))
    )
    doc = story(A, HERS, 1)
    assert grouped([doc, nameless]).own(doc) == [False]


def test_sentences_that_no_finding_marks_count_too() -> None:
    """The other copy says 打催收电话, which the cue does not find."""
    doc, other = story(A, HERS, 1), story(B, HERS.replace("打骚扰", "打催收"), 2)
    assert grouped([doc, other]).own(doc) == [False]


def test_superseded_and_unsourced_versions_speak_against_it_too() -> None:
    doc = story(A, HERS, 1)
    for other in (replace(story(B, HERS, 2), current=False), replace(story(B, HERS, 2), sourced=False)):
        assert grouped([doc, other]).own(doc) == [False]


def test_a_nameless_sentence_in_an_article_about_two_lenders_is_nobodys_own() -> None:
    doc = replace(story(A, HERS, 1), title=f"{A}和{B}催收")
    assert grouped([doc]).own(doc) == [False]


def test_a_sentence_that_names_another_than_the_practice_does_is_not_own() -> None:
    doc = story(A, f"另外，{C}的人上周给我公司前台打骚扰电话，自称陈主任，说要上门。", 1)
    assert grouped([doc]).own(doc) == [False], "attributed to the title's lender, said of another"


def test_a_phrase_too_short_to_compare_is_not_own() -> None:
    doc = story(A, "打骚扰电话。", 1)
    assert grouped([doc]).own(doc) == [False]


def test_a_copy_merged_into_a_longer_sentence_is_found() -> None:
    longer = sentence(random.Random(8)).rstrip("。") + "，" + HERS
    one, two = story(A, HERS, 1), story(B, longer, 2)
    assert grouped([one, two]).own(one) == [False]


def test_every_practice_has_exactly_one_row() -> None:
    doc = story(A, HERS + HERS.replace("陈", "刘"), 1)
    assert grouped([doc]).own(doc) == [True, True]
