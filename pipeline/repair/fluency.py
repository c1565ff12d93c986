"""How much a short string reads like Chinese, by the word frequencies of jieba's dictionary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

MAX_WORD = 4  # longer entries are names and idioms; a run to judge is shorter
# Natural logarithms of a share of tokens, by counting in running Chinese text.
PUNCTUATION = {
    "，": -2.8,
    "。": -3.5,
    "、": -4.0,
    "“": -5.5,
    "”": -5.5,
    "：": -5.5,
    "；": -6.5,
    "（": -5.0,
    "）": -5.0,
    "《": -6.0,
    "》": -6.0,
}
OTHER = -9.0  # a character that no dictionary of Chinese words holds, but that is not Han
IMPOSSIBLE = -1_000.0
UNKNOWN_HAN = -18.0  # rarer than the rarest entry (one in 60 million)

Cells = Sequence[Sequence[str]]  # for each place the characters that it may hold


@dataclass(frozen=True)
class Fluency:
    """Unigram word model; `score` is the logarithm of the likeliest segmentation's probability."""

    logs: Mapping[str, float]  # of each word's probability

    def score(self, text: str) -> float:
        best = [0.0]
        for end in range(1, len(text) + 1):
            most = best[end - 1] + self.char(text[end - 1])
            for start in range(max(0, end - MAX_WORD), end - 1):
                known = self.logs.get(text[start:end])
                if known is not None and best[start] + known > most:
                    most = best[start] + known
            best.append(most)
        return best[-1]

    def scores(self, before: Cells, options: Sequence[str], after: Cells) -> dict[str, tuple[float, bool]]:
        """Of each character between two contexts: `score` of the best text, of which each cell gives one,
        and whether the character is part of a longer word in it.

        Up to the word that holds the character, and behind it, all texts are the same.
        """
        ahead = self._forward(before)
        behind = self._forward(after[::-1], reverse=True)
        return {option: self._between(ahead, before, option, after, behind) for option in options}

    def _between(
        self, ahead: Sequence[float], before: Cells, option: str, after: Cells, behind: Sequence[float]
    ) -> tuple[float, bool]:
        alone = most = ahead[-1] + self.char(option) + behind[-1]
        for left in range(min(MAX_WORD, len(before) + 1)):
            for right in range(min(MAX_WORD - left, len(after) + 1)):
                if left or right:
                    word = [*before[len(before) - left :], (option,), *after[:right]]
                    said = ahead[len(before) - left] + behind[len(after) - right]
                    most = max(most, said + self._likeliest(word))
        return most, most > alone

    def _forward(self, cells: Cells, *, reverse: bool = False) -> list[float]:
        """Score of the best text of the first n cells, for each n; `reverse`: of cells from the end."""
        best = [0.0]
        for end in range(1, len(cells) + 1):
            most = best[end - 1] + max(map(self.char, cells[end - 1]))
            for start in range(max(0, end - MAX_WORD), end - 1):
                word = cells[start:end]
                most = max(most, best[start] + self._likeliest(word[::-1] if reverse else word))
            best.append(most)
        return best

    def _likeliest(self, word: Cells) -> float:
        """Logarithm of the likeliest word that takes one character of each cell."""
        return max(
            (self.logs.get("".join(chars), IMPOSSIBLE) for chars in product(*word)), default=IMPOSSIBLE
        )

    def char(self, char: str) -> float:
        known = self.logs.get(char)
        if known is not None:
            return known
        return PUNCTUATION.get(char, UNKNOWN_HAN if "\u3400" <= char <= "\u9fff" else OTHER)


@cache
def fluency() -> Fluency:
    """Read once per process, when first needed: 0.3 s.

    From the dictionary's file, because jieba itself would write a cache into the shared temporary folder.
    """
    import jieba  # noqa: PLC0415  a quarter of a second; most pages have nothing to judge

    frequency: dict[str, int] = {}
    total = 0
    with jieba.get_dict_file() as file:
        for line in file:
            word, count = line.decode("utf-8").split(" ", 2)[:2]
            total += int(count)
            if len(word) <= MAX_WORD and not word.isascii():
                frequency[word] = int(count)
    log_total = math.log(total)
    return Fluency({word: math.log(count) - log_total for word, count in frequency.items() if count})
