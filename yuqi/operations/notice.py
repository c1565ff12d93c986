"""Telling somebody: a command of the owner's, and a URL that a watchman expects to be asked for.

Nothing is run or asked for unless `[recrawl]` in yuqi.toml names it.
"""

from __future__ import annotations

import os
import subprocess
import urllib.error
import urllib.request
from http.client import HTTPException

from crawler.robots import PRODUCT
from crawler.workspace import Workspace

HOOK_SECONDS = 60.0
PING_SECONDS = 10.0


def run_hook(words: tuple[str, ...], place: Workspace, code: int, summary: str) -> str | None:
    """What is wrong, if anything. The summary as JSON comes on stdin, the exit code as YUQI_EXIT_CODE."""
    said = {"YUQI_EXIT_CODE": str(code), "YUQI_WORKSPACE": str(place.root)}
    try:
        done = subprocess.run(  # noqa: S603 (the owner's own command, without a shell)
            words,
            input=summary,
            env={**os.environ, **said},
            text=True,
            stdout=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=HOOK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"hook: `{words[0]}` did not end in {HOOK_SECONDS:.0f} s"
    except OSError as error:
        return f"hook: `{words[0]}`: {error.strerror}"
    return f"hook: `{words[0]}` ended with code {done.returncode}" if done.returncode else None


def ping(url: str) -> str | None:
    """What is wrong, if anything. The URL may hold a secret, so it is not said."""
    request = urllib.request.Request(url, headers={"User-Agent": PRODUCT})  # noqa: S310 (http or https, checked)
    try:
        with urllib.request.urlopen(request, timeout=PING_SECONDS):  # noqa: S310
            return None
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        return f"ping: {getattr(error, 'reason', None) or type(error).__name__}"
