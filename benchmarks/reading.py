"""CPU time of reading a page: ours beside other extractors', page by page, in one process on one core.

python benchmarks/reading.py                       # article pages of the sample sites
python benchmarks/reading.py FOLDER --rounds 5     # every *.html below a folder
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import trafilatura

from crawler.page import Page, payload_sha256
from crawler.sites import Site
from pipeline.assemble import Assemble
from pipeline.decode import decode
from pipeline.extract import Extracted, Lost, PageWords, extract, markup
from pipeline.extract.second import by_justext, by_readability, voters
from pipeline.read import Read
from pipeline.records import Draft, DraftLine
from pipeline.repair import load_rules, repair_page
from pipeline.topic import load_topic, topic_folder
from yuqi.progress import Bars
from yuqi.samples import Farm, Served, respond, truth

SITE = Site("imported")
FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
PEER = "trafilatura"
PEER_SETTINGS = {"include_comments": False, "deduplicate": False}
ROUNDS = 3  # the least of them counts: whatever else the machine does only adds
SAMPLE_PAGES = 120


@dataclass(frozen=True, slots=True)
class Sample:
    page: Page
    html: str


class Ours:
    """The stages as a build runs them, without what only a whole site can show."""

    def __init__(self) -> None:
        topic = load_topic(topic_folder())
        self._words = PageWords.of(topic.tables["page"])
        self._rules = load_rules(topic)
        self._read = Read({}, self._words, self._rules, b"key")
        self._assemble = Assemble(self._words, frozenset())

    def extracted(self, sample: Sample) -> Extracted | Lost:
        """Text, title, date, author, category, next page, and what the site's memory learns from."""
        return extract(sample.page, sample.html, SITE, self._words)

    def repaired(self, sample: Sample) -> None:
        """Bytes to text: decoded, extracted, repaired, simplified."""
        decode(sample.page.payload, sample.page.content_type)
        if isinstance(found := self.extracted(sample), Extracted):
            repair_page(found.title, [line.text for line in found.lines], self._rules)

    def chain(self, sample: Sample) -> None:
        """Bytes to article: contacts redacted and furniture told as well, fingerprints, sections, edits."""
        rows = list(self._read(sample.page, "run"))
        lines = [row for row in rows if isinstance(row, DraftLine)]
        for row in rows:
            if isinstance(row, Draft):
                list(self._assemble(row, lines))

    def asks_others(self, sample: Sample) -> bool:
        """Whether other extractors are asked for their opinion on this page."""
        with patch.object(markup, "voters", wraps=voters) as asked:
            self.extracted(sample)
        return bool(asked.called)


def contenders(ours: Ours) -> dict[str, Callable[[Sample], object]]:
    """All but those from bytes start from the decoded page."""
    return {
        "decode": lambda sample: decode(sample.page.payload, sample.page.content_type),
        "extract": ours.extracted,
        "bytes to text": ours.repaired,
        "bytes to article": ours.chain,
        PEER: lambda sample: trafilatura.extract(sample.html, with_metadata=False, **PEER_SETTINGS),
        f"{PEER}, metadata": lambda sample: trafilatura.extract(
            sample.html, with_metadata=True, **PEER_SETTINGS
        ),
        "readability": lambda sample: by_readability(sample.html),
        "jusText": lambda sample: by_justext(sample.html),
    }


def measured(
    samples: Sequence[Sample], named: Mapping[str, Callable[[Sample], object]], rounds: int
) -> dict[str, list[float]]:
    """Seconds of each contender for each page, the least of all rounds."""
    best = {name: [float("inf")] * len(samples) for name in named}
    with Bars() as bars:
        for done in range(rounds):
            forget()
            for index, sample in enumerate(samples):
                for name, read in named.items():
                    started = time.process_time()
                    read(sample)
                    best[name][index] = min(best[name][index], time.process_time() - started)
                bars("pages", done * len(samples) + index + 1, rounds * len(samples))
    return best


def forget() -> None:
    """Lines remembered from a round before; a build meets each page once. Tables that never change stay."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.partition(".")[0] == "pipeline" else ():
            if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"] is not None:
                value.cache_clear()


def pages_below(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.rglob("*.html")):
        yield _page(path.name, path.read_bytes(), "text/html")


def sample_pages(count: int) -> Iterator[Page]:
    farm = Farm(pages=count)
    bases = {site.id: f"http://{site.id}.example.com" for site in farm.sites}
    sites = [site.id for site in farm.sites]
    for said in truth(farm):
        if said.kind == "article":
            response = respond(Served(farm, bases), sites.index(said.site_id), said.path)
            headers = {name.lower(): value for name, value in response.headers}
            yield _page(said.path, response.body, headers.get("content-type", ""))


def _page(name: str, payload: bytes, content_type: str) -> Page:
    digest = payload_sha256(payload)
    return Page(
        name, SITE.site_id, f"http://example.com/{name}", FETCHED, 200, content_type, payload, digest, True
    )


def report(title: str, seconds: Mapping[str, Sequence[float]], chosen: Sequence[int]) -> None:
    """Mean milliseconds a page, pages a second, and how many times as long trafilatura takes."""
    if not chosen:
        return
    sums = {name: sum(spent[index] for index in chosen) for name, spent in seconds.items()}
    print(f"\n{title}: {len(chosen)} pages")
    print(f"{'':22}{'ms a page':>10}{'pages/s':>10}{PEER + ' ÷ it':>18}{'share':>8}")
    for name, spent in sums.items():
        each = 1000 * spent / len(chosen)
        print(
            f"{name:22}{each:>10.1f}{1000 / each:>10.0f}{sums[PEER] / spent:>18.1f}{spent / sums[PEER]:>8.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    pages = pages_below(given.folder) if given.folder else sample_pages(SAMPLE_PAGES)
    samples = [Sample(page, read.text) for page in pages if (read := decode(page.payload, page.content_type))]
    if not samples:
        parser.error(f"{given.folder}: no page that can be read")
    ours = Ours()
    for sample in samples:  # what is built once a process: converters, tables, the dictionary
        ours.chain(sample)
    asked = [ours.asks_others(sample) for sample in samples]
    seconds = measured(samples, contenders(ours), given.rounds)
    every = range(len(samples))
    report("all pages", seconds, every)
    report("pages on which no other extractor was asked", seconds, [i for i in every if not asked[i]])


if __name__ == "__main__":
    main()
