"""Clean Chinese text from files of any kind: documentation, translations, plain text."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from pipeline.decode import decode
from pipeline.evaluate.clean import PART, CleanScore
from pipeline.evaluate.figures import Figure
from pipeline.repair import load_rules
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.wrong import Report, fault

MARKED_UP = (".html", ".htm", ".xhtml", ".xml", ".page", ".xhp")
MAX_BYTES = 40_000_000  # of a file
TRANSLATION = re.compile(r'^msgstr(?:\[\d\])? "(.*)"$|^"(.*)"$', re.MULTILINE)
CONTEXT = 12  # characters around an edit that are told


def clean_figures(paths: Iterable[Path], report: Report) -> list[Figure]:
    """`report` is told of each edit."""
    rules = load_rules(load_topic(topic_folder()))
    score = CleanScore()
    for path in (file for named in paths for file in _files(named)):
        for edit, line in score.add(_lines(path), rules):
            said = line.text[edit.start : edit.end]
            around = line.text[max(0, edit.start - CONTEXT) : edit.end + CONTEXT]
            report(fault(PART, f"{path.name}: {around}", edit.kind, said, edit.original))
    return score.figures()


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def _lines(path: Path) -> Iterator[str]:
    """Nothing of a file that is no text."""
    payload = path.read_bytes()[:MAX_BYTES]
    name = path.name.lower()
    if name.endswith(".gz"):
        payload, name = gzip.decompress(payload)[:MAX_BYTES], name.removesuffix(".gz")
    decoded = decode(payload)
    if decoded is None:
        return
    text = decoded.text
    if name.endswith(MARKED_UP):
        body = LexborHTMLParser(text).root
        text = body.text(separator="\n") if body else ""
    elif name.endswith(".po"):
        text = "\n".join(said or more for said, more in TRANSLATION.findall(text))
    yield from filter(None, (line.strip() for line in text.splitlines()))
