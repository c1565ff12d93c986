"""Lines in elements of their own, and sentences that no site can claim as its notice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.drafts import Draft, DraftLine
from pipeline.lines import line_key
from pipeline.schema import to_arrow
from tests.test_site_memory import NOTICE, article, draft, line, remembered, sentence

TEXT = "div.entry>p"
Page = Sequence[tuple[str, str]]  # (place, line)


def memory(tmp_path: Path, sites: dict[str, Sequence[Page]]) -> set[tuple[str, str]]:
    drafts, lines = [], []
    for site, pages in sites.items():
        for number, page in enumerate(pages):
            name = f"a-{site}-{number}"
            drafts.append(draft(name, site, sourced=True))
            lines.append(line(name, 0, "标题", kind="title"))
            lines += [
                line(name, n, text, "list-item" if place.endswith("li") else "paragraph")._replace(
                    place=place
                )
                for n, (place, text) in enumerate(page, 1)
            ]
    files = tmp_path / "drafts.parquet", tmp_path / "draft_lines.parquet"
    for file, record, rows in zip(files, (Draft, DraftLine), (drafts, lines), strict=True):
        pq.write_table(to_arrow(record, rows), file)
    return set(remembered(tmp_path))


def own(number: int, lines: int = 8) -> list[tuple[str, str]]:
    return [(TEXT, text) for text in article(number, lines)]


def mid_text(number: int, *inserted: tuple[str, str]) -> Page:
    page = own(number)
    return [*page[:4], *inserted, *page[4:]]


ADVICE = [f"{word}要先问清楚再签字，别急着付钱" for word in ("合同", "利息", "期限", "费用", "对方", "担保")]


def test_items_that_a_mill_takes_from_one_stock_stay(tmp_path: Path) -> None:
    pages = []
    for number in range(20):
        items = random.Random(number).sample(ADVICE, 3)
        pages.append(mid_text(number, *(("div.entry>ul>li", text) for text in items)))
    assert memory(tmp_path, {"farm": pages}) == set()


def test_a_label_in_its_own_element_with_text_below_it_is_a_heading(tmp_path: Path) -> None:
    pages = [mid_text(number, ("div.subtitle", "平台背景")) for number in range(20)]
    assert memory(tmp_path, {"farm": pages}) == set()


def test_words_of_a_button_that_elsewhere_are_text_stay(tmp_path: Path) -> None:
    pages = [mid_text(n, ("div.bar", "收藏本文"), ("div.bar", "字号放大")) for n in range(6)]
    pages += [mid_text(n, (TEXT, "收藏本文"), (TEXT, sentence(random.Random(n)))) for n in range(6, 12)]
    assert ("farm", line_key("收藏本文")) not in memory(tmp_path, {"farm": pages})


def test_a_law_quoted_on_every_page_stays_also_in_an_element_of_its_own(tmp_path: Path) -> None:
    law = "根据《样例借贷管理条例》第十二条的规定，出借人不得在夜间向借款人催要款项，也不得打扰他人。"
    pages = [mid_text(number, ("blockquote.law", law)) for number in range(20)]
    assert memory(tmp_path, {"farm": pages}) == set()
    ends = [[*own(number), (TEXT, law)] for number in range(20)]
    assert memory(tmp_path, {"farm": ends}) == set()


@pytest.mark.parametrize("pages", [3, 20])
def test_the_labels_of_a_player_in_mid_text_go(tmp_path: Path, pages: int) -> None:
    labels = [("div.player>div", text) for text in ("播放速度", "自动播放下一条", "画面比例")]
    found = memory(tmp_path, {"news": [mid_text(number, *labels) for number in range(pages)]})
    assert found == {("news", line_key(text)) for _, text in labels}


def test_a_notice_in_its_own_element_goes_from_mid_text(tmp_path: Path) -> None:
    pages = [mid_text(number, ("p.notice", NOTICE)) for number in range(6)]
    assert memory(tmp_path, {"news": pages}) == {("news", line_key(NOTICE))}


CLOSING = "借款人在签字以前，最好请家里人一起看一遍合同，把每一项费用都问清楚。"


def test_advice_that_closes_all_texts_of_one_site_and_some_of_another_stays(tmp_path: Path) -> None:
    sites = {
        "one": [[*own(number), (TEXT, CLOSING)] for number in range(8)],
        "two": [[*own(100 + n), *([(TEXT, CLOSING)] if n < 2 else [])] for n in range(8)],
    }
    assert memory(tmp_path, sites) == set()


def test_a_notice_that_closes_all_texts_of_two_sites_goes(tmp_path: Path) -> None:
    sites = {
        site: [[*own(first + number), (TEXT, NOTICE)] for number in range(8)]
        for site, first in (("one", 0), ("two", 100))
    }
    assert memory(tmp_path, sites) == {(site, line_key(NOTICE)) for site in sites}
