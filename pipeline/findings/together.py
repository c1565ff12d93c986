"""Questions about many texts at once, of which most were asked before: a farm's sentences recur."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from pipeline.line_memory import LINES

AnswerT = TypeVar("AnswerT")


def together(
    anew: Callable[[Sequence[str]], Iterable[AnswerT]],
) -> Callable[[Sequence[str]], list[AnswerT]]:
    """The same, remembered text by text: what is new is asked together, since one by one it takes fifty
    times as long.

    >>> together(lambda texts: map(len, texts))(["逾期", "还款日", "逾期"])
    [2, 3, 2]
    """
    place = lru_cache(maxsize=LINES)(lambda _: list[AnswerT]())

    def asked(texts: Sequence[str]) -> list[AnswerT]:
        places = [place(text) for text in texts]
        new = {text: held for text, held in zip(texts, places, strict=True) if not held}
        for held, answer in zip(new.values(), anew(list(new)) if new else (), strict=True):
            held.append(answer)
        return [held[0] for held in places]

    return asked
