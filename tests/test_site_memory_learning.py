"""Where a site's articles stand, learnt from pages that were read well; what goes astray is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from shared_topic import RULES, WORDS

from crawler.importing import import_paths
from crawler.page import Page, payload_sha256
from crawler.workspace import Workspace, open_workspace
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.extract import Known
from pipeline.extract.passages import digest
from pipeline.extract.score import gram_f1
from pipeline.parts import part_file
from pipeline.read import Read
from pipeline.schema import table_name, to_arrow
from pipeline.site_memory.learning import Learnt, learn
from tests.stores import ask, tables
from yuqi.building import build_workspace
from yuqi.samples.hosts import HostPage, host_pages
from yuqi.samples.hosts.words import paragraph, title

AT = datetime(2100, 1, 1, tzinfo=UTC)
URL = "http://news.example.com/{}.html"
TRACES = (Draft, DraftContainer, DraftPassage)


@pytest.fixture(scope="module")
def read() -> Read:
    return Read({}, WORDS, RULES, b"")


def as_page(url: str, html: str, site: str = "site") -> Page:
    payload = html.encode()
    return Page("f", site, url, AT, 200, "text/html; charset=utf-8", payload, payload_sha256(payload), True)


def taught(tmp_path: Path, read: Read, pages: Sequence[Page]) -> Learnt:
    rows = [row for page in pages for row in read(page, "")]
    for record in TRACES:
        held = [row for row in rows if isinstance(row, record)]
        pq.write_table(to_arrow(record, held), part_file(tmp_path, record))
    with duckdb.connect() as connection:
        return learn(connection, files_in(tmp_path))


def files_in(folder: Path) -> dict[str, list[Path]]:
    return {table_name(record): [part_file(folder, record)] for record in TRACES}


def text_of(read: Read, page: Page, known: Known | None = None) -> tuple[str, str]:
    """(extractor, text)"""
    rows = list(read(page, "", known))
    (draft,) = (row for row in rows if isinstance(row, Draft))
    lines = [row.text for row in rows if isinstance(row, DraftLine) and row.ordinal and row.reason is None]
    return draft.extractor, "\n".join(lines)


def news(number: int, name: str = "text", lines: int = 6, short: bool = False) -> Page:
    """An article, and below it a longer column that is another on each page; a short article loses to it."""
    own = "".join(f"<p>{paragraph(1 if short else 3, 'own', number, n)}</p>" for n in range(lines))
    column = "".join(f"<p>{paragraph(3, 'column', number, n)}</p>" for n in range(6 if short else 0))
    html = (
        f"<html><head><title>{title('t', number)}</title><link rel='canonical' href='{URL.format(number)}'>"
        f"</head><body><div class='{name}'>{own}</div>"
        f"<div class='letters-{name}'>{column}</div></body></html>"
    )
    return as_page(URL.format(number), html)


SHORT = {"lines": 4, "short": True}


def test_pages_that_agree_on_nothing_teach_nothing(tmp_path: Path, read: Read) -> None:
    letters = "abcdefghij"
    pages = [news(number, f"x{letters[number]}") for number in range(10)]
    assert taught(tmp_path, read, pages).containers == ()


@pytest.mark.parametrize("many", [0, 1, 3])
def test_three_pages_are_not_enough(tmp_path: Path, read: Read, many: int) -> None:
    assert taught(tmp_path, read, [news(number) for number in range(many)]) == Learnt((), {})


def test_versions_of_one_page_teach_once(tmp_path: Path, read: Read) -> None:
    pages = [as_page("http://news.example.com/1.html", news(n).payload.decode()) for n in range(8)]
    assert taught(tmp_path, read, pages).containers == ()


def test_copies_of_one_article_teach_nothing(tmp_path: Path, read: Read) -> None:
    pages = [as_page(f"http://news.example.com/{n}.html", news(1).payload.decode()) for n in range(8)]
    assert taught(tmp_path, read, pages) == Learnt((), {})


def test_pages_of_unknown_origin_teach_nothing(tmp_path: Path, read: Read) -> None:
    pages = [
        Page(p.fetch_id, p.site_id, p.url, AT, 200, p.content_type, p.payload, p.payload_sha256, False)
        for p in (news(number) for number in range(8))
    ]
    assert taught(tmp_path, read, pages) == Learnt((), {})


def test_each_design_of_a_site_is_learnt_from_its_own_pages(tmp_path: Path, read: Read) -> None:
    pages = [news(n, "old" if n % 2 else "new") for n in range(16)]
    learnt = taught(tmp_path, read, pages).containers
    assert sorted((one.container, one.n_pages) for one in learnt) == [("div.new", 8), ("div.old", 8)]
    assert [one.layout for one in learnt] == [1, 2]


def test_what_is_learnt_does_not_depend_on_the_order_of_pages(tmp_path: Path, read: Read) -> None:
    pages = [news(n) for n in range(8)] + [news(n, **SHORT) for n in range(8, 11)]
    assert taught(tmp_path, read, pages) == taught(tmp_path, read, pages[::-1])


def test_a_page_read_beside_the_article_is_read_again_where_the_others_have_theirs(
    tmp_path: Path, read: Read
) -> None:
    pages = [news(n) for n in range(8)]
    astray = news(8, **SHORT)
    learnt = taught(tmp_path, read, [*pages, astray])
    assert [one.container for one in learnt.containers] == ["div.text"]
    known = learnt.astray[astray.article_id]
    own = "\n".join(paragraph(1, "own", 8, n) for n in range(4))
    assert gram_f1(text_of(read, astray)[1], own).f1 < 0.5
    assert text_of(read, astray, known) == ("learnt", own)
    assert not any(page.article_id in learnt.astray for page in pages)


def seen(number: int, inside: Sequence[str], aside: Sequence[str]) -> list[DraftPassage]:
    """The passages of one page, thirty characters each."""
    return [
        DraftPassage(f"a-{number}", "site", "f", digest(line), 30, held)
        for held, lines in ((True, inside), (False, aside))
        for line in lines
    ]


def astray(tmp_path: Path, passages: Sequence[DraftPassage]) -> dict[str, Known]:
    pq.write_table(to_arrow(Draft, []), part_file(tmp_path, Draft))
    pq.write_table(to_arrow(DraftContainer, []), part_file(tmp_path, DraftContainer))
    pq.write_table(to_arrow(DraftPassage, passages), part_file(tmp_path, DraftPassage))
    with duckdb.connect() as connection:
        return dict(learn(connection, files_in(tmp_path)).astray)


def test_a_paragraph_that_stands_aside_of_other_articles_as_a_teaser_stays(tmp_path: Path) -> None:
    article = seen(0, ["opening", "second", "third"], [])
    others = [row for n in range(1, 9) for row in seen(n, ["own" * n], ["opening"])]
    assert astray(tmp_path, [*article, *others]) == {}


def test_copies_of_an_article_that_were_read_with_less_of_it_are_no_witnesses(tmp_path: Path) -> None:
    copies = [row for n in range(1, 9) for row in seen(n, ["first"], ["second", "third"])]
    assert astray(tmp_path, [*seen(0, ["first", "second", "third"], []), *copies]) == {}


def test_one_other_article_is_no_witness(tmp_path: Path) -> None:
    assert astray(tmp_path, [*seen(0, ["bar"], ["text"]), *seen(1, ["own"], ["bar"])]) == {}


def test_a_side_bar_that_other_articles_have_aside_is_no_article(tmp_path: Path) -> None:
    others = [row for n in (1, 2) for row in seen(n, ["own" * n], ["bar", "notice"])]
    assert astray(tmp_path, [*seen(0, ["bar"], ["text", "notice"]), *others]) == {
        "a-0": Known(aside=tuple(sorted(map(digest, ("bar", "notice")))))
    }


def test_a_page_whose_side_bar_is_known_is_read_without_it(read: Read) -> None:
    page = news(1, **SHORT)
    column = [paragraph(3, "column", 1, n) for n in range(6)]
    own = "\n".join(paragraph(1, "own", 1, n) for n in range(4))
    assert text_of(read, page)[1] != own
    assert text_of(read, page, Known(aside=tuple(map(digest, column)))) == ("learnt", own)


def test_what_is_known_and_is_not_on_the_page_changes_nothing(read: Read) -> None:
    page = news(1)
    for known in (Known("div.elsewhere"), Known(aside=("0" * 16,)), Known()):
        assert text_of(read, page, known)[1] == text_of(read, page)[1]


def as_host_page(page: Page) -> HostPage:
    return HostPage(page.site_id, page.url, page.payload.decode(), "", "")


def saved(folder: Path, pages: Sequence[HostPage]) -> Path:
    folder.mkdir(parents=True)
    for page in pages:
        (folder / f"{page.url.rsplit('/', 1)[1]}").write_text(page.html, encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    return open_workspace(tmp_path / "w")


@pytest.fixture
def brought(place: Workspace, tmp_path: Path) -> Iterator[Callable[[Sequence[HostPage]], None]]:
    counted = iter(range(10))

    def bring(pages: Sequence[HostPage]) -> None:
        import_paths(place, {}, [saved(tmp_path / f"saved-{next(counted)}", pages)], pages[0].site_id)
        build_workspace(place)

    return bring


def test_an_element_that_only_new_pages_teach_mends_old_ones_as_a_full_build_does(
    place: Workspace, brought: Callable[[Sequence[HostPage]], None]
) -> None:
    short = as_host_page(news(0, **SHORT))
    own = "\n".join(paragraph(1, "own", 0, n) for n in range(4))
    asked = f"SELECT extractor, text FROM articles WHERE url = '{short.url}'"
    brought([short, *(as_host_page(news(n)) for n in (1, 2))])
    assert ask(place.latest, "SELECT count(*) FROM learnt_containers") == [(0,)]
    assert ask(place.latest, asked)[0][1] != own
    brought([as_host_page(news(n)) for n in range(3, 9)])
    assert ask(place.latest, "SELECT container, n_agreeing FROM learnt_containers") == [("div.text", 8)]
    assert ask(place.latest, asked) == [("learnt", own)]
    assert ask(place.latest, "SELECT count(*) FROM pages") == [(9,)]
    assert ask(place.latest, "SELECT count(*) FROM articles") == [(9,)]
    incremental = tables(place.latest)
    build_workspace(place, full=True)
    assert tables(place.latest) == incremental


def test_trafilatura_reads_a_site_with_the_memory_of_its_lines_alone(
    place: Workspace, brought: Callable[[Sequence[HostPage]], None]
) -> None:
    pages = list(host_pages("sample-dede"))
    (place.sites / "sample-dede.toml").write_text(
        'start = ["http://sample-dede.example.com/"]\nextractor = "trafilatura"\n', encoding="utf-8"
    )
    brought(pages)
    assert set(ask(place.latest, "SELECT extractor FROM articles")) == {("trafilatura",)}
    assert ask(place.latest, "SELECT count(*) FROM learnt_containers") == [(0,)]
    assert ask(place.latest, "SELECT count(*) > 0 FROM lines_removed WHERE reason = 'site-furniture'") == [
        (True,)
    ]


def talked(number: int, letters: int) -> Page:
    """An article, and below it letters of readers in elements of one name, many of them as long as itself."""
    own = "".join(f"<p>{paragraph(2, 'said', number, n)}</p>" for n in range(5))
    said = "".join(
        f"<div class='letter'><b>读者</b><p>{paragraph(2, 'letter', number, n)}</p></div>"
        for n in range(letters)
    )
    html = (
        f"<html><head><title>{title('t', number)}</title></head><body><div class='all'>"
        f"<div class='own'>{own}</div><div class='letters'>{said}</div></div></body></html>"
    )
    return as_page(URL.format(number), html)


def test_where_most_pages_take_in_their_letters_the_element_above_these_is_the_article(
    tmp_path: Path, read: Read
) -> None:
    pages = [talked(n, (0, 0, 3, 4, 5, 4, 3, 3)[n]) for n in range(8)]
    own = "\n".join(paragraph(2, "said", 4, n) for n in range(5))
    assert gram_f1(text_of(read, pages[4])[1], own).f1 < 0.8
    learnt = taught(tmp_path, read, pages)
    assert [(one.container, one.fit) for one in learnt.containers] == [("div.own", "inner")]
    assert text_of(read, pages[4], learnt.astray[pages[4].article_id]) == ("learnt", own)
    assert pages[0].article_id not in learnt.astray


def parted(number: int, parts: int) -> Page:
    """An article whose parts stand in elements of one name each, a summary above them."""
    rest = "".join(f"<div class='part'><p>{paragraph(3, 'part', number, n)}</p></div>" for n in range(parts))
    html = (
        f"<html><head><title>{title('t', number)}</title></head><body><div class='all'>"
        f"<div class='summary'><p>{paragraph(2, 'summary', number)}</p></div>{rest}</div></body></html>"
    )
    return as_page(URL.format(number), html)


def test_a_summary_is_not_taken_for_the_article_that_goes_on_in_parts(tmp_path: Path, read: Read) -> None:
    learnt = taught(tmp_path, read, [parted(n, (0, 0, 4, 5, 6, 4, 5, 7)[n]) for n in range(8)])
    assert learnt.astray == {}


def guested(number: int, guests: int, lines: int) -> Page:
    """A text, and beside it a guest book of which a page that is long enough takes no notice."""
    own = "<br>".join(paragraph(2, "own", number, n) for n in range(lines))
    book = "".join(f"<tr><td>{paragraph(2, 'guest', number, n)}</td></tr>" for n in range(guests))
    html = (
        f"<html><head><title>{title('t', number)}</title></head><body>"
        f"<table><tr><td class='f14'>{own}</td></tr></table><table class='gb'>{book}</table></body></html>"
    )
    return as_page(URL.format(number), html)


def test_what_other_pages_leave_out_is_left_out_where_a_short_text_took_it_in(
    tmp_path: Path, read: Read
) -> None:
    pages = [*(guested(n, 2, 8) for n in range(6)), guested(6, 5, 2), guested(7, 0, 2)]
    own = "\n".join(paragraph(2, "own", 6, n) for n in range(2))
    assert gram_f1(text_of(read, pages[6])[1], own).f1 < 0.7
    learnt = taught(tmp_path, read, pages)
    assert set(learnt.astray) == {pages[6].article_id}
    assert text_of(read, pages[6], learnt.astray[pages[6].article_id]) == ("learnt", own)
