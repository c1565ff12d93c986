"""`yuqi sql`."""

from __future__ import annotations

import click

from crawler.workspace import Workspace
from pipeline.store.query import TIME_LIMIT_SECONDS, ask, schema
from pipeline.store.reader import latest_file
from yuqi.options import results
from yuqi.output import Look, Result, emit


class Asking(click.Command):
    """A query may begin with a comment: no option has a space in its name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {said}" if _is_comment(said) else said for said in args])


def _is_comment(said: str) -> bool:
    """
    >>> _is_comment("-- how many?\\nSELECT 1"), _is_comment("--workspace=my folder"), _is_comment("--")
    (True, False, False)
    """
    return said.startswith("--") and len(said.partition("=")[0].split(maxsplit=1)) > 1


@click.command("sql", cls=Asking)
@click.argument("query", required=False)
@click.option(
    "--schema", "show_schema", is_flag=True, help="Tables and views, their columns and what they mean."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=TIME_LIMIT_SECONDS, show_default=True,
    help="Seconds after which the query is killed.",
)  # fmt: skip
@results
def command(place: Workspace, look: Look, query: str | None, show_schema: bool, timeout: float) -> None:
    """Read-only SQL on the published snapshot; it reaches no file and no network.

    Example: yuqi sql "SELECT reason, count(*) FROM drops GROUP BY reason"
    """
    if (query is None) != show_schema:
        raise click.UsageError("give one SQL query, or --schema")
    snapshot = latest_file(place)
    columns, rows = schema(snapshot) if query is None else ask(snapshot, query, timeout)
    held = [dict(zip(columns, row, strict=True)) for row in rows]
    emit(Result(columns, held), look)
