"""People whom a page names in full: reports give a name once with its role, and then the bare name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.findings.cues import Assertions
from pipeline.findings.tokens import part_of_speech

MAX_PEOPLE = 20  # of one page; more are a list of names, not those who tell
LEAST_OPENED = 2  # clauses that a name opens; a word that is no name may open one
LEAST_SAID = 3  # times that it stands in the text: news name whom they tell of more often than that
BESIDE = 5  # characters on either side of a name in which a title stands: 律师事务所的宋樾


def people(text: str, words: Assertions) -> tuple[str, ...]:
    """Names of people: 曹磊（化名）, 市民曹磊反映, and those that open clauses again and again.

    One of another kind in the same place is left alone: 某公司（化名） begins with no surname.
    """
    found = dict.fromkeys(match.group() for match in words.people.finditer(text))
    return tuple(found | dict.fromkeys(_again(text, words)))[:MAX_PEOPLE]


def veiled(text: str, names: Iterable[str]) -> str:
    """Names as reports veil them, of the same length: 曹磊说 is read like 曹某说.

    >>> veiled("曹磊说，王小明也接到了电话", ("曹磊", "王小明"))
    '曹某说，王某某也接到了电话'
    """
    for name in names:
        if name in text:
            text = text.replace(name, name[0] + "某" * (len(name) - 1))
    return text


def _again(text: str, words: Assertions) -> Iterator[str]:
    """Names that nobody introduces: 宋樾借了两万……宋樾接到……

    Of two characters where what follows varies, else of three. Left alone is what the dictionary has as
    another word (许多, 严重), and who is called by a title somewhere: 宋樾律师 tells nothing of himself.
    """
    opened: dict[str, list[str]] = defaultdict(list)
    for match in words.again.finditer(text):
        opened[match.group()[:2]].append(match.group())
    for begun, whole in opened.items():
        name = begun if len(set(whole)) > 1 else whole[0]
        told = len(whole) >= LEAST_OPENED and text.count(name) >= LEAST_SAID
        if told and not any(map(_is_word, (begun, name, name[1:]))) and not _is_titled(text, name, words):
            yield name


def _is_word(said: str) -> bool:
    """Of two characters or more, and nobody's name."""
    return len(said) > 1 and not (part_of_speech(said) or "nr").startswith("nr")


def _is_titled(text: str, name: str, words: Assertions) -> bool:
    """Whether a title stands beside it anywhere."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if words.titled.search(text, max(0, at - BESIDE), end + BESIDE):
            return True
        at = text.find(name, end)
    return False
