"""Labelled sentences as the finding stage reads them, each a page of its own; lenders of the samples."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.evaluate import Figure
from pipeline.evaluate.labelled import LATER, PART, Answer, Labelled, assertion_figures, read_labelled
from pipeline.findings import Find
from pipeline.findings.practices import Seen
from pipeline.records import Article, Practice
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.extraction import EPOCH
from yuqi.evaluating.wrong import Report, fault
from yuqi.samples.definitions import gazetteer

HELD_OUT = "held_out.jsonl"
HELD_OUT_LATER = "held_out_later.jsonl"
LOTS = ((PART, HELD_OUT), (LATER, HELD_OUT_LATER))
TRAIN = "train.jsonl"


def labelled_folder() -> Path:
    return topic_folder() / "labelled"


def sample_find(without: Collection[str] = (), anywhere: bool = False, lenders: str = "") -> Find:
    """The topic with the invented lenders of the samples; `without`: tables that are left out.

    `anywhere`: whatever few loan words a page has. `lenders`: more entries of platforms.toml.
    """
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        (Path(folder) / "platforms.toml").write_text(gazetteer() + lenders, "utf-8")
        topic = load_topic(topic_folder(), Path(folder))
    kept = {stem: table for stem, table in topic.tables.items() if stem not in without}
    if anywhere:
        cues = kept["cues"]
        kept["cues"] = {**cues, "gate": {**cues["gate"], "least": 0}}
    return Find(replace(topic, tables=kept))


def asserted_figures(report: Report) -> list[Figure]:
    """`report` is told each sentence that is read as another state."""
    find = sample_find()
    return [figure for part, name in LOTS for figure in _lot_figures(find, part, name, report)]


def _lot_figures(find: Find, part: str, name: str, report: Report) -> list[Figure]:
    answers = list(answered(find, read_labelled(labelled_folder() / name)))
    for answer in answers:
        said = answer.labelled
        if answer.state != said.state:
            report(fault(part, said.register, said.practice, (answer.state, said.text), said.state))
    return assertion_figures(answers, part)


def answered(find: Find, sentences: Sequence[Labelled]) -> Iterator[Answer]:
    for said in sentences:
        found = [
            finding
            for finding in find(page(said.title, said.page), (), ())
            if isinstance(finding, Practice) and _is_meant(said, finding.field, finding.practice_id)
        ]
        yield Answer(said, found[-1].assertion, found[-1].attribution) if found else Answer(said, None)


def seen(find: Find, said: Labelled) -> Seen | None:
    """The cue of the labelled practice, as the judge is shown it."""
    cues = [
        cue
        for cue in find.cues(page(said.title, said.page), ())
        if _is_meant(said, cue.sentence.field, cue.practice_id)
    ]
    return cues[-1] if cues else None


def _is_meant(said: Labelled, field: str, practice_id: str) -> bool:
    return field == "text" and practice_id == said.practice


def page(title: str, text: str) -> Article:
    """An article that is nothing but its words."""
    return Article(
        article_id="a-0123456789abcdef",
        url="urn:yuqi:labelled:page",
        site_id="labelled",
        sourced=False,
        fetched_at=EPOCH,
        published_at=None,
        published_source=None,
        title=title,
        author=None,
        category=None,
        script="hans",
        text=text,
        n_chars=len(text),
        text_sha256="0" * 64,
        payload_sha256="0" * 64,
        fetch_id="f-labelled",
        extractor="labelled",
        confidence=1.0,
    )
