"""The pages of the ordinary sites, each with its true text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yuqi.samples.dice import Key, roll
from yuqi.samples.hosts.designs import DESIGNS
from yuqi.samples.hosts.frame import Post
from yuqi.samples.hosts.unseen import UNSEEN
from yuqi.samples.hosts.words import paragraph, title

PAGES = 12  # of each site
SHORT_EVERY = 4  # each fourth post is shorter than what stands around it
HOSTS = tuple(DESIGNS)
UNSEEN_HOSTS = tuple(UNSEEN)  # see there
_ALL = {**DESIGNS, **UNSEEN}


@dataclass(frozen=True, slots=True)
class HostPage:
    """One article page of a site; `text` is what follows the title."""

    site_id: str
    url: str
    html: str
    title: str
    text: str


def host_pages(site_id: str, pages: int = PAGES) -> Iterator[HostPage]:
    for number in range(1, pages + 1):
        post = _post(site_id, number)
        text = "\n".join(post.paragraphs)
        yield HostPage(site_id, post.url, _ALL[site_id](post), post.title, text)


def _post(site_id: str, number: int) -> Post:
    key: tuple[Key, ...] = ("hosts", site_id, number)
    short = number % SHORT_EVERY == 0
    many = 2 if short else 4 + roll(*key, "paragraphs") % 5
    return Post(
        site_id=site_id,
        number=number,
        url=f"http://{site_id}.example.com/{number}.html",
        title=title(*key),
        paragraphs=tuple(
            paragraph(1 if short else 2 + roll(*key, n) % 3, *key, "paragraph", n) for n in range(many)
        ),
    )
