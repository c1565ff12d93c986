"""The title of a page, without its site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.metadata import Said
from pipeline.extract.words import letters, may_begin

# `——` opens a subtitle and is none.
SUFFIX = re.compile(r"\s*(?:[|｜_]|(?<!—)—(?!—)|–|\s-\s|-(?=[\u4e00-\u9fff])|\s·\s|>>|»)\s*")
# `- www.example.com`; ASP.NET and Node.js behind a dash are the title's.
ADDRESS_END = re.compile(
    r"(?:[-_|｜–—]|\s)\s*(?:https?://|www\.)(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,6}/?\s*$|"
    r"[-_|｜–—]\s*(?:[A-Za-z0-9-]{1,63}\.){1,3}(?:com|cn|org|cc|(?<!asp\.)net)/?\s*$"
)
COLON = re.compile(r"\s*[:：]\s*")
EDGES = " \u3000-_|｜–>»·"
BRACKETS = (("【", "】"), ("[", "]"), ("（", "）"), ("(", ")"), ("「", "」"))
MAX_TITLE = 150
LONGEST = 400  # characters of a declared title that are looked at
MIN_TITLE = 4
SHORT_TITLE = 60
CLAUSE_END = re.compile(r"[，。！？,.!?]")
SUFFIX_CHARS = 20
CHANNEL_CHARS = 6


@dataclass(frozen=True, slots=True)
class Names:
    """What a page calls its site, and the parts of the site in its breadcrumbs."""

    site: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def choose_title(
    declared: Sequence[Said],
    headings: Sequence[str],
    lines: Sequence[str],
    names: Names = Names(),
) -> Said:
    """The heading that a declared title begins with; else what of it the page shows; else the declared one.

    `declared`: <title>, og:title, JSON-LD headline; `headings`: h1 of the page, then h2, in page order.
    A heading that is the site's name (`松花江网` of `土豆无“土” 松花江网`) is no title: it stands at the end,
    and a shown line before it.
    """
    said = [Said(ADDRESS_END.sub("", one.text[:LONGEST]), one.source) for one in declared if one.text]
    parts = {letters(part) for one in said for part in _cuts(one.text)}
    named = [one for one in headings if len(letters(one)) >= MIN_TITLE or letters(one) in parts - {""}]
    said = [Said(_without_names(one.text.strip(EDGES), names), one.source) for one in said]
    own = {letters(site) for site in names.site}
    found = _begun(said, named) or _shown(said, lines) or _held(said, named, own)
    if found:
        return Said(found.text[:MAX_TITLE], found.source)
    if not said:
        return Said(headings[0][:MAX_TITLE] if headings else "", "heading")
    last = said[-1]
    return Said(_without_names(_without_suffix(last.text), names)[:MAX_TITLE], last.source)


def _begun(said: Sequence[Said], headings: Iterable[str]) -> Said | None:
    """The longest heading that a declared title begins with."""
    starts = [
        heading
        for heading in headings
        if any(letters(title.text).startswith(letters(heading)) for title in said)
    ]
    return Said(max(starts, key=lambda one: len(letters(one))), "heading") if starts else None


def _held(said: Sequence[Said], headings: Iterable[str], sites: set[str]) -> Said | None:
    """A heading further on in a declared title, behind the site's or the channel's name."""
    known = [letters(title.text) for title in said]
    held = (
        one for one in headings if letters(one) not in sites and any(letters(one) in title for title in known)
    )
    return next((Said(heading, "heading") for heading in held), None)


def _shown(said: Sequence[Said], lines: Sequence[str]) -> Said | None:
    """A declared title that stands on the page, whole or cut at separators from its end.

    Else the longest line that it begins with, where little enough follows to be a site's name: `题目 样例网`.
    """
    fitting = [line for line in lines if MIN_TITLE <= len(line) <= MAX_TITLE]
    firsts = {letters(title.text)[:1] for title in said} - {""}
    shown = {letters(line) for first in firsts for line in fitting if may_begin(line, first)}
    for title in said:
        for part in _cuts(title.text):
            if len(letters(part)) >= MIN_TITLE and letters(part) in shown:
                return Said(part, title.source)
    for title in said:
        whole = letters(title.text)
        begun = [one for one in shown if whole.startswith(one) and _leaves_a_name(one, whole)]
        if begun:
            return Said(_first_letters(title.text, len(max(begun, key=len))), title.source)
    return None


def _leaves_a_name(part: str, whole: str) -> bool:
    rest = len(whole) - len(part)
    return len(part) >= MIN_TITLE and 0 < rest <= SUFFIX_CHARS and rest < len(part)


def _first_letters(title: str, count: int) -> str:
    """As much of a title as holds that many letters, closing marks with them."""
    end = next(place for place in range(len(title) + 1) if len(letters(title[:place])) >= count)
    rest = re.match(r"[”’」』》）)！？!?。…]*", title[end:])
    return title[: end + (rest.end() if rest else 0)].strip(EDGES)


def _cuts(title: str) -> list[str]:
    """The title whole, then shorter by one part at its end each time: a_b_c, a_b, a."""
    ends = [match.start() for match in SUFFIX.finditer(title)]
    return [title, *(title[:end].rstrip(EDGES) for end in reversed(ends))]


def _without_names(title: str, names: Names) -> str:
    """Without names of the site and its parts at the end; at the beginning the site's before a separator.

    Only the site's own name, if it is long enough, needs no separator: `土豆无“土”样例晚报网`. A part without
    one is the title's: 催收 of `样例贷暴力催收`.
    """
    title = _without_marked(title, names.site)
    for name in sorted({*names.site, *names.parts} - {""}, key=lambda name: (-len(name), name)):
        rest = title.removesuffix(name)
        apart = rest != rest.rstrip(EDGES) or (name in names.site and len(letters(name)) >= MIN_TITLE)
        rest = rest.rstrip(EDGES) if apart else title
        first = _separator(rest, name) if name in names.site and rest.startswith(name) else None
        rest = rest[first.end() :] if first else rest
        title = rest if len(letters(rest)) >= MIN_TITLE else title
    return title


def _without_marked(title: str, sites: Iterable[str]) -> str:
    """Without `【样例网】` before or behind it."""
    for site in sites:
        for opening, closing in BRACKETS:
            marked = f"{opening}{site}{closing}"
            rest = title.removeprefix(marked).removesuffix(marked).strip(EDGES)
            title = rest if site and len(letters(rest)) >= MIN_TITLE else title
    return title


def _separator(title: str, name: str) -> re.Match[str] | None:
    """What parts a site's name from the title behind it; a colon only a name that is long enough for one."""
    found = SUFFIX.match(title, len(name))
    return found or (COLON.match(title, len(name)) if len(letters(name)) >= MIN_TITLE else None)


def _without_suffix(title: str) -> str:
    """Cut at the last separator if what follows is as short as a site's name and the rest is longer.

    `题目_栏目_站名` is cut twice: the same separator again, and between them a channel's short name.
    """
    cuts = _cuts(title)
    if len(cuts) < 2:
        return title
    rest, name = cuts[1], title[len(cuts[1]) :]
    if len(name) > SUFFIX_CHARS or len(letters(rest)) <= len(letters(name)):
        return title
    marks = [mark.group().strip() for mark in SUFFIX.finditer(title)]
    again = len(cuts) > 2 and marks[-1] == marks[-2] != "-"
    channel = letters(cuts[1][len(cuts[2]) :]) if again else ""
    short = 0 < len(channel) <= CHANNEL_CHARS and 2 * len(channel) <= len(letters(cuts[2]))
    return cuts[2] if short else rest


def first_clause(text: str) -> str:
    """Stands in for a title where a page has none."""
    return CLAUSE_END.split(text, maxsplit=1)[0][:SHORT_TITLE]
