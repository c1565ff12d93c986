"""Which lines a site's memory takes for furniture, and which it must not."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.drafts import Draft, DraftLine
from pipeline.lines import line_key
from pipeline.schema import to_arrow
from pipeline.site_memory import Furniture, MemoryPart, recurring
from pipeline.site_memory.alike import BINS, GRAM, NO_GRAM, signatures, texts

_SUBJECTS = "借款人 平台 催收员 家人 同事 律师 法院 银行 账单 合同 利息 信用 记录 短信 上门 分期 证据 单位"
_VERBS = "说明 保留 拒绝 核对 承担 约定 记录 通知 影响 要求 处理 接受 提出 延后 减免 查询"
SUBJECTS, VERBS = _SUBJECTS.split(), _VERBS.split()
NOTICE = "本栏目文字由读者寄来，编辑部未作核实，读后请自行判断。"


def sentence(seed: random.Random, subjects: Sequence[str] = SUBJECTS) -> str:
    clause = "，".join(
        "".join(seed.choice(words) for words in (subjects, VERBS, subjects, VERBS, subjects))
        for _ in range(4)
    )
    return clause + "。"


def article(number: int, lines: int = 8) -> list[str]:
    seed = random.Random(number)
    return [sentence(seed) for _ in range(lines)]


def filled(name: str) -> list[str]:
    """One template: the name stands in half of its lines."""
    lines = article(10_000, 12)
    return [f"{name}{line}" if index % 2 else line for index, line in enumerate(lines)]


def memory(
    tmp_path: Path, pages: Sequence[Sequence[str]], site: str = "farm", *, sourced: bool = True
) -> set[str]:
    drafts, lines = [], []
    for number, page in enumerate(pages):
        drafts.append(draft(f"a-{number}", site, sourced=sourced))
        lines.append(line(f"a-{number}", 0, "标题", kind="title"))
        lines += [line(f"a-{number}", place, text) for place, text in enumerate(page, start=1)]
    files = tmp_path / "drafts.parquet", tmp_path / "draft_lines.parquet"
    for file, record, rows in zip(files, (Draft, DraftLine), (drafts, lines), strict=True):
        pq.write_table(to_arrow(record, rows), file)
    return {key for _, key in remembered(tmp_path)}


def remembered(read: Path) -> Furniture:
    """Of the part in this folder; what is kept of it by its name goes, since tests write it anew."""
    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as kept:
        return recurring(connection, [MemoryPart(read, Path(kept) / "lines")]).furniture


def draft(article_id: str, site: str, *, sourced: bool) -> Draft:
    at = datetime(2024, 12, 11, tzinfo=UTC)
    url = f"http://example.com/{article_id}.html"
    return Draft(
        article_id,
        url,
        site,
        sourced,
        at,
        "00",
        "f-1",
        "r-1",
        at,
        "line",
        "编辑",
        "栏目",
        "hans",
        "utf-8",
        "one-pass",
        1.0,
    )


def line(article_id: str, ordinal: int, text: str, kind: str = "paragraph") -> DraftLine:
    return DraftLine(article_id, ordinal, kind, 0, text, text, None, line_key(text), "[]", "[]")


def test_a_reposted_article_is_not_furniture(tmp_path: Path) -> None:
    assert memory(tmp_path, [article(1)] * 20 + [article(n) for n in range(2, 12)]) == set()


def test_the_paragraphs_of_a_template_with_names_filled_in_stay(tmp_path: Path) -> None:
    pages = [filled(f"样例贷{n}号平台") for n in range(50)] + [article(n) for n in range(10)]
    assert memory(tmp_path, pages) == set()


def test_a_notice_on_every_page_goes_whatever_the_articles_are(tmp_path: Path) -> None:
    pages = [[*filled(f"样例贷{n}号平台"), NOTICE] for n in range(50)] + [
        [*article(n), NOTICE] for n in range(10)
    ]
    assert memory(tmp_path, pages) == {line_key(NOTICE)}


ADVICE = (
    "切勿轻信陌生的来电，短信里的链接也不要点开，还款只走官方公布的账户。",
    "借款人可以要求对方出示委托书和工作证，说不清来历的催收一概不理。",
    "情况严重的，应当带着录音和账单咨询专业律师，通过正当的途径维权。",
)
LAW = "《民法典》第{}条说得明白，禁止高利放贷，借款的利率不得违反国家的规定。"


@pytest.mark.parametrize("share", [1, 3, 4])
def test_advice_that_ends_many_of_a_site_s_texts_stays(tmp_path: Path, share: int) -> None:
    pages = [[*article(n), *(ADVICE if n % 10 < share else [])] for n in range(40)]
    assert memory(tmp_path, pages) == set()


def test_advice_near_the_end_with_other_text_behind_it_stays(tmp_path: Path) -> None:
    pages = [[*article(n), *ADVICE, sentence(random.Random(-n))] for n in range(40)]
    assert memory(tmp_path, pages) == set()


@pytest.mark.parametrize("behind", [[], [NOTICE], [ADVICE[2], NOTICE]])
def test_a_line_under_a_numbered_sub_heading_stays(tmp_path: Path, behind: list[str]) -> None:
    pages = [[*article(n), f"6.{1 + n % 2} 防范诈骗", ADVICE[0], *behind] for n in range(40)]
    assert line_key(ADVICE[0]) not in memory(tmp_path, pages)
    assert (line_key(NOTICE) in memory(tmp_path, pages)) is bool(behind)


def test_sentences_that_differ_in_numbers_are_different(tmp_path: Path) -> None:
    pages = [[*article(n), LAW.format(600 + n)] for n in range(20)]
    assert memory(tmp_path, pages) == set()


def test_a_quoted_law_in_mid_text_stays(tmp_path: Path) -> None:
    pages = []
    for number in range(20):
        page = article(number)
        page.insert(3 + number % 3, LAW.format(680) if number % 3 else sentence(random.Random(-number)))
        pages.append(page)
    assert memory(tmp_path, pages) == set()


def test_a_paragraph_that_most_of_few_texts_end_with_stays(tmp_path: Path) -> None:
    pages = [[*article(n), *([ADVICE[1]] if n < 3 else [])] for n in range(4)]
    assert memory(tmp_path, pages) == set()


def test_on_a_thousand_pages_of_a_mill_exactly_the_block_below_goes(tmp_path: Path) -> None:
    block = ["联系本栏目", "样先生：[PHONE]", NOTICE, "已有 {} 人读过"]
    pages = []
    for number in range(1_000):
        seed = random.Random(number)
        advice = seed.sample(ADVICE, seed.randint(0, 2))
        body = [*filled(f"样例贷{number}号平台")] if number % 4 else article(number)
        pages.append([*body, *advice, *(line.format(number) for line in block)])
    assert memory(tmp_path, pages) == {line_key(line.format(1)) for line in block}


def test_a_block_goes_line_by_line_up_to_the_article(tmp_path: Path) -> None:
    block = ["关于我们的栏目", NOTICE, "[EMAIL]"]
    pages = [["欢迎来到样例栏目", *article(n), *block] for n in range(12)]
    assert memory(tmp_path, pages) == {line_key("欢迎来到样例栏目"), *map(line_key, block)}


def test_a_notice_between_ever_different_links_goes(tmp_path: Path) -> None:
    pages = [[*article(n), NOTICE, *article(-n - 1, 2)] for n in range(20)]
    assert memory(tmp_path, pages) == {line_key(NOTICE)}


def test_a_summary_label_on_every_page_stays(tmp_path: Path) -> None:
    pages = [[*article(n), "编辑结语", sentence(random.Random(-n))] for n in range(20)]
    assert memory(tmp_path, pages) == set()


def test_a_short_heading_that_different_articles_share_stays(tmp_path: Path) -> None:
    pages = []
    for number in range(20):
        page = article(number)
        page.insert(4, "平台简介")
        pages.append(page)
    assert memory(tmp_path, pages) == set()


def test_an_advert_in_mid_text_between_ever_other_lines_goes(tmp_path: Path) -> None:
    advert = "夜读专栏每周三晚九点更新欢迎订阅"
    pages = []
    for number in range(20):
        page = article(number, 16)
        page.insert(5 + number % 4, advert)
        pages.append(page)
    assert memory(tmp_path, pages) == {line_key(advert)}


def test_two_pages_are_not_enough_to_know_a_site_by(tmp_path: Path) -> None:
    assert memory(tmp_path, [[*article(n), NOTICE] for n in range(2)]) == set()


def test_three_pages_are_enough_to_know_a_site_by(tmp_path: Path) -> None:
    assert memory(tmp_path, [[*article(n), NOTICE] for n in range(3)]) == {line_key(NOTICE)}


def test_lines_that_differ_in_numbers_only_are_one(tmp_path: Path) -> None:
    pages = [[*article(n), f"本文已被 {n * 37} 位读者读过，其中 {n} 位留了言。"] for n in range(10)]
    assert memory(tmp_path, pages) == {line_key("本文已被 37 位读者读过，其中 1 位留了言。")}


def test_pages_of_unknown_origin_count_in_no_site(tmp_path: Path) -> None:
    assert memory(tmp_path, [[*article(n), NOTICE] for n in range(10)], sourced=False) == set()


@pytest.mark.parametrize("pages", [[], [[]], [["。"]] * 5])
def test_pages_with_nothing_in_them_are_no_trouble(tmp_path: Path, pages: list[list[str]]) -> None:
    if pages:
        memory(tmp_path, pages)
    with duckdb.connect() as connection:
        assert not recurring(connection, []).furniture


def test_short_articles_of_one_sentence_are_told_apart(tmp_path: Path) -> None:
    assert memory(tmp_path, [[*article(n, 1), NOTICE] for n in range(10)]) == {line_key(NOTICE)}


def test_versions_of_one_page_are_one_text() -> None:
    minima = signatures([sentence(random.Random(n)) * 5 for n in range(3)])
    assert len(set(texts(numbered("sss"), numbered("uuv"), minima).tolist())) == 2
    assert len(set(texts(numbered("sts"), numbered("uuv"), minima).tolist())) == 3


@given(st.lists(st.text(alphabet="一二三四五六七八九十甲乙丙丁𠀀a", max_size=40), max_size=8))
def test_a_text_is_signed_the_same_alone_and_among_others(bodies: list[str]) -> None:
    """The least hash of each bin, as a plain reading of the definition has it."""
    alone = [signatures([body])[0].tolist() for body in bodies]
    assert signatures(bodies).tolist() == alone == [minima_by_definition(body) for body in bodies]


def minima_by_definition(body: str) -> list[int]:
    least, word = [int(NO_GRAM)] * BINS, 2**64 - 1
    for at in range(len(body) - GRAM + 1):
        one, two, three = map(ord, body[at : at + GRAM])
        gram = (one << 42 | two << 21 | three) & word
        hashed = (gram ^ gram >> 29) * 0xBF58476D1CE4E5B9 & word
        hashed ^= hashed >> 32
        hashed = hashed * 0x94D049BB133111EB & word
        bin = hashed >> 58
        least[bin] = min(least[bin], (hashed << 6 & word) >> 32)
    return least


def test_copies_are_one_text_in_any_order_of_pages_and_another_sites_are_not_theirs() -> None:
    """Alike in chains: the first and the last may differ more than neighbours do."""
    rng = random.Random(5)
    stock = [sentence(random.Random(n)) * 4 for n in range(5)]
    bodies = [text[: rng.randrange(60, 80)] + str(n) for n, text in enumerate(stock * 6)]
    pages = [(f"s{n % 2}", f"u{n}", body) for n, body in enumerate(bodies)]
    found = groups_of(pages)
    rng.shuffle(pages)
    assert groups_of(pages) == found
    assert all(len({one.partition(" ")[0] for one in group}) == 1 for group in found)
    assert len(found) == 2 * len(stock)


def numbered(words: Iterable[str]) -> NDArray[np.int64]:
    return np.array([hash(word) for word in words], np.int64)


def groups_of(pages: list[tuple[str, str, str]]) -> set[frozenset[str]]:
    sites, urls, bodies = map(list, zip(*pages, strict=True))
    held: dict[int, set[str]] = {}
    numbers = texts(numbered(sites), numbered(urls), signatures(bodies)).tolist()
    for number, site, url in zip(numbers, sites, urls, strict=True):
        held.setdefault(number, set()).add(f"{site} {url}")
    return {frozenset(group) for group in held.values()}
