"""`yuqi accept`."""

from __future__ import annotations

import click

from crawler.definitions import DefinitionError, read_toml
from crawler.workspace import Workspace
from pipeline.accepting import STEM, accepted_entry
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.topic import load_topic, topic_folder
from yuqi.failures import DONE
from yuqi.options import common

REPORT = "unknown-platforms"


@click.command("accept")
@click.argument("name")
@click.option("--category", help="Kind of lender; default: the topic's own for names that nobody looked up.")
@common
def command(place: Workspace, name: str, category: str | None) -> int:
    """Take a name of `report unknown-platforms` into this workspace's gazetteer.

    It becomes a platform of its own in overrides/platforms.toml, related to nobody and of low confidence,
    with the page that named it first as its source. The next build looks for it everywhere.

    Example: yuqi accept 某某贷
    """
    with open_latest(place) as connection:
        rows = report(connection, REPORT, Filter()).rows
    row = next((row for row in rows if row["name"] == name), None)
    if row is None:
        raise DefinitionError(f"`{name}` is not in `yuqi report {REPORT}`")
    source = f"{row['url']} (named there first; {row['pages']} pages of {row['sites']} sites)"
    entry = accepted_entry(load_topic(topic_folder(), place.overrides), name, category, source)
    file = place.overrides / f"{STEM}.toml"
    place.overrides.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as overrides:
        overrides.write(entry)
    read_toml(file)
    click.echo(f"{file}: {name}; next: `yuqi build --workspace {place.root}`")
    return DONE
