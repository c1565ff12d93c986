"""The explorer's pages: what stands in the URL and on the screen, and that the files say the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from explorer_client import BASE, client, file, page
from invented_corpus import default_articles, make_corpus
from invented_rows import SNAPSHOT
from starlette.testclient import TestClient

from crawler.workspace import Workspace

FIRST = default_articles()[0]
HAN, TAG = re.compile("[\u4e00-\u9fff]"), re.compile("<[^>]+>")
TEMPLATE, OPERATOR = "t-000000000001", "op-000000000001"
PAGES = (
    "/", "/reports/practices", "/reports/tips", "/reports/laws", "/reports/templates", "/reports/operators",
    "/reports/sites", "/reports/unknown-platforms", "/reports/tip-candidates", "/evidence",
    "/platform/xinglan-dai",
    f"/article/{FIRST.id}", f"/story/{FIRST.story}", f"/template/{TEMPLATE}", f"/operator/{OPERATOR}",
    f"/search?q={quote('保留证据')}",
    "/method", "/download", "/runs",
    "/corrections",
)  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("explorer"), synthetic=True)


@pytest.fixture(scope="module")
def asked(workspace: Workspace) -> Iterator[TestClient]:
    with client(workspace) as held:
        yield held


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_every_page_stands_in_both_languages_with_its_caveat_and_citation(
    asked: TestClient, url: str, lang: str
) -> None:
    response = asked.get(url, params=None, headers={"Accept-Language": lang})
    assert response.status_code == 200
    said = response.text
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in said
    assert ("不是借款人的抽样" in said) if lang == "zh" else ("Not a sample of borrowers" in said)
    assert "SYNTHETIC 合成样本" in said
    assert f"snapshot={SNAPSHOT}" in said and "BibTeX" in said
    assert "complaints" not in said.lower()


HEADS = re.compile(r'<th scope="col" data-column="([^"]+)"[^>]*>(.*?)</th>', re.S)


@pytest.mark.parametrize("url", [*PAGES, "/?sensitivity=1"])
def test_every_column_has_a_chinese_heading(asked: TestClient, url: str) -> None:
    shown = asked.get(f"{url}{'&' if '?' in url else '?'}lang=zh").text
    bare = [column for column, said in HEADS.findall(shown) if not HAN.search(TAG.sub("", said))]
    assert not bare


def test_the_language_of_the_url_comes_before_the_readers(asked: TestClient) -> None:
    assert 'lang="en"' in asked.get("/?lang=en", headers={"Accept-Language": "zh"}).text[:60]


FILTERED = (
    "/?site=site1", "/?state=gone", "/?since=2024-05-01&until=2024-05-01&date=published&sort=pages",
    "/reports/practices?assertion=alleged&platform=xinglan-dai&site=site0",
    "/reports/sites?platform=星蓝贷&state=live&sort=pages", "/reports/tips?practice=contacting-others",
    "/platform/xinglan-dai?site=site1&since=2024-05-01", "/platform/maiyu-jinrong?assertion=claimed-practice",
)  # fmt: skip


@pytest.mark.parametrize("url", [*PAGES, *FILTERED])
def test_every_table_is_the_same_as_csv_and_json_as_on_the_screen(asked: TestClient, url: str) -> None:
    shown = page(asked, url)
    for name, rows in shown.tables.items():
        held = file(asked, url, name)
        lines = list(csv.DictReader(io.StringIO(file(asked, url, name, "csv"))))
        assert len(rows) == len(held["rows"]) == len(lines) == held["shown"], name
        assert held["missing"] == held["found"] - held["shown"] == 0
        for screen, row, line in zip(rows, held["rows"], lines, strict=True):
            assert list(row) == list(line)
            for column, value in row.items():
                if isinstance(value, int) and not isinstance(value, bool):
                    assert int(line[column]) == value
                    if column in screen:
                        assert int(screen[column].replace(",", "")) == value, (name, column)


def test_a_part_of_a_filtered_table_is_the_same_as_its_files(asked: TestClient) -> None:
    for url in (
        "/reports/sites?platform=xinglan-dai&sort=pages&limit=2",
        "/reports/sites?state=live&limit=2&page=2",
    ):
        held, screen = file(asked, url), page(asked, url).tables["sites"]
        lines = list(csv.DictReader(io.StringIO(file(asked, url, form="csv"))))
        assert [line["pages"] for line in lines] == [row["pages"] for row in screen]
        assert [line["pages"] for line in lines] == [str(row["pages"]) for row in held["rows"]]
        assert held["shown"] == 2 and held["missing"] == held["found"] - 2 > 0


@pytest.mark.parametrize(("lang", "name"), [("zh", "平台"), ("en", "platform")])
def test_slots_have_names_in_the_readers_language(asked: TestClient, lang: str, name: str) -> None:
    shown = asked.get(f"/template/{TEMPLATE}?lang={lang}").text
    assert f'<mark class="m-slot">{name}</mark>' in shown
    assert page(asked, f"/template/{TEMPLATE}?lang={lang}").tables["slots"][0]["type"] == name
    assert file(asked, f"/template/{TEMPLATE}?lang={lang}", "slots")["rows"][0]["type"] == "platform"


def test_a_file_that_is_cut_says_how_much_is_missing(asked: TestClient) -> None:
    response = asked.get("/evidence?format=csv&limit=2")
    assert (response.headers["x-rows"], response.headers["x-rows-found"]) == ("2", "8")
    assert "rows-1-2-of-8" in response.headers["content-disposition"]
    held = file(asked, "/evidence?limit=2&page=2")
    assert (held["first"], held["shown"], held["found"], held["missing"]) == (3, 2, 8, 6)
    assert "3–4" in asked.get("/evidence?limit=2&page=2").text


def test_pages_of_a_table_hold_every_row_once(asked: TestClient) -> None:
    whole = [row["story_id"] for row in file(asked, "/evidence")["rows"]]
    parts = [
        row["story_id"] for n in range(1, 5) for row in file(asked, f"/evidence?limit=2&page={n}")["rows"]
    ]
    assert parts == whole and len(set(whole)) == 8


def test_the_stories_of_a_template_come_a_page_at_a_time_and_whole_in_a_file(asked: TestClient) -> None:
    url = f"/template/{TEMPLATE}"
    whole = file(asked, url, "stories")
    assert whole["missing"] == 0 and whole["found"] == len({row["story_id"] for row in whole["rows"]}) > 1
    parts = [file(asked, f"{url}?limit=1&page={n}", "stories") for n in range(1, whole["found"] + 1)]
    assert [part["rows"][0] for part in parts] == whole["rows"]
    assert {part["found"] for part in parts} == {whole["found"]}
    assert len(page(asked, f"{url}?limit=1").tables["stories"]) == 1


@pytest.mark.parametrize(("lang", "said"), [("zh", "指称发生过"), ("en", "alleged")])
def test_how_a_practice_is_asserted_is_said_in_the_readers_language(
    asked: TestClient, lang: str, said: str
) -> None:
    rows = page(asked, f"/reports/practices?assertion=alleged&lang={lang}").tables["practices"]
    assert rows and {row["assertion"] for row in rows} == {said}


@pytest.mark.parametrize(
    ("lang", "said", "other"), [("zh", "消费贷款", "Consumer"), ("en", "Consumer", "消费贷款")]
)
def test_the_kind_of_a_lender_is_said_in_the_readers_language(
    asked: TestClient, lang: str, said: str, other: str
) -> None:
    for url in ("/platform/xinglan-dai", "/method"):
        shown = asked.get(f"{url}?lang={lang}").text
        assert said in shown and other not in shown, url


def test_a_filter_stands_in_the_url_and_in_the_permalink(asked: TestClient) -> None:
    url = "/?platform=xinglan-dai&assertion=alleged&lang=en"
    shown = page(asked, url)
    assert [row["platform_id"] for row in shown.tables["platforms"]] == ["星蓝贷"]
    permalink = next(link for link in shown.links if link.startswith(BASE) and "snapshot" in link)
    assert "platform=xinglan-dai" in permalink and f"snapshot={SNAPSHOT}" in permalink
    again = page(asked, permalink.removeprefix(BASE))
    assert again.tables == shown.tables


def test_a_platform_that_enough_people_allege_of_is_ranked_and_the_others_are_not(asked: TestClient) -> None:
    rows = page(asked, "/").tables["platforms"]
    assert [(row["rank"], row["platform_id"]) for row in rows] == [
        ("1", "星蓝贷"), ("", "鹤汀小贷"), ("", "麦屿金融"),
    ]  # fmt: skip


def test_a_corpus_without_allegations_says_so(tmp_path: Path) -> None:
    told = [one for one in default_articles() if one.assertion != "alleged"]
    with client(make_corpus(tmp_path, told)) as held:
        assert "本语料中未发现具体投诉" in held.get("/").text


def test_a_quote_stands_beside_the_pages_own_words_with_its_record(asked: TestClient) -> None:
    said = asked.get("/evidence?platform=heting-xiaodai&lang=en").text
    assert "［题］" in said and "問也讓人擔心" in said
    assert "archive/a/a.warc.gz" in said and default_articles()[-1].payload in said
    assert "origin unknown, not citable" in said


def test_the_place_of_a_quote_is_marked_in_the_article(asked: TestClient) -> None:
    start = FIRST.text.index("给通讯录")
    said = asked.get(f"/article/{FIRST.id}?at=text:{start}-{start + 4}").text
    assert '<mark class="m-practice m-at" id="at"' in said


def test_an_archive_that_cannot_be_read_is_said_not_raised(asked: TestClient) -> None:
    assert "存档记录无法读取" in asked.get(f"/article/{FIRST.id}?lang=zh").text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/article/a-0000000000000000", 404), ("/platform/none", 404), ("/nothing", 404), ("/story/s-1", 404),
        ("/reports/nothing", 404), ("/?platform=none", 400), ("/?since=yesterday", 400), ("/?limit=0", 400),
        ("/?limit=１", 400), ("/?lang=fr", 400), ("/?sort=nothing", 400), ("/?page=99999999999", 400),
        (f"/article/{FIRST.id}?at=text", 400), ("/?snapshot=20000101T000000Z", 410),
        ("/?snapshot=../corpus", 410), ("/?format=csv&table=nothing", 404), ("/evidence?kind=x", 400),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_in_words(asked: TestClient, url: str, status: int) -> None:
    response = asked.get(url)
    assert response.status_code == status
    assert "Traceback" not in response.text


def test_a_place_outside_the_text_marks_nothing(asked: TestClient) -> None:
    assert 'id="at"' not in asked.get(f"/article/{FIRST.id}?at=text:5-9999999").text


def test_search_finds_a_phrase_in_either_script_and_counts_stories(asked: TestClient) -> None:
    for phrase in ("鹤汀小贷", "鶴汀小貸"):
        shown = page(asked, f"/search?q={quote(phrase)}")
        assert (shown.counts["pages"], shown.counts["stories"]) == ("1", "1")
    assert page(asked, f"/search?q={quote('无人说过')}").counts["pages"] == "0"


def test_search_takes_signs_of_patterns_for_letters(asked: TestClient) -> None:
    for phrase in ("%", "_", "'", '"', "\\", "*"):
        assert page(asked, f"/search?q={quote(phrase)}").counts["pages"] == "0"


def test_every_object_says_what_made_it(asked: TestClient) -> None:
    story = file(asked, "/evidence?limit=1")["rows"][0]
    for path in (f"/article/{story['article_id']}", f"/story/{story['story_id']}"):
        text = asked.get(f"{path}?lang=en").text
        assert "Made by: run, code, gazetteer" in text and 'href="/method?lang=en#versions"' in text
    assert 'id="versions"' in asked.get("/method").text


def test_a_page_that_the_reader_has_is_not_sent_again(asked: TestClient) -> None:
    first = asked.get("/evidence?lang=zh")
    again = asked.get("/evidence?lang=zh", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for other in ("/evidence?lang=en", "/evidence?lang=zh&assertion=alleged", "/?lang=zh"):
        assert asked.get(other, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert "ETag" not in asked.get("/download").headers


def test_a_kept_page_speaks_the_readers_language_and_names_his_host(asked: TestClient) -> None:
    zh, en = (asked.get("/", headers={"Accept-Language": lang}).text for lang in ("zh", "en"))
    assert 'lang="zh-Hans"' in zh and 'html lang="en"' in en
    assert "http://localhost/" in asked.get("/?lang=en", headers={"Host": "localhost"}).text
