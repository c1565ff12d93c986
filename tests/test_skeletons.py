"""Skeletons: what a template says, in which order, what is filled in, and by whom."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from copies_farm import FOLDS, Doc, grouped
from copies_texts import LENDERS, filled, sentence, template
from effort import within
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies.skeleton import SAMPLED
from pipeline.copies.skeleton.copies import Copy, Sentence, columns_of
from pipeline.copies.skeleton.order import agreed_order, moved
from pipeline.copies.skeleton.slots import Slot, slots_of
from pipeline.store.differences import marked

Row = dict[str, Any]
MOST_SECONDS = 20  # 3 measured
TABLES = ("template_sentences", "template_versions", "slot_fillers", "unlisted_names")


def pages(texts: Sequence[str], names: Sequence[str] = LENDERS, title: str = "{}逾期怎么办？") -> list[Doc]:
    """One page for each name, its text with the name for 甲; sites in turn."""
    made = []
    for n, (text, name) in enumerate(zip(texts, names, strict=False)):
        site = f"{'abc'[n % 3]}.example.com"
        told = text.replace("甲", name)
        made.append(Doc(f"http://{site}/{n}.html", site, title.format(name), told, name))
    return made


def body(seed: int, sections: int = 3) -> str:
    return filled(template(seed, sections), "甲")


def texts_of(rows: Sequence[Row]) -> list[str]:
    return [row["text"] for row in rows]


def test_what_all_stories_say_alike_is_fixed_text_and_what_differs_is_a_slot() -> None:
    said = [f"甲成立于2015年，逾期{n}天后罚息{n * 10}元，归深圳监管。\n" + body(1) for n in (11, 12, 13)]
    found = grouped(pages(said))
    first = found.table("found_template_sentences")[0]
    assert first["text"] == "【platform】成立于2015年，逾期【number】天后罚息【amount】，归深圳监管。"
    assert (first["n_stories"], first["n_compared"], first["n_alike"]) == (3, 3, 3)
    fillers = {(row["slot"], row["surface"]) for row in found.table("found_slot_fillers")}
    assert {("number", "11"), ("amount", "130元"), ("platform", LENDERS[0])} <= fillers


def test_one_slot_stands_under_one_name_in_all_its_places_and_another_lender_has_another() -> None:
    rivals = LENDERS[10:13]
    said = [f"甲与{rival}不同，甲不上门。\n有人把甲当作{rival}。\n" + body(2) for rival in rivals]
    found = grouped(pages(said))
    assert texts_of(found.table("found_template_sentences"))[:2] == [
        "【platform】与【platform 2】不同，【platform】不上门。",
        "有人把【platform】当作【platform 2】。",
    ]
    rows = found.table("found_slot_fillers")
    assert {row["platform_id"] for row in rows if row["slot"] == "platform 2"} == set(rivals)
    (places,) = {row["n_places"] for row in rows if row["slot"] == "platform 2"}
    assert places == 2


def test_every_filler_is_the_slice_of_its_text() -> None:
    docs = pages([f"甲的张女士说，2024年{n}月她欠了{n}万元。\n" + body(3) for n in range(1, 5)])
    texts = {doc.article_id: doc.text for doc in docs}
    found = grouped(docs)
    rows = found.table("found_slot_fillers")
    assert {row["type"] for row in rows} == {"platform", "date", "amount"}, (
        "the same person in all is no slot"
    )
    assert all(texts[r["article_id"]][r["char_start"] : r["char_end"]] == r["surface"] for r in rows)


def test_a_section_that_some_stories_lack_has_their_share_and_one_that_was_moved_its_place() -> None:
    sections = template(4, 5)
    whole = [list(sections) for _ in range(6)]
    del whole[0][3], whole[1][3]
    whole[5][2], whole[5][4] = whole[5][4], whole[5][2]
    rows = grouped(pages([filled(held, "甲") for held in whole])).table("found_template_sentences")
    heads = [row for row in rows if row["is_heading"]]
    assert [row["text"] for row in heads[1:]] == [head for head, *_ in sections[1:]]
    assert [row["n_stories"] for row in heads] == [6, 6, 6, 4, 6]
    assert sum(row["n_moved"] for row in rows) > 0
    assert [row["section"] for row in heads] == [1, 2, 3, 4, 5]


def test_what_one_story_says_alone_is_in_no_skeleton() -> None:
    own = sentence(random.Random(77))
    said = [body(5), body(5) + "\n" + own, body(5)]
    found = grouped(pages(said))
    assert own not in texts_of(found.table("found_template_sentences"))
    assert len(found.table("found_template_versions")) == 3 * len(found.table("found_template_sentences"))


def test_the_order_of_pages_changes_no_skeleton() -> None:
    docs = pages([body(seed) for seed in (6, 6, 6, 7, 7)])
    tables = []
    for told in (docs, random.Random(1).sample(docs, len(docs))):
        found = grouped(told)
        tables.append([found.table(f"found_{name}") for name in TABLES])
    assert tables[0] == tables[1]


def test_of_many_stories_a_fixed_number_is_compared() -> None:
    rows = grouped(pages([body(8)] * 30)).table("found_template_sentences")
    assert {row["n_compared"] for row in rows} == {SAMPLED}
    assert {row["n_stories"] for row in rows} == {SAMPLED}


def test_a_text_without_a_known_lender_has_no_template_but_its_names_are_found() -> None:
    strangers = ["柚岭贷", "溪客花花", "砚北小借", "橙川宝"]
    said = [f"甲逾期会上门吗？\n甲催收的流程是怎样的。\n{body(9)}\n谈到甲平台，先看合同。"] * 8
    found = grouped(pages(said, strangers * 2))
    rows = found.table("found_unlisted_names")
    assert {row["surface"] for row in rows} == set(strangers)
    assert {row["template_id"] for row in rows} == {None}
    assert found.table("found_template_sentences") == []


def stranger_pages(stranger: str, sites: str = "ab") -> list[Doc]:
    """Three known lenders, and pages that say something else in their place."""
    said = f"甲逾期会上门吗？\n甲催收的流程是怎样的。\n{body(10)}"
    known = pages([said] * 3)
    more = [
        Doc(f"http://{site}.example.com/x{n}.html", f"{site}.example.com", f"{stranger}逾期怎么办？", text)
        for n, site in enumerate(sites)
        for text in [said.replace("甲", stranger) + "\n" + sentence(random.Random(n))]
    ]
    return known + more


def names_in(docs: Sequence[Doc]) -> set[str]:
    return {row["surface"] for row in grouped(docs).table("found_unlisted_names")}


@pytest.mark.parametrize("word", ["该平台", "上面这家", "2345"])
def test_a_word_in_the_place_of_a_lender_is_no_name_where_others_say_it_too(word: str) -> None:
    docs = stranger_pages(word)
    told = [Doc(d.url, d.site, d.title, d.text + f"\n以上说的{word}仅供参考。", d.story) for d in docs]
    assert names_in(told) == set()


def test_a_name_on_one_site_only_may_be_that_sites_own() -> None:
    assert names_in(stranger_pages("上岸之家", "aa")) == set()


def test_a_name_that_no_list_has_is_found_where_the_template_names_its_lender() -> None:
    found = grouped(stranger_pages("柚岭贷"))
    rows = found.table("found_unlisted_names")
    assert {row["surface"] for row in rows} == {"柚岭贷"}
    assert len({row["article_id"] for row in rows}) == 2
    assert {row["template_id"] for row in rows} == {
        r["template_id"] for r in found.table("found_slot_fillers")
    }


def test_the_order_of_copies_that_tell_other_sections_is_agreed_and_keeps_what_belongs_together() -> None:
    assert agreed_order([[0, 1, 4], [0, 2, 3, 4], [0, 1, 4]], 5) in ([0, 1, 2, 3, 4], [0, 2, 3, 1, 4])
    assert agreed_order([], 0) == []


@given(st.permutations(range(8)))
def test_what_has_not_moved_follows_the_order(told: list[int]) -> None:
    order = list(range(8))
    kept = [column for column in told if column not in moved(order, told)]
    assert kept == sorted(kept)
    assert moved(order, order) == set()


@given(st.text(alphabet=st.characters(), max_size=120))
def test_slots_of_any_text_lie_in_it_in_order_and_apart(text: str) -> None:
    found = slots_of(text, (0, len(text)), [], FOLDS)
    ends = [0, *(slot.end for slot in found)]
    assert all(end <= slot.start < slot.end <= len(text) for end, slot in zip(ends, found, strict=False))


def test_slots_have_the_types_of_the_normal_form() -> None:
    text = "2024年3月5日，昆山市的王女士欠了3万余元，逾期90天。"
    kinds = [(slot.type, text[slot.start : slot.end]) for slot in slots_of(text, (0, len(text)), [], FOLDS)]
    assert kinds == [
        ("date", "2024年3月5日"),
        ("place", "昆山市"),
        ("person", "王女士"),
        ("amount", "3万余元"),
        ("number", "90"),
    ]
    assert slots_of("1.1 逾期30天", (0, 8), [], FOLDS) == [Slot("number", 6, 8)]


def test_two_headings_that_are_alike_are_two_sentences() -> None:
    keys = ("借款人的还款计划安排", "借款人的还款计划变更")
    told = tuple(Sentence(at * 10, at * 10 + 10, key) for at, key in enumerate(keys))
    copies = [
        Copy(f"a-{n}", "", "".join(keys), told, (), stands=True, is_known=True, folds=FOLDS) for n in "12"
    ]
    assert len(columns_of(copies)) == 2
    assert len(columns_of([copies[0]])) == 2


@pytest.mark.parametrize(
    ("wording", "said", "expected"),
    [
        ("【platform】逾期【number】天", "星蓝贷逾期30天", "【星蓝贷】逾期【30】天"),
        ("催收很多", "催收不少", "催收[-很多-]{+不少+}"),
        ("先协商", "协商", "[-先-]协商"),
        ("【date】起", "起", "[-【date】-]起"),
        ("", "甲", "{+甲+}"),
    ],
)
def test_differences_are_marked_letter_by_letter(wording: str, said: str, expected: str) -> None:
    assert marked(wording, said) == expected


@given(st.text(alphabet="甲乙丙", max_size=30), st.text(alphabet="甲乙丙", max_size=30))
def test_a_marked_sentence_holds_both(wording: str, said: str) -> None:
    found = marked(wording, said)
    old = found.replace("[-", "").replace("-]", "").split("{+")
    assert "".join([old[0], *(part.split("+}", 1)[1] for part in old[1:])]) == wording
    parts = found.replace("{+", "").replace("+}", "").split("[-")
    assert "".join([parts[0], *(part.split("-]", 1)[1] for part in parts[1:])]) == said


def test_a_sentence_built_to_slow_the_comparison_does_not() -> None:
    one, other = "甲乙" * 4_000, "乙甲" * 4_000
    assert marked(one, other) == f"[-{one}-]{{+{other}+}}"


def test_pages_built_to_slow_the_alignment_do_not() -> None:
    """Tables of numbers, one phrase a hundred thousand times, sentences that differ everywhere."""
    rng = random.Random(5)
    table = "\n".join(" 第 ".join(str(rng.randrange(10**6)) for _ in range(40)) for _ in range(300))
    names = {"柚岭贷": table + "\n甲逾期" * 4_000, "溪客花": table + "\n甲逾期" * 4_000, "橙川宝": table}
    docs = [*pages(list(names.values()), list(names)), *pages([table] * 3)]
    with within(MOST_SECONDS):
        assert grouped(docs).by_article()
