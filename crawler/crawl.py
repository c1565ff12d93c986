"""Crawls in a process of its own, so that the reactor never lives in the caller and may run again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FrameType
from typing import IO, Any

from crawler.asking import Asking
from crawler.browser import browser_path
from crawler.definitions import DefinitionError
from crawler.discover import Scope, in_shard
from crawler.frontier import Frontier
from crawler.robots import PRODUCT
from crawler.sites import Site
from crawler.urls import host_of
from crawler.workspace import FailedError, Workspace, load_settings

STOP_SECONDS = 90.0  # what is under way may take a download's timeout to finish


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a crawl under way."""

    fetched: int
    ready: int  # known and still to be visited
    bytes: int


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    all: bool = False
    max_pages: int | None = None  # requests of this run
    shard: tuple[int, int] | None = None  # I of N, from 1
    max_seconds: float | None = None
    timeout_seconds: float = 60.0  # for one whole answer: the slowest page seen took 20
    contact: str | None = None  # else as the workspace says
    on_progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a run came to; `outcomes` counts visits by site and outcome."""

    run_id: str
    resumed: bool
    left: int  # URLs known and not visited, because of a limit
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    halted: dict[str, str] = field(default_factory=dict)  # sites that were left in mid-run, and why
    paused: dict[str, str] = field(default_factory=dict)  # sites that shut us out, and how
    held: dict[str, str] = field(default_factory=dict)  # sites that may not be asked now, and why

    @property
    def fetched(self) -> int:
        """Requests made: what robots.txt forbade is none."""
        return sum(n for site in self.outcomes.values() for outcome, n in site.items() if outcome != "robots")

    @property
    def failing(self) -> tuple[str, ...]:
        """Sites that were asked and brought no page at all."""
        alive = {"new", "changed", "unchanged"}
        return tuple(site for site, said in self.outcomes.items() if said and not alive & said.keys())


def crawl(
    workspace: Workspace, sites: Sequence[Site], options: CrawlOptions = CrawlOptions()
) -> CrawlSummary:
    """Fetches what is due (with `all`: everything) into the archive.

    Ctrl-C and SIGTERM stop it in good order and raise KeyboardInterrupt. FailedError when archive or
    frontier cannot be written; nothing that was committed is lost, and the same command goes on.
    """
    job = _job(workspace, sites, options)
    with _sigterm_as_interrupt(), _child() as child:
        try:
            _send(child, job)
            result = _result(child, options.on_progress)
        except KeyboardInterrupt:
            _stop(child)
            raise
    if "summary" not in result:
        raise _failure(result, child)
    return CrawlSummary(**result["summary"])


def user_agent(workspace: Workspace, contact: str | None = None) -> str:
    """Who asks, and where to complain; a demo workspace asks only its own machine."""
    settings = load_settings(workspace)
    contact = contact or settings.contact
    if not contact and not settings.synthetic:
        raise DefinitionError(
            f"{workspace.root / 'yuqi.toml'}: `contact` is missing: a mail address or URL under which"
            " site owners can reach you (or set $YUQI_CONTACT)"
        )
    if contact and not (contact.isascii() and contact.isprintable()):
        raise DefinitionError(f"{workspace.root / 'yuqi.toml'}: `contact` must be printable ASCII")
    return f"{PRODUCT}/{_version()} (+{contact or 'synthetic demo'})"


def dry_run(
    workspace: Workspace, sites: Sequence[Site], options: CrawlOptions = CrawlOptions()
) -> Iterator[tuple[str, str, str]]:
    """(URL, site, why) of what a crawl would ask for first, before links of fetched pages are followed."""
    now = datetime.now(UTC)
    defined = {site.site_id: Scope(site) for site in sites}
    with Frontier(replace(workspace, shard=options.shard)) as frontier, frontier.snapshot():
        takedowns, asked = frontier.takedowns(), Asking(frontier, sites)
        for site_id, scope in defined.items():
            for link in scope.starts():
                if not in_shard(host_of(link.url), options.shard):
                    continue
                if frontier.page(link.url) is None and not takedowns.hit(link.url, site_id):
                    yield link.url, site_id, "start page, never visited"
        for page in frontier.in_turn(now):
            why = _why_due(page.next_visit_at, page.visits, now, options.all)
            mine = page.site_id in defined and in_shard(host_of(page.url), options.shard)
            if why and mine and host_of(page.url) and not takedowns.hit(page.url, page.site_id):
                yield page.url, page.site_id, f"{why}; {asked.says(page.url, page.site_id, now)}"


def _why_due(next_visit_at: datetime | None, visits: int, now: datetime, takes_all: bool) -> str | None:
    if visits == 0:
        return "found, never visited"
    if next_visit_at is None:
        return "imported, never visited"
    if next_visit_at <= now:
        return f"due since {next_visit_at:%Y-%m-%d %H:%M} UTC"
    return f"--all (due {next_visit_at:%Y-%m-%d})" if takes_all else None


def _job(workspace: Workspace, sites: Sequence[Site], options: CrawlOptions) -> dict[str, Any]:
    return {
        "workspace": str(workspace.root),
        "sites": [asdict(site) for site in sites],
        "takes_all": options.all,
        "max_pages": options.max_pages,
        "max_seconds": options.max_seconds,
        "shard": options.shard,
        "timeout_seconds": options.timeout_seconds,
        "user_agent": user_agent(workspace, options.contact),
        "browser": browser_path(sites),
    }


@contextmanager
def _child() -> Iterator[subprocess.Popen[str]]:
    """In a session of its own: Ctrl-C reaches the parent alone, which then says stop."""
    here = str(Path(__file__).resolve().parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "crawler"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            _close(stream)


def _send(child: subprocess.Popen[str], job: dict[str, Any]) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(job) + "\n")
    child.stdin.flush()


def _result(child: subprocess.Popen[str], on_progress: Callable[[Progress], None] | None) -> dict[str, Any]:
    """The last line; empty where the process died without one."""
    assert child.stdout is not None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "progress" not in message:
            return message
        if on_progress is not None:
            on_progress(Progress(**message["progress"]))
    return {}


def _stop(child: subprocess.Popen[str]) -> None:
    """Waits until what was under way is kept; a second Ctrl-C ends it at once."""
    assert child.stdin is not None
    timer = threading.Timer(STOP_SECONDS, child.kill)
    timer.start()
    try:
        child.stdin.write("stop\n")
        child.stdin.flush()
        _result(child, None)
    except BrokenPipeError:
        pass  # it is dead already
    finally:
        timer.cancel()


def _failure(result: dict[str, Any], child: subprocess.Popen[str]) -> Exception:
    if "definition" in result:
        return DefinitionError(result["definition"])
    again = "nothing that was committed is lost; run the same command again to go on"
    if "failed" in result:
        return FailedError(f"crawl stopped: {result['failed']}; {again}")
    return FailedError(f"crawl stopped: its process ended with code {child.wait()}; {again}")


def _close(stream: IO[str] | None) -> None:
    """Closing flushes, and the reader may be dead."""
    if stream is not None:
        with suppress(BrokenPipeError):
            stream.close()


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """A scheduler's SIGTERM stops a crawl as Ctrl-C does, unless the caller handles it already."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _version() -> str:
    try:
        return version("yuqi")
    except PackageNotFoundError:  # a checkout that was not installed
        return "0"
