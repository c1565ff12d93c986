"""The sample sites: one definition, the same bytes, a truth that holds."""

import re
import tomllib
import tracemalloc
from collections import Counter, defaultdict
from datetime import UTC
from itertools import islice
from pathlib import Path

import pytest

from yuqi.samples import Farm, Served, TruePage, kind_of, respond, true_page, truth, write_definitions
from yuqi.samples.farm import places
from yuqi.samples.library import lenders, sample_sites, table, templates
from yuqi.samples.stories import OWN_CODE, donor, most_stories, story

ROOT = Path(__file__).parents[1]
TOPIC = ROOT / "datasets" / "overdue"
BASES = {site.id: f"http://127.0.0.1:{8000 + n}" for n, site in enumerate(sample_sites())}
MASKED = re.compile(r"\d+")


@pytest.fixture(scope="module")
def farm() -> Farm:
    return Farm()


@pytest.fixture(scope="module")
def pages(farm: Farm) -> list[TruePage]:
    return list(truth(farm))


@pytest.fixture(scope="module")
def articles(pages: list[TruePage]) -> list[TruePage]:
    return [page for page in pages if page.kind == "article"]


def sentence(page: TruePage, start: int, end: int) -> str:
    begin = max(page.text.rfind(stop, 0, start) for stop in "。？！\n") + 1
    stops = [at for stop in "。？！\n" if (at := page.text.find(stop, end)) >= 0]
    return page.text[begin : min(stops, default=len(page.text))]


def masked(page: TruePage, said: str) -> str:
    for lender in lenders():
        for name in sorted((lender.name, *lender.aliases), key=len, reverse=True):
            said = said.replace(name, "【】")
    return MASKED.sub("0", said)


def test_a_farm_without_pages_or_with_too_many_is_refused() -> None:
    for pages in (0, -1, 10**9):
        with pytest.raises(ValueError, match="a farm has 1 to"):
            Farm(pages=pages)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(farm: Farm) -> None:
    for n, path in ((0, "/show/1.html"), (3, "/p/4/"), (6, "/index_2.htm"), (2, "/"), (1, "/post/9.html")):
        first = respond(Served(farm, BASES), n, path)
        assert first.status == 200
        assert first == respond(Served(Farm(), BASES), n, path)
        assert first != respond(Served(Farm(seed=2), BASES), n, path)


def test_every_page_is_reached_once_and_every_site_has_its_share(farm: Farm) -> None:
    listed = [place.index for site in range(len(farm.sites)) for place in places(farm, site)]
    assert sorted(listed) == list(range(farm.total))
    counts = [farm.count(site) for site in range(len(farm.sites))]
    assert min(counts) > 40 and sum(counts) == farm.pages


def test_the_demo_farm_is_large_and_varied_enough(farm: Farm, articles: list[TruePage]) -> None:
    assert 400 <= len(articles) <= 600
    assert len({page.site_id for page in articles}) >= 8
    assert len({page.template for page in articles}) >= 8
    assert len({platform for page in articles for platform in page.subjects}) >= 30
    assert {site.layout for site in farm.sites} == {"soup", "table", "article", "zblog"}
    assert {p.assertion for page in articles for p in page.practices} == {
        "alleged", "claimed-practice", "generic", "prohibited", "negated", "advice", "question",
    }  # fmt: skip


def test_every_span_slices_to_its_surface(articles: list[TruePage]) -> None:
    for page in articles:
        fields = {"title": page.title, "text": page.text}
        for found in (*page.mentions, *page.practices, *page.laws, *page.tips):
            assert fields[found.field][found.start : found.end] == found.surface != ""
        for edit in page.edits:
            assert fields[edit.field][edit.start : edit.end] == edit.replacement


def test_every_name_in_a_text_is_a_mention_and_every_title_names_a_subject(articles: list[TruePage]) -> None:
    names = {name: one.platform_id for one in lenders() for name in (one.name, *one.aliases)}
    longest = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    for page in articles:
        for field, said in (("title", page.title), ("text", page.text)):
            found = [(names[m[0]], m.start()) for m in longest.finditer(said)]
            assert found == [(m.platform_id, m.start) for m in page.mentions if m.field == field]
        assert {m.platform_id for m in page.mentions if m.field == "title"} <= set(page.subjects)


def test_clean_text_has_no_furniture_labels_or_half_width_signs(articles: list[TruePage]) -> None:
    said = table("furniture")
    for page in articles:
        lines = page.text.split("\n")
        assert page.title not in lines and said["intro_label"] not in lines
        assert all(line == line.strip() and line for line in lines)
        assert not re.search(r"[,;:!?()](?=[一-鿿])|(?<=[一-鿿])[,;:!?()]", page.text)
        assert "example.com" not in page.text and "SYNTHETIC" not in page.text


