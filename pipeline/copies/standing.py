"""Which lines of a group stand in several of its stories, reworded or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from pipeline.copies.aligned import Aligned
from pipeline.copies.hashing import Numbers
from pipeline.copies.remembered import Bits, face_of
from pipeline.copies.seen import Seen
from pipeline.copies.texts import Texts

LEARNT = (
    24  # stories that a group's sentences are learnt from; a section that a third drops is in one of them
)
# A line is a version of a sentence from this share of its grams on, or from what only one in ten lines of
# other groups' texts reaches by chance: .25 where people write, .4 in a grammar with 16 words a slot.
LEAST_SHARE = 0.3
CHANCE = 0.9
SAMPLED = 64  # groups that chance is measured on, each with the next
STEPS = 20  # of chance in 1: it moves with every text, and what rests on it should seldom be made again
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

    def face(self, units: Numbers) -> bytes:
        """Who of these tells the same, in which order, whatever the numbers of other parts are."""
        _, ranks = np.unique(self.story[units], return_inverse=True)
        speaks = self.story[units] >= 0
        return np.concatenate([ranks, speaks, self.tellers[units] > 1]).astype(np.int64).tobytes()


def line_standings(seen: Seen, asked: Asked, told: Told) -> Bits:
    """For each line whether several stories of its group tell its sentence; `seen` whole."""
    texts = seen.texts
    shared = np.zeros(len(texts.line_sizes), np.bool_)
    if not len(texts):
        return shared
    least = max(LEAST_SHARE, chance_share(texts, asked.cluster[: len(texts)]))
    aligned = Aligned(texts, least)
    order = np.lexsort((told.story[asked.unit], asked.cluster))
    firsts = np.flatnonzero(np.diff(asked.cluster[order], prepend=-1))
    for start, end in zip(firsts, np.append(firsts[1:], len(order)), strict=True):
        units = asked.unit[order[start:end]]
        lines = _lines(texts, units)
        face = face_of(b"standing", np.array([least]), seen.faces[units], told.face(units))
        found = seen.remembered.part(face, len(lines), partial(_standing, aligned, units, told, lines))
        shared[lines[found]] = True
    return shared


def _lines(texts: Texts, units: Numbers) -> Numbers:
    """Numbers of their lines, one text after the other."""
    return np.concatenate([np.arange(*texts.text_lines[unit : unit + 2]) for unit in units.tolist()])


def _standing(aligned: Aligned, units: Numbers, told: Told, lines: Numbers) -> Bits:
    """Of one group's lines, in the order of its units."""
    speaking = units[told.story[units] >= 0]
    representatives = speaking[np.diff(told.story[speaking], prepend=-1) != 0]
    if len(representatives) < 2 and told.tellers[representatives].sum() < 2:
        return np.zeros(len(lines), np.bool_)
    aligned.learn(representatives[:: -(-len(representatives) // LEARNT)])
    shared = np.isin(lines, _shared(aligned, units, told))
    aligned.forget()
    return shared


def chance_share(texts: Texts, cluster: Numbers) -> float:
    """Share of a line's grams that stand in one sentence of an unrelated text, in nine lines of ten less."""
    founders = np.unique(cluster)[:SAMPLED]  # numbered by digest: new texts change little of it
    if len(founders) < 2:
        return 0.0
    aligned, found = Aligned(texts), []
    for one, other in zip(founders, np.roll(founders, 1), strict=True):
        aligned.learn([one])
        found.append(aligned.shares([other]))
        aligned.forget()
    shares = np.concatenate(found)
    return float(np.ceil(np.quantile(shares, CHANCE) * STEPS)) / STEPS if len(shares) else 0.0


def _shared(aligned: Aligned, units: Numbers, told: Told) -> Numbers:
    """The lines whose sentences several stories tell."""
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
    found: Numbers = lines[several[sentences]]
    return found
