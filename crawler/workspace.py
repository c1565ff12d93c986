"""The folders of a workspace, and what is wrong when it is none."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.definitions import (
    Check,
    DefinitionError,
    check,
    command_line,
    contact,
    number,
    read_toml,
    share,
    snapshot_names,
    table,
    true_or_false,
    web_address,
    whole_number,
)

SETTINGS_FILE = "yuqi.toml"
# Tables of yuqi.toml and what their keys take; defaults and meaning: yuqi.operations.settings.
SECTIONS: dict[str, dict[str, Check]] = {
    "retention": {
        "daily": whole_number(1),
        "monthly": whole_number(0),
        "pinned": snapshot_names,
        "min_free_gb": number(0),
    },
    "budget": {
        "pages": whole_number(1),
        "seconds": number(1),
        "rebuild_minutes": number(0),
        "min_free_gb": number(0),
    },
    "recrawl": {"hook": command_line, "ping": web_address},
    "health": {
        "no_new_days": number(0),
        "error_share": share,
        "drop_share": share,
        "confidence": share,
        "shift": share,
    },
}
SETTINGS: dict[str, Check] = {
    "contact": contact,
    "min_free_gb": number(0),
    "synthetic": true_or_false,
    **dict.fromkeys(SECTIONS, table),
}
CONTACT_VARIABLE = "YUQI_CONTACT"


class NoWorkspaceError(DefinitionError):
    """The folder holds no yuqi.toml."""


class FailedError(Exception):
    """What was asked for could not be done: one line, what and what to do. Exit code 1."""


class BusyError(Exception):
    """Another run holds the workspace. Exit code 75."""


@dataclass(frozen=True)
class Settings:
    """`yuqi.toml`. `synthetic` marks every output of a demo workspace."""

    contact: str | None = None
    retention: dict[str, Any] | None = None
    budget: dict[str, Any] | None = None
    synthetic: bool = False
    recrawl: dict[str, Any] | None = None
    health: dict[str, Any] | None = None
    min_free_gb: float | None = None


@dataclass(frozen=True)
class Workspace:
    """Paths only; nothing is opened or created by making one.

    One of several crawlers (`shard`: I of N) has a frontier and an archive folder of its own.
    """

    root: Path
    shard: tuple[int, int] | None = None

    @property
    def sites(self) -> Path:
        return self.root / "sites"

    @property
    def overrides(self) -> Path:
        return self.root / "overrides"

    @property
    def archive(self) -> Path:
        archive = self.root / "archive"
        return archive / "shard-{}-of-{}".format(*self.shard) if self.shard else archive

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def frontier(self) -> Path:
        return self.state / (
            "frontier-{}-of-{}.sqlite".format(*self.shard) if self.shard else "frontier.sqlite"
        )

    @property
    def takedowns(self) -> Path:
        return self.state / "takedowns.toml"

    @property
    def spill(self) -> Path:
        """Where large sorts of readers put what memory does not hold."""
        return self.root / ".spill"

    @property
    def reviews(self) -> Path:
        return self.state / "reviews.jsonl"

    @property
    def corrections(self) -> Path:
        return self.state / "corrections.jsonl"

    @property
    def ids(self) -> Path:
        return self.state / "ids.sqlite"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    @property
    def parts(self) -> Path:
        return self.root / "parts"

    @property
    def corpus(self) -> Path:
        return self.root / "corpus.duckdb"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def latest(self) -> Path:
        return self.snapshots / "latest"

    @property
    def releases(self) -> Path:
        return self.root / "releases"


def open_workspace(root: Path) -> Workspace:
    if not (root / SETTINGS_FILE).is_file():
        raise NoWorkspaceError(f"{root} is no workspace: no {SETTINGS_FILE} in it; run `yuqi init {root}`")
    workspace = Workspace(root.resolve())
    for folder in (workspace.sites, workspace.archive, workspace.state, workspace.snapshots):
        folder.mkdir(exist_ok=True)
    return workspace


def load_settings(workspace: Workspace) -> Settings:
    path = workspace.root / SETTINGS_FILE
    said = read_toml(path)
    check(path, said, SETTINGS)
    for name, keys in SECTIONS.items():
        check(path, said.get(name, {}), keys, where=f"{name}.")
    from_outside = os.environ.get(CONTACT_VARIABLE)
    if from_outside:
        check(Path("$" + CONTACT_VARIABLE), {"contact": from_outside}, SETTINGS)
    return Settings(**{**said, "contact": from_outside or said.get("contact")})


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; 0 where nothing is, or no longer."""
    if path.is_dir() and not path.is_symlink():
        return sum(size_of(one) for one in path.iterdir())
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0


def secret_key(workspace: Workspace) -> bytes:
    """32 random bytes, made once, readable by the owner only; the key of every fingerprint."""
    path = workspace.state / "secret.key"
    if not path.exists():
        fresh = path.with_name(f"secret.key.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
