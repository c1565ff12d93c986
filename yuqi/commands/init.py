"""`yuqi init`."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.workspace import SETTINGS_FILE, open_workspace
from yuqi.options import located

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILES = {SETTINGS_FILE: "yuqi.toml", "sites/example.toml.sample": "example.toml"}


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@located
def command(folder: Path | None, workspace: Path) -> None:
    """A new workspace: yuqi.toml and sites/ with one commented example.

    Nothing that exists is overwritten.

    Example: yuqi init my-corpus
    """
    root = folder or workspace
    for target, template in FILES.items():
        _write_once(root / target, (TEMPLATES / template).read_text(encoding="utf-8"))
    open_workspace(root)
    click.echo(f"next: set `contact` in {root / SETTINGS_FILE}, copy {root / 'sites/example.toml.sample'} to")
    click.echo(f"      {root / 'sites'}/<id>.toml, then `yuqi crawl --workspace {root}`")


def _write_once(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        click.echo(f"kept    {path}")
    else:
        click.echo(f"created {path}")
