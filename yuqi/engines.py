"""`--engine`, `--address`, `--workers`: where the parts of a build are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from crawler.workspace import FailedError
from pipeline.engine import Local, Running
from yuqi.options import Command


def engines(command: Command) -> Command:
    """The command gets `engine`, to be called once the workspace is its own."""

    @wraps(command)
    def chosen(kind: str, address: str | None, store: str | None, workers: int | None, **rest: Any) -> Any:
        for option, given in (("--address", address), ("--store", store)):
            if given and kind != "dask":
                raise click.UsageError(f"{option} is for --engine dask")
        where = address, workers, store, bool(rest.get("full"))
        return command(engine=_engine(kind, *where), **rest)

    for option in reversed(OPTIONS):
        chosen = option(chosen)
    return chosen


OPTIONS = (
    click.option(
        "--engine",
        "kind",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="Where parts are made; dask needs `pip install yuqi[dask]`.",
    ),
    click.option(
        "--address",
        help="Of a Dask scheduler, whose workers see the workspace under the same path, or --store. "
        "Default: a cluster of this machine's processes.",
    ),
    click.option(
        "--store",
        help="Of Dask workers that share no folder: URL of an object store, such as s3://bucket/corpus, "
        "through which archive files and parts go (any that fsspec knows).",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1),
        help="Processes on this machine. Default: one a core, as memory allows.",
    ),
)


def object_store(url: str | None, root: Path) -> Any:
    """That of `--store`, None where it is not given."""
    if url is None:
        return None
    with _of_the_extra("--store"):
        from pipeline.object_store import ObjectStore  # noqa: PLC0415  optional
    return ObjectStore(url, root)


def _engine(
    kind: str, address: str | None, workers: int | None, store: str | None, anew: bool
) -> Callable[[], Running]:
    if kind == "local":
        return lambda: Local(workers)
    with _of_the_extra("--engine dask"):
        from pipeline.dask_engine import Dask  # noqa: PLC0415  optional, and a second to import
    return lambda: Dask(address, workers, store, anew=anew)


@contextmanager
def _of_the_extra(option: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise FailedError(
            f"{option} needs {error.name}, which is not installed: pip install 'yuqi[dask]'"
        ) from error
