"""What looks alike and is not the same text; each time beside real copies, which must stay together."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from copies_farm import Doc, Grouped, grouped, page
from copies_texts import HAN, LENDERS, THEN, filled, sentence, template

A, B, C = LENDERS[:3]
Text = Sequence[Sequence[str]]


def prose(rng: random.Random, sentences: int, letters: int = 40) -> str:
    """Sentences that share nothing with any others; a grammar's are alike by a tenth of its lines."""
    return "".join("".join(rng.choices(HAN, k=letters)) + "。" for _ in range(sentences))


LAW = "\n".join(f"第{n}条 {prose(random.Random(400 + n), 1)}" for n in range(1, 9))


def fillings(text: Text, first: int, names: Sequence[str] = (A, B, C)) -> list[Doc]:
    return [
        page(name, filled(text, name), f"{'ab'[n % 2]}.example.com", f"{first}/{name}", first + n)
        for n, name in enumerate(names)
    ]


def templates(found: Grouped, docs: Sequence[Doc]) -> set[str | None]:
    return {found.template(doc) for doc in docs}


def one_template_each(one: Text, other: Text) -> None:
    left, right = fillings(one, 1), fillings(other, 10)
    found = grouped([*left, *right])
    assert len(templates(found, left)) == len(templates(found, right)) == 1
    assert templates(found, left) != templates(found, right)
    assert None not in templates(found, left) | templates(found, right)
    assert len({found.story(doc) for doc in [*left, *right]}) == 6


def test_the_same_headings_over_an_independent_body_make_no_template() -> None:
    one, other = template(31), template(32)
    same = [[head, *body] for (head, *_), (_, *body) in zip(one, other, strict=True)]
    one_template_each(one, same)


def test_two_templates_by_one_author_with_a_section_in_common_are_two() -> None:
    one, other = template(33, 6), template(34, 6)
    other[3] = one[3]
    one_template_each(one, other)


def test_two_templates_with_the_same_opening_and_closing_words_are_two() -> None:
    rng = random.Random(35)
    opening, closing = sentence(rng, "{P}"), sentence(rng)
    one, other = (
        [[held[0][0], opening, *held[0][1:]], *held[1:], ["总结", closing]]
        for held in (template(36), template(37))
    )
    one_template_each(one, other)


def quoting(articles: int, sentences: int) -> list[Doc]:
    """The same eight articles of law, and so many sentences of each page's own."""
    rng = random.Random(38)
    return [
        page(LENDERS[n], f"{prose(rng, sentences)}\n{LAW}", f"{n}.example.com", str(n), n)
        for n in range(articles)
    ]


@pytest.mark.parametrize(("articles", "sentences"), [(2, 10), (6, 8), (2, 6), (6, 4)])
def test_articles_that_quote_the_same_law_at_length_are_stories_of_their_own(
    articles: int, sentences: int
) -> None:
    docs = quoting(articles, sentences)
    copy = Doc("http://copy.example.com/1", "copy.example.com", docs[0].title, docs[0].text)
    found = grouped([*docs, copy])
    assert found.story(copy) == found.story(docs[0])
    assert len({found.story(doc) for doc in docs}) == articles
    assert templates(found, docs) == {None}


def test_short_pages_about_one_lender_are_stories_of_their_own() -> None:
    rng = random.Random(39)
    docs = [
        page(A, f"{A}{rng.choice(THEN)}。{sentence(rng)}请大家保持冷静。", f"{n}.example.com", str(n), n)
        for n in range(8)
    ]
    copy = Doc("http://copy.example.com/1", "copy.example.com", docs[0].title, docs[0].text)
    found = grouped([*docs, copy])
    assert len({found.story(doc) for doc in docs}) == 8
    assert found.story(copy) == found.story(docs[0])


def test_list_pages_that_share_a_third_of_their_headlines_are_not_one_text() -> None:
    rng = random.Random(40)
    headlines = [prose(rng, 1, 16) for _ in range(72)]
    docs = [
        page(A, "\n".join(headlines[n * 11 : n * 11 + 16]), f"{n}.example.com", str(n), n) for n in range(6)
    ]
    copy = Doc("http://copy.example.com/1", "copy.example.com", docs[0].title, docs[0].text)
    found = grouped([*docs, copy])
    assert len({found.story(doc) for doc in docs}) == 6
    assert found.story(copy) == found.story(docs[0])


def test_a_list_of_headlines_does_not_join_the_article_whose_headline_it_shows() -> None:
    text = template(41)
    left = fillings(text, 1)
    shown = "\n".join(
        [left[0].title, left[0].text.split("\n")[0], *(f"{name}催收怎么办？" for name in LENDERS[5:20])]
    )
    listed = Doc("http://l.example.com/1", "l.example.com", f"{A}文章列表", shown)
    found = grouped([*left, listed])
    assert found.story(listed) not in {found.story(doc) for doc in left}
    assert found.template(listed) is None
