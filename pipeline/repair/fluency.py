"""How much a short string reads like Chinese, by the word frequencies of jieba's dictionary."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import jieba

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
UNKNOWN_HAN = -18.0  # rarer than the rarest entry (one in 60 million)


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
