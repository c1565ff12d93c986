"""`yuqi serve`."""

from __future__ import annotations

import click
import uvicorn

from crawler.workspace import Workspace, load_settings
from explorer.app import explorer
from explorer.desk import Words
from pipeline.store.reader import latest_file
from yuqi.commands.report import presented, presented_trend
from yuqi.options import common
from yuqi.output import SYNTHETIC
from yuqi.words import headings

PORT = 8321
GRACE_SECONDS = 5  # for requests that are being answered when it is stopped


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port to listen on."
)
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="NAME",
    help="A further host name that requests may ask for; loopback names and --host always may.",
)  # fmt: skip
@common
def command(place: Workspace, host: str, port: int, allowed: tuple[str, ...]) -> None:
    """The web explorer on the published snapshot: read-only, no request leaves it.

    A newer snapshot is served as soon as it is published. The second line that it prints is for you alone:
    that link shows archived pages without redaction.

    Example: yuqi serve --port 8321
    """
    latest_file(place)  # says at once that nothing is built yet
    app, private = explorer(place, said_as_reports_are(place), (host, *allowed))
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
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
