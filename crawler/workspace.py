"""The folders of a workspace, and what is wrong when it is none."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.definitions import Check, DefinitionError, check, contact, read_toml, table, true_or_false

SETTINGS_FILE = "yuqi.toml"
SETTINGS: dict[str, Check] = {
    "contact": contact,
    "retention": table,
    "budget": table,
    "synthetic": true_or_false,
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


@dataclass(frozen=True)
class Workspace:
    """Paths only; nothing is opened or created by making one."""

    root: Path

    @property
    def sites(self) -> Path:
        return self.root / "sites"

    @property
    def overrides(self) -> Path:
        return self.root / "overrides"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def frontier(self) -> Path:
        return self.state / "frontier.sqlite"

    @property
    def takedowns(self) -> Path:
        return self.state / "takedowns.toml"

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
    from_outside = os.environ.get(CONTACT_VARIABLE)
    if from_outside:
        check(Path("$" + CONTACT_VARIABLE), {"contact": from_outside}, SETTINGS)
    return Settings(**{**said, "contact": from_outside or said.get("contact")})


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
