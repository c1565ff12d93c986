"""A farm as the Parquet parts that a build would have made of it, and its truth."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.copies.farm import LENDERS, Copy, Farm, accused, origins
from benchmarks.copies.words import CUES
from crawler.page import article_id
from pipeline.copies import SIGNATURE_TABLES, sign_from
from pipeline.findings.mentions import SUBJECT_LEAST, SUBJECT_SHARE
from pipeline.parts import read_rows
from pipeline.records import Article, Fingerprint, Mention, Practice
from pipeline.schema import table_name, to_arrow
from pipeline.topic import load_topic, topic_folder
from pipeline.versions import stage_version

AT = datetime(2024, 5, 1, tzinfo=UTC)
TABLES = (Article, Mention, Practice, Fingerprint, *SIGNATURE_TABLES)
CHUNK = 1000
NAMES = {name: lender for lender in LENDERS for name in (lender, lender[:-1])}
NAME = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
CUE = re.compile("|".join(CUES))
SIGN = sign_from(load_topic(topic_folder()))
TRUTH = pa.schema(
    [("article_id", pa.string()), ("kind", pa.string()), ("lender", pa.string()), ("story", pa.string()),
     ("template", pa.string()), ("second", pa.string()), ("own_share", pa.float64())]
)  # fmt: skip
CLAIMS = pa.schema([("article_id", pa.string()), ("char_start", pa.int64()), ("own", pa.bool_())])
_MADE: dict[str, Any] = {}  # what forked workers see


def make_parts(pages: int, seed: int, folder: Path) -> Path:
    """`folder`/<table>/<chunk>.parquet and `folder`/truth, claims; made once, signed again by newer code."""
    if not (folder / "whole").exists():
        _write(pages, seed, folder)
    elif (folder / "whole").read_text() != stage_version("sign"):
        with _workers() as pool:
            list(pool.map(_sign_again, repeat(folder), _chunk_names(folder)))
    (folder / "whole").write_text(stage_version("sign"))
    return folder


def _write(pages: int, seed: int, folder: Path) -> None:
    copies = list(Farm(pages, seed).copies())
    _MADE.update(copies=copies, origins=origins(copies), accused=accused(copies), folder=folder)
    for name in (*map(table_name, TABLES), "truth", "claims"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with _workers() as pool:
        list(pool.map(_write_chunk, range(0, len(copies), CHUNK)))


def _workers() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=get_context("fork"))


def _chunk_names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / table_name(Article)).glob("*.parquet"))


def _sign_again(folder: Path, name: str) -> None:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in read_rows(folder / table_name(Mention) / name, Mention):
        mentions[mention.article_id].append(mention)
    rows: dict[type, list[Any]] = {record: [] for record in SIGNATURE_TABLES}
    for article in read_rows(folder / table_name(Article) / name, Article):
        for row in SIGN(article, mentions[article.article_id]):
            rows[type(row)].append(row)
    for record, held in rows.items():
        pq.write_table(to_arrow(record, held), folder / table_name(record) / name)


def _write_chunk(start: int) -> None:
    copies: Sequence[Copy] = _MADE["copies"][start : start + CHUNK]
    rows: dict[str, list[Any]] = {table_name(record): [] for record in TABLES}
    truth, claims = [], []
    for at, copy in enumerate(copies, start):
        article = _article(copy, at)
        mentions, practices = _mentions(article), _practices(article)
        found = [article, *mentions, *practices, *SIGN(article, mentions, practices)]
        for row in found:
            rows[row.table].append(row)
        truth.append(_truth(copy, article.article_id))
        claims += [(article.article_id, start, own) for start, own in _claims(copy)]
    for record in TABLES:
        table = to_arrow(record, rows[table_name(record)])
        pq.write_table(table, _MADE["folder"] / table_name(record) / f"{start:08}.parquet")
    for name, schema, held in (("truth", TRUTH, truth), ("claims", CLAIMS, claims)):
        columns = list(zip(*held, strict=True)) or [()] * len(schema)
        table = pa.table(dict(zip(schema.names, map(list, columns), strict=True)), schema=schema)
        pq.write_table(table, _MADE["folder"] / name / f"{start:08}.parquet")


def _article(copy: Copy, number: int) -> Article:
    text, url = copy.text, f"http://{copy.site}/{number}.html"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        article_id(url, digest), url, copy.site, True, AT, None, None, copy.title, None, None, "hans",
        text, len(text), digest, digest, "f-" + digest[:16], "text", 1.0,
    )  # fmt: skip


def _mentions(article: Article) -> list[Mention]:
    """Roles by contract, section 4: in the title, or the most frequent with two mentions, or within 80 %."""
    titled = {NAMES[m.group()] for m in NAME.finditer(article.title)}
    spans = [(m.start(), m.end(), NAMES[m.group()]) for m in NAME.finditer(article.text)]
    counts = {lender: sum(1 for *_, other in spans if other == lender) for *_, lender in spans}
    most = max(counts.values(), default=0)
    frequent = {x for x, n in counts.items() if most >= SUBJECT_LEAST and n >= SUBJECT_SHARE * most}
    in_title = [(m.start(), m.end(), NAMES[m.group()]) for m in NAME.finditer(article.title)]
    fields = [("title", article.title, in_title), ("text", article.text, spans)]
    return [
        Mention(article.article_id, lender, field, start, end, text[start:end],  # type: ignore[arg-type]
                "subject" if lender in titled | frequent else "other", "A", "clean")
        for field, text, held in fields
        for start, end, lender in held
    ]  # fmt: skip


def _practices(article: Article) -> list[Practice]:
    titled = NAME.search(article.title)
    subject = NAMES[titled.group()] if titled else None
    text, found = article.text, []
    for cue in CUE.finditer(text):
        start = max(text.rfind(mark, 0, cue.start()) for mark in "。\n") + 1
        end = next((at + 1 for at in range(cue.end(), len(text)) if text[at] in "。\n"), len(text))
        named = NAME.search(text, start, end)
        lender = NAMES[named.group()] if named else subject
        found.append(
            Practice(article.article_id, "pressure", lender, "text", cue.start(), cue.end(), cue.group(),
                     start, end, "alleged", "direct" if named else "document", "benchmark", False)
        )  # fmt: skip
    return found


def _truth(copy: Copy, article: str) -> tuple[Any, ...]:
    own = sum(len(text) for text, origin, *_ in copy.pieces if _MADE["origins"][origin])
    second = copy.stories[1] if len(copy.stories) > 1 else None
    share = own / sum(len(text) for text, *_ in copy.pieces)
    return article, copy.kind, copy.lender, copy.stories[0], copy.templates[0], second, share


def _claims(copy: Copy) -> Iterator[tuple[int, bool]]:
    """Where each allegation's cue stands, and whether it is said of this lender alone."""
    at = 0
    for number, (text, origin, alleges, head) in enumerate(copy.pieces):
        at += bool(head and number)
        if alleges:
            yield from ((at + cue.start(), len(_MADE["accused"][origin]) == 1) for cue in CUE.finditer(text))
        at += len(text)
