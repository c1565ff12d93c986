"""The shape of a line: numbered heading, sentence, contact. What every rule about lines asks first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pipeline.extract.dates import MOMENT
from pipeline.extract.words import letters
from pipeline.marks import OF_REACHING

# 三部门约谈… is a headline: 章, 节 and 部 only with 第.
NUMBERED = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]{1,3}[章节部]|第?[一二三四五六七八九十百]{1,3}[、，,.．:：]|"
    r"[（([一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}(?:[.．]\d{1,2})+\s*\D|\d{1,2}[、.．)）](?!\d)|第\s*\d{1,2}\s*[步章节条])"
)
CONTACT = re.compile(
    rf"{OF_REACHING}|(?<!\d)1[3-9]\d{{9}}(?!\d)|(?<!\d)0\d{{2,3}}-?\d{{7,8}}(?!\d)|"
    r"(?<!\d)400-?\d{3,4}-?\d{3,4}(?!\d)|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,24}"
)
# What every contact holds. On Chinese text the search for an address alone would take longer than all rules.
CONTACT_SIGN = re.compile(r"[@\[014](?:(?<=@)|[A-Z]|\d\d[\d-]{6})")
SENTENCE_END = re.compile(r"[。！？!?；;…”」]\s*$")
COMMA = re.compile(r"[，,。；;]")
SENTENCE_CHARS = 30  # a line this long with a comma in it is running text


T = TypeVar("T")


class once(Generic[T]):
    """cached_property without its lock, which Python 3.11 still takes: a third of the time of all rules."""

    def __init__(self, ask: Callable[[Any], T]) -> None:
        self._ask = ask

    def __get__(self, line: Any, _of: type) -> T:
        said = line.__dict__[self._ask.__name__] = self._ask(line)
        return said


def has_contact(text: str) -> bool:
    return CONTACT_SIGN.search(text) is not None and CONTACT.search(text) is not None


@dataclass(eq=False)
class Line:
    """A line with what the rules ask of it, each computed once. Never changed; to have that checked takes
    twice as long to make one, and a page has a hundred.
    """

    text: str
    kind: str

    @once
    def letters(self) -> str:
        return letters(self.text)

    @once
    def lower(self) -> str:
        return "".join(self.text.split()).lower()

    @once
    def is_numbered(self) -> bool:
        return bool(NUMBERED.match(self.text)) and not MOMENT.match(self.text)

    @once
    def is_sentence(self) -> bool:
        long = len(self.text) >= SENTENCE_CHARS and bool(COMMA.search(self.text))
        return long or (len(self.letters) >= 10 and bool(SENTENCE_END.search(self.text)))

    @once
    def is_content(self) -> bool:
        return self.is_numbered or (self.is_sentence and not self.has_contact)

    @once
    def has_contact(self) -> bool:
        return has_contact(self.text)
