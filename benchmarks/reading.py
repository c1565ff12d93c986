"""CPU time of reading a page: ours beside other extractors', page by page, in one process on one core.

python benchmarks/reading.py                       # article pages of the sample sites
python benchmarks/reading.py FOLDER --rounds 5     # every *.html below a folder
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from crawler.page import Page, payload_sha256
from pipeline.decode import decode
from pipeline.extract import markup
from pipeline.extract.opinions import by_justext, by_readability
from pipeline.extract.second import voters
from yuqi.evaluating.extraction import PEER, SITE, Stages, by_peer, timed
from yuqi.progress import Bars
from yuqi.samples import Farm, Served, respond, truth

FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
ROUNDS = 3  # the least of them counts: whatever else the machine does only adds
SAMPLE_PAGES = 120


@dataclass(frozen=True, slots=True)
class Sample:
    page: Page
    html: str


def asks_others(stages: Stages, sample: Sample) -> bool:
    """Whether other extractors are asked for their opinion on this page."""
    with patch.object(markup, "voters", wraps=voters) as asked:
        stages.extracted(sample.page, sample.html)
    return bool(asked.called)


def contenders(stages: Stages) -> dict[str, Callable[[Sample], object]]:
    """All but those from bytes start from the decoded page."""
    return {
        "decode": lambda sample: decode(sample.page.payload, sample.page.content_type),
        "extract": lambda sample: stages.extracted(sample.page, sample.html),
        "bytes to text": lambda sample: stages.repaired(sample.page),
        "bytes to article": lambda sample: stages.assembled(sample.page),
        PEER: lambda sample: by_peer(sample.html),
        f"{PEER}, metadata": lambda sample: by_peer(sample.html, metadata=True),
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
            for index, sample in enumerate(samples):
                for name, read in named.items():
                    best[name][index] = min(best[name][index], timed(lambda: read(sample))[1])  # noqa: B023
                bars("pages", done * len(samples) + index + 1, rounds * len(samples))
    return best


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
    stages = Stages()
    for sample in samples:  # what is built once a process: converters, tables, the dictionary
        stages.assembled(sample.page)
    asked = [asks_others(stages, sample) for sample in samples]
    seconds = measured(samples, contenders(stages), given.rounds)
    every = range(len(samples))
    report("all pages", seconds, every)
    report("pages on which no other extractor was asked", seconds, [i for i in every if not asked[i]])


if __name__ == "__main__":
    main()
