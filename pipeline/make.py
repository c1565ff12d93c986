"""The chain of parts: read → article → find → sign, each keyed by all it depends on."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from crawler.workspace import Workspace
from pipeline.assemble import Assemble
from pipeline.copies import sign_from
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.duck import opened
from pipeline.engine import Engine
from pipeline.extract.words import PageWords
from pipeline.joining.chains import Chains
from pipeline.joining.divided import VISITS, divided
from pipeline.joining.parts import article_sources
from pipeline.kept import keep_signed, load_signed
from pipeline.metrics import StageCost, clocked
from pipeline.parts import PartJob, Stage, part_file, part_key
from pipeline.read import Read
from pipeline.read_parts import read_sources
from pipeline.records import Article
from pipeline.repair import kept_rules
from pipeline.rereading import RereadSource, RereadStage, reread_sources
from pipeline.room import bounded
from pipeline.schema import table_name
from pipeline.site_memory import MemoryPart, Recurring, recurring
from pipeline.site_memory.learning import Learnt, learn
from pipeline.stages import ArticleSource, ArticleStage, FindStage, ReadSource, ReadStage, SignStage
from pipeline.store.load import Inputs
from pipeline.store.snapshot import half_corpus
from pipeline.tables.sites import LearntContainer
from pipeline.topic import Topic
from pipeline.versions import stage_version

# Tables that findings are made by.
FOUND_BY = ("platforms", "taxonomy", "cues", "signs", "model", "practices", "advice")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """The parts of one build, stage by stage in the same order."""

    by_stage: tuple[tuple[type[Stage], tuple[Path, ...]], ...]
    errors: tuple[str, ...]
    learnt: tuple[LearntContainer, ...] = ()
    superseded: frozenset[Path] = frozenset()  # parts of a first reading, kept since memory learns from them
    kept: tuple[Path, ...] = ()  # what this build found out beside its parts, for the next one
    costs: tuple[StageCost, ...] = ()

    @property
    def folders(self) -> list[Path]:
        return [folder for _, folders in self.by_stage for folder in folders]

    def tables(self) -> dict[type, list[Path]]:
        """Which folders hold a file of each record class."""
        held: dict[type, list[Path]] = {}
        for stage, folders in self.by_stage:
            for record in stage.tables:
                held.setdefault(record, []).extend(f for f in folders if f not in self.superseded)
        return held


# CPU of a document, with that of the stages after it where it is read: 4.9 s for 155 documents of the sample
# sites, dictionaries included, of which finding took 1.9 s.
SECONDS_PER_DOCUMENT = {"read": 0.03, "reread": 0.03, "find": 0.015}
SECONDS_PER_DOCUMENT_ELSE = 0.003


class RebuildNeededError(Exception):
    """More of what was built before would have to be made again than is allowed."""

    def __init__(self, parts: int, seconds: float) -> None:
        self.parts, self.minutes = parts, max(1, round(seconds / 60))
        super().__init__(f"rebuild needed: {parts} parts, about {self.minutes} minutes: run `yuqi build`")


@dataclass(frozen=True)
class Allowance:
    """How long one build may work on old parts: those of pages that were there at the build before."""

    seconds: float
    old_until: datetime
    new_runs: frozenset[str] = frozenset()  # begun since; an imported page may be older than that
    workers: int = 1


@dataclass(frozen=True)
class Plan:
    """What a build starts from; `key` is the workspace's secret."""

    workspace: Workspace
    inputs: Inputs
    topic: Topic
    key: bytes
    engine: Engine
    progress: Progress
    allowance: Allowance | None = None


@dataclass
class _Maker:
    """Runs stages one after the other and remembers what they made."""

    root: Path
    engine: Engine
    progress: Progress
    done: list[tuple[type[Stage], tuple[Path, ...]]]
    errors: list[str]
    allowance: Allowance | None = None
    made: set[Path] = field(default_factory=set)  # in this build: what is made of them is new, too
    spent: float = 0.0  # seconds on old parts, by estimate
    costs: list[StageCost] = field(default_factory=list)

    def run(
        self, kind: type[Stage], stage: Callable[[], Stage], sources: Sequence[tuple[str, object]]
    ) -> tuple[Path, ...]:
        """One part per (key, source); the folders in the order of the sources.

        `stage` is asked for only where a part is missing: patterns of repairs and findings take a second of
        CPU to compile. Dictionaries that have changed are read all the same, since every part's key has too.
        """
        folders = tuple(self.root / kind.name / key for key, _ in sources)
        missing = [
            (folder, source)
            for folder, (_, source) in zip(folders, sources, strict=True)
            if not folder.is_dir()
        ]
        jobs = []
        if missing:
            made = stage()
            jobs = [PartJob(made, source, folder, _documents(source)) for folder, source in missing]
        self._check_allowance(kind.name, jobs)
        self.made.update(job.folder for job in jobs)
        self._make(kind.name, len(folders), jobs)
        self.done.append((kind, folders))
        return folders

    def _make(self, stage: str, parts: int, jobs: Sequence[PartJob]) -> None:
        self.progress(stage, 0, len(jobs))
        documents, cpu, begun = 0, 0.0, time.perf_counter()
        for count, part in enumerate(self.engine(jobs) if jobs else (), start=1):
            self.errors.extend(part.errors)
            documents, cpu = documents + part.documents, cpu + part.cpu_seconds
            self.progress(stage, count, len(jobs))
        self.costs.append(StageCost(stage, parts, len(jobs), documents, cpu, time.perf_counter() - begun))

    def _check_allowance(self, stage: str, jobs: Sequence[PartJob]) -> None:
        """Before anything is made: the later stages of an old page are counted with its reading."""
        if self.allowance is None:
            return
        old = [job for job in jobs if self._is_old(job.source, self.allowance)]
        each = SECONDS_PER_DOCUMENT.get(stage, SECONDS_PER_DOCUMENT_ELSE)
        self.spent += each * sum(job.documents for job in old) / self.allowance.workers
        if old and self.spent > self.allowance.seconds:
            raise RebuildNeededError(len(old), self.spent)

    def _is_old(self, source: object, allowance: Allowance) -> bool:
        if not isinstance(source, ReadSource):
            return _first_part(source) not in self.made
        return all(
            fetch.fetched_at < allowance.old_until and fetch.run_id not in allowance.new_runs
            for fetch in source.fetches
        )


