"""Megabytes of clean text a second of CPU, everything found in it, beside dictionaries that only cut words.

python -m benchmarks.findings                      # articles of the sample sites
python -m benchmarks.findings FOLDER --rounds 9    # pages (*.html) below a folder, read as a build reads them

One process on one core, automata built. "First" is a text not seen before; what its sentences share with
earlier texts is remembered, as in a build. "Again" is the same text once more: all of it is remembered.
Quality of the same names stands in `make bench`, that of everything else in `yuqi evaluate`.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import rjieba

from benchmarks.reading import pages_below, sample_pages
from pipeline.findings import Find, find_from
from pipeline.records import Article, Edit, Section
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.extraction import Stages

PAGES = 300
ROUNDS = 5  # the least time of each text counts: whatever else the machine does only adds
WARMING = 3  # articles that are read before the clock runs


@dataclass(frozen=True)
class Text:
    article: Article
    sections: Sequence[Section]
    edits: Sequence[Edit]

    @property
    def megabytes(self) -> float:
        return len((self.article.title + self.article.text).encode()) / 1e6


def texts(folder: Path | None, pages: int) -> Iterator[Text]:
    """Articles as the stage before gives them."""
    stages = Stages()
    for page in pages_below(folder) if folder else sample_pages(pages):
        _, rows = stages.assembled(page)
        sections = [row for row in rows if isinstance(row, Section)]
        edits = [row for row in rows if isinstance(row, Edit)]
        yield from (Text(row, sections, edits) for row in rows if isinstance(row, Article))


def seconds(work: Callable[[Text], object], held: Sequence[Text]) -> list[float]:
    taken = []
    for text in held:
        begun = time.process_time()
        work(text)
        taken.append(time.process_time() - begun)
    return taken


def everything(find: Find) -> Callable[[Text], int]:
    return lambda text: sum(1 for _ in find(text.article, text.sections, text.edits))


def measured(held: Sequence[Text], rounds: int) -> dict[str, float]:
    """Seconds over all texts, of each the least of all rounds."""
    topic = load_topic(topic_folder())
    jieba.setLogLevel(logging.ERROR)
    cuts: dict[str, Callable[[Text], object]] = {
        "jieba alone": lambda text: list(jieba.cut(text.article.text, HMM=False)),
        "rjieba alone": lambda text: rjieba.cut(text.article.text, False),
    }
    taken: dict[str, list[list[float]]] = {}
    for _ in range(rounds):
        find = everything(find_from(topic))  # one that remembers nothing
        seconds(find, held[:WARMING])
        taken.setdefault("all findings, first", []).append(seconds(find, held[WARMING:]))
        taken.setdefault("all findings, again", []).append(seconds(find, held[WARMING:]))
        for name, cut in cuts.items():
            cut(held[0])
            taken.setdefault(name, []).append(seconds(cut, held[WARMING:]))
    return {name: sum(map(min, zip(*each, strict=True))) for name, each in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES, help="articles of the sample sites")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    held = list(texts(asked.folder, asked.pages))
    if len(held) <= WARMING:
        parser.error(f"needs more than {WARMING} articles")
    size = sum(text.megabytes for text in held[WARMING:])
    rows = sum(map(everything(find_from(load_topic(topic_folder()))), held[WARMING:]))
    print(f"{len(held) - WARMING} articles, {size:.2f} MB, {rows / size / 1000:.1f} findings a KB\n")
    print("| | MB/s |\n| --- | --- |")
    for name, spent in measured(held, asked.rounds).items():
        print(f"| {name} | {size / spent:.2f} |")


if __name__ == "__main__":
    main()
