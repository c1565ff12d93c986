"""From the farm's numbers to what a layout is given: the words as the site shows them, and its links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from yuqi.samples.dice import chance, pick, roll
from yuqi.samples.document import Document, Line
from yuqi.samples.farm import SHANGHAI, Farm, Place
from yuqi.samples.layouts.view import ArticleView, Chrome, ListView, Teaser
from yuqi.samples.library import lenders, table
from yuqi.samples.paths import (
    LOGIN,
    MISSING,
    PER_LIST,
    SOFT_404,
    Path,
    article_path,
    list_pages,
    list_path,
    moved,
    part_path,
    private_places,
)
from yuqi.samples.stories import opening

RELATED = 6
PER_TAG = 8
TEASER_CHARS = 60
ADVERT_SHARE = 0.5
COMMENTED_SHARE = 0.6
RESTLESS_SHARE = 0.2  # pages whose heat changes from day to day, their text not

Bases = Mapping[str, str]
Say = Callable[[str], str]


def article_view(farm: Farm, place: Place, bases: Bases, part: int = 1) -> ArticleView:
    """One article page in its site's script, filter and signs; `part` of a divided one."""
    document = farm.document(place)
    chrome = _chrome(farm, place.site, place.index, bases)
    return ArticleView(
        chrome=chrome,
        url=bases[farm.sites[place.site].id] + part_path(farm, place, part),
        title=document.title.own_words,
        lines=tuple(
            (one.kind, one.level, one.own_words) for one in _part(document, farm.parts(place.index), part)
        ),
        date=_date(farm, place.index),
        author=chrome.say(farm.author(place.index)),
        category=chrome.say(farm.category(place.index)),
        heat=_heat(farm, place.index),
        intro_label=chrome.say(table("furniture")["intro_label"]),
        related=tuple(_teaser(farm, other, bases, chrome.say) for other in _related(farm, place)),
        neighbours=_neighbours(farm, place, bases, chrome.say),
        comments=tuple(map(chrome.say, _comments(farm, place.index))),
        pager=_article_pager(farm, place, part, bases, chrome.say),
    )


