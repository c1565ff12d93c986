"""Options that every command has, and those of every command that prints results."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from crawler.workspace import Workspace, load_settings, open_workspace
from yuqi.output import Look

Command = Callable[..., Any]
FORMATS = ("table", "csv", "json", "jsonl", "markdown")
LANGUAGES = ("zh", "en")


def located(command: Command) -> Command:
    """`--workspace` as it was given, `--debug`: for commands that need no workspace."""
    command = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_debug,
        help="Show tracebacks (or YUQI_DEBUG=1).",
    )(command)
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path),
        envvar="YUQI_WORKSPACE",
        default=Path(),
        help="The workspace. Default: $YUQI_WORKSPACE, else the current folder.",
    )(command)


def common(command: Command) -> Command:
    """The command gets `place`, its workspace."""

    @wraps(command)
    def opened(workspace: Path, **rest: Any) -> Any:
        return command(place=open_workspace(workspace), **rest)

    return located(opened)


def results(command: Command) -> Command:
    """The command gets `place` and `look`, how results are to be printed."""

    @wraps(command)
    def opened(place: Workspace, form: str, lang: str, **rest: Any) -> Any:
        return command(place=place, look=Look(form, lang, load_settings(place).synthetic), **rest)

    return common(looks(opened))


def looks(command: Command) -> Command:
    """`--format` and `--lang` as they were given."""
    command = click.option(
        "--lang", type=click.Choice(LANGUAGES), default=language, help="Default: from the locale."
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="Of the results.",
    )(command)


def language() -> str:
    """Of the locale's messages; English where it says nothing."""
    names = (os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG"))
    said = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if said.lower().startswith("zh") else "en"


def _debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value:
        os.environ["YUQI_DEBUG"] = "1"
