"""How a figure or a quote is cited: in words, as BibTeX, and by a link that names snapshot and query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from explorer.desk import Desk

TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
)


@dataclass(frozen=True)
class Citation:
    permalink: str
    text: str
    bibtex: str


def citation(desk: Desk, title: str, base: str) -> Citation:
    """`base`: scheme and host that the reader used. The day is the snapshot's, so that it never changes."""
    link = base + desk.asked.url(snapshot=desk.opened.name, lang=desk.asked.lang, format=None, table=None)
    made = datetime.strptime(desk.opened.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    method = f"yuqi {desk.opened.facts.get('yuqi', '?')}, topic {desk.opened.facts.get('topic', '?')}"
    mark = f" [{desk.words.synthetic}]" if desk.words.synthetic else ""
    title = " ".join(title.split())[:200]
    text = f"“{title}”{mark}, yuqi corpus, snapshot {desk.opened.name}, method {method}. {link}"
    key = re.sub(r"[^a-z0-9]+", "-", desk.asked.path.lower()).strip("-") or "overview"
    bibtex = "\n".join(
        (
            f"@misc{{yuqi-{key[:60]}-{desk.opened.name},",
            f"  title = {{{(title + mark).translate(TEX)}}},",
            "  author = {{The makers of this yuqi corpus}},",
            f"  year = {{{made.year}}},",
            f"  note = {{Snapshot {desk.opened.name}, method {method.translate(TEX)}}},",
            f"  url = {{{link}}}",
            "}",
        )
    )
    return Citation(link, text, bibtex)
