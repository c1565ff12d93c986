"""`yuqi serve`."""

from __future__ import annotations

import click

from crawler.workspace import Workspace
from yuqi.options import common
from yuqi.serving import HOST, PORT, Address, serve


@click.command("serve")
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
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
    serve(place, Address(host, port, allowed))
