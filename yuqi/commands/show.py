"""`yuqi show`."""

from __future__ import annotations

import click

from crawler.workspace import Workspace
from pipeline.store.look_up import look_up, shown
from pipeline.store.reader import open_latest
from pipeline.store.technical import technical_versions
from yuqi.archived import archived, emit_archived
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.portrait import portrait


@click.command("show")
@click.argument("what", metavar="ID|URL")
@click.option("--original", is_flag=True, help="Of an article: the page's own words, too.")
@click.option("--versions", is_flag=True, help="Of an article: what changed on the page, and by newer code.")
@click.option("--archived", "as_archived", is_flag=True, help="The archived page as HTML that does nothing.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True,
    help="So many rows of each list in a table; the other formats have all.",
)  # fmt: skip
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, what: str, original: bool, versions: bool, as_archived: bool, limit: int
) -> None:
    """An article, story, template, operator or platform with its evidence.

    A platform may be given by id, name or alias. In quotes, restored words stand in ［］. A template is
    shown with its slots, who fills them, and its copies sentence by sentence: [-left out-] {+put in+}.

    With --archived the page as it was received, of any URL that was fetched: without scripts, and asking
    nobody. Personal data in it is not redacted.

    Example: yuqi show https://example.com/a/1.html --original
    """
    if as_archived:
        emit_archived(archived(place, what), look)
        return
    with open_latest(place) as connection:
        thing = shown(connection, look_up(connection, what), original=original, versions=versions)
    if versions and thing["kind"] == "article":
        thing["technical_versions"] = technical_versions(
            place, [row["article_id"] for row in thing["versions"]]
        )
    emit_object(thing, list(thing), look, portrait(thing, limit, look.lang, markdown=look.form == "markdown"))
