"""`yuqi schedule`: what it prints is taken by the programs that it is for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from yuqi.cli import run

STRANGE = "a 100% 'b\" $HOME"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace whose name holds all that shells, cron and systemd take for their own."""
    root = tmp_path / STRANGE
    assert run(["init", str(root)]) == 0
    return root


def printed(place: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["schedule", kind, "--workspace", str(place)]) == 0
    return capsys.readouterr().out


def test_a_shell_runs_the_cron_line_in_that_workspace(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = printed(place, "--cron", capsys).rstrip("\n")
    fields = line.split(" ", 5)
    assert all(re.fullmatch(r"[\d*]+", field) for field in fields[:5]) and "\n" not in line
    assert "%" not in fields[5].replace("\\%", "")  # cron would end the command there
    command = fields[5].replace("\\%", "%")  # as cron hands it to the shell
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, cwd="/", check=False)
    log = (place / "state" / "recrawl.log").read_text(encoding="utf-8")
    assert done.returncode == 2 and "defines no site" in log and str(place) in log


def units(text: str, folder: Path) -> dict[str, Path]:
    """Each unit in a file of the name that its first line gives."""
    found = {}
    for name, body in re.findall(r"^# ~/\.config/systemd/user/(\S+)\n(.*?)(?=^# ~/|\Z)", text, re.S | re.M):
        found[name] = folder / name
        found[name].write_text(body, encoding="utf-8")
    return found


def test_the_service_is_hardened_and_says_which_ends_are_good(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = units(printed(place, "--systemd", capsys), tmp_path)
    assert set(found) == {"yuqi.service", "yuqi.timer", "yuqi-failed.service"}
    said = found["yuqi.service"].read_text(encoding="utf-8")
    for line in ("SuccessExitStatus=3 75", "MemoryMax=", "OnFailure=yuqi-failed.service",
                 "NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths="):  # fmt: skip
        assert f"\n{line}" in said
    (writable,) = re.findall(r"^ReadWritePaths=(.*)", said, re.MULTILINE)
    assert json.loads(writable.replace("%%", "%")) == str(place)  # one word; no variables there
    assert "$$HOME" in re.findall(r"^ExecStart=(.*)", said, re.MULTILINE)[0]
    assert "Persistent=true" in found["yuqi.timer"].read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units_without_a_complaint(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = units(printed(place, "--systemd", capsys), tmp_path)
    command = ["systemd-analyze", "verify", "--man=no", *map(str, found.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
