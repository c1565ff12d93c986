"""Templates: the same text with other names filled in."""

from __future__ import annotations

import random

from copies_farm import elsewhere, farm, grouped, page, pair_scores
from copies_texts import LENDERS, filled, reworded, sentence, template

TEMPLATE_FLOOR = 0.95  # measured 1.00 on these; .978 to .995 in findings/copies.md


def test_one_text_with_thirty_names_is_thirty_stories_of_one_template() -> None:
    docs = [
        page(name, filled(template(1), name), "a.example.com", name, n) for n, name in enumerate(LENDERS[:30])
    ]
    found = grouped(docs)
    assert len({found.story(doc) for doc in docs}) == 30
    assert {found.template(doc) for doc in docs} == {found.template(docs[0])} != {None}


def test_a_text_of_one_story_has_no_template() -> None:
    doc = page(LENDERS[0], filled(template(1), LENDERS[0]), "a.example.com", "s", 1)
    found = grouped([doc, elsewhere(doc, "b.example.com")])
    assert found.template(doc) is None
    assert found.table("found_template_sentences") == []


def test_reworded_fillings_share_their_template() -> None:
    rng = random.Random(3)
    docs = [
        page(name, reworded(filled(template(2), name), rng, 0.15), "a.example.com", name, n)
        for n, name in enumerate(LENDERS[:12])
    ]
    found = grouped(docs)
    assert {found.template(doc) for doc in docs} == {found.template(docs[0])} != {None}


def test_the_skeleton_is_the_shared_text_with_slots_and_without_what_is_one_pages_own() -> None:
    docs = [
        page(name, f"{name}逾期{n + 20}天会怎样？\n" + filled(template(4), name), "a.example.com", name, n)
        for n, name in enumerate(LENDERS[:4])
    ]
    own = sentence(random.Random(99))
    docs[0] = elsewhere(docs[0], "b.example.com", docs[0].text + "\n" + own)
    rows = grouped(docs).table("found_template_sentences")
    skeleton = "".join("\n" * row["begins_line"] + row["text"] for row in rows)
    assert skeleton.startswith("\n【platform】逾期【number】天会怎样？\n")
    assert not any(name in skeleton for name in LENDERS)
    assert own not in skeleton
    assert skeleton.count("\n") == docs[1].text.count("\n") + 1


def test_own_share_is_what_stands_in_no_other_story() -> None:
    shared = filled(template(5), LENDERS[0])
    own = "".join(sentence(random.Random(n)) for n in range(100, 103))
    first = page(LENDERS[0], shared + "\n" + own, "a.example.com", "s", 1)
    copy = elsewhere(first, "b.example.com")
    second = page(LENDERS[1], filled(template(5), LENDERS[1]), "a.example.com", "t", 2)
    alone = page(LENDERS[2], filled(template(6), LENDERS[2]), "a.example.com", "u", 3)
    rows = grouped([first, copy, second, alone]).by_article()
    expected = len(own) / (len(first.text) - first.text.count("\n"))
    assert abs(rows[first.article_id]["own_share"] - expected) < 0.02
    assert rows[copy.article_id]["own_share"] == rows[first.article_id]["own_share"]
    assert rows[second.article_id]["own_share"] < 0.02
    assert rows[alone.article_id]["own_share"] > 0.98


def test_a_law_that_every_template_quotes_does_not_make_them_one() -> None:
    docs = farm(11, templates=10, lenders=5, copies=2)
    quoted = [elsewhere(doc, f"q.{doc.site}", doc.text + "\n" + LONG_LAW) for doc in docs]
    found = grouped(quoted).by_article()
    true = {doc.article_id: doc.template for doc in quoted}
    assert pair_scores(true, {key: row["template_id"] for key, row in found.items()})[2] >= TEMPLATE_FLOOR


LONG_LAW = "".join(sentence(random.Random(n)) for n in range(500, 515))


def test_templates_of_a_farm_are_found_pair_by_pair() -> None:
    docs = farm(12, templates=12, lenders=8, copies=3)
    found = grouped(docs).by_article()
    true = {doc.article_id: doc.template for doc in docs}
    assert pair_scores(true, {key: row["template_id"] for key, row in found.items()})[2] >= TEMPLATE_FLOOR


def test_a_farm_that_mixes_its_sections_from_a_pool_is_told_by_which_stand_together() -> None:
    """Each section stands in a seventh of the templates, as stock does, and belongs to none of them; no two
    templates have more than one of six in common."""
    rng = random.Random(4)
    pool = [[template(100 * slot + n)[1] for n in range(7)] for slot in range(6)]
    docs = []
    for number in range(35):
        turn, step = divmod(number, 7)
        told = [pool[slot][(step + turn * slot) % 7] for slot in range(6)]
        for name in rng.sample(LENDERS, 4):
            first = page(
                name, filled(told, name), "a.example.com", f"{number}/{name}", len(docs), str(number)
            )
            docs += [first, elsewhere(first, "b.example.com", reworded(first.text, rng, 0.05))]
    found = grouped(docs).by_article()
    for kind in ("story", "template"):
        true = {doc.article_id: getattr(doc, kind) for doc in docs}
        assert pair_scores(true, {key: row[f"{kind}_id"] for key, row in found.items()})[2] >= 0.99, kind
