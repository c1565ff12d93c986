"""Stories of a partition of texts: a story is a cluster about one set of subjects."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.copies.hashing import Numbers
from pipeline.copies.remembered import Bits, Faces


class Told(NamedTuple):
    """Article by article the text that it tells and its digest, whom it is about and if that is a platform
    (`named`), and its turn to stand for its story."""

    unit: Numbers
    about: Numbers
    named: Bits
    turn: Numbers
    digest: Faces


class Stories(NamedTuple):
    """Article by article the cluster of its text, its story, how many stories that cluster has, and whether
    the article stands for its story. Stories count from 1, by cluster and by what they are about."""

    cluster: Numbers
    story: Numbers
    stories_of_cluster: Numbers
    is_representative: Bits


def stories(told: Told, clusters: Numbers) -> Stories:
    """`clusters`: of each text, by number."""
    cluster = clusters[told.unit]
    abouts = int(told.about.max(initial=0)) + 1
    numbers, story = np.unique(cluster * abouts + told.about, return_inverse=True)
    of_cluster = np.bincount(numbers // abouts, minlength=len(clusters))
    order = np.lexsort((told.turn, story))
    stands = np.zeros(len(story), np.bool_)
    stands[order[np.flatnonzero(np.diff(story[order], prepend=-1))]] = True
    return Stories(cluster, story + 1, of_cluster[cluster], stands)


class Tellers(NamedTuple):
    """Of each text the story (one below 0 speaks for nobody: a stitched page) and how many tell it.

    One text may tell several stories, one for each name that was masked; it has a number of its own.
    """

    story: Numbers
    tellers: Numbers


def tellers(told: Told, found: Stories, stitched: Numbers) -> Tellers:
    """`stitched`: texts, by number."""
    texts, most = int(told.unit.max(initial=-1)) + 1, int(found.story.max(initial=0)) + 1
    each = np.unique(told.unit * most + found.story)
    count, story = np.bincount(each // most, minlength=texts), np.zeros(texts, np.int64)
    story[each // most] = each % most
    story = np.where(count > 1, most + np.arange(texts), story)
    story[stitched] = -1 - stitched
    return Tellers(story, count)
