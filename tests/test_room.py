"""A build takes what its container has, not what the machine below it has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.room import BUILD_MIB, Room, bounded, room

CONTAINER_MIB = 2_048
SAID = "from pipeline.room import room; from pathlib import Path; from pipeline.room import bounded;" + (
    "print(*room(), room().workers, bounded(Path('store'))['memory_limit'])"
)
# Version 2 with and without a name of its own for the group, version 1 as a container's own or by its name
GROUPS = {
    "0::/": "memory.max",
    "0::/job": "job/memory.max",
    "4:memory:/": "memory/memory.limit_in_bytes",
    "4:memory:/docker/c0": "memory/docker/c0/memory.limit_in_bytes",
}


@pytest.fixture
def asked_anew() -> Iterator[None]:
    room.cache_clear()
    yield
    room.cache_clear()


def in_group(folder: Path, said: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A command that finds a folder where the kernel's control groups are, and itself in this one of them."""
    (folder / "said").write_text(said + "\n", encoding="utf-8")
    mounts = f'mount --bind "{folder}" /sys/fs/cgroup && mount --bind "{folder}/said" /proc/$$/cgroup'
    within = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounts + ' && exec "$@"', "sh"]
    return subprocess.run([*within, *command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("said", "file"), GROUPS.items())
def test_a_build_in_a_container_of_two_gibibytes_keeps_to_them(said: str, file: str, tmp_path: Path) -> None:
    if sys.platform != "linux" or in_group(tmp_path, said, "true").returncode:
        pytest.skip("nobody may mount here")
    limit = tmp_path / file
    limit.parent.mkdir(parents=True, exist_ok=True)
    limit.write_text(f"{CONTAINER_MIB * 2**20}\n", encoding="utf-8")
    (tmp_path / "cpu.max").write_text("100000 100000\n", encoding="utf-8")
    done = in_group(tmp_path, said, sys.executable, "-c", SAID)
    cores, mib, workers, held = done.stdout.split()
    assert 0.9 * CONTAINER_MIB < int(mib) <= CONTAINER_MIB
    assert int(held.removesuffix("MiB")) <= CONTAINER_MIB / 2
    assert int(workers) <= 2
    assert said != "0::/" or cores == "1"


def test_a_job_of_two_gibibytes_keeps_to_them(monkeypatch: pytest.MonkeyPatch, asked_anew: None) -> None:
    monkeypatch.setenv("SLURM_MEM_PER_NODE", str(CONTAINER_MIB))
    assert 0.9 * CONTAINER_MIB < room().mib <= CONTAINER_MIB
    assert int(bounded(Path("store"))["memory_limit"].removesuffix("MiB")) <= CONTAINER_MIB / 2 < BUILD_MIB


@pytest.mark.parametrize(
    ("given", "workers"),
    [(Room(2, 24_105), 2), (Room(16, 2_048), 2), (Room(16, 65_536), 16), (Room(8, 512), 1)],
)
def test_each_worker_has_a_core_and_its_memory(given: Room, workers: int) -> None:
    assert given.workers == workers
