"""One crawl under way: what each answer means, kept in archive and frontier before the next is asked."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.archive_writer import ArchiveWriter, Exchange, Rendered, folder_name
from crawler.blocked import blocked_by
from crawler.cdxj import complete
from crawler.definitions import DefinitionError
from crawler.discover import Found, Scope, Visited, discover, is_numbered
from crawler.frontier import Frontier, RunStart
from crawler.guard import Guard
from crawler.kept import Kept, headers_of, told_to_wait, unpacked
from crawler.leads import Leads
from crawler.page import payload_sha256
from crawler.pauses import Gates, Shut
from crawler.politeness import BUSY
from crawler.robots import Rules
from crawler.shards import handed_over
from crawler.sites import Site
from crawler.turns import Limits, Turns
from crawler.urls import host_of
from crawler.visits import NOT_MODIFIED, WITH_PAGE, Answer, Lease, Link
from crawler.workspace import Workspace

RENDERED = "text/html; charset=utf-8"
VANISHED = "more than half of its pages are missing, which is rather a ban or an outage; none is given up"


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer and what it shows, looked at but not settled."""

    lease: Lease
    kept: Kept
    answer: Answer
    found: Found
    at: float  # of the monotonic clock


class Crawling:
    """Lives in the crawl process only; whatever must survive it is in the frontier."""

    def __init__(
        self, workspace: Workspace, sites: dict[str, Site], limits: Limits, frontier: Frontier
    ) -> None:
        self.workspace = workspace
        self.frontier = frontier
        self.guard = Guard(sites.values(), frontier.public_hosts(), frontier.remember_public)
        lenient = [site for site in sites.values() if not site.verify_tls]
        self.unverified = frozenset(
            host.rpartition(":")[0] or host for site in lenient for host in site.hosts
        )
        self.stopping = False
        self.ended = False  # as it should: nothing is left to do, or it was told to stop
        self.failure: str | None = None
        self.on_progress: Callable[[int, int], None] = _say_nothing
        self.halted: dict[str, str] = {}  # sites that were left in mid-run, and why
        self.run: RunStart
        self.sites = sites
        self._limits = limits
        self._scopes = {site_id: Scope(site) for site_id, site in sites.items()}
        self._writers: dict[str, ArchiveWriter] = {}
        self._gates = Gates(frontier.pauses(sites))
        self._jitter = random.Random()  # noqa: S311 (a pause is no secret)
        self._event = asyncio.Event()
        self._answers: list[Seen] = []  # not settled yet
        self._bytes = 0

    def begin(self, signature: str, takes_all: bool) -> None:
        """Goes on with a killed run of the same command, or fixes what a new one is to visit."""
        self.run = self.frontier.begin_run("crawl", signature, takes_all, self.sites)
        self.frontier.keep_savepoints_in_memory()
        self._leads = Leads(self.frontier, self._scopes, self._limits.shard, self.run.started_at)
        for site_id, scope in self._scopes.items():
            self.frontier.add(site_id, self._leads.own(scope.starts()))
        for site_id, link in handed_over(self.workspace):
            if site_id in self._scopes:
                self.frontier.add(site_id, self._leads.own([link]))
        self.turns = Turns(self.frontier, self.sites, self._limits, self.run)

    def turn(self) -> list[Lease]:
        """Answers that came together and the next leases are one transaction: each costs the time of both."""
        with self._stops_when_full(), self.frontier.together() if self._answers else nullcontext():
            self.settle()
            return self.turns.take()
        return []

    def settle(self) -> None:
        """What came of the answers since the last turn; until then their hosts are as good as being asked."""
        answers, self._answers = self._answers, []
        for seen in answers:
            self._settled(seen)

    def wait_seconds(self) -> float | None:
        with self._stops_when_full():
            return None if self.stopping else self.turns.wait_seconds()
        return None

    async def changed(self, timeout_seconds: float) -> None:
        """Returns when an answer came, or after the time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), timeout_seconds)
        self._event.clear()

    def stop(self) -> None:
        """Nothing new is asked for; what is under way is finished and kept."""
        self.stopping = True
        self._event.set()

    def fail(self, reason: str) -> None:
        self.failure = self.failure or reason
        self.stop()

    def close(self) -> None:
        for writer in self._writers.values():
            with self._stops_when_full():
                writer.close()
        for site_id in self.sites:
            with self._stops_when_full():
                complete(self.workspace.archive / folder_name(site_id), self.run.run_id)

    def keep(self, site_id: str, lease: Lease | None, exchange: Exchange) -> Kept:
        """Into the archive; an unchanged payload as a revisit record that refers to the first."""
        status = int(exchange.response_head.split(b" ", 2)[1])
        headers = headers_of(exchange.response_head)
        payload, failure = unpacked(exchange.body, headers.get("content-encoding", ""))
        sha256 = None if payload is None or status == NOT_MODIFIED else payload_sha256(payload)
        if site_id not in self._writers:
            self._writers[site_id] = ArchiveWriter(self.workspace, site_id, self.run.run_id)
        writer = self._writers[site_id]
        known = lease.record if lease else None
        same = lease is not None and (status == NOT_MODIFIED or sha256 == lease.payload_sha256)
        record = writer.revisit(exchange, known) if known and same else writer.response(exchange)
        return Kept(
            exchange.fetched_at, status, headers, exchange.response_head, record, payload, sha256, failure
        )

    def keep_rendered(self, lease: Lease, kept: Kept, dom: bytes) -> Kept:
        """What a browser made of an answer, beside it; the same again is where it was."""
        sha256 = payload_sha256(dom)
        typed = kept.headers | {"content-type": RENDERED}
        if lease.record is not None and sha256 == lease.payload_sha256:
            record = lease.record
        else:
            writer = self._writers[lease.site_id]
            record = writer.conversion(kept.record, Rendered(lease.url, kept.fetched_at, RENDERED, dom))
        return replace(kept, payload=dom, sha256=sha256, record=record, headers=typed)

    def answered(self, lease: Lease, kept: Kept) -> None:
        """Looked at now, settled with the next turn. A page on which our own code stumbles is parked."""
        seen = None
        try:
            answer, found = self._answer(lease, kept)
            seen = Seen(lease, kept, answer, found, time.monotonic())
        finally:
            if seen is None:
                self.broke(lease, "poison")
            else:
                self._answers.append(seen)
                self._event.set()

    def _settled(self, seen: Seen) -> None:
        lease, kept, answer, found = seen.lease, seen.kept, seen.answer, seen.found
        pace = self.turns.pace(lease.host)
        with self._returning(lease) as done:
            if kept.status in BUSY:
                answer = replace(answer, pause_seconds=told_to_wait(kept, pace))
                after = pace.failed(seen.at, answer.pause_seconds)
            else:
                answer = replace(answer, pause_seconds=pace.pause_seconds(self._jitter.random()))
                after = pace.answered(seen.at, answer.pause_seconds)
            links = self._leads.of_answer(lease, kept, found)
            self._commit(lease, answer, links, self._leads.to_wake(lease, kept, found))
            done(after.rested() if self._shuts_out(lease, answer) else after)

    def refused(self, lease: Lease, refusal: str) -> None:
        """Not asked: forbidden by robots.txt, or an address inside."""
        with self._returning(lease) as done:
            self._commit(lease, Answer(datetime.now(UTC), refusal=refusal))
            done(None)

    def broke(self, lease: Lease, failure: str | None) -> None:
        """No usable answer came; without a reason that would hold next time too, it is tried again."""
        now, pace = time.monotonic(), self.turns.pace(lease.host)
        pause = pace.pause_seconds(self._jitter.random())
        with self._returning(lease) as done:
            self._commit(lease, Answer(datetime.now(UTC), failure=failure, pause_seconds=pause))
            done(pace.answered(now, pause) if failure else pace.failed(now, pause))

    def dropped(self, lease: Lease) -> None:
        """Could not be archived: as if it had not been asked."""
        with self._returning(lease) as done:
            self.frontier.give_back(lease)
            done(None)

    def heard(self, lease: Lease, origin: str, rules: Rules) -> None:
        """A robots.txt was read: its delay, and the sitemaps that it names."""
        self.turns.slow_down(lease.host, rules.crawl_delay_seconds)
        named = self._scopes[lease.site_id].sitemaps(rules.sitemaps, origin)
        self._know(lease.site_id, links := self._leads.own(named))
        self.frontier.add(lease.site_id, links)

    def unreadable(self, lease: Lease) -> None:
        """A host whose robots.txt cannot be read is left alone for this run."""
        self.turns.rest(lease.host)

    def busy(self, lease: Lease, kept: Kept) -> None:
        """Its robots.txt was answered with 429 or 503: as if a page had been."""
        wait = told_to_wait(kept, self.turns.pace(lease.host))
        self.frontier.stay_away(lease.host, kept.fetched_at + timedelta(seconds=wait))

    def paused(self) -> dict[str, str]:
        """Sites with a host that shuts us out: site → what a person should know."""
        return {pause.site_id: pause.says for pause in self._gates.pauses().values()}

    def _commit(
        self, lease: Lease, answer: Answer, links: Iterable[Link] = (), wake: Iterable[str] = ()
    ) -> None:
        held = list(links)
        verdict = self.frontier.commit(self.run, lease, answer, held, wake)
        if verdict is not None and verdict.doubted:
            self.halted[lease.site_id] = VANISHED
            self.turns.halt(lease.site_id)
        self._know(lease.site_id, held)
        self._bytes += answer.size

    def _answer(self, lease: Lease, kept: Kept) -> tuple[Answer, Found]:
        sign = blocked_by(kept.status, kept.head, kept.payload or b"")
        found = self._found(lease, kept) if sign is None else Found()
        answer = Answer(
            fetched_at=kept.fetched_at,
            status=kept.status,
            kind=found.kind,
            etag=kept.headers.get("etag"),
            last_modified=kept.headers.get("last-modified"),
            payload_sha256=kept.sha256,
            record=kept.record,
            size=len(kept.payload or b""),
            soft_404=found.soft_404 or self._leads.leads_home(lease, kept),
            sign=sign,
            failure=kept.failure,
            links_digest=found.links_digest,
            numbered=is_numbered(lease.url),
            digests=found.digests,
            canonical=found.canonical,
        )
        return answer, found

    def _shuts_out(self, lease: Lease, answer: Answer) -> bool:
        """Whether the host is to be left alone from here on; a page ends what stood before."""
        if answer.sign is None:
            if answer.status in WITH_PAGE and self._gates.opened(lease.host):
                self.frontier.end_pause(lease.host)
            return False
        is_start = lease.depth == 0 and lease.kind == "list"
        pause = self._gates.shut(Shut(lease.host, lease.site_id, answer.sign, is_start, answer.fetched_at))
        if pause is not None:
            self.frontier.pause(pause)
        return pause is not None

    def _found(self, lease: Lease, kept: Kept) -> Found:
        if kept.status not in WITH_PAGE or not kept.payload:
            return Found()
        content_type = kept.headers.get("content-type", "")
        page = Visited(lease.url, lease.kind, lease.depth, content_type, kept.payload)
        return discover(page, self._scopes[lease.site_id])

    def _know(self, site_id: str, links: Iterable[Link]) -> None:
        for host in {host_of(link.url) for link in links}:
            self.turns.know(host, site_id)

    @contextmanager
    def _returning(self, lease: Lease) -> Iterator[Callable[..., None]]:
        """However it ends, the host is free again and the loop goes on; what a bug left is not committed."""
        returned = False

        def done(pace: object) -> None:
            nonlocal returned
            returned = True
            self.turns.returned(lease, pace)  # type: ignore[arg-type]

        try:
            with self._stops_when_full():
                yield done
        finally:
            if not returned:
                self.turns.returned(lease, None)
            self._event.set()
            self.on_progress(self.turns.fetched, self._bytes)

    @contextmanager
    def _stops_when_full(self) -> Iterator[None]:
        """A disk that takes no more ends the crawl, as does a broken definition; what was committed stays."""
        try:
            yield
        except DefinitionError as error:  # of takedowns that somebody writes meanwhile
            self.fail(str(error))
        except sqlite3.OperationalError as error:
            self.fail(f"{self.workspace.frontier}: {error}")
        except OSError as error:
            self.fail(f"{self.workspace.archive}: {error}")


def _say_nothing(_fetched: int, _size: int) -> None:
    """Nobody is listening."""
