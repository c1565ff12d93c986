"""Gold pages, imported and built in a workspace that is thrown away, beside what people wrote of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.definitions import DefinitionError
from crawler.importing import import_paths
from crawler.page import payload_sha256
from crawler.workspace import SETTINGS_FILE, open_workspace
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.gold import PART, GoldPage, gold_figures, score_page
from pipeline.evaluate.reading import Reading
from pipeline.store.reader import open_latest
from yuqi.building import build_workspace
from yuqi.evaluating.found import FoundArticle, found_articles
from yuqi.evaluating.lines import LINES, gold_line_figures
from yuqi.evaluating.wrong import Report, fault, wrong_rows
from yuqi.lock import alone

RESTORED = "restored"
MENDED = "misalignments"  # gold may list them among its edits; where it does not, they are not compared


def has_gold(folder: Path) -> bool:
    return any((folder / "gold" / "pages").glob("*.json")) and (folder / "pages").is_dir()


def gold_page_figures(folder: Path, report: Report) -> list[Figure]:
    """`folder` holds gold/pages/*.json, pages/* and perhaps gold/lines.json."""
    found = _by_payload(folder / "pages")
    scores = []
    for gold in gold_pages(folder):
        article = found.get(_digest(folder / "pages", gold))
        scores.append(score_page(gold, _reading(article, gold) if article else None))
        if article and article.title != gold.reading.title:
            report(fault(PART, gold.name, "title", article.title, gold.reading.title))
        for line in scores[-1].furniture:
            report(fault(PART, gold.name, "furniture-lines", line, None))
        for kind, compared in scores[-1].compared.items():
            for row in wrong_rows(PART, gold.name, gold.reading.full, kind, compared):
                report(row)
    lines_file = folder / LINES
    by_line = gold_line_figures(folder, read_object(lines_file), report) if lines_file.is_file() else []
    return [*gold_figures(scores), *by_line]


def gold_pages(folder: Path) -> Iterator[GoldPage]:
    lines_file = folder / "gold" / "lines.json"
    table = read_object(lines_file) if lines_file.is_file() else {}
    lines = {page.get("file"): page.get("lines") or [] for page in table.values()}
    for path in sorted((folder / "gold" / "pages").glob("*.json")):
        said = read_object(path)
        try:
            yield GoldPage.of(path.stem, said, lines.get(said.get("file"), ()))
        except (KeyError, TypeError, AttributeError) as error:
            raise DefinitionError(f"{path}: not a gold page: {error!r}") from error


def read_object(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DefinitionError(f"{path}: not valid JSON: {error}") from error
    if not isinstance(said, dict):
        raise DefinitionError(f"{path}: not an object")
    return said


def _by_payload(pages: Path) -> dict[str, FoundArticle]:
    """Articles by the digest of the file they came from."""
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        (Path(folder) / SETTINGS_FILE).touch()
        place = open_workspace(Path(folder))
        import_paths(place, {}, [pages], None, unsourced=True)
        with alone(place):
            build_workspace(place)
        with open_latest(place) as connection:
            return {article.payload_sha256: article for article in found_articles(connection)}


def _digest(pages: Path, gold: GoldPage) -> str:
    """Of the file that a gold page names, else of the one that has its name."""
    named = [pages / gold.file] if gold.file else sorted(pages.glob(f"{gold.name}.*"))
    held = [path for path in named if path.is_file()]
    return payload_sha256(held[0].read_bytes()) if held else ""


def _reading(article: FoundArticle, gold: GoldPage) -> Reading:
    """Words mended in bytes count as restored where gold lists them, and not at all where it does not."""
    reading = article.reading_by_words
    listed = {(mark.start, mark.end) for mark in gold.reading.marks.get(RESTORED, ())}
    mended = [mark for mark in reading.marks.get(MENDED, ()) if (mark.start, mark.end) in listed]
    kept = [mark for mark in reading.marks.get(RESTORED, ()) if mark.end > mark.start]
    return Reading(reading.title, reading.text, {**reading.marks, RESTORED: (*kept, *mended)})
