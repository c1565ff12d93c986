"""Which addresses of a site are articles, learnt from examples: what differs in them may differ. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

LEAST = 3  # examples of one shape; two numbers may be two sections
LEAST_SLUGS = (
    5  # names in one place that make it any name: a menu has some sections, a farm hundreds of names
)
MAX_EXAMPLES = 5_000
DIGITS = re.compile(r"\d+")
NUMBER, NAME = r"\d+", r"[^/?&=]+"
CODED = re.compile(r"(?=\w*\d)(?=\w*[a-zA-Z])[\w-]{6,}")  # aB3xY9z, 2024ab-xinglan: another on each page
LITERAL_DASH = r"\-"
TITLE_HAN = 8  # what a link to an article says, at least; tags, sections and pagers say less
HAN = re.compile(r"[\u4e00-\u9fff]")

_Shape = tuple[str, ...]


def learn_patterns(articles: Iterable[str], others: Collection[str] = ()) -> tuple[str, ...]:
    """Patterns for `re.search` over whole URLs, the commonest first; none of them holds one of `others`.

    >>> learn_patterns([f"http://example.com/loan/{n}.html" for n in (12, 345, 6)])
    ('//[^/]+/loan/\\\\d+\\\\.html$',)
    >>> learn_patterns(["http://example.com/a/1.html", "http://example.com/b.html"])
    ()

    A number becomes any number. A name becomes any name where five different ones stand in one place and the
    list pages show no section there. What occurs less than three times teaches nothing.
    """
    examples = sorted(set(articles))[:MAX_EXAMPLES]
    counted = Counter(_shape(url) for url in examples)
    found: Counter[_Shape] = Counter({shape: n for shape, n in counted.items() if n >= LEAST})
    for shapes in (_any_name(counted, place) for place in (-1, -2)):
        for shape, n in shapes.items():
            if not any(_matches(shape, url) for url in others):
                found[shape] = max(found[shape], n)
    patterns = {_pattern(shape): n for shape, n in found.items() if not _held_by_another(shape, found)}
    kept = [pattern for pattern in patterns if not any(re.search(pattern, url) for url in others)]
    return tuple(sorted(kept, key=lambda pattern: (-patterns[pattern], pattern)))


def titled(links: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Of the links of one list page (URL and words) those to articles, by shapes that five or more have.

    A site whose articles are named /wen/xinglan-yuqi has no number by which anybody could tell. Left alone:
    shapes of few links, and of links whose words are too short for a title.
    """
    by_shape: defaultdict[_Shape, set[str]] = defaultdict(set)
    for url, said in links:
        if len(HAN.findall(said)) >= TITLE_HAN:
            shape = _shape(url)
            by_shape[(*shape[:-1], NAME + _ending(shape[-1]))].add(url)
    return frozenset(url for urls in by_shape.values() if len(urls) >= LEAST_SLUGS for url in urls)


def _shape(url: str) -> _Shape:
    """Segments of the path, each escaped with its numbers open; the last holds the query."""
    parts = urlsplit(url)
    *folders, last = parts.path.split("/")[1:]
    query = "&".join(map(_open_pair, parts.query.split("&")))
    return (*map(_open, folders), _open(last) + (rf"\?{query}" if parts.query else ""))


def _open_pair(pair: str) -> str:
    key, _, value = pair.partition("=")
    return f"{_escaped(key)}={NUMBER if value.isdigit() else NAME}"


def _open(segment: str) -> str:
    name, dot, ending = segment.partition(".")
    opened = NAME if CODED.fullmatch(name) else DIGITS.sub(lambda _: NUMBER, _escaped(name))
    return opened + (rf"\.{_escaped(ending)}" if dot else "")


def _escaped(text: str) -> str:
    return re.escape(text).replace(LITERAL_DASH, "-")


def _any_name(counted: Counter[_Shape], place: int) -> Counter[_Shape]:
    """Shapes with any name in one place, where enough different ones stand."""
    names: defaultdict[_Shape, set[str]] = defaultdict(set)
    total: Counter[_Shape] = Counter()
    for shape, n in counted.items():
        if len(shape) >= -place and not (place == -1 and NUMBER in shape[-1]):
            opened = list(shape)
            opened[place] = NAME + (_ending(shape[place]) if place == -1 else "")
            names[tuple(opened)].add(shape[place])
            total[tuple(opened)] += n
    return Counter({shape: total[shape] for shape, said in names.items() if len(said) >= LEAST_SLUGS})


def _ending(segment: str) -> str:
    name, dot, ending = segment.partition(r"\.")
    return dot + ending if name else ""


def _matches(shape: _Shape, url: str) -> bool:
    return re.search(_pattern(shape), url) is not None


def _pattern(shape: _Shape) -> str:
    return "//[^/]+/" + "/".join(shape) + "$"


def _held_by_another(shape: _Shape, found: Collection[_Shape]) -> bool:
    """Whether a wider shape says the same and more."""
    return any(
        other != shape and len(other) == len(shape) and all(map(_holds, other, shape)) for other in found
    )


def _holds(wide: str, segment: str) -> bool:
    return wide in (segment, NAME) or (wide.startswith(NAME) and _ending(wide) == _ending(segment))
