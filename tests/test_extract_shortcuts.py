"""What is ruled out at a glance says the same as the long way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_topic import TOPIC, WORDS

from pipeline.extract.blocks import Block
from pipeline.extract.comparable import simplified, simplified_lines
from pipeline.extract.guard import signs_unless_bomb
from pipeline.extract.running import BAD, GOOD, NEAR, SHORT, running_lines
from pipeline.extract.scan.signs import DATED, JSON_LD, TRAIL, TURNS
from pipeline.extract.scripts import HAN, KANA_OR_HANGUL, scripts
from pipeline.extract.words import letters, says
from pipeline.extract.zones import CUT_OFF, teaser_share
from pipeline.findings.anchors import needed

LINE = st.text("逾期催收導語(dǎo)（）還Aa 1。", max_size=12)
ENDS = [
    "更多。",
    "阅读全文》",
    "Read More",
    "借款人…",
    "借款人..]",
    "借款人。",
    "更多借款人",
    "了解更 多",
    "",
]


@given(st.lists(LINE, max_size=8))
def test_lines_simplified_together_are_the_lines_simplified_one_by_one(lines: list[str]) -> None:
    assert simplified_lines(lines) == [simplified(line) for line in lines]


@given(LINE, LINE)
def test_a_line_says_what_its_letters_are(text: str, other: str) -> None:
    assert says(text, letters(text))
    assert says(text, letters(other)) == (letters(text) == letters(other))


@given(st.text())
def test_every_character_is_counted_in_its_script(text: str) -> None:
    def runs(blocks: tuple[tuple[int, int], ...]) -> int:
        return len(re.findall("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in blocks) + "]", text))

    assert scripts(text) == (runs(HAN), runs(KANA_OR_HANGUL))


@pytest.mark.parametrize("end", ENDS)
def test_a_teaser_is_known_by_its_last_letters_whatever_stands_behind_them(end: str) -> None:
    line = "借款人逾期之后平台先打电话再发短信最后才联系家人" + end
    is_teaser = bool(CUT_OFF.search(line)) or letters(line).endswith(WORDS.related_teasers)
    assert teaser_share([line] * 5, WORDS) == float(is_teaser)


@pytest.mark.parametrize(
    ("markup", "sign"),
    [
        ('<script type="application/ld+json">{}</script>', JSON_LD),
        ("<TIME>2024-05-06</TIME>", DATED),
        ('<i itemprop="name datePublished">2024-05-06</i>', DATED),
        ('<ul class="BreadCrumb">', TRAIL),
        ('<ol aria-label="面包屑">', TRAIL),
        ("<a rel=next href=12_2.html>", TURNS),
        ("<link rel='prefetch Next' href=12_2.html>", TURNS),
        ("<BASE href=/n/>", TURNS),
        ("<p title='ld+json crumb next'>datePublished</p><!-- <time> --><script>'<base>'</script>", 0),
    ],
)
def test_the_tree_is_asked_for_a_rare_element_only_where_a_tag_is_a_sign_of_it(
    markup: str, sign: int
) -> None:
    assert signs_unless_bomb(f"<html><p>正文 {markup}".encode()) == sign


def test_every_credit_of_a_picture_holds_a_sign() -> None:
    words = TOPIC.tables["page"]["caption"]
    for credit in words["credits"]:
        held = [piece.strings for piece in needed(re.compile(credit))]
        assert any(all(any(sign in said for sign in words["credit_signs"]) for said in one) for one in held)


SAID = "逾期之后先打电话再发短信最后才联系家人的那一家平台"
LINE_OF = Block("paragraph", 0, SAID, 0, 0, False, False, False, 0)
OF_CLASS = {
    GOOD: LINE_OF._replace(text=f"{SAID}。"),
    NEAR: LINE_OF,
    SHORT: LINE_OF._replace(text=SAID[:4]),
    BAD: LINE_OF._replace(linked=len(SAID)),
}


@given(st.lists(st.sampled_from([GOOD, NEAR, SHORT, BAD]), max_size=12))
def test_runs_of_lines_are_judged_as_each_line_by_its_neighbours(classes: list[str]) -> None:
    def beside(all_: list[str], at: int, passed: str) -> list[str]:
        ways = (all_[:at][::-1], all_[at + 1 :])
        return [next((one for one in way if one not in passed), BAD) for way in ways]

    def of_short(at: int) -> str:
        near = beside(classes, at, SHORT)
        return BAD if BAD in near else NEAR if NEAR in near else GOOD

    known = [of_short(at) if own == SHORT else own for at, own in enumerate(classes)]
    kept = [
        at
        for at, own in enumerate(known)
        if own == GOOD or (own == NEAR and beside(known, at, NEAR) != [BAD, BAD])
    ]
    assert running_lines([OF_CLASS[own] for own in classes]) == tuple(kept)
