"""`yuqi try`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from crawler.definitions import DefinitionError
from crawler.workspace import SETTINGS_FILE, Workspace, load_settings, open_workspace
from yuqi.failures import DONE, FAILED
from yuqi.formats import shown
from yuqi.options import located, looks
from yuqi.output import Look, emit_object
from yuqi.portrait import beside, portrait
from yuqi.surveying import SHOWN
from yuqi.terminal import clean
from yuqi.trying import UNREACHED, Tried, try_file, try_url
from yuqi.words import word

EVIDENCE = 50  # rows; a single page has few


@click.command("try")
@click.argument("what", metavar="URL|FILE")
@looks
@located
def command(what: str, form: str, lang: str, workspace: Path) -> int:
    """One page, nothing stored: what would be kept, removed, repaired and found; a draft site file.

    Page text beside clean text, removed lines, edits, names, assertions, what robots.txt says. For the draft
    the home page, what it names first and a few articles are asked for, too: sitemaps, feeds, lists, how
    articles are named, where their text stands. Whether a sentence is somebody's own only a corpus can tell.

    Example: yuqi try https://example.com/a/1.html
    """
    own = open_workspace(workspace) if (workspace / SETTINGS_FILE).is_file() else None
    tried = _tried(what, own)
    row = asdict(tried)
    text = "\n".join(_lines(tried, lang, markdown=form == "markdown"))
    synthetic = own is not None and load_settings(own).synthetic
    emit_object(row, list(row), Look(form, lang, synthetic), text)
    return FAILED if tried.outcome in UNREACHED else DONE


def _tried(what: str, own: Workspace | None) -> Tried:
    if what.startswith(("http://", "https://")):
        return try_url(what, own)
    if not Path(what).is_file():
        raise DefinitionError(f"`{what}` is neither an http(s) URL nor a file")
    return try_file(Path(what), own)


def _lines(tried: Tried, lang: str, *, markdown: bool) -> Iterator[str]:
    yield clean(f"{tried.url}: {tried.outcome}; {tried.robots}")
    if tried.article is None:
        yield clean(f"no article: {tried.reason}")
    else:
        yield from ("", f"■ {word(lang, 'portrait', 'beside')}")
        yield from beside(tried.article["original"]["title"], tried.article["title"])
        yield from beside(tried.article["original"]["text"], tried.article["text"])
        told = {key: value for key, value in tried.article.items() if key not in {"text", "original"}}
        yield from ("", portrait(told, EVIDENCE, lang, markdown=markdown))
    if tried.site is not None:
        yield from ("", "■ site", *map(clean, _site_lines(tried.site)))
    yield from ("", "■ draft site file", tried.draft)


def _site_lines(site: Mapping[str, Any]) -> Iterator[str]:
    """One line a fact; of addresses how many there are, and the first."""
    for name, said in site.items():
        many = isinstance(said, tuple) and len(said) > SHOWN
        told = f"{len(said)}: {', '.join(said[:SHOWN])} …" if many else said
        yield f"{name:<22} {shown(list(told) if isinstance(told, tuple) else told)}"