def test_an_own_allegation_stands_with_one_lender_and_a_templates_with_many(articles: list[TruePage]) -> None:
    own: dict[str, set[str | None]] = defaultdict(set)
    templated: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for page in articles:
        for found in page.practices:
            if found.assertion == "alleged" and found.own:
                own[masked(page, sentence(page, found.start, found.end))].add(found.platform_id)
            elif found.assertion == "alleged" and found.platform_id:  # on a page in dispute it is nobody's
                templated[found.practice_id, found.surface].add(found.platform_id)
    assert len(own) >= 30 and all(len(platforms) == 1 for platforms in own.values())
    assert len(templated) >= 9 and all(len(platforms) > 10 for platforms in templated.values())


def test_copies_of_a_story_keep_its_own_passage_and_its_subjects(articles: list[TruePage]) -> None:
    stories: dict[str, list[TruePage]] = defaultdict(list)
    for page in articles:
        stories[page.story or ""].append(page)
    copied = [copies for copies in stories.values() if len(copies) > 1]
    assert len(copied) > 50 and max(len({page.site_id for page in copies}) for copies in copied) >= 5
    for copies in copied:
        assert len({page.subjects for page in copies}) == 1
        assert len({frozenset(p.surface for p in page.practices if p.own) for page in copies}) == 1


def test_two_templates_share_at_most_two_of_their_six_slots() -> None:
    count = len(templates()) ** 3
    for one, other in ((0, 1), (3, 14), (0, 11), (12, 23), (40, 133), (count - 1, count - 2), (5, 700)):
        assert sum(donor(one, slot) == donor(other, slot) for slot in range(6)) <= 2


