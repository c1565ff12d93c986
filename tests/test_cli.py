"""The command line as its users meet it: help, usage, exit codes, signals, pipes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from filelock import FileLock
from invented_corpus import make_corpus
from waiting import PATIENCE_SECONDS, processes, until

from crawler.archive import ArchiveError
from crawler.workspace import BusyError, open_workspace
from yuqi.cli import COMMANDS, cli, run
from yuqi.lock import alone
from yuqi.options import language
from yuqi.progress import Bars

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SCRIPTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
SCRIPT = "from {} import {} as main; main()".format(*SCRIPTS["yuqi"].split(":"))


def yuqi(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "yuqi", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False, **settings
    )  # type: ignore[call-overload, no-any-return]


def command_of(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_a_workspace(name: str) -> None:
    command = command_of(name)
    assert f"Example: yuqi {name}" in (command.help or "")
    assert (command.help or "").startswith(
        COMMANDS[name][1].partition(".")[0].partition(";")[0].partition(":")[0]
    )
    assert {"--workspace", "--debug"} <= {option for p in command.params for option in p.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_documentation_lists_exactly_the_options_that_there_are(name: str) -> None:
    row = next(line for line in DOCS.splitlines() if line.startswith(f"| `yuqi {name}"))
    told = set(re.findall(r"--[a-z-]+", row.split(" | ")[0] + row.split("`")[1]))
    everywhere = {"--workspace", "--debug", "--format", "--lang"}
    there = {option for p in command_of(name).params for option in p.opts if option.startswith("--")}
    assert told - everywhere == there - everywhere


def test_the_documentation_lists_exactly_the_commands_that_there_are() -> None:
    assert re.findall(r"^\| `yuqi (\w+)", DOCS, re.MULTILINE) == list(COMMANDS)


def test_help_loads_no_heavy_module() -> None:
    code = "import sys; from yuqi.cli import run; run(['--help']); print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    for heavy in ("scrapy", "twisted", "duckdb", "pyarrow", "trafilatura", "jieba", "opencc"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize(
    "arguments",
    [["nope"], ["report"], ["report", "nope"], ["report", "platforms", "--since", "x"], ["show"], ["release"],
     ["schedule"], ["crawl", "--shard", "5/4"], ["crawl", "--max-pages", "0"], ["build", "--workers", "x"]],
)  # fmt: skip
def test_wrong_usage_is_2_and_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "yuqi.toml").touch()
    monkeypatch.setenv("YUQI_WORKSPACE", str(tmp_path))
    assert run(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["crawl"], ["build"], ["recrawl"], ["status"], ["runs"], ["report", "platforms"], ["show", "x"],
     ["sql", "SELECT 1"], ["release", "--version", "1.0.0"], ["schedule", "--cron"], ["import", "."]],
)  # fmt: skip
def test_a_folder_that_is_no_workspace_is_2_and_says_what_to_do(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--workspace", str(tmp_path)]) == 2
    assert "yuqi init" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_unknown_key_in_a_site_file_is_2_and_names_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "sites" / "a.toml").write_text('strat = ["http://example.com/"]\n', encoding="utf-8")
    assert run(["status", "--workspace", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "a.toml" in told
    assert "did you mean `start`" in told


def test_init_overwrites_nothing_and_its_sample_is_not_a_site(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "w")]) == 0
    settings = tmp_path / "w" / "yuqi.toml"
    settings.write_text('contact = "mailto:me@example.com"\n', encoding="utf-8")
    assert run(["init", str(tmp_path / "w")]) == 0
    assert "me@example.com" in settings.read_text(encoding="utf-8")
    assert (tmp_path / "w" / "sites" / "example.toml.sample").is_file()
    assert run(["status", "--workspace", str(tmp_path / "w"), "--format", "json"]) == 0


def test_the_sample_site_file_is_one_once_its_lines_are_used(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path)]) == 0
    sample = (tmp_path / "sites" / "example.toml.sample").read_text(encoding="utf-8")
    used = re.sub(r"^# (?=\w+ = |\[\[)", "", sample, flags=re.MULTILINE)
    (tmp_path / "sites" / "example.toml").write_text(used, encoding="utf-8")
    assert run(["status", "--workspace", str(tmp_path)]) == 0


def test_the_workspace_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YUQI_WORKSPACE", str(make_corpus(tmp_path / "w").root))
    assert run(["report", "sites", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5


@pytest.mark.parametrize("arguments", [["build"], ["recrawl"]])
def test_build_and_recrawl_exclude_each_other(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "sites" / "a.toml").write_text('start = ["http://example.com/"]\n', encoding="utf-8")
    capsys.readouterr()
    with FileLock(open_workspace(tmp_path).lock):
        assert run([*arguments, "--workspace", str(tmp_path)]) == 75
    assert capsys.readouterr().err.count("\n") == 1


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    with alone(place), pytest.raises(BusyError), alone(place):
        pass
    with alone(place):
        pass


@pytest.mark.parametrize("kind", ["--cron", "--systemd"])
def test_a_schedule_names_absolute_paths_and_installs_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a 100% b"
    assert run(["init", str(folder)]) == 0
    capsys.readouterr()
    assert run(["schedule", kind, "--workspace", str(folder)]) == 0
    told = capsys.readouterr().out
    assert str(tmp_path) in told
    assert "recrawl" in told
    assert ("100\\%" if kind == "--cron" else "100%%") in told


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    root = make_corpus(tmp_path).root
    told = f"{sys.executable} -m yuqi sql --schema --format jsonl --workspace {root}"
    command = f"{told} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")  # 0 where all fitted into the pipe


def _asks(pid: int) -> bool:
    """Whether the process that it has begun to answer a query is busy with it."""
    return any(
        one.parent == pid and "query_worker" in one.command and one.works for one in processes().values()
    )


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_cleanly(signum: int, code: int, tmp_path: Path) -> None:
    root = make_corpus(tmp_path).root
    query = "SELECT count(*) FROM range(10000000000) a, range(10000) b"
    command = [sys.executable, "-m", "yuqi", "sql", query, "--workspace", str(root)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert until(lambda: _asks(process.pid), every_seconds=0.3)
        process.send_signal(signum)
        assert process.wait(PATIENCE_SECONDS) == code
        assert process.stderr is not None
        told = process.stderr.read()
    assert "Traceback" not in told
    assert "stopped" in told


@pytest.mark.parametrize("begun", ["import runpy; runpy.run_module('yuqi', run_name='__main__')", SCRIPT])
def test_a_signal_before_a_command_is_there_stops_quietly(begun: str, tmp_path: Path) -> None:
    hit = "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"
    (tmp_path / "click.py").write_text(hit, encoding="utf-8")
    paths = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", begun]
    done = subprocess.run(command, env=paths, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_damaged_archive_is_no_bug_and_says_which_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise ArchiveError("archive/a/1.warc.gz at 17: damaged")

    monkeypatch.setattr(cli, "main", damaged)
    assert run(["build"]) == 1
    assert capsys.readouterr().err == "yuqi: archive/a/1.warc.gz at 17: damaged\n"


def test_a_signal_during_a_query_of_a_build_stops_cleanly() -> None:
    """DuckDB says a RuntimeError of its own instead of what the signal's handler raised."""
    query = "SELECT count(*) FROM range(400000000) numbers(n) WHERE n % 7 = 3"
    asking = (
        "import duckdb, os, threading, yuqi.cli as c\n"
        "def build(*_, **__):\n"
        "    with duckdb.connect(config={'threads': 2}) as connection:\n"
        f"        threading.Timer(.2, os.kill, (os.getpid(), {int(signal.SIGTERM)})).start()\n"
        f"        connection.execute('{query}')\n"
        "c.cli.main = build\n"
        "c.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 143 and done.stderr.startswith("stopped")


def test_a_full_disk_is_one_line_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "x.parquet")

    monkeypatch.setattr("pipeline.release.publish.write_table", full)
    root = make_corpus(tmp_path / "w").root
    assert run(["release", "--version", "1.0.0", "--workspace", str(root)]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "run the same command again" in told
    assert not list((root / "releases").iterdir())


def test_a_bug_is_one_line_unless_debugging(tmp_path: Path) -> None:
    code = (
        "import yuqi.cli as c, sys; c.COMMANDS['runs'] = ('nope', ''); sys.argv = ['yuqi', 'runs']; c.main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for debug in ("", "1"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                              env=environment | {"YUQI_DEBUG": debug})  # fmt: skip
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) == bool(debug)
        assert debug or done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("said", "lang"), [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("C", "en"), ("de_DE", "en")]
)
def test_the_language_is_that_of_the_locale(said: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", said)
    assert language() == lang


def test_progress_shows_nothing_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars() as bars:
        bars._started -= 10
        bars("crawl", 1, 2)
    assert capsys.readouterr().err == ""


def test_progress_shows_nothing_in_the_first_two_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars(terminal=True) as bars:
        bars("crawl", 1, 2)
    assert capsys.readouterr().err == ""


def test_version_and_help_end_with_0() -> None:
    for option in ("--help", "--version"):
        assert yuqi(option).returncode == 0


def test_an_empty_workspace_has_nothing_to_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path)]) == 0
    assert run(["build", "--workspace", str(tmp_path)]) == 1
    assert "yuqi import" in capsys.readouterr().err


def test_an_unknown_site_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "sites" / "alpha.toml").write_text('start = ["http://example.com/"]\n', encoding="utf-8")
    assert run(["crawl", "alhpa", "--workspace", str(tmp_path)]) == 2
    assert "did you mean `alpha`" in capsys.readouterr().err


def test_a_crawl_without_contact_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("YUQI_CONTACT", raising=False)
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "sites" / "a.toml").write_text('start = ["http://example.com/"]\n', encoding="utf-8")
    assert run(["crawl", "--workspace", str(tmp_path)]) == 2
    assert "contact" in capsys.readouterr().err


def test_status_and_runs_of_a_fresh_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path)]) == 0
    capsys.readouterr()
    assert run(["runs", "--format", "json", "--workspace", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["status", "--url", "http://example.com/x", "--workspace", str(tmp_path)]) == 2
