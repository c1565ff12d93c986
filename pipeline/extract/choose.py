"""Which extractor's lines to keep: the one-pass result, or, where a second opinion differs, the medoid.

A medoid of all over every page was tried: two that agree on a list of links, comments or older posts outvote
the one that is right. On 121 marked pages it scores .94 to .96 and the one-pass result alone .964.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.blocks import Block
from pipeline.extract.clean import squeeze
from pipeline.extract.density import Found
from pipeline.extract.running import running_lines
from pipeline.extract.score import GRAM, grams
from pipeline.extract.second import Voter
from pipeline.extract.weights import is_way_out

LEAST_TEXT = 60  # characters: less is no article, and another extractor may see one
LEAST_KNOWN = 40  # where the site has its articles, two short sentences are one (extract: MIN_HAN)
# Below it a text found is mostly wrong (mean F1 .66 on 121 marked pages, .57 on 566). Between .4 and .7 the
# mean over all pages is the same to four digits, and the voters are asked for 5 pages of them instead of 7.
DISAGREE = 0.5
ALLIES = 0.8  # two that agree so far have found the same text; from .7 to .9 the scores are within .002
LEAST_VOTERS = 2  # heard before the vote is taken: jusText and the second opinion have their rules in common
COVERED = 0.6  # of a line's 4-grams: the extractors fold white space and brackets differently
SHORT_LINE = 8  # characters; shorter ones must be a line of the other extractor's too


@dataclass(frozen=True, slots=True)
class Choice:
    """Indices of the blocks kept, whose they are, and how far two extractors agree on them."""

    indices: tuple[int, ...]
    extractor: str
    confidence: float


def choose(blocks: Sequence[Block], found: Found, ask: Callable[[], Sequence[Voter]]) -> Choice:
    """The voters are asked where a second opinion on the same lines disagrees, or no text was found.

    The confidence is how far the result kept agrees with the nearest other one that was asked.
    """
    own = found.indices
    if _chars(blocks, own) < LEAST_TEXT:
        return _voted(blocks, own, ask(), range(len(blocks)))
    agreed = _agreement(blocks, own, _second_opinion(blocks, found.scope))
    if agreed >= DISAGREE:
        return Choice(own, "one-pass", agreed)
    voted = _voted(blocks, own, ask(), found.scope)
    return voted if voted.confidence >= ALLIES else Choice(own, "one-pass", agreed)


def _second_opinion(blocks: Sequence[Block], scope: range) -> tuple[int, ...]:
    return tuple(scope.start + index for index in running_lines(blocks[scope.start : scope.stop]))


def _voted(blocks: Sequence[Block], own: tuple[int, ...], voters: Sequence[Voter], scope: range) -> Choice:
    """The medoid, as soon as two found the same text."""
    heard = [("one-pass", own)]
    for asked, (name, ask) in enumerate(voters, start=1):
        theirs = (index for index in covered(blocks, ask()) if index in scope)
        heard.append((name, tuple(index for index in theirs if not is_way_out(blocks[index]))))
        if asked >= LEAST_VOTERS and _medoid(blocks, heard).confidence >= ALLIES:
            break
    return _medoid(blocks, heard)


def learnt(blocks: Sequence[Block], own: Sequence[int]) -> Choice | None:
    """The lines of the element in which the site's other pages have their article; None without a text."""
    if _chars(blocks, own) < LEAST_KNOWN:
        return None
    return Choice(tuple(own), "learnt", _agreement(blocks, own, running_lines(blocks)))


def covered(blocks: Sequence[Block], text: str) -> tuple[int, ...]:
    """The page's own lines that another extractor's text consists of.

    Each part of that text stands for one line. A teaser that cites the lead, or another lead from the same
    template, has most of its words in a text that does not hold it: the line that is there whole has them.
    """
    lines = {squeeze(line).lstrip("-•*") for line in text.splitlines()}
    said = [squeeze(block.text) for block in blocks]
    found = {index for index, line in enumerate(said) if line in lines}
    left = grams(text)
    left.subtract(part for line in {said[index] for index in found} for part in _parts(line))
    long = [index for index, line in enumerate(said) if index not in found and len(line) >= SHORT_LINE]
    shares = {index: share for index in long if (share := _share(said[index], left)) >= COVERED}
    for index in sorted(shares, key=lambda index: -shares[index]):
        if _share(said[index], left) >= COVERED:
            found.add(index)
            left.subtract(_parts(said[index]))
    return tuple(sorted(found))


def _share(line: str, left: Counter[str]) -> float:
    """Of the line's 4-grams, those that no other line has taken."""
    parts = _parts(line)
    return sum(left[part] > 0 for part in parts) / len(parts)


def _parts(line: str) -> list[str]:
    return [line[start : start + GRAM] for start in range(len(line) - GRAM + 1)]


def _agreement(blocks: Sequence[Block], one: Sequence[int], other: Sequence[int]) -> float:
    """F1 of the one's characters by the other's; both are lines of the same page."""
    both = _chars(blocks, one) + _chars(blocks, other)
    return 2 * _chars(blocks, set(one) & set(other)) / both if both else 1.0


def _chars(blocks: Sequence[Block], indices: Iterable[int]) -> int:
    return sum(len(blocks[index].text) for index in indices)


def _medoid(blocks: Sequence[Block], heard: Sequence[tuple[str, tuple[int, ...]]]) -> Choice:
    """The result nearest to all others; the first of equals. Its confidence: its nearest other."""
    found = [one for one in heard if _chars(blocks, one[1]) >= LEAST_TEXT]
    if not found:
        return Choice((), "one-pass", 0.0)
    alike = [[_agreement(blocks, one, other) for _, other in found] for _, one in found]
    best = max(range(len(found)), key=lambda index: (sum(alike[index]), -index))
    nearest = max((alike[best][other] for other in range(len(found)) if other != best), default=0.0)
    return Choice(found[best][1], found[best][0], nearest)
