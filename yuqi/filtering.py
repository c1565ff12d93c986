"""The options by which reports and searches are restricted; the command gets one `Filter` of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from functools import reduce, wraps
from typing import Any, get_args

import click

from crawler.page import PageState
from pipeline.records import Assertion
from pipeline.store.reports import Filter
from yuqi.options import Command

DAY = click.DateTime(["%Y-%m-%d"])
OPTIONS = (
    click.option("--platform", help="Articles in which it is subject; an id, name or alias."),
    click.option("--practice", help="Articles that speak of this kind of practice."),
    click.option("--site", help="Articles of this site."),
    click.option("--state", type=click.Choice(get_args(PageState)), help="State of the page."),
    click.option("--assertion", type=click.Choice(get_args(Assertion)), help="How a practice is asserted."),
    click.option("--since", type=DAY, help="First day, Asia/Shanghai."),
    click.option("--until", type=DAY, help="Last day, Asia/Shanghai."),
)
NAMES = tuple(field.name for field in fields(Filter))


def filtered(dated: str) -> Callable[[Command], Command]:
    """`chosen`, a Filter. `dated`: the options whose days `--date` means."""

    def options_of(command: Command) -> Command:
        @wraps(command)
        def given(**said: Any) -> Any:
            return command(chosen=_filter({name: said.pop(name) for name in NAMES}), **said)

        basis = click.option(
            "--date",
            "basis",
            type=click.Choice(["published", "first-seen"]),
            default="first-seen",
            show_default=True,
            help=f"Which date {dated} mean.",
        )
        return reduce(lambda made, option: option(made), (basis, *reversed(OPTIONS)), given)

    return options_of


def _filter(said: dict[str, Any]) -> Filter:
    days = {name: value.date() for name, value in said.items() if isinstance(value, datetime)}
    return Filter(**(said | days))
