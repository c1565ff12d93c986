"""Lines of the gold pages that were saved as plain text, read as an import reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.definitions import DefinitionError
from crawler.page import Page, payload_sha256
from pipeline.drafts import DraftLine
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.lines import BLANK, PART, GoldLine, JudgedLine, judged_lines, line_figures
from pipeline.extract import PageWords
from pipeline.read import Read
from pipeline.repair import load_rules
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.wrong import Report, fault

LINES = Path("gold") / "lines.json"
LATER = datetime(2100, 1, 1, tzinfo=UTC)  # than any date on a page, which would be none otherwise


def gold_line_figures(folder: Path, table: Mapping[str, Any], report: Report) -> list[Figure]:
    """`table`: gold/lines.json, pages by name, each with `file` (in pages/) and `lines`."""
    topic = load_topic(topic_folder())
    read = Read({}, PageWords.of(topic.tables["page"]), load_rules(topic), b"")
    judged: list[JudgedLine] = []
    for name, said in table.items():
        path = folder / "pages" / Path(str(said.get("file"))).name
        if not path.is_file():
            continue
        held = list(judged_lines(_lines(folder, name, said), _read(read, path)))
        judged += held
        for one in held:
            if not (one.is_right and one.is_right_reason):
                measure = "line-reasons-right" if one.is_right else "lines-right"
                report(fault(PART, f"{name}:{one.gold.number}", measure, one.fate, one.gold.label))
    return line_figures(judged) if judged else []


def _lines(folder: Path, name: str, said: Mapping[str, Any]) -> list[GoldLine]:
    try:
        rows = [GoldLine(row["line"], row["label"], row["raw"]) for row in said["lines"]]
    except (KeyError, TypeError) as error:
        raise DefinitionError(f"{folder / LINES}: {name}: no line, label and raw: {error!r}") from error
    return [row for row in rows if row.label != BLANK]


def _read(read: Read, path: Path) -> list[DraftLine]:
    payload = path.read_bytes()
    kind = "text/plain" if path.suffix == ".txt" else "text/html"
    digest = payload_sha256(payload)
    page = Page(path.stem, "imported", path.name, LATER, 200, kind, payload, digest, False)
    lines = [row for row in read(page, "") if isinstance(row, DraftLine)]
    return lines or [DraftLine(page.article_id, 0, "title", 0, "", "", None, "", "[]", "[]")]
