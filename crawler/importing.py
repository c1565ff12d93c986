"""Takes pages from elsewhere: into our archive and the frontier, as if they had been fetched."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler.archive import read_pages
from crawler.archive_writer import ArchiveWriter, Record
from crawler.captures import Capture, Left, captures, urn
from crawler.frontier import Frontier, RunStart
from crawler.page import payload_sha256
from crawler.private_names import without_contacts
from crawler.sites import Site, site_of
from crawler.urls import host_of
from crawler.visits import Answer, Lease
from crawler.workspace import FailedError, Workspace, secret_key

NO_SITE = "imported"
FATES = ("taken", "unchanged", "skipped")  # all else is the reason of a drop
MAX_DIGESTS = 500_000  # payloads that a revisit record may still refer to: some 100 MB
MAX_OPEN_ARCHIVES = 32  # a WARC file may hold pages of thousands of hosts


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Every page that was found is in one of the counts."""

    run_id: str
    pages: int  # taken
    unchanged: int  # there already
    skipped: int  # files and records that are no pages: images, scripts, robots.txt
    drops: dict[str, int] = field(default_factory=dict)  # by reason
    partial: bool = False  # something could not be read to its end, or had been cut short before
    cut_short: int = 0  # of all pages found: those whose archive says that it did not keep them whole

    @property
    def failed(self) -> bool:
        """Done, but a person should look (exit code 3)."""
        return self.partial


def import_paths(  # noqa: PLR0913 (the command's own options)
    workspace: Workspace,
    sites: dict[str, Site],
    paths: Sequence[Path],
    site_id: str | None = None,
    unsourced: bool = False,
    *,
    on_progress: Callable[[int], None] | None = None,
) -> ImportSummary:
    """WARC and WACZ files, folders of saved pages, single files. Importing again changes nothing."""
    for path in paths:
        if not path.exists():
            raise FailedError(f"{path}: no such file or folder")
    signature = json.dumps([[str(path.resolve()) for path in paths], site_id, unsourced])
    try:
        with Frontier(workspace) as frontier:
            run = frontier.begin_run("import", signature)
            naming = _Naming(sites, site_id, unsourced, secret_key(workspace))
            with _Import(workspace, frontier, run, naming) as taking:
                for path in paths:
                    taking.take_all(path, on_progress)
            found_pages = bool(taking.counts.keys() - {"skipped"})
            frontier.finish_run(run.run_id, "done" if found_pages else "failed")
    except (OSError, sqlite3.OperationalError) as error:
        raise FailedError(
            f"import stopped: {error}; nothing that was committed is lost, and the same command goes on"
        ) from error
    if not found_pages:
        named = ", ".join(map(str, paths))
        raise FailedError(f"{named}: nothing to import: no WARC, WACZ, HTML or plain text file there")
    return taking.summary()


@dataclass(frozen=True, slots=True)
class _Naming:
    """Which site and URL a page gets."""

    sites: dict[str, Site]
    site_id: str | None
    unsourced: bool
    key: bytes  # keeps files apart whose names hold a contact

    def urn(self, site_id: str, path: str) -> str:
        return urn(site_id, without_contacts(path, self.key))

    @property
    def files_site(self) -> str:
        return self.site_id or NO_SITE

    def known(self, capture: Capture) -> Lease:
        """A record belongs to the site of its URL, a file to the one that was named."""
        site_id = self.files_site
        if capture.is_record and capture.url is not None:
            site_id = site_of(capture.url, self.sites)
        url = capture.url or self.urn(site_id, capture.path)
        host = host_of(url) if capture.url else ""
        sourced = capture.url is not None and capture.sourced and not self.unsourced
        return Lease(url, site_id, host, "unknown", depth=1, hops=0, sourced=sourced)


