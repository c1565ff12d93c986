"""The explorer on an address: in the words of the command line, saying where it is once it listens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click
import uvicorn

from crawler.workspace import Workspace, load_settings
from explorer.app import explorer
from explorer.desk import Words
from explorer.reviewing import Reviewing
from pipeline.store.reader import latest_file
from yuqi.commands.report import presented, presented_trend
from yuqi.output import SYNTHETIC
from yuqi.words import headings

HOST, PORT = "127.0.0.1", 8321
GRACE_SECONDS = 5  # for requests that are being answered when it is stopped


@dataclass(frozen=True)
class Address:
    """Where to listen, and by which further names it may be asked for."""

    host: str = HOST
    port: int = PORT
    allowed: Iterable[str] = ()


def serve(place: Workspace, address: Address, reviewing: Reviewing | None = None) -> None:
    """Until it is stopped; says at once where nothing is built yet."""
    latest_file(place)
    hosts = (address.host, *address.allowed)
    app, private = explorer(place, said_as_reports_are(place), hosts, reviewing)
    config = uvicorn.Config(
        app, host=address.host, port=address.port, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
    _Server(config, private).run()


def said_as_reports_are(place: Workspace) -> Words:
    """The explorer has no words of its own for a report's figures."""
    return Words(
        headings=headings,
        present=presented,
        present_trend=presented_trend,
        synthetic=SYNTHETIC if load_settings(place).synthetic else None,
    )


class _Server(uvicorn.Server):
    """Says where it is once it listens, on the port that it got."""

    def __init__(self, config: uvicorn.Config, private: str) -> None:
        super().__init__(config)
        self._private = private

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        for server in self.servers if self.started else ():
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
                click.echo(f"{base}/", err=True)
                click.echo(f"for you alone (archived pages unredacted): {base}{self._private}", err=True)
