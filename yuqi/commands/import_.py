"""`yuqi import`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from crawler.definitions import DefinitionError
from crawler.importing import ImportSummary, import_paths
from crawler.sites import SITE_ID, load_sites
from crawler.workspace import Workspace
from yuqi.failures import DONE, PARTIAL
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.progress import Bars


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--site", help="The site of files that name none. Default: imported.")
@click.option(
    "--unsourced", is_flag=True, help="Nobody vouches for where they come from: in no site and release."
)
@results
def command(place: Workspace, look: Look, paths: tuple[Path, ...], site: str | None, unsourced: bool) -> int:
    """Take pages from elsewhere: WARC or WACZ files, folders of HTML or plain text.

    Slices of Common Crawl are WARC files, too. The folder of an earlier full release gives its articles, each
    marked by `extractor` = release: their quotes can be compared with the release only.

    Importing again changes nothing.

    Example: yuqi import saved-pages/ crawl.warc.gz --site example
    """
    if site is not None and not SITE_ID.fullmatch(site):
        raise DefinitionError(f"--site: `{site}`: a site id is lower-case letters, digits, `.`, `_` and `-`")
    with Bars() as bars:
        summary = import_paths(
            place,
            load_sites(place.sites),
            paths,
            site,
            unsourced,
            on_progress=lambda done: bars("import", done),
        )
    row = asdict(summary)
    emit_object(row, list(row), look, _told(summary))
    return PARTIAL if summary.failed else DONE


def _told(summary: ImportSummary) -> str:
    drops = ", ".join(f"{reason} {count}" for reason, count in summary.drops.items())
    return (
        f"imported {summary.pages}, there already {summary.unchanged}, no pages {summary.skipped}"
        f"{f', dropped: {drops}' if drops else ''}"
        f"{f', cut short by their archive {summary.cut_short}' if summary.cut_short else ''}"
    )
