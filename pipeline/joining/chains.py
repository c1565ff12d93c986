"""From single steps to whole chains of pages. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from crawler.paging import MAX_ARTICLE_PAGES


@dataclass(frozen=True, slots=True)
class Step:
    """One payload of a page, and the payload of its next page that goes on with its text."""

    article_id: str
    url: str
    next_id: str
    next_url: str


@dataclass(frozen=True)
class Chains:
    """`further`: first page's article id → the ids of its next pages, in order.

    `first_of`: URL of a further page → URL of the first. `lost`: URLs whose first page was taken down.
    """

    further: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_of: Mapping[str, str] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    @property
    def continuations(self) -> frozenset[str]:
        """URLs that are no article of their own."""
        return frozenset(self.first_of) | self.lost


def chains(steps: Iterable[Step], taken: Collection[str] = ()) -> Chains:
    """Every URL that some step leads to from a first page is a further page, in all its versions.

    A first page is one that no step leads to. `taken`: further pages whose first page was taken down, and
    with them all that they lead to. However the steps run, each page is a first, a further or a lost one.
    """
    by_url: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.url, step.article_id)):
        by_url[step.url].append(step)
    after = {step.article_id: step for held in by_url.values() for step in held}
    lost = set(taken) | {
        one.next_url for url in taken for step in by_url[url] for one in _walk(step, after, {url})
    }
    further: dict[str, tuple[str, ...]] = {}
    first_of: dict[str, str] = {}
    firsts: set[str] = set()
    while waiting := by_url.keys() - lost - firsts - first_of.keys():
        targets = {step.next_url for url in waiting for step in by_url[url]}
        firsts |= (waiting - targets) or {min(waiting)}
        for step in (step for url in sorted(firsts & waiting) for step in by_url[url]):
            walked = _walk(step, after, firsts)
            further[step.article_id] = tuple(one.next_id for one in walked)
            for one in walked:
                first_of.setdefault(one.next_url, step.url)
    return Chains(further, {url: first_of[url] for url in first_of.keys() - lost}, frozenset(lost))


def _walk(step: Step, after: Mapping[str, Step], firsts: Collection[str]) -> list[Step]:
    """The steps from one page on: to the end, to the bound, or to a page passed already or a first one."""
    walked: list[Step] = []
    passed = {step.url}
    at: Step | None = step
    while at is not None and len(walked) < MAX_ARTICLE_PAGES - 1:
        if at.next_url in passed or at.next_url in firsts:
            break
        walked.append(at)
        passed.add(at.next_url)
        at = after.get(at.next_id)
    return walked
