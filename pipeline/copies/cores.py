"""Texts by leader, and what each of these cores is known by: its leader's grams and those that many share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.grams import PLACE_BITS
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, Places, line_grams, text_size
from pipeline.copies.ragged import Ragged, chosen, list_of
from pipeline.copies.remembered import Faces, face_of
from pipeline.copies.seen import Seen

PROFILE_SHARE = 0.25  # findings, copies.md §2
PROFILE_MEMBERS = 16  # texts that a profile is made of: four of them must hold a gram
FEW = 3  # of so many members the leader alone speaks: one of the others may be stitched together
CORE, PROFILE, SPEAKERS = np.uint64(3), np.uint64(4), np.uint64(5)  # what faces are of
TAKEN = 255  # above all counts of members


class Cores(NamedTuple):
    """In the order in which they found groups: the most pages first, then the longest.

    `speakers`: the leader, and of many members some others, from which a core's sentences are learnt.
    `profiles`: grams that the core is recognised by, in no order.
    `faces` stand for all that a comparison sees of a core: the texts of its profile and its speakers.
    """

    leaders: Numbers
    weights: Numbers
    speakers: Ragged
    profiles: Ragged
    faces: Faces


def cores_of(seen: Seen, leader: Numbers, pages: Numbers) -> Cores:
    """Texts by leader; `pages` have each normal form."""
    order = np.argsort(leader, kind="stable")
    firsts = np.flatnonzero(np.diff(leader[order], prepend=-1))
    heads = leader[order][firsts]
    weights = np.add.reduceat(pages[order], firsts) if len(order) else firsts
    ranked = np.lexsort((heads, -seen.sizes[heads], -weights))
    members = chosen(Ragged(np.append(firsts, len(order)), order), ranked)
    speakers = _speakers(heads[ranked], members)
    profiles = _profiles(seen.texts.lines, seen.counted, heads[ranked], members)
    faces = _core_faces(seen.faces, heads[ranked], members, speakers)
    return Cores(heads[ranked], weights[ranked], speakers, profiles, faces)


@compiled
def _speakers(heads: Numbers, members: Ragged) -> Ragged:
    starts = np.zeros(len(heads) + 1, np.int64)
    values = np.empty(len(heads) * (FEW + 1), np.int64)
    filled = 0
    for core in range(len(heads)):
        held = list_of(members, core)
        values[filled] = heads[core]
        filled += 1
        if len(held) > FEW:
            step = -(-len(held) // FEW)
            for at in range((len(held) - 1) // step * step, -1, -step):
                values[filled] = held[at]
                filled += 1
        starts[core + 1] = filled
    return Ragged(starts, values[:filled].copy())


@compiled
def _core_faces(faces: Faces, heads: Numbers, members: Ragged, speakers: Ragged) -> Faces:
    found, three = np.empty(len(heads), np.uint64), np.empty(3, np.uint64)
    for core in range(len(heads)):
        three[0] = faces[heads[core]]
        three[1] = face_of(PROFILE, faces[_sampled(list_of(members, core))])
        three[2] = face_of(SPEAKERS, faces[list_of(speakers, core)])
        found[core] = face_of(CORE, three)
    return found


class _Tables(NamedTuple):
    """By place: members that hold the gram, or TAKEN; which member, from 1, was the last to hold it."""

    held_by: NDArray[np.uint8]
    last: NDArray[np.uint8]


@compiled
def _profiles(lines: Lines, counted: NDArray[np.bool_], heads: Numbers, members: Ragged) -> Ragged:
    """Grams of counted lines of the leader, and those that a quarter of many members share, two at least."""
    values, filled = np.empty(_room(lines, heads, members), np.uint32), 0
    starts = np.zeros(len(heads) + 1, np.int64)
    tables = _Tables(np.zeros(1 << PLACE_BITS, np.uint8), np.zeros(1 << PLACE_BITS, np.uint8))
    for core in range(len(heads)):
        some = _sampled(list_of(members, core))
        _count(tables, lines, counted, some)
        filled += _taken(tables, (lines, counted), heads[core : core + 1], 0.0, values[filled:])
        least = max(2.0, PROFILE_SHARE * len(some))
        filled += _taken(tables, (lines, counted), some, least, values[filled:])
        starts[core + 1] = filled
        _forget(tables, lines, some)
        _forget(tables, lines, heads[core : core + 1])
    return Ragged(starts, values[:filled].copy())


@inner
def _sampled(members: Numbers) -> Numbers:
    """Members that are asked; none of few, where the leader alone speaks."""
    step = max(1, -(-len(members) // PROFILE_MEMBERS))
    found = np.empty(-(-len(members) // step) if len(members) > FEW else 0, np.int64)
    for at in range(len(found)):
        found[at] = members[at * step]
    return found


@inner
def _room(lines: Lines, heads: Numbers, members: Ragged) -> int:
    """At most so many grams."""
    room = 0
    for core in range(len(heads)):
        room += text_size(lines, heads[core])
        for text in _sampled(list_of(members, core)):
            room += text_size(lines, text)
    return room


@inner
def _count(tables: _Tables, lines: Lines, counted: NDArray[np.bool_], some: Numbers) -> None:
    for member in range(len(some)):
        text = some[member]
        for line in range(lines.texts[text], lines.texts[text + 1]):
            if counted[lines.ids[line]]:
                for place in line_grams(lines, line):
                    tables.held_by[place] += tables.last[place] != member + 1
                    tables.last[place] = member + 1


@inner
def _taken(
    tables: _Tables,
    compared: tuple[Lines, NDArray[np.bool_]],
    some: Numbers,
    least: float,
    values: Places,
) -> int:
    """Grams of these texts that so many members hold and that are not taken yet, into `values`; how many."""
    lines, counted = compared
    filled = 0
    for text in some:
        for line in range(lines.texts[text], lines.texts[text + 1]):
            if counted[lines.ids[line]]:
                for place in line_grams(lines, line):
                    if least <= tables.held_by[place] < TAKEN:
                        tables.held_by[place] = TAKEN
                        values[filled] = place
                        filled += 1
    return filled


@inner
def _forget(tables: _Tables, lines: Lines, some: Numbers) -> None:
    for text in some:
        for line in range(lines.texts[text], lines.texts[text + 1]):
            for place in line_grams(lines, line):
                tables.held_by[place] = 0
                tables.last[place] = 0
