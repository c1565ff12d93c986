"""Stories: the same text about the same subjects, however often copied, trimmed or lightly reworded."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from copies_farm import Doc, elsewhere, farm, grouped, page, pair_scores
from copies_texts import HAN, LAW, LENDERS, filled, reworded, sentence, template
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.stories import Told, stories, tellers
from pipeline.copies.templates import Stitched, housed

STORY_FLOOR = 0.97  # measured 1.00 on these; .983 to .994 in findings/copies.md


def test_a_page_posted_again_trimmed_and_reworded_is_the_same_story() -> None:
    sections = template(1)
    first = page(LENDERS[0], filled(sections, LENDERS[0]), "a.example.com", "s", 1)
    trimmed = elsewhere(first, "b.example.com", first.text[: int(len(first.text) * 0.7)])
    spun = elsewhere(first, "c.example.com", reworded(first.text, random.Random(1), 0.2))
    other = page(LENDERS[1], filled(template(2), LENDERS[1]), "a.example.com", "t", 2)
    found = grouped([first, trimmed, spun, other])
    assert found.story(first) == found.story(trimmed) == found.story(spun) != found.story(other)
    assert found.template(first) is None, "this text stands in one story only"


def test_two_texts_that_quote_the_same_law_are_two_stories() -> None:
    rng = random.Random(2)
    one, two = (
        page(LENDERS[0], "".join(sentence(rng) for _ in range(7)) + LAW, f"{s}.example.com", s, 1)
        for s in "ab"
    )
    found = grouped([one, two])
    assert found.story(one) != found.story(two)


def test_a_page_stitched_from_two_templates_joins_at_most_one_and_chains_nothing() -> None:
    one, two = (page(LENDERS[0], filled(template(t), LENDERS[0]), "a.example.com", str(t), t) for t in (3, 4))
    copies = [elsewhere(doc, f"{n}.example.com") for doc in (one, two) for n in "bcd"]
    stitched = [
        Doc(f"http://x.example.com/{n}", "x", one.title, one.text[: n * 100] + two.text[n * 100 :])
        for n in (3, 5, 8)
    ]
    found = grouped([one, two, *copies, *stitched])
    assert found.story(one) != found.story(two)


def parents_and_stitched() -> tuple[Doc, Doc, Doc]:
    """Two texts about one lender, and a page of two fifths of the first and the rest of the second."""
    one, two = (page(LENDERS[0], wordy(seed), f"{seed}.example.com", str(seed), seed) for seed in (21, 22))
    cut = one.text.index("\n", len(one.text) * 2 // 5)
    return (
        one,
        two,
        page(LENDERS[0], one.text[:cut] + two.text[two.text.index("\n", cut) :], "x.example.com", "x", 3),
    )


def wordy(seed: int) -> str:
    rng = random.Random(seed)
    lines = ["".join(rng.choices(HAN, k=28)) for _ in range(30)]
    return "\n".join(f"{LENDERS[0] if n % 5 == 0 else ''}{line}。" for n, line in enumerate(lines))


def test_a_stitched_page_is_no_story_more_and_takes_nothing_from_its_parents() -> None:
    one, two, stitched = parents_and_stitched()
    found = grouped([one, two, stitched])
    assert found.story(one) != found.story(two)
    assert found.story(stitched) in {found.story(one), found.story(two)}
    shares = found.by_article()
    assert all(shares[doc.article_id]["own_share"] > 0.98 for doc in (one, two))


def test_a_page_of_which_another_took_a_part_is_not_stitched() -> None:
    one, _, stitched = parents_and_stitched()
    found = grouped([one, stitched])
    assert found.story(one) != found.story(stitched)
    assert 0.5 < found.by_article()[one.article_id]["own_share"] < 0.7


def test_a_chain_of_pages_each_like_the_next_is_not_one_story() -> None:
    rng = random.Random(5)
    sentences = [sentence(rng) for _ in range(60)]
    chain = [
        page(LENDERS[0], "".join(sentences[at : at + 12]), "a.example.com", "s", at) for at in range(0, 48, 3)
    ]
    found = grouped(chain)
    assert found.story(chain[0]) != found.story(chain[-1])


def test_without_a_lender_the_place_tells_stories_apart() -> None:
    text = "".join(sentence(random.Random(6)) for _ in range(12))
    docs = [
        Doc(f"http://a.example.com/{n}", "a", f"{city}信用卡债务怎么办", f"{city}的借款人。" + text)
        for n, city in enumerate(("六盘水", "佳木斯", "六盘水"))
    ]
    found = grouped(docs)
    assert found.story(docs[0]) == found.story(docs[2]) != found.story(docs[1])
    assert found.template(docs[0]) == found.template(docs[1]) is not None


def test_texts_too_short_to_compare_are_stories_of_their_own() -> None:
    docs = [
        Doc(f"http://a.example.com/{n}", "a", "", text) for n, text in enumerate(("", "", "好。", "坏。"))
    ]
    found = grouped(docs)
    assert len({found.story(doc) for doc in docs}) == 4


def test_every_story_has_one_representative_the_longest_current_text() -> None:
    first = page(LENDERS[0], filled(template(1), LENDERS[0]), "a.example.com", "s", 1)
    longer = replace(elsewhere(first, "b.example.com", first.text + "还有一句。"), current=False)
    shorter = elsewhere(first, "c.example.com", first.text[:-60])
    rows = grouped([shorter, longer, first]).by_article()
    chosen = [article for article, row in rows.items() if row["is_representative"]]
    assert chosen == [first.article_id]


def test_stories_of_a_farm_are_found_pair_by_pair() -> None:
    docs = farm(7, templates=12, lenders=8, copies=4)
    found = grouped(docs).by_article()
    true = {doc.article_id: doc.story for doc in docs}
    assert pair_scores(true, {key: row["story_id"] for key, row in found.items()})[2] >= STORY_FLOOR


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_pages_changes_nothing(rng: random.Random) -> None:
    docs = farm(8, templates=3, lenders=3, copies=2)
    before = [grouped(docs).table(name) for name in ("article_groups", "found_template_sentences")]
    rng.shuffle(docs)
    assert [grouped(docs).table(name) for name in ("article_groups", "found_template_sentences")] == before


def test_a_payload_that_stands_in_two_parts_counts_once() -> None:
    docs = farm(9, templates=2, lenders=3, copies=2)
    once, twice = grouped(docs), grouped(docs + docs[:3])
    assert once.table("article_groups") == twice.table("article_groups")
    assert once.table("found_template_sentences") == twice.table("found_template_sentences")


def test_no_articles_at_all_give_empty_tables() -> None:
    found = grouped([])
    for name in (
        "article_groups",
        "practice_own",
        "found_template_sentences",
        "site_operators",
        "operator_rows",
    ):
        assert found.table(name) == []


def articles(unit: list[int], about: list[int], named: list[bool] | None = None) -> Told:
    """The first stand for their stories before the others."""
    count = len(unit)
    return Told(
        unit=np.array(unit),
        about=np.array(about),
        named=np.array(named or [True] * count, np.bool_),
        turn=np.arange(1, count + 1),
        digest=np.arange(count, dtype=np.uint64),
    )


def test_a_text_told_about_two_lenders_is_two_stories_and_the_first_in_turn_stands_for_each() -> None:
    told = articles([0, 1, 1, 2], [1, 1, 2, 1])._replace(turn=np.array([2, 1, 3, 4]))
    found = stories(told, clusters=np.array([0, 0, 2]))
    assert found.cluster.tolist() == [0, 0, 0, 2]
    assert found.story.tolist() == [1, 1, 2, 3]
    assert found.stories_of_cluster.tolist() == [2, 2, 2, 1]
    assert found.is_representative.tolist() == [False, True, True, True]


def test_a_text_that_tells_several_stories_has_a_number_of_its_own_and_a_stitched_one_speaks_for_nobody() -> (
    None
):
    told = articles([0, 1, 1, 2, 3], [1, 1, 2, 1, 1])
    found = stories(told, clusters=np.array([0, 0, 2, 3]))
    assert found.story.tolist() == [1, 1, 2, 3, 4]
    by = tellers(told, found, stitched=np.array([3]))
    assert by.story[[0, 2]].tolist() == [1, 3]
    assert by.story[1] > 4
    assert by.story[3] < 0
    assert by.tellers.tolist() == [1, 2, 1, 1]


FIRST, SECOND, HALVES = 0, 1, 2  # two texts, and one that is stitched together from them


def homes(about: list[int], named: list[bool] | None = None, halves: int = HALVES) -> int:
    """Where the stitched text goes, whose own cluster is `halves`."""
    told = articles([FIRST, SECOND, HALVES], about, named)
    both = Stitched(np.array([HALVES]), np.array([FIRST]), np.array([SECOND]))
    return int(housed(np.array([FIRST, SECOND, halves]), both, told)[HALVES])


def test_a_stitched_page_goes_to_the_parent_that_speaks_of_the_same_lender_the_larger_one_first() -> None:
    assert homes([7, 8, 7]) == FIRST
    assert homes([8, 7, 7]) == SECOND
    assert homes([7, 7, 7]) == FIRST


def test_a_stitched_page_of_another_lender_of_none_or_in_company_stays_where_it_is() -> None:
    assert homes([7, 8, 9]) == HALVES
    assert homes([7, 8, 7], [False] * 3) == HALVES, "a place in common is nothing to go by"
    assert homes([8, 7, 7], halves=FIRST) == FIRST
