"""Which lines of a group stand in several of its stories, reworded or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Aligned
from pipeline.copies.hashing import Numbers
from pipeline.copies.texts import Texts

LEARNT = (
    24  # stories that a group's sentences are learnt from; a section that a third drops is in one of them
)
# A line is a version of a sentence from this share of its grams on, or from what only one in ten lines of
# other groups' texts reaches by chance: .25 where people write, .4 in a grammar with 16 words a slot.
LEAST_SHARE = 0.3
CHANCE = 0.9
SAMPLED = 64  # pairs of groups that chance is measured on
TOGETHER = 64  # units compared at a time


@dataclass(frozen=True)
class Asked:
    """Units and the groups whose stories they are compared with: their own, and a stitched page's parents."""

    unit: Numbers
    cluster: Numbers


@dataclass(frozen=True)
class Told:
    """Of each unit the story (one below 0 speaks for nobody: a stitched page) and how many tell it.

    One normal form may tell several stories, one for each name that was masked; it has a number of its own.
    """

    story: Numbers
    tellers: Numbers


def line_standings(texts: Texts, asked: Asked, told: Told) -> NDArray[np.bool_]:
    """For each line whether several stories of its group tell its sentence."""
    shared = np.zeros(len(texts.line_sizes), np.bool_)
    if not len(texts):
        return shared
    aligned = Aligned(texts, max(LEAST_SHARE, chance_share(texts, asked.cluster[: len(texts)])))
    order = np.lexsort((told.story[asked.unit], asked.cluster))
    firsts = np.flatnonzero(np.diff(asked.cluster[order], prepend=-1))
    for start, end in zip(firsts, np.append(firsts[1:], len(order)), strict=True):
        units = asked.unit[order[start:end]]
        speaking = units[told.story[units] >= 0]
        representatives = speaking[np.diff(told.story[speaking], prepend=-1) != 0]
        if len(representatives) > 1 or told.tellers[representatives].sum() > 1:
            aligned.learn(representatives[:: -(-len(representatives) // LEARNT)])
            _share(aligned, units, told, shared)
            aligned.forget()
    return shared


def chance_share(texts: Texts, cluster: Numbers) -> float:
    """Share of a line's grams that stand in one sentence of an unrelated text, in nine lines of ten less."""
    founders = np.unique(cluster)
    founders = founders[:: -(-len(founders) // SAMPLED)]
    if len(founders) < 2:
        return 0.0
    aligned, found = Aligned(texts), []
    for one, other in zip(founders, np.roll(founders, 1), strict=True):
        aligned.learn([one])
        found.append(aligned.shares([other]))
        aligned.forget()
    shares = np.concatenate(found)
    return float(np.quantile(shares, CHANCE)) if len(shares) else 0.0


def _share(aligned: Aligned, units: Numbers, told: Told, shared: NDArray[np.bool_]) -> None:
    """Marks the lines whose sentences several stories tell."""
    held = [aligned.versions(units[at : at + TOGETHER]) for at in range(0, len(units), TOGETHER)]
    sentences = np.concatenate([versions.sentences for versions in held])
    lines = np.concatenate([versions.gathered.lines for versions in held])
    unit = aligned.texts.line_text[lines]
    speaks = (told.story[unit] >= 0) & (sentences > 0)
    codes = np.unique((sentences[speaks] << 48) | told.story[unit[speaks]])
    tellers = np.bincount(codes >> 48, minlength=aligned.count + 1)
    many = unit[speaks & (told.tellers[unit] > 1)]
    several = tellers > 1
    several[sentences[np.isin(unit, many)]] = True
    several[0] = False
    shared[lines[several[sentences]]] = True