def make_parts(plan: Plan) -> Made:
    """All parts that the inputs ask for; those that exist are left as they are."""
    topic = plan.topic
    maker = _Maker(plan.workspace.parts, plan.engine, plan.progress, [], [], plan.allowance)
    words = PageWords.of(topic.tables["page"])
    read = cache(lambda: Read(dict(plan.inputs.sites), words, kept_rules(topic), plan.key))
    made_with = stage_version("read"), topic.digest("page", "repair"), _key_id(plan.key)
    sources = list(read_sources(plan.inputs, plan.workspace.root, made_with))
    first_parts = maker.run(ReadStage, lambda: ReadStage(read()), sources)
    # One for all questions: to open it takes longer than what a few new pages ask of it.
    bounds = bounded(half_corpus(plan.workspace), len(plan.inputs.pages))
    with opened(config=bounds) as memory:
        with clocked(maker.costs, "learn"):
            learnt = _learnt(memory, first_parts)
        read_parts = _reread(maker, read, (first_parts, [source for _, source in sources]), learnt)
        with clocked(maker.costs, "recur"):
            joined = _divided(memory, plan, read_parts)
            known, kept = _recurring(memory, plan, read_parts, joined)
            version = stage_version("article"), topic.digest("page")
            assembled = [
                (part_key(source.part.name, *version, *held), source)
                for source, held in article_sources(memory, read_parts, joined, known)
            ]
    article_parts = maker.run(ArticleStage, lambda: ArticleStage(Assemble(words, known.furniture)), assembled)
    found_parts = maker.run(
        FindStage,
        lambda: FindStage(topic),
        [(part_key(part.name, found_by(topic)), part) for part in article_parts],
    )
    signed_by = topic.digest("masks"), stage_version("sign")
    maker.run(
        SignStage,
        lambda: SignStage(sign_from(topic)),
        [
            (part_key(found.name, signed_by), (articles, found))
            for articles, found in zip(article_parts, found_parts, strict=True)
        ],
    )
    superseded = frozenset(first_parts) - frozenset(read_parts)
    return Made(
        tuple(maker.done), tuple(maker.errors), learnt.containers, superseded, kept, tuple(maker.costs)
    )


def found_by(topic: Topic) -> tuple[str, str]:
    """What findings depend on besides the article: part of their parts' keys."""
    return topic.digest(*(stem for stem in FOUND_BY if stem in topic.tables)), stage_version("find")


def _documents(source: Any) -> int:
    """About how many documents a part holds; the parts made from other parts have as many drafts."""
    if isinstance(source, ReadSource):
        return len(source.fetches)
    first = _first_part(source)
    record = Draft if part_file(first, Draft).exists() else Article
    return int(pq.read_metadata(part_file(first, record)).num_rows)


def _first_part(source: object) -> Path:
    """The part that a later part is made from."""
    if isinstance(source, ArticleSource | RereadSource):
        source = source.part
    if isinstance(source, tuple):
        source = source[0]
    assert isinstance(source, Path)
    return source


def _key_id(key: bytes) -> str:
    """Tells keys apart without telling them."""
    return hashlib.sha256(key).hexdigest()[:16]


def _learnt(memory: duckdb.DuckDBPyConnection, first_parts: Sequence[Path]) -> Learnt:
    records = (Draft, DraftContainer, DraftPassage)
    files = {table_name(record): [part_file(part, record) for part in first_parts] for record in records}
    return learn(memory, files)


def _reread(
    maker: _Maker,
    read: Callable[[], Read],
    first: tuple[Sequence[Path], Sequence[ReadSource]],
    learnt: Learnt,
) -> tuple[Path, ...]:
    """The parts to go on with: another in place of each that holds pages which memory knows better."""
    again = list(reread_sources(*first, learnt.astray))
    made = maker.run(RereadStage, lambda: RereadStage(read()), [(key, source) for _, key, source in again])
    parts = list(first[0])
    for (index, *_), folder in zip(again, made, strict=True):
        parts[index] = folder
    return tuple(parts)


def _divided(memory: duckdb.DuckDBPyConnection, plan: Plan, read_parts: Sequence[Path]) -> Chains:
    files = {
        "drafts": [part_file(part, Draft) for part in read_parts],
        "draft_lines": [part_file(part, DraftLine) for part in read_parts],
    }
    return divided(memory, files, plan.inputs.fetches.batches(VISITS), plan.inputs.takedowns)


def _recurring(
    memory: duckdb.DuckDBPyConnection, plan: Plan, read_parts: Sequence[Path], joined: Chains
) -> tuple[Recurring, tuple[Path, ...]]:
    """What recurs on the sites' pages, and the folders that hold what the next build need not ask again."""
    root = plan.workspace.parts
    version = stage_version("article")
    parts = [MemoryPart(part, root / "lines" / part_key(part.name, version)) for part in read_parts]
    found = recurring(memory, parts, joined.first_of, load_signed(root))
    return found, (*(part.folder for part in parts), keep_signed(root, found.signed))
