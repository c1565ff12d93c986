"""Which texts and sentences are compared at all, and that crowds stay cheap."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.candidates import CROWDED, STARS, candidates
from pipeline.copies.grams import BIN_BITS, EMPTY, Strings, pair_grams
from pipeline.copies.hashing import mixed
from pipeline.copies.minhash import ROWS, band_hashes
from pipeline.copies.near import PLACED, Keys, Limits, near_pairs
from pipeline.copies.ragged import Ragged, chosen, joined, list_of
from pipeline.copies.texts import texts_of

LIMITS = Limits(0.5, 0.8)
SAID = "上周三晚上自称主任的人给我公司前台打骚扰电话"


def near(keys: list[str], stories: list[int], asked: list[int]) -> dict[tuple[int, int], float]:
    sets = pair_grams(Strings.of(pa.array(keys, pa.string())))
    is_asked = np.isin(np.arange(len(keys)), asked)
    found = near_pairs(sets, Keys(np.array(stories, np.int64), is_asked), LIMITS)
    return dict(zip(zip(found.asked.tolist(), found.other.tolist(), strict=True), found.jaccard, strict=True))


def profiles(lists: list[list[int]]) -> Ragged:
    starts = np.cumsum([0, *(len(held) for held in lists)])
    return Ragged(starts, np.array([value for held in lists for value in held], np.uint32))


def test_only_asked_sentences_meet_others_and_each_its_copies_once() -> None:
    other = "平台应当在三十日内答复借款人的投诉并且说明理由"
    found = near([SAID, other, SAID + "了", SAID.replace("上周", "这周")], [1, 2, 3, 4], [0, 1])
    assert set(found) == {(0, 2), (0, 3)}
    assert found[0, 2] == 21 / 22


def test_a_sentence_shorter_than_five_grams_meets_nobody() -> None:
    assert near(["打骚扰电", "打骚扰电"], [1, 2], [0, 1]) == {}


def test_in_a_crowd_a_sentence_meets_one_of_each_story_first() -> None:
    """A hundred copies in one story hide nobody else's."""
    stories = [1] * 100 + [2]
    found = near([SAID] * 101, stories, [0, 50])
    assert {(0, 100), (50, 100)} <= set(found)
    assert len(found) <= 2 * PLACED


def test_no_sentences_at_all_have_no_pairs() -> None:
    assert near([], [], []) == {}


def test_profiles_that_are_alike_are_paired_and_others_are_not() -> None:
    one, other = list(range(0, 90_000, 300)), list(range(1_000_000, 1_090_000, 300))
    pairs = candidates(profiles([one, other, [*one[:250], *other[:50]], []]))
    assert list(zip(pairs.earlier.tolist(), pairs.later.tolist(), strict=True)) == [(0, 2), (1, 2)]
    assert pairs.shared[0] > pairs.shared[1] >= 6


def test_of_a_crowd_of_equal_profiles_each_meets_the_first_ones_only() -> None:
    pairs = candidates(profiles([list(range(0, 9_000, 30))] * (CROWDED + 20)))
    assert set(pairs.earlier.tolist()) == set(range(STARS))
    assert np.bincount(pairs.earlier).tolist() == [CROWDED + 19 - star for star in range(STARS)]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=5), st.data())
def test_lists_chosen_from_parts_are_those_lists(lists: list[list[int]], data: st.DataObject) -> None:
    parts = [profiles(lists[:2]), profiles(lists[2:])]
    which = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=6)) if lists else []
    found = chosen(joined(parts), np.array(which, np.int64))
    assert [list_of.py_func(found, at).tolist() for at in range(len(which))] == [lists[at] for at in which]


def test_a_corpus_larger_than_the_first_arrays_keeps_its_grams_and_equal_lines_once() -> None:
    body = "".join(chr(0x4E00 + at % 20_000) for at in range(90_002))
    short = "\n".join(f"{chr(0x4E00 + at)}催收{chr(0x4E00 + at // 3)}" for at in range(9_000))
    whole = texts_of([pa.array([body])])[0].lines
    twice = texts_of([pa.array([f"{short}\n{body}"])] * 2)[0].lines
    assert len(whole.places) == 90_000
    assert len(twice.places) == 90_000 + 2 * 9_000
    assert twice.ids.tolist() == [*range(9_001), *range(9_001)]
    assert twice.begins.tolist() == list(range(0, 18_001, 2))
    assert np.array_equal(twice.places[18_000:], whole.places)


def test_a_band_is_the_hash_of_its_minima_empty_bins_borrow_and_texts_without_grams_share_none() -> None:
    bins = 1 << BIN_BITS
    rng = np.random.default_rng(1)
    least = rng.integers(0, 1 << 31, (4, bins), np.uint32)
    least[1] = least[0]
    least[2:] = EMPTY
    least[1, bins - ROWS :] = EMPTY  # the last ones borrow from the first
    hashes = band_hashes(least, 10)
    for text, band in ((0, 0), (0, 5), (1, bins // ROWS - 1)):
        folded = mixed(np.array([band], np.uint64))
        for row in range(ROWS):
            at = band * ROWS + row
            borrowed = 0 if least[text, at] != EMPTY else bins - at
            folded = mixed(folded ^ np.uint64(borrowed << 32 | int(least[text, (at + borrowed) % bins])))
        assert hashes[text, band] == folded.view(np.int64)[0]
    assert (hashes[0, :-1] == hashes[1, :-1]).all()
    assert hashes[0, -1] != hashes[1, -1]
    assert not set(hashes[2]) & set(hashes[3]), "each is alone"
