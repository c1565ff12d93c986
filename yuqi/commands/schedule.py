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
OnFailure=yuqi-failed.service

[Service]
Type=oneshot
ExecStart={command}
# 3: done, but something needs a person; 75: another run holds the workspace; 143: stopped in good order
SuccessExitStatus=3 75 143
# what is under way is kept before a crawl ends
TimeoutStopSec=180
TimeoutStartSec=20h
MemoryMax=4G
Nice=10
IOSchedulingClass=idle
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={path}
# for compiled functions; everything else that a run writes is in the workspace
CacheDirectory=yuqi
Environment=XDG_CACHE_HOME=%C
PrivateDevices=yes
ProtectKernelLogs=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

# ~/.config/systemd/user/yuqi.timer
[Unit]
Description=nightly yuqi recrawl of {root}

[Timer]
OnCalendar=*-*-* 03:17:00
RandomizedDelaySec=20min
Persistent=true

[Install]
WantedBy=timers.target

# ~/.config/systemd/user/yuqi-failed.service
[Unit]
Description=a yuqi recrawl of {root} failed

[Service]
Type=oneshot
# put your own notice here; `[recrawl] hook` in yuqi.toml hears of every run, with its summary
ExecStart=/bin/sh -c 'echo "yuqi recrawl failed: journalctl --user -u yuqi.service" >&2'

# systemctl --user daemon-reload && systemctl --user enable --now yuqi.timer && loginctl enable-linger"""


@click.command("schedule")
@click.option("--cron", "kind", flag_value="cron", help="A line for crontab -e.")
@click.option("--systemd", "kind", flag_value="systemd", help="A service, its timer and a notice of failure.")
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
    root = str(place.root)
    command = " ".join(_word(word).replace("$", "$$") for word in words(place))  # variables, there only
    return UNIT.format(root=_percent(root), command=command, path=_word(root))


def _word(word: str) -> str:
    """Quoted, as systemd reads it, without its specifiers."""
    quoted = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_percent(quoted)}"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def words(place: Workspace) -> list[str]:
    """The running yuqi, by its absolute path: a scheduler knows no virtual environment."""
    script = Path(sys.argv[0]).absolute()
    runs = os.access(script, os.X_OK) and script.suffix != ".py"
    running = [str(script)] if runs else [sys.executable, "-m", "yuqi"]
    return [*running, "recrawl", "--workspace", str(place.root)]
