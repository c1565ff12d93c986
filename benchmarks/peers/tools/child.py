"""One tool at work in a process of its own; standard library only, since a peer has no more."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Work = Callable[[], Any]  # what is timed: imports, dictionaries and a first page are behind it
Prepared = Callable[[Any], Work]

HELD = re.compile(r"VmHWM:\s*(\d+) kB")


def main(tools: Mapping[str, Prepared]) -> None:
    """`python -m MODULE TOOL SOURCE TARGET`: JSON in, JSON out, with CPU and wall seconds and peak memory."""
    name, source, target = sys.argv[1:]
    work = tools[name](json.loads(Path(source).read_text(encoding="utf-8")))
    wall, cpu = time.perf_counter(), spent()
    found = work()
    used = {"cpu_s": spent() - cpu, "s": time.perf_counter() - wall, "gib": peak_gib()}
    Path(target).write_text(json.dumps({"found": found, **used}, ensure_ascii=False), encoding="utf-8")


def spent() -> float:
    """CPU seconds of this process and of those it has seen end."""
    return sum(usage.ru_utime + usage.ru_stime for usage in _usages())


def peak_gib() -> float:
    """Of the largest process: this one or one that it has seen end.

    Linux hands a process's `ru_maxrss` on to the program that it starts, so that our own size would be a
    peer's least; what this program itself has held stands in /proc.
    """
    own, ended = _usages()
    unit = 2**30 if sys.platform == "darwin" else 2**20  # bytes there, else KiB
    status = Path("/proc/self/status")
    held = HELD.search(status.read_text()) if status.exists() else None
    return max(int(held[1]) if held else own.ru_maxrss, ended.ru_maxrss) / unit


def _usages() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
