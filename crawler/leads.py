"""Which addresses an answer leads to: links of this site and shard, further pages, a redirect's target."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.discover import MAX_HOPS, Found, Scope, in_shard, is_numbered, next_in_series, redirect_target
from crawler.frontier import Frontier
from crawler.kept import Kept, address_in
from crawler.soft_404 import is_nowhere
from crawler.urls import host_of
from crawler.visits import REDIRECTS, Lease, Link


class Leads:
    """Of one run, which began at `since`; what is another shard's is handed over."""

    def __init__(
        self, frontier: Frontier, scopes: dict[str, Scope], shard: tuple[int, int] | None, since: datetime
    ) -> None:
        self._frontier = frontier
        self._scopes = scopes
        self._shard = shard
        self._since = since

    def of_answer(self, lease: Lease, kept: Kept, found: Found) -> list[Link]:
        return self._of_redirect(lease, kept) if kept.status in REDIRECTS else self._of_page(lease, found)

    def to_wake(self, lease: Lease, kept: Kept, found: Found) -> list[str]:
        """The page behind a list page that names articles unknown before this run: more may be on it.

        Of an article that has changed, the next page: its text may have moved there.
        """
        if found.parts and kept.sha256 != lease.payload_sha256:
            return [link.url for link in self.own(found.parts)]
        urls = [link.url for link in found.articles]
        if not urls or self._frontier.known_before(urls, self._since) == len(urls):
            return []
        following = next_in_series(lease.url, [link.url for link in found.lists if link.kind == "list"])
        return [following] if following is not None else []

    def leads_home(self, lease: Lease, kept: Kept) -> bool:
        """Many sites send who asks for a removed article to their home page, or to one named 404."""
        if kept.status not in REDIRECTS or lease.kind in ("list", "sitemap"):
            return False
        target = self._target(lease, kept)
        return target is not None and is_nowhere(target)

    def own(self, links: Iterable[Link], site_id: str | None = None) -> list[Link]:
        """Those of this shard; with a site, the others are handed over."""
        held = list(links)
        mine = [link for link in held if in_shard(host_of(link.url), self._shard)]
        if site_id is not None and len(mine) < len(held):
            self._frontier.hand_over(site_id, [link for link in held if link not in mine])
        return mine

    def _of_page(self, lease: Lease, found: Found) -> list[Link]:
        """Pages of a list that never ends are not followed: ones without articles, or with the same again."""
        ends = found.links_digest is None or self._frontier.lists_again(lease, found.links_digest)
        further = found.lists
        if is_numbered(lease.url) and found.kind is None and ends:
            further = tuple(link for link in further if link.depth > lease.depth)
        return self.own([*found.articles, *further, *found.parts], lease.site_id)

    def _of_redirect(self, lease: Lease, kept: Kept) -> list[Link]:
        """The target is a URL of its own; a chain ends after some."""
        scope = self._scopes[lease.site_id]
        target = self._target(lease, kept)
        if target is None or lease.hops >= MAX_HOPS:
            return []
        kind = scope.target_kind(target, lease.kind)
        return self.own([Link(target, kind, lease.depth, lease.hops + 1)], lease.site_id)

    def _target(self, lease: Lease, kept: Kept) -> str | None:
        location = address_in(kept.headers.get("location", ""))
        return redirect_target(lease.url, location, self._scopes[lease.site_id])
