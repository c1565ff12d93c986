"""What a page's structure says besides its article, worked out only for those who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.adverts import Adverts
from pipeline.extract.blocks import Block, Tree
from pipeline.extract.containers import Container, containers
from pipeline.extract.density import Weighed
from pipeline.extract.passages import Passage, passages
from pipeline.extract.words import PageWords


@dataclass(frozen=True, slots=True)
class Traces:
    """What a page leaves for its site's memory. Plain text and pages with a layout leave nothing."""

    containers: tuple[Container, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A page's tree and its article in it: by indices, none where a layout read it, and as lines."""

    tree: Tree
    weighed: Weighed | None  # None: nothing to learn from
    indices: tuple[int, ...]
    chosen: Sequence[Block]


def traces_of(outline: Outline | None) -> Traces:
    if outline is None or outline.weighed is None:
        return Traces()
    return Traces(
        containers(outline.tree, outline.indices, outline.weighed.out),
        passages(outline.tree, outline.indices, outline.weighed.scores),
    )


def adverts_of(outline: Outline | None, words: PageWords) -> Adverts | frozenset[str]:
    """The lines that stand in adverts."""
    return Adverts(outline.tree, outline.chosen, words) if outline else frozenset()