def _part(document: Document, parts: int, part: int) -> tuple[Line, ...]:
    """About as many lines on each page; none ends with a heading."""
    lines = document.body
    cuts = [0, *(len(lines) * n // parts for n in range(1, parts)), len(lines)]
    cuts = [cut - (0 < cut < len(lines) and lines[cut - 1].kind == "heading") for cut in cuts]
    return lines[cuts[part - 1] : cuts[part]]


def _article_pager(
    farm: Farm, place: Place, part: int, bases: Bases, say: Say
) -> tuple[tuple[str, str], ...]:
    """`上一页 1 2 3 下一页`; nothing for an article on one page."""
    base, parts = bases[farm.sites[place.site].id], farm.parts(place.index)
    shown = [(part - 1, say("上一页"))] if part > 1 else []
    shown += [(n, str(n)) for n in range(1, parts + 1) if n != part]
    shown += [(part + 1, say("下一页"))] if part < parts else []
    return tuple((base + part_path(farm, place, n), words) for n, words in shown) if parts > 1 else ()


def list_view(farm: Farm, site: int, found: Path, bases: Bases) -> ListView:
    """A list page, newest first, or a tag page, which names a topic and holds no article."""
    chrome = _chrome(farm, site, -1, bases)
    if found.kind == "tag":
        tag = table("furniture")["tags"][(found.number or 1) - 1]
        places = _some(farm, site, PER_TAG, tag)
        items = tuple(_teaser(farm, place, bases, chrome.say) for place in places)
        return ListView(chrome, chrome.say(f"标签：{tag}"), "", items, ())
    number = found.number or 1
    first = farm.count(site) - 1 - (number - 1) * PER_LIST
    places = [farm.place(farm.nth(site, n)) for n in range(first, max(first - PER_LIST, -1), -1)]
    items = tuple(_teaser(farm, place, bases, chrome.say) for place in places)
    heading = chrome.say(table("furniture")["categories"][0])
    return ListView(chrome, heading, "", items, _pager(farm, site, number, bases, chrome.say))


def notice_view(farm: Farm, site: int, words: str, bases: Bases) -> ListView:
    """A page that only says that there is nothing, or that one must log in."""
    chrome = _chrome(farm, site, -1, bases)
    return ListView(chrome, chrome.say("提示"), chrome.say(words), (), ())


def _chrome(farm: Farm, site: int, index: int, bases: Bases) -> Chrome:
    described, base = farm.sites[site], bases[farm.sites[site].id]
    say = partial(farm.furniture, place=Place(index, -1, 0, site))
    words = table("furniture")
    contact = _contact(farm, site, say)
    advertised = described.advert and chance(ADVERT_SHARE, farm.seed, "advert", index)
    nav = [(f"{base}/", say("首页"))]
    nav += [(f"{base}/tag/{n}.html", say(tag)) for n, tag in enumerate(words["tags"], 1)]
    return Chrome(
        site=described,
        name=say(described.name),
        say=say,
        nav=tuple(nav),
        contact=contact,
        registration=f"Copyright 2024 {say(described.name)} {described.icp}",
        synthetic=words["synthetic"],
        greeting=say(words["greeting"].format(site=described.name)),
        complaint=say(words["complaint"]),
        disclaimer=say(words["disclaimer"].format(contact=described.email or f"QQ:{described.qq}")),
        advert=say(words["advert"].format(advert=described.advert)) if advertised else "",
    )


def _contact(farm: Farm, site: int, say: Say) -> str:
    described = farm.sites[site]
    given = [say("样先生:") + described.phone] if described.phone else []
    given += [described.email] if described.email else []
    given += [f"QQ:{described.qq}"] if described.qq else []
    return " ".join(given)


def _pager(farm: Farm, site: int, number: int, bases: Bases, say: Say) -> tuple[tuple[str, str], ...]:
    """Next and last page; on the first page also what a home page links to beside articles."""
    base, last = bases[farm.sites[site].id], list_pages(farm, site)[-1]
    pages = [(list_path(farm, site, number + 1), say("下一页"))] if number < last else []
    pages += [(list_path(farm, site, last), say("尾页"))] if number < last else []
    if number == 1:
        private = [path for path, _ in private_places(farm, site)] if farm.sites[site].robots else []
        old = moved(farm, site)
        others = [*private, LOGIN, SOFT_404, MISSING, *([old] if old else [])]
        pages += [(path, say("更多")) for path in others]
    return tuple((base + path, words) for path, words in pages)


def _teaser(farm: Farm, place: Place, bases: Bases, say: Say) -> Teaser:
    """Title and first words as the site shows them; the text itself is not made."""
    url = bases[farm.sites[place.site].id] + article_path(farm, place)
    words = opening(farm.seed, farm.story(place)).text[:TEASER_CHARS]
    return Teaser(url, say(farm.title(place).text), say(words), _date(farm, place.index))


def _related(farm: Farm, place: Place) -> list[Place]:
    found = _some(farm, place.site, RELATED, str(place.index))
    return [other for other in found if other.index != place.index]


def _some(farm: Farm, site: int, many: int, key: str) -> list[Place]:
    """Pages of a site that look chosen at random; those of the first day, so that old pages do not change."""
    first_day = farm.at(0).count(site)
    numbers = {roll(farm.seed, "some", site, key, n) % first_day for n in range(many)}
    return [farm.place(farm.nth(site, n)) for n in sorted(numbers)]


def _neighbours(farm: Farm, place: Place, bases: Bases, say: Say) -> tuple[Teaser, ...]:
    """The previous article; a next one would change the page when it comes."""
    earlier = next((n for n in range(place.index - 1, -1, -1) if farm.place(n).site == place.site), None)
    if earlier is None:
        return ()
    near = _teaser(farm, farm.place(earlier), bases, say)
    return (Teaser(near.url, say("上一篇：") + near.title, "", near.date),)


def _comments(farm: Farm, index: int) -> list[str]:
    if not chance(COMMENTED_SHARE, farm.seed, "commented", index):
        return []
    return [
        pick(table("furniture")["comments"], farm.seed, "comment", index, n).format(
            q=pick(lenders(), farm.seed, "commenter", index, n).name
        )
        for n in range(1 + roll(farm.seed, "comments", index) % 3)
    ]


def _heat(farm: Farm, index: int) -> int:
    restless = chance(RESTLESS_SHARE, farm.seed, "restless", index)
    return roll(farm.seed, "heat", index) % 300 + (farm.day if restless else 0)


def _date(farm: Farm, index: int) -> str:
    if not farm.is_dated(index):
        return ""
    return (farm.published(index) + SHANGHAI).isoformat(" ", "minutes")[: len("2023-01-02 08:00")]
