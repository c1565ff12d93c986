"""A backup brought back: checked against its digests before anything has its name, takedowns merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError
from crawler.owners import alive
from crawler.purge import purge
from crawler.shards import reading
from crawler.takedowns import load_takedowns, merged
from crawler.whole_files import write_whole
from crawler.workspace import SETTINGS_FILE, BusyError, FailedError, Workspace, open_workspace
from yuqi.lock import alone
from yuqi.operations.copying import OWNER_ONLY, copy_file, passing_name
from yuqi.operations.irreplaceable import NEXT_SUMS, manifest

MARK = ".restoring"  # in a folder whose restore was killed: it may be repeated there
TAKEDOWNS = "state/takedowns.toml"
SIDE_FILES = ("-wal", "-shm", "-journal")  # of the database that is replaced; they would spoil the new one
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class RestorePlan:
    source: Path
    target: Path
    overwrite: bool = False
    takedowns: Path | None = None  # a newer list from elsewhere


@dataclass(frozen=True)
class RestoreSummary:
    files: int
    takedowns: int  # requests that hold from now on


def restore(plan: RestorePlan, told: Told) -> RestoreSummary:
    """Into an empty folder, unless told. FailedError where a file is missing or not the one that was kept."""
    digests = _digests(plan.source)
    _refuse_other_folders(plan)
    plan.target.mkdir(parents=True, exist_ok=True)
    (plan.target / MARK).touch()
    place = Workspace(plan.target.resolve())
    place.state.mkdir(exist_ok=True)
    with alone(place, "restore"):
        if running := alive(place):
            raise BusyError(f"{place.root}: process {running[0]} crawls or imports: stop it first")
        try:
            _fetch(plan.source, place.root, digests, told)
            requests = _merge_takedowns(plan, place)
            _settle(place.root, digests)
            _purge(place)
        finally:
            _sweep(place.root, digests)
        (place.root / MARK).unlink()
    open_workspace(place.root)
    return RestoreSummary(len(digests), requests)


def _digests(source: Path) -> dict[str, str]:
    """A backup that was killed while files got their names has the list of what it was about to be."""
    digests = manifest(source, NEXT_SUMS) or manifest(source)
    if SETTINGS_FILE not in digests:
        raise DefinitionError(f"{source} holds no backup: no {SETTINGS_FILE} in its SHA256SUMS")
    return digests


def _refuse_other_folders(plan: RestorePlan) -> None:
    target = plan.target
    if target.resolve().is_relative_to(plan.source.resolve()):
        raise DefinitionError(f"{target} lies in the backup itself: give another folder")
    if target.exists() and not target.is_dir():
        raise DefinitionError(f"{target} is no folder")
    killed = (target / MARK).exists()
    if target.is_dir() and any(target.iterdir()) and not plan.overwrite and not killed:
        raise DefinitionError(f"{target} is not empty: give an empty folder as --workspace, or --overwrite")


def _fetch(source: Path, root: Path, digests: dict[str, str], told: Told) -> None:
    """Everything beside its place; the first file that is not what it was ends it, with nothing changed."""
    settling = (source / NEXT_SUMS).exists()
    for done, (name, digest) in enumerate(digests.items(), start=1):
        fresh = passing_name(source / name)
        held = fresh if settling and fresh.exists() else source / name
        if not held.is_file() or held.is_symlink():
            raise FailedError(f"{held} is missing: the backup is not whole, nothing was restored")
        if copy_file(held, root / name) != digest:
            raise FailedError(f"{held} is not what was kept (SHA-256 differs); nothing was restored")
        told(done, len(digests))
    key = passing_name(root / "state" / "secret.key")
    if key.exists():
        key.chmod(OWNER_ONLY)


def _merge_takedowns(plan: RestorePlan, place: Workspace) -> int:
    """Before anything else has its name: what was asked for since the backup holds over what comes back."""
    if plan.takedowns is not None and not plan.takedowns.is_file():
        raise DefinitionError(f"--takedowns: {plan.takedowns} is no file")
    lists = [
        path for path in (place.takedowns, plan.takedowns, plan.source / TAKEDOWNS) if path and path.exists()
    ]
    if not lists:
        return 0
    passing_name(place.takedowns).unlink(missing_ok=True)
    write_whole(place.takedowns, merged(lists))
    return len(load_takedowns(place.takedowns).entries)


def _purge(place: Workspace) -> None:
    """Records that were blanked since the backup was made came back with its archive."""
    takedowns = load_takedowns(place.takedowns)
    if takedowns.purged.entries:
        with reading(place) as held:
            purge(place, takedowns, held.fetches())


def _settle(root: Path, digests: Iterable[str]) -> None:
    """The settings come last: until then the folder is no workspace of anybody's."""
    for name in sorted(digests, key=lambda name: name == SETTINGS_FILE):
        path = root / name
        if name == TAKEDOWNS:
            continue  # merged already
        for suffix in SIDE_FILES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        passing_name(path).replace(path)


def _sweep(root: Path, names: Iterable[str]) -> None:
    for name in names:
        passing_name(root / name).unlink(missing_ok=True)
