"""`yuqi show`."""

from __future__ import annotations

import click

from crawler.page import Fetch
from crawler.workspace import Workspace
from pipeline.store.evidence import rows
from pipeline.store.look_up import look_up, shown
from pipeline.store.reader import open_latest
from yuqi.archived import archived
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.portrait import portrait


@click.command("show")
@click.argument("what", metavar="ID|URL")
@click.option("--original", is_flag=True, help="Of an article: the page's own words, too.")
@click.option("--versions", is_flag=True, help="Of an article: every version with what changed.")
@click.option("--archived", "page", is_flag=True, help="Of an article: its archived page, line by line.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True,
    help="So many rows of each list in a table; the other formats have all.",
)  # fmt: skip
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, what: str, original: bool, versions: bool, page: bool, limit: int
) -> None:
    """An article, story, template, operator or platform with its evidence.

    A platform may be given by id, name or alias. In quotes, restored words stand in ［］. A template is
    shown with its slots, who fills them, and its copies sentence by sentence: [-left out-] {+put in+}.

    Example: yuqi show https://example.com/a/1.html --original
    """
    with open_latest(place) as connection:
        found = look_up(connection, what)
        thing = shown(connection, found, original=original, versions=versions)
        fetches = rows(connection, "fetch", id=found.id) if page else []
    if page and not fetches:
        raise click.UsageError(f"--archived: {what} is no article with an archived page")
    if page:
        thing["archived"] = archived(place, Fetch(**fetches[0]))
    emit_object(thing, list(thing), look, portrait(thing, limit, look.lang, markdown=look.form == "markdown"))
