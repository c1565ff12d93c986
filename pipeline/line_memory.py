"""What a line's text alone decides, kept for the next page that has it: most of a farm's lines recur."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

LONGEST = 200  # characters; longer lines seldom return, and would fill the memory
# Of 72,000 lines of 2,500 sample articles .84 were met before; with 4,096 remembered .81, with 16,384 .84.
LINES = 8_192

Given = TypeVarTuple("Given")
T = TypeVar("T")


def once_a_line(ask: Callable[[str, *Given], T]) -> Callable[[str, *Given], T]:
    """Asks once for all lines of one text that a process meets, as long as it remembers them.

    What else is given must be hashable, and quickly: rules and words are as good as themselves only. A full
    memory holds some 2 MB, that of judged lines (extract/judged.py) ten. Answers are shared: nobody changes
    one.
    """
    kept = lru_cache(maxsize=LINES)(ask)

    @wraps(ask)
    def asked(line: str, *given: *Given) -> T:
        return kept(line, *given) if len(line) <= LONGEST else ask(line, *given)

    return asked