def test_no_two_stories_fill_the_same_template_with_the_same_lender() -> None:
    told = [story(1, number) for number in range(6000)]
    assert len({(one.template, one.lender) for one in told}) == len(told)
    assert most_stories() >= 50_000
    assert len({one.own for one in told if one.own is not None}) == min(6000 // 7, OWN_CODE**3)


def test_times_are_utc_and_some_pages_give_none(articles: list[TruePage]) -> None:
    dates = [page.published_at for page in articles]
    assert all(date.tzinfo is UTC for date in dates if date)
    assert 0 < sum(date is None for date in dates) < len(dates) / 5


def test_operators_share_a_contact_and_strangers_none() -> None:
    kinds = ("phone", "email", "qq", "analytics")
    held: dict[str, set[str]] = defaultdict(set)
    for site in sample_sites():
        for kind in kinds:
            if value := getattr(site, kind):
                held[value].add(site.operator)
        held[re.sub(r"-\d+$", "", site.icp)].add(site.operator)
    assert all(len(operators) == 1 for operators in held.values())
    assert len({site.operator for site in sample_sites()}) == 5
    assert len({site.operator for site in sample_sites() if site.advert}) > 1


def test_a_hundred_thousand_pages_are_not_held_in_memory() -> None:
    farm = Farm(pages=100_000)
    tracemalloc.start()
    try:
        sampled = [true_page(farm, farm.place(index)) for index in range(0, farm.total, 1999)]
        some = list(islice(truth(farm), 40))
        last = respond(Served(farm, BASES), 3, "/sitemap.xml")
        listed = respond(Served(farm, BASES), 0, "/list/600.html")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len({page.template for page in sampled}) > 30 and len(some) == 40
    assert last.body.count(b"<sitemap>") == -(-farm.count(3) // 1000) and listed.status == 200
    assert peak < 20_000_000


def test_a_later_day_changes_some_pages_loses_some_and_brings_some() -> None:
    farm = Farm(pages=240)
    later = farm.at(3)
    before = {page.index: page for page in truth(farm) if page.index is not None}
    after = {page.index: page for page in truth(later) if page.index is not None}
    assert len(after) == len(before) + 3 * int(farm.pages * farm.new)
    gone = [page for page in after.values() if page.kind == "gone"]
    changed = [n for n, page in after.items() if n in before and page.text not in ("", before[n].text)]
    assert 5 < len(gone) < 30 and 50 < len(changed) < 150
    assert all(after[n].version > 1 and after[n].story == before[n].story for n in changed)
    statuses = {_status(later, page) for page in gone}
    assert statuses == {404, 410}
    assert farm.at(0) == farm


def test_some_pages_change_from_day_to_day_but_their_text_does_not(farm: Farm) -> None:
    today, later = Served(farm, BASES), Served(farm.at(1), BASES)
    same = [
        p for p in places(farm, 0) if later.farm.version(p.index) == 1 and not later.farm.is_gone(p.index)
    ]
    changed = 0
    for place in same[:30]:
        page, again = true_page(farm, place), true_page(later.farm, place)
        assert page == again
        changed += respond(today, 0, page.path).body != respond(later, 0, page.path).body
    assert 0 < changed < 15


def _status(farm: Farm, page: TruePage) -> int:
    site = [one.id for one in farm.sites].index(page.site_id)
    return respond(Served(farm, BASES), site, page.path).status


def test_what_is_no_article_has_no_text(pages: list[TruePage]) -> None:
    kinds = Counter(page.kind for page in pages)
    assert {"list", "tag", "soft-404", "missing", "redirect", "disallowed"} <= set(kinds)
    assert all(not page.text and not page.mentions for page in pages if page.kind != "article")
    urls = [(page.site_id, page.path) for page in pages]
    assert len(set(urls)) == len(urls)


def test_unknown_paths_are_missing(farm: Farm) -> None:
    for path in (
        "/show/0.html",
        "/show/99999999999.html",
        "/show/2.html",
        "/list/0.html",
        "/../x",
        "/tag/999.html",
    ):
        assert kind_of(farm, 0, path) == "missing"
    assert kind_of(farm, 0, "/show/1.html?print=1") == "disallowed"


def test_every_page_says_that_it_is_synthetic_and_names_no_stranger(
    farm: Farm, pages: list[TruePage]
) -> None:
    served = Served(farm, BASES)
    for page in pages[::7]:
        site = [one.id for one in farm.sites].index(page.site_id)
        response = respond(served, site, page.path)
        assert ("X-Synthetic", "SYNTHETIC sample page, invented lenders") in response.headers
        html = response.body.decode(farm.sites[site].encoding)
        assert "SYNTHETIC" in html
        assert set(re.findall(r"1\d{10}", html)) <= {"13800138000"}
        assert set(re.findall(r"@([\w.-]+)", html)) <= {"example.com", "context", "type"}


@pytest.mark.skipif(not (TOPIC / "platforms.toml").exists(), reason="the gazetteer is not there")
def test_no_real_lender_is_named_anywhere(farm: Farm, pages: list[TruePage]) -> None:
    rows = tomllib.loads((TOPIC / "platforms.toml").read_text(encoding="utf-8"))["platform"]
    clear = {a for row in rows for a in row.get("aliases", []) if isinstance(a, str) and len(a) > 2}
    unclear = {a["text"] for row in rows for a in row.get("aliases", []) if isinstance(a, dict)}
    real = {row["name"] for row in rows} - unclear | clear
    names = [name for one in lenders() for name in (one.name, *one.aliases)]
    assert not [name for name in names if name in real or any(name in other for other in real)]
    named = re.compile("|".join(map(re.escape, sorted(n for n in real if len(n) > 2))))
    written = "\n".join(f"{page.title}\n{page.text}" for page in pages)
    assert not set(named.findall(written))
    for data in (ROOT / "yuqi" / "samples" / "data").rglob("*.t*"):
        assert not set(named.findall(data.read_text(encoding="utf-8")))


@pytest.mark.skipif(not (TOPIC / "taxonomy.toml").exists(), reason="the taxonomy is not there")
def test_the_truth_uses_ids_of_the_taxonomy_only(articles: list[TruePage]) -> None:
    topic = tomllib.loads((TOPIC / "taxonomy.toml").read_text(encoding="utf-8"))
    known = {row["id"] for rows in topic.values() if isinstance(rows, list) for row in rows}
    for page in articles:
        assert {p.practice_id for p in page.practices} | {t.tip_id for t in page.tips} <= known
        assert {one.law_id for one in page.laws} <= known


def test_definitions_are_what_a_workspace_reads(tmp_path: Path, farm: Farm) -> None:
    write_definitions(farm, tmp_path, BASES)
    sites = sorted((tmp_path / "sites").glob("*.toml"))
    assert [path.stem for path in sites] == sorted(BASES)
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sites]
    assert all(one["why"] == "synthetic sample" and one["delay_seconds"] == 0 for one in read)
    assert 0 < sum("article" in one for one in read) < len(read)
    overlay = tomllib.loads((tmp_path / "overrides" / "platforms.toml").read_text(encoding="utf-8"))
    assert len(overlay["platform"]) >= 30
    assert {row["source"] for row in overlay["platform"]} == {"invented"}
