"""Words in a text, found in machine code, beside a search for each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings.finder import Finder

FEW = st.text("借呗网a😀\udc80", max_size=6)  # beside Han, what is one byte, four, and no character
WORDS = st.lists(FEW, max_size=9)


def searched(words: list[str], text: str) -> list[tuple[int, int, int]]:
    """By end, of those with one end the longer first, then by their order."""
    places = [
        (index, at, at + len(word)) for index, word in enumerate(words) if word for at in range(len(text))
    ]
    held = [(index, start, end) for index, start, end in places if text[start:end] == words[index]]
    return sorted(held, key=lambda match: (match[2], match[1], match[0]))


@given(WORDS, st.text("借呗网贷a😀\udc80", max_size=20))
def test_each_word_is_found_at_each_place(words: list[str], text: str) -> None:
    assert Finder.of(words)(text) == searched(words, text)


def test_more_matches_than_there_was_room_for_are_all_found() -> None:
    words, text = ["借", "借借", "借借借"], "借" * 500
    assert Finder.of(words)(text) == searched(words, text)


def test_thousands_of_words_are_told_apart() -> None:
    words = [chr(0x4E00 + a) + chr(0x4E00 + b) for a in range(0, 600, 7) for b in range(0, 600, 7)]
    text = "".join(words[::31])
    assert Finder.of(words)(text) == sorted(
        [
            (words.index(text[at : at + 2]), at, at + 2)
            for at in range(len(text) - 1)
            if text[at : at + 2] in words
        ],
        key=lambda match: match[2],
    )
