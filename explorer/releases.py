"""The files of the releases that this workspace wrote, as they were written."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from crawler.workspace import Workspace
from pipeline.checksums import SUMS

MAX_RELEASES = 100  # listed
SUM_LENGTH = 64 + 2  # hexadecimal digits and the two spaces before a file's name


def releases(workspace: Workspace) -> list[Path]:
    """Whole ones: the list of checksums is written last."""
    held = sorted(workspace.releases.iterdir()) if workspace.releases.is_dir() else []
    return [path for path in held[:MAX_RELEASES] if (path / SUMS).is_file()]


def files_of(folder: Path) -> list[str]:
    """What the release itself lists, and the list."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return [SUMS, *(line[SUM_LENGTH:] for line in lines)]


def is_withheld(workspace: Workspace, folder: Path) -> bool:
    """Made before the newest takedown: it may hold what was taken down since."""
    listed = workspace.takedowns
    return listed.exists() and listed.stat().st_mtime_ns > (folder / SUMS).stat().st_mtime_ns


def release_file(workspace: Workspace, request: Request) -> Response:
    """Only what a release lists, by exactly that name: no other path leads to a file."""
    version, name = request.path_params["version"], request.path_params["name"]
    folder = next((path for path in releases(workspace) if path.name == version), None)
    if folder is None or name not in files_of(folder):
        return PlainTextResponse("no release has this file\n", 404)
    if is_withheld(workspace, folder):
        return PlainTextResponse("made before the newest takedown; see /download\n", 410)
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()) or not place.is_file():
        return PlainTextResponse("no release has this file\n", 404)
    return FileResponse(place, filename=f"{version}-{place.name}", content_disposition_type="attachment")
