"""`yuqi schedule`."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from crawler.workspace import Workspace
from yuqi.options import common

NIGHTLY = "17 3 * * *"  # off the full hour, when everybody's jobs start
UNIT = """\
# ~/.config/systemd/user/yuqi.service
[Unit]
Description=yuqi recrawl of {root}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# 3: done, but something needs a person; 75: another run holds the workspace
SuccessExitStatus=3 75

# ~/.config/systemd/user/yuqi.timer
[Unit]
Description=nightly yuqi recrawl

[Timer]
OnCalendar=*-*-* 03:17:00
RandomizedDelaySec=20min
Persistent=true

[Install]
WantedBy=timers.target

# systemctl --user daemon-reload && systemctl --user enable --now yuqi.timer"""


@click.command("schedule")
@click.option("--cron", "kind", flag_value="cron", help="A line for crontab -e.")
@click.option("--systemd", "kind", flag_value="systemd", help="A service and a timer.")
@common
def command(place: Workspace, kind: str | None) -> None:
    """Print the unit that would run `recrawl`; nothing is installed.

    Example: yuqi schedule --systemd
    """
    if kind is None:
        raise click.UsageError("give --cron or --systemd")
    click.echo(cron(place) if kind == "cron" else systemd(place))


def cron(place: Workspace) -> str:
    log = shlex.quote(str(place.state / "recrawl.log"))
    line = f"{shlex.join(words(place))} >> {log} 2>&1".replace("%", r"\%")  # cron takes % for a new line
    return f"{NIGHTLY} {line}"


def systemd(place: Workspace) -> str:
    said = " ".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words(place))
    return UNIT.format(root=str(place.root).replace("%", "%%"), command=said.replace("%", "%%"))


def words(place: Workspace) -> list[str]:
    """The running yuqi, by its absolute path: a scheduler knows no virtual environment."""
    script = Path(sys.argv[0]).absolute()
    runs = os.access(script, os.X_OK) and script.suffix != ".py"
    running = [str(script)] if runs else [sys.executable, "-m", "yuqi"]
    return [*running, "recrawl", "--workspace", str(place.root)]
