"""People whom a page names in full: reports give a name once with its role, and then the bare name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from pipeline.findings.cues import Assertions
from pipeline.findings.matching import places
from pipeline.findings.spans import Spans
from pipeline.findings.tokens import part_of_speech
from pipeline.records import Mention

MAX_PEOPLE = 20  # of one page; more are a list of names, not those who tell
LEAST_OPENED = 2  # clauses that a name opens; a word that is no name may open one
LEAST_SAID = 3  # times that it stands in the text: news name whom they tell of more often than that
PRONOUN, NOBODY = re.compile("[我你您他她]"), "云"
BESIDE = 5  # characters on either side of a name in which a title stands: 律师事务所的宋樾


def masks(text: str, words: Assertions, platforms: Spans[Mention]) -> dict[str, str]:
    """What names are read as: 曹磊 as 曹某, as reports veil people; 我来贷 as 云来贷, where nobody is 我."""
    of_people = {name: name[0] + "某" * (len(name) - 1) for name in people(text, words, platforms)}
    spoken = {mention.surface for mention in platforms.items if PRONOUN.search(mention.surface)}
    return of_people | {name: PRONOUN.sub(NOBODY, name) for name in sorted(spoken, key=len, reverse=True)}


def people(text: str, words: Assertions, platforms: Spans[Mention]) -> tuple[str, ...]:
    """Names of people: 曹磊（化名）, 市民曹磊反映, and those that open clauses again and again.

    One of another kind in the same place is left alone: 某公司（化名） begins with no surname, and 陆金所 is
    one of the platforms that the text names.
    """
    found = dict.fromkeys(match.group() for match in words.people.finditer(text))
    names = (name for name in found | dict.fromkeys(_again(text, words)) if not _is_of(name, text, platforms))
    return tuple(islice(names, MAX_PEOPLE))


def _is_of(name: str, text: str, platforms: Spans[Mention]) -> bool:
    """Whether it mostly stands in names of platforms."""
    held = [platforms.touches(at, at + len(name)) for at in places(name, text)]
    return 2 * sum(held) > len(held)


def masked(text: str, masks: Mapping[str, str]) -> str:
    """The text with names as they are read, each of the same length.

    >>> masked("曹磊说，我来贷的人打过电话", {"曹磊": "曹某", "我来贷": "云来贷"})
    '曹某说，云来贷的人打过电话'
    """
    for name, mask in masks.items():
        text = text.replace(name, mask)
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
        if told and not any(map(_is_word, (begun, name, name[1:]))) and not _is_other(text, name, words):
            yield name


def _is_word(said: str) -> bool:
    """Of two characters or more, and nobody's name."""
    return len(said) > 1 and not (part_of_speech(said) or "nr").startswith("nr")


def _is_other(text: str, name: str, words: Assertions) -> bool:
    """Whether a title stands beside it anywhere, or right behind it what makes it a company's: 曹操贷."""
    ends = (at + len(name) for at in places(name, text))
    return any(
        words.company.match(text, end)
        or words.titled.search(text, max(0, end - len(name) - BESIDE), end + BESIDE)
        for end in ends
    )
