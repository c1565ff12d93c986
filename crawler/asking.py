"""Whether a URL may be asked for now, and how: in words, before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.frontier_reader import FrontierReader
from crawler.politeness import MAX_WAIT_SECONDS
from crawler.revisit import wants_full
from crawler.robots import Rules
from crawler.sites import Site
from crawler.turns import why_held
from crawler.urls import host_of, origin_of


class Asking:
    """Reads only; of one moment where the frontier does."""

    def __init__(self, frontier: FrontierReader, sites: Iterable[Site]) -> None:
        self._frontier = frontier
        self._sites = {site.site_id: site for site in sites}
        self._pauses = frontier.pauses(self._sites)
        self._rules: dict[str, Rules | None] = {}

    def says(self, url: str, site_id: str, now: datetime) -> str:
        """Why it would not be asked for now, or how it would."""
        return self.held(url, site_id, now) or self._how(url, now)

    def held(self, url: str, site_id: str, now: datetime) -> str | None:
        """What stands in the way; a host's wait that a run would sit out does not."""
        rules, host, site = self._rules_of(origin_of(url)), host_of(url), self._sites.get(site_id)
        if rules is not None and rules.readable and not rules.allow(url):
            return "robots.txt forbids it"
        until = self._frontier.not_before(host)
        if until is not None and until > now + timedelta(seconds=MAX_WAIT_SECONDS):
            pause = self._pauses.get(host)
            return pause.says if pause else f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
        return why_held(self._frontier, site, now) if site else None

    def _how(self, url: str, now: datetime) -> str:
        """Without validators, with them, or for all of it."""
        known = self._frontier.visit(url)
        if known is not None and known.site_id in self._sites and self._sites[known.site_id].render:
            return "in full, in a browser"
        if known is None or known.payload_sha256 is None:
            return "in full"
        if not (known.etag or known.last_modified):
            return "in full: the server names no version"
        return "in full, as every 90 days" if wants_full(known.full_at, now) else "only if it has changed"

    def _rules_of(self, origin: str) -> Rules | None:
        """As they were read last; None where nobody has asked yet."""
        if origin not in self._rules:
            robots = self._frontier.robots(origin)
            self._rules[origin] = Rules(robots) if robots else None
        return self._rules[origin]
