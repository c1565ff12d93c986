"""Ordinary sites: what a page's text gains by its site's memory, with each extractor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, mean, wrong
from pipeline.extract.score import gram_f1, leak

PART = "hosts"


@dataclass(frozen=True)
class Readings:
    """Texts by URL: the true ones, and what each way of reading made of them; None or absent: no text."""

    true: Mapping[str, str]
    single: Mapping[str, str | None]
    with_memory: Mapping[str, str | None]
    peer_with_memory: Mapping[str, str | None]


def host_figures(readings: Readings, peer: str) -> list[Figure]:
    """The peer's are told beside ours, and hold no floor."""
    ours = [*_ways("single-page", readings.true, readings.single)]
    ours += _ways("with-memory", readings.true, readings.with_memory)
    lost = sum(not readings.with_memory.get(url) for url in readings.true)
    return [
        *ours,
        wrong(PART, "pages-without-text", lost, len(readings.true)),
        *(
            Figure(one.part, one.measure, one.value, one.basis, None)
            for one in _ways(f"{peer}-with-memory", readings.true, readings.peer_with_memory)
        ),
    ]


def held_out_figures(readings: Readings) -> list[Figure]:
    """Of designs that were not looked at while reading was mended; told, and no floor."""
    ways = (
        *_ways("held-out-single-page", readings.true, readings.single),
        *_ways("held-out-with-memory", readings.true, readings.with_memory),
    )
    return [Figure(one.part, one.measure, one.value, one.basis, None) for one in ways]


def _ways(name: str, true: Mapping[str, str], found: Mapping[str, str | None]) -> Iterator[Figure]:
    texts = [(found.get(url) or "", text) for url, text in true.items()]
    yield mean(PART, f"{name}-text-f1", [gram_f1(text, said).f1 for text, said in texts])
    yield mean(PART, f"{name}-leak", [leak(text, said) for text, said in texts], "high")
