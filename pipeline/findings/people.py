"""People whom a page names in full: reports give a name once with its role, and then the bare name."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.findings.cues import Pattern

MAX_PEOPLE = 20  # of one page; more are a list of names, not those who tell


def people(text: str, introduced: Pattern) -> tuple[str, ...]:
    """Names that the text introduces as those of people: 曹磊（化名）, 市民曹磊反映.

    One of another kind in the same place is left alone: 某公司（化名） begins with no surname.
    """
    found = dict.fromkeys(match.group() for match in introduced.finditer(text))
    return tuple(found)[:MAX_PEOPLE]


def veiled(text: str, names: Iterable[str]) -> str:
    """Names as reports veil them, of the same length: 曹磊说 is read like 曹某说.

    >>> veiled("曹磊说，王小明也接到了电话", ("曹磊", "王小明"))
    '曹某说，王某某也接到了电话'
    """
    for name in names:
        if name in text:
            text = text.replace(name, name[0] + "某" * (len(name) - 1))
    return text
