"""Commands in processes of their own, in turn and within a time: what they found, or why there is nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAID = 90  # characters of an error that a table has room for

Found = dict[str, Any]


def ended(command: Sequence[str], target: Path, longest: float) -> Found | str:
    """What the command wrote into `target`; else why not."""
    target.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        return f"not installed: {error.strerror}"
    with process:
        try:
            _, said = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # and its workers, which would go on for hours
            return f"more than {longest:.0f} s"
    if process.returncode:
        return why(said)
    found: Found = json.loads(target.read_text(encoding="utf-8"))
    return found


def why(said: str) -> str:
    """The last line of what a process said on its way out, short enough for a table.

    >>> why("Traceback …\\nModuleNotFoundError: No module named 'gaoya'\\n")
    "not installed: No module named 'gaoya'"
    """
    last = (said.strip().splitlines() or ["without a word"])[-1].replace("|", "/")
    missing = last.partition("ModuleNotFoundError: ")[2]
    return f"not installed: {missing}" if missing else f"failed: {last}"[:SAID]


def in_turn(
    commands: Mapping[str, Sequence[str]], given: Any, *, rounds: int, longest: float, often: float
) -> dict[str, list[Found] | str]:
    """Each command once a round, so that what else the machine does hits all alike; `given` as JSON.

    A command that took more than `often` seconds of CPU is not run again.
    """
    held: dict[str, list[Found] | str] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "given.json", Path(folder) / "found.json"
        source.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        for number in range(rounds):
            for name, command in commands.items():
                before = held[name]
                if isinstance(before, str) or (number and before[0]["cpu_s"] > often):
                    continue
                found = ended([*command, str(source), str(target)], target, longest)
                if isinstance(found, str):
                    held[name] = found
                else:
                    before.append(found)
    return held
