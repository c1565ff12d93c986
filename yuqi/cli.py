"""`yuqi`: finds the subcommand, loads only its module, and turns what went wrong into an exit code."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from types import FrameType, TracebackType
from typing import NoReturn

import click

from yuqi.failures import exit_code, one_line, said

# command -> (module, what it does). Here, so that `yuqi --help` loads none of the modules.
COMMANDS = {
    "demo": ("demo", "The bundled sample sites: crawl, build, report. No network, no configuration."),
    "try": ("try_", "One page, nothing stored: what would be kept, removed, repaired and found."),
    "init": ("init", "A new workspace: yuqi.toml and sites/ with one commented example."),
    "crawl": ("crawl", "Fetch what is due into the archive; resumable."),
    "import": ("import_", "Take pages from elsewhere: WARC files, folders of HTML or plain text."),
    "build": ("build", "Archive to corpus: only what is new; publishes a snapshot when it is whole."),
    "recrawl": ("recrawl", "What a scheduler calls: crawl what is due, build, publish, summary."),
    "schedule": ("schedule", "Print the unit that would run `recrawl`."),
    "status": ("status", "Per site: pages, due, gone, errors, last run; or why and when one URL is next."),
    "runs": ("runs", "The history of crawls, imports, builds and recrawls."),
    "report": ("report", "The standing questions, over the published snapshot."),
    "search": ("search", "An exact phrase over title and text, in either script, with snippets."),
    "show": ("show", "An article, story, template, operator or platform with its evidence."),
    "accept": ("accept", "Take a name of `report unknown-platforms` into this workspace's gazetteer."),
    "topic": ("topic", "Check the topic's tables with this workspace's overrides."),
    "sql": ("sql", "Read-only SQL on the published snapshot."),
    "review": ("review", "Findings for people to judge, and their verdicts."),
    "correct": ("correct", "Strike a finding, in every copy of its story."),
    "serve": ("serve", "The web explorer on the published snapshot."),
    "release": ("release", "A dataset that can be cited."),
    "verify": ("verify", "Archive, corpus and release against their checksums; quotes against the pages."),
    "takedown": ("takedown", "Removes pages, and keeps them out, everywhere."),
    "ack": ("ack", "Silence a site's warnings until they end and come again."),
    "prune": ("prune", "Retention: removes snapshots that `[retention]` in yuqi.toml no longer keeps."),
    "backup": ("backup", "Copies what cannot be rebuilt, also while a crawl runs; incremental."),
    "restore": ("restore", "Brings a backup back, checked against its digests."),
    "evaluate": ("evaluate", "Quality against gold data or the sample sites, beside floors."),
}
QUERY_STOPPED = "Query interrupted"  # DuckDB's RuntimeError, in place of what a signal's handler has raised
PIPE_CLOSED = 141  # 128 + SIGPIPE, as other tools end when their reader goes away


class LazyGroup(click.Group):
    """Loads a command's module when it is called, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        command = import_module(f"yuqi.commands.{COMMANDS[name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yuqi", prog_name="yuqi")
def cli() -> None:
    """yuqi (逾期): Chinese debt-overdue content farms as evidence.

    Example: yuqi demo
    """


class Stopped(KeyboardInterrupt):
    """SIGTERM, on the same clean way out as Ctrl-C."""

    heard = False


def main() -> NoReturn:
    sys.excepthook = _bug
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):  # a page may hold what the terminal's encoding does not
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of one command line."""
    try:
        result = cli.main(arguments, prog_name="yuqi", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        return _stopped()
    except click.ClickException as error:
        click.echo(_usage(error), err=True)
        return 2
    except _expected() as error:
        _said_or_raised(error)
        return exit_code(error)
    except RuntimeError as error:
        if str(error) != QUERY_STOPPED:
            raise
        return _stopped()
    return result if isinstance(result, int) else 0


def _stopped() -> int:
    click.echo("stopped; nothing that was announced is lost: run the same command again", err=True)
    return 143 if Stopped.heard else 130


def _expected() -> tuple[type[BaseException], ...]:
    """What can go wrong without being a bug; evaluated only once something was raised."""
    names = ("duckdb.Error", "sqlite3.Error", "crawler.definitions.DefinitionError",
             "crawler.workspace.FailedError", "crawler.workspace.BusyError",
             "pipeline.parts.TooManyErrorsError")  # fmt: skip
    found = [
        getattr(sys.modules.get(name.rpartition(".")[0]), name.rpartition(".")[2], None) for name in names
    ]
    return (OSError, MemoryError, *(kind for kind in found if isinstance(kind, type)))


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f"; see `{context.command_path} --help`" if context else ""
    return one_line(f"yuqi: {error.format_message()}{hint}")


def _said_or_raised(error: BaseException) -> None:
    if os.environ.get("YUQI_DEBUG"):
        sys.__excepthook__(type(error), error, error.__traceback__)
    else:
        click.echo(one_line(f"yuqi: {said(error)}"), err=True)


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Anything unexpected: one line, exit code 1 by Python's own rule."""
    if os.environ.get("YUQI_DEBUG"):
        sys.__excepthook__(kind, error, trace)
    else:
        message = one_line(f"a bug: {kind.__name__}: {error}")
        print(f"yuqi: {message}; run it with --debug and report it", file=sys.stderr)


def _stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
    Stopped.heard = True
    raise Stopped


def _silence_stdout() -> None:
    """The interpreter flushes stdout once more when it ends; give it somewhere to go."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
