"""`yuqi topic`."""

from __future__ import annotations

import click

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace
from pipeline.findings import check_topic
from pipeline.findings.gazetteer import read_platforms
from pipeline.plausible import doubts
from pipeline.topic import load_topic, topic_folder
from yuqi.failures import DONE, FAILED
from yuqi.options import common


@click.command("topic")
@click.argument("action", type=click.Choice(["check"]))
@common
def command(place: Workspace, action: str) -> int:  # noqa: ARG001 (there is one)
    """Check the topic's tables with this workspace's overrides.

    Mistakes are named by file and entry, names that two platforms claim by both. So are names that are
    ordinary words, and operators, parents and states without a source.

    Example: yuqi topic check
    """
    try:
        topic = load_topic(topic_folder(), place.overrides)
    except DefinitionError as error:
        mistakes = [str(error)]
    else:
        mistakes = check_topic(topic) or doubts(topic)
    for mistake in mistakes:
        click.echo(mistake, err=True)
    if mistakes:
        return FAILED
    platforms = read_platforms(topic)
    names = sum(len(platform.aliases) for platform in platforms)
    click.echo(f"{topic.name}: {len(platforms)} platforms under {names} names, no mistakes")
    return DONE
