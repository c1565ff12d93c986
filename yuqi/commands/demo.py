"""`yuqi demo`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from crawler.workspace import Workspace
from pipeline.store.look_up import Thing, shown
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from yuqi.building import summary_row, summary_text
from yuqi.commands.report import presented
from yuqi.crawling import crawl_code, crawl_result
from yuqi.demo import prepared, run_demo, this_command
from yuqi.failures import PARTIAL
from yuqi.options import located, looks
from yuqi.output import SYNTHETIC, Look, emit, say

FOLDER = Path("yuqi-demo")
PAGES = 504  # of the sample sites: a minute or two on two cores


@click.command("demo")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--pages", type=click.IntRange(1), default=PAGES, show_default=True, help="Articles to serve.")
@looks
@located
def command(folder: Path | None, pages: int, form: str, lang: str, workspace: Path) -> int:  # noqa: ARG001
    """The bundled sample sites: crawl, build, report. No network, no configuration.

    Invented lenders only; every output is marked SYNTHETIC 合成样本. DIR is ./yuqi-demo where none is given.

    Example: yuqi demo
    """
    place = prepared(folder or FOLDER)
    crawled, built = run_demo(place, pages)
    with open_latest(place) as connection:
        found = report(connection, "platforms", Filter())
        told_most = max(
            found.rows, key=lambda row: (row["alleged_own_stories"], row["stories"]), default=None
        )
        thing = shown(connection, Thing("platform", told_most["platform_id"])) if told_most else None
    look = Look(form, lang, synthetic=True)
    told = "\n".join([*filter(None, crawl_result(crawled).notes), summary_text(built)])
    if form == "table":
        click.echo(f"{SYNTHETIC}\n{told}\n")
    else:
        say([*told.splitlines(), *(f"{key} {value}" for key, value in summary_row(built).items())])
    emit(presented("platforms", found, lang), look)
    click.echo("\n".join(["", *_next(place, thing)]), err=form != "table")
    return PARTIAL if built.errors else crawl_code(crawled)


def _next(place: Workspace, platform: dict[str, Any] | None) -> list[str]:
    """From a figure to its quotes, from a quote to its page and archived record."""
    if platform is None:
        return []
    where = f"--workspace {shlex.quote(str(place.root))}"
    article = platform["evidence"][0]["article_id"]
    return [
        "next:",
        f"  {this_command()} show {platform['id']} {where}",
        f"  {this_command()} show {article} --original {where}",
    ]
