"""`yuqi takedown`."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import click

from crawler.definitions import DefinitionError
from crawler.sites import load_sites
from crawler.takedowns import Takedown
from crawler.urls import canonical
from crawler.workspace import Workspace
from pipeline.store import sql
from pipeline.store.reader import open_latest
from yuqi.engines import object_store
from yuqi.failures import DONE, PARTIAL
from yuqi.options import results
from yuqi.output import Look, Result, emit
from yuqi.taking_down import Asked, Done, asked, take_down

NOT_IN_URLS = re.compile(r"[\\^$*()\[\]{}|]")  # an address with one of them is meant as a pattern
COLUMNS = ("url", "site_id", "copies", "other_pages")


@click.command("takedown")
@click.argument("what", required=False, metavar="URL|PATTERN")
@click.option("--site", help="A whole site; with a URL or pattern, only its pages.")
@click.option("--platform", help="All pages that are about this platform, by its id.")
@click.option(
    "--reason", default="", help="Kept with the request, and written in the place of what is purged."
)
@click.option("--purge", is_flag=True, help="From the archive, too. This cannot be undone.")
@click.option("--dry-run", is_flag=True, help="Only say which pages would go, and what others have of them.")
@click.option("--store", help="The object store of `build --store`: copies there go, too.")
@click.option("--no-build", is_flag=True, help="Leave it to the next build to count the groups anew.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace,
    look: Look,
    what: str | None,
    site: str | None,
    platform: str | None,
    reason: str,
    purge: bool,
    dry_run: bool,
    store: str | None,
    no_build: bool,
) -> int:
    """Removes pages, and keeps them out, everywhere: corpus, parts, search, snapshots, releases.

    PATTERN is a regular expression, looked for anywhere in a URL. The request goes into state/takedowns.toml
    and holds for readers from then on. Releases that hold a page are withdrawn and superseded. What others
    have copied of it is said, and stays. Without arguments: carries out the list as it stands, after a kill
    or an edit by hand.

    Example: yuqi takedown http://example.com/1.html --reason "asked by the author" --purge
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entries = [_stamped(entry, reason.strip(), now, purge) for entry in _entries(place, what, site, platform)]
    request = asked(place, entries)
    done = (
        Done(len(request.pages))
        if dry_run
        else take_down(place, request, build=not no_build, store=object_store(store, place.root))
    )
    emit(_result(request, done, dry_run), look)
    return PARTIAL if done.unfollowed or done.removed else DONE


def _entries(place: Workspace, what: str | None, site: str | None, platform: str | None) -> list[Takedown]:
    if platform is not None:
        if what or site:
            raise click.UsageError("--platform stands alone: no URL, pattern or --site with it")
        return [Takedown(url=url, platform=platform) for url in _about(place, platform)]
    if site is not None and site not in _sites(place):
        raise DefinitionError(
            f"--site: no site `{site}` in {place.sites}, and no page of one was ever fetched"
        )
    if what is None:
        return [Takedown(site=site)] if site else []
    if (url := _url(what)) is not None:
        return [Takedown(url=url, site=site)]
    try:
        re.compile(what)
    except re.error as error:
        raise DefinitionError(f"`{what}` is neither a URL nor a regular expression ({error})") from error
    return [Takedown(pattern=what, site=site)]


def _url(said: str) -> str | None:
    if NOT_IN_URLS.search(said):
        return None
    return said if said.startswith("urn:") else canonical(said)


def _stamped(entry: Takedown, reason: str, at: str, purge: bool) -> Takedown:
    return Takedown(entry.url, entry.pattern, entry.site, reason, at, entry.platform, purge)


def _about(place: Workspace, platform: str) -> list[str]:
    with open_latest(place, of_any_age=True) as connection:
        if not connection.execute("SELECT 1 FROM platforms WHERE platform_id = ?", [platform]).fetchone():
            raise DefinitionError(f"--platform: no platform `{platform}`: `yuqi report platforms` lists them")
        return [url for (url,) in sql.rows(connection, "about_platform", platform=platform)]


def _sites(place: Workspace) -> set[str]:
    known = set(load_sites(place.sites))
    if place.latest.exists():
        with open_latest(place, of_any_age=True) as connection:
            known |= {row[0] for row in connection.execute("SELECT site_id FROM sites").fetchall()}
    return known


def _result(request: Asked, done: Done, dry_run: bool) -> Result:
    others: dict[str, list[str]] = {}
    for one in request.repeated:
        others.setdefault(one.url, []).append(f"{one.other_url} ({one.sentences})")
    rows = [
        {"url": page.url, "site_id": page.site_id, "copies": len(held := others.get(page.url, [])),
         "other_pages": held}
        for page in request.pages
    ]  # fmt: skip
    return Result(
        COLUMNS, rows, "takedown", tuple(_notes(request, done, dry_run)), hidden=frozenset({"other_pages"})
    )


def _notes(request: Asked, done: Done, dry_run: bool) -> list[str]:
    said = [f"{len(request.pages)} pages {'would be' if dry_run else 'are'} taken down"]
    if request.entries and not request.pages:
        said = ["no page known so far falls under it; what comes later is kept out"]
    if request.repeated:
        copies = len({one.other_url for one in request.repeated})
        said.append(f"{copies} other pages hold sentences of them and stay (--format json names them)")
    if done.blanked:
        said.append(f"{done.blanked} records of the archive blanked")
    if done.stored:
        said.append(f"{done.stored} files of the object store went, or were put there without it")
    said += [f"release {version} withdrawn" for version in done.withdrawn]
    said += [f"nothing supersedes release {version} yet: run `yuqi release`" for version in done.unfollowed]
    said += [f"snapshot {name}, made by older code, was removed whole" for name in done.removed]
    return said