class _Import:
    """One import under way."""

    def __init__(self, workspace: Workspace, frontier: Frontier, run: RunStart, naming: _Naming) -> None:
        self.counts: Counter[str] = Counter()  # taken, unchanged, skipped, else drop reasons
        self.cut_short = 0
        self._workspace = workspace
        self._frontier = frontier
        self._run = run
        self._naming = naming
        self._writers: OrderedDict[str, ArchiveWriter] = OrderedDict()
        self._payloads: OrderedDict[str, tuple[str, str]] = OrderedDict()  # digest → URL, SHA-256

    def __enter__(self) -> _Import:
        return self

    def __exit__(self, *error: object) -> None:
        for writer in self._writers.values():
            writer.close()

    def take_all(self, path: Path, on_progress: Callable[[int], None] | None) -> None:
        for found in captures(path):
            fate = self._lose(found) if isinstance(found, Left) else self._take(found)
            self.counts[fate] += 1
            self.cut_short += isinstance(found, Capture) and found.cut_short
            if on_progress is not None:
                on_progress(self.counts.total())

    def summary(self) -> ImportSummary:
        drops = Counter({reason: n for reason, n in self.counts.items() if reason not in FATES})
        partial = bool(self.cut_short or drops.keys() & {"truncated-warc", "unreadable", "payload-elsewhere"})
        taken, unchanged, skipped = (self.counts[fate] for fate in FATES)
        return ImportSummary(
            self._run.run_id, taken, unchanged, skipped, dict(drops), partial, self.cut_short
        )

    def _take(self, capture: Capture) -> str:
        """What came of it: taken, unchanged, or why it is dropped."""
        known = self._naming.known(capture)
        if self._frontier.takedowns().hit(known.url, known.site_id):
            return "taken-down"
        if capture.is_revisit:
            return self._revisit(capture, known.url)
        sha256 = payload_sha256(capture.payload)
        self._remember(capture.digest, known.url, sha256)
        if self._frontier.has_capture(known.url, sha256, known.sourced):
            return "unchanged"
        if not known.sourced and self._frontier.is_sourced(known.url):
            return "known-with-source"
        answer = Answer(
            fetched_at=capture.fetched_at,
            status=capture.status,
            payload_sha256=sha256,
            record=self._archive(known, capture),
            size=len(capture.payload),
        )
        return "taken" if self._frontier.capture(self._run, known, answer) else "unchanged"

    def _revisit(self, capture: Capture, asked: str) -> str:
        """A visit of `asked` that found a payload which stands in another record.

        One of the same URL is there already. Of another URL's a copy is taken, so that the page is not lost.
        """
        url, sha256 = self._payloads.get(capture.digest or "", ("", None))
        if url in {"", asked}:
            seen = self._frontier.archived(asked)
            return "unchanged" if seen else self._lose(Left(capture.path, "payload-elsewhere", capture.url))
        if (fetch := self._frontier.archived(url, sha256)) is None:
            return self._lose(Left(capture.path, "payload-elsewhere", capture.url))
        (page,) = read_pages(self._workspace.root, [fetch])
        held = replace(capture, is_revisit=False, content_type=page.content_type, payload=page.payload)
        return self._take(replace(held, status=page.http_status))

    def _remember(self, digest: str | None, url: str, sha256: str) -> None:
        if digest:
            self._payloads[digest] = (url, sha256)
            self._payloads.move_to_end(digest)
        if len(self._payloads) > MAX_DIGESTS:
            self._payloads.popitem(last=False)

    def _archive(self, known: Lease, capture: Capture) -> Record:
        writer = self._writer(known.site_id)
        if capture.exchange is not None:
            return writer.response(capture.exchange)
        return writer.resource(known.url, capture.fetched_at, capture.content_type, capture.payload)

    def _writer(self, site_id: str) -> ArchiveWriter:
        if site_id not in self._writers:
            while len(self._writers) >= MAX_OPEN_ARCHIVES:
                self._writers.popitem(last=False)[1].close()
            self._writers[site_id] = ArchiveWriter(self._workspace, site_id, self._run.run_id)
        self._writers.move_to_end(site_id)
        return self._writers[site_id]

    def _lose(self, left: Left) -> str:
        """What could not be read is a page with its fate: a record's own, else one named for its file."""
        if left.reason != "skipped":
            url = left.url or self._naming.urn("import", Path(left.path).name)
            site_id = site_of(left.url, self._naming.sites) if left.url else self._naming.files_site
            sourced = left.url is not None and not self._naming.unsourced
            self._frontier.add_loss(url, site_id, sourced=sourced, loss=left.reason)
        return left.reason
