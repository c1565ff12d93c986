"""Personal data out of the text, and keyed hashes of contacts, which tell who runs several sites."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crawler.surnames import HAN, NAME
from pipeline.broken_numbers import broken_numbers
from pipeline.contacts import Contact, Labels, contacts, spelled
from pipeline.line_memory import once_a_line
from pipeline.marks import MARKS, OF_CONTACT, REACHING
from pipeline.registrations import MAY_REGISTER, registrations
from pipeline.source_ids import Seen, seen_in_source

FINGERPRINTED = tuple(REACHING)
HASH_CHARS = 32
LABEL_END = re.compile("[:：|]")


@dataclass(frozen=True, eq=False)
class RedactWords:
    """See datasets/overdue/repair.toml, [redact]. One is as good as itself only: see line_memory.py."""

    labels: Labels
    labelled_name: re.Pattern[str]
    marked_names: tuple[re.Pattern[str], ...]  # beside a mark such as [PHONE]
    introduced_name: re.Pattern[str]

    @classmethod
    def of(cls, table: dict[str, Any]) -> RedactWords:
        titles, labels = spelled(table["titles"]), spelled(table["name"])
        contact = spelled([*table["phone"], *table["wechat"], *table["qq"]])
        short, given = rf"{NAME}{titles}", rf"{NAME}{HAN}{{0,2}}"
        near = r"[\s:：,，、|/()（）-]{0,3}"
        whole = rf"(?!{spelled(table['no_names'])}(?!{HAN})){NAME}{HAN}{{1,2}}"
        cells = r"\s?\|\s?(?:[^|\[\]]{1,8}\|\s?){0,2}"  # of a table, between a name and a contact
        return cls(
            Labels.of(table),
            # 联系人：张三, 户名：…; the name ends at another label, a title or where Han ends
            re.compile(
                rf"(?i:{labels})\s?[:：|]\s?"
                rf"(?P<name>{NAME}{HAN}{{1,2}}?(?:{titles})?(?=$|(?!{HAN}).|(?i:{contact}))|{short}|{given})"
            ),
            (
                # 王先生:[PHONE], 王先生的微信:[WECHAT]
                re.compile(
                    rf"(?P<name>{short}|{NAME}(?:(?!{short}){HAN}){{1,2}}{titles})"
                    rf"(?=的?(?i:{contact})?(?:[号號]码?碼?)?{near}[是为為]?{OF_CONTACT})"
                ),
                # [PHONE] 王先生, [PHONE]（王先生）
                re.compile(rf"{OF_CONTACT}{near}[转轉找]?(?P<name>{short})(?!{HAN})"),
                # 小王[PHONE], 客服老李 [PHONE]
                re.compile(rf"(?P<name>[小老阿]{NAME})(?=\s{{0,2}}{OF_CONTACT})"),
                # 张三[PHONE], 张三 [PHONE]: a whole name and nothing between
                re.compile(rf"(?<!{HAN})(?P<name>{whole})(?=\s{{0,2}}{OF_CONTACT})"),
                # 张三 | [PHONE], 张三 | 男 | [PHONE], [PHONE] | 张三
                re.compile(rf"(?<!{HAN})(?P<name>{whole}|{short})(?=(?:{titles})?{cells}{OF_CONTACT})"),
                re.compile(rf"{OF_CONTACT}\s?\|\s?(?P<name>{whole}|{short})(?!{HAN})"),
            ),
            # 我叫张三，
            re.compile(rf"{spelled(table['introduces'])}(?P<name>{NAME}{HAN}{{1,2}})(?!{HAN})"),
        )


@once_a_line
def redact(line: str, words: RedactWords) -> str:
    """The line with marks where a person could be reached or known.

    Damage: contacts of agents and site owners, often disguised. Left alone: public hotlines (12378, 95xxx),
    amounts, dates, law articles, GB/T 45251, 某先生 and names in prose: a name goes only beside a contact or
    behind a label such as 联系人.
    """
    for found in reversed(contacts(line, words.labels)):
        line = f"{line[: found.start]}[{MARKS[found.kind]}]{line[found.end :]}"
    if LABEL_END.search(line):
        line = words.labelled_name.sub(_without_name, line)
    for pattern in words.marked_names if "[" in line else ():
        line = pattern.sub(_without_name, line)
    return words.introduced_name.sub(_without_name, line)


def redact_lines(lines: Sequence[str], words: RedactWords) -> list[str]:
    """The lines of one page, and what they hold only together."""
    shown = [redact(line, words) for line in lines]
    for pieces in broken_numbers(shown):
        for number, start, end in pieces:
            shown[number] = f"{shown[number][:start]}[PHONE]{shown[number][end:]}"
    return shown


@once_a_line
def seen_in(line: str, words: RedactWords) -> tuple[Seen, ...]:
    """Contacts of one line (own script, not yet redacted) and its registrations."""
    found = contacts(line, words.labels)
    seen = [Seen(one.kind, one.value) for one in found if one.kind in FINGERPRINTED]
    if MAY_REGISTER.search(line):
        seen += [Seen(kind, value) for kind, value in registrations(line)]
    return tuple(seen)


def keyed_hash(seen: Seen, key: bytes) -> str:
    """Nobody without the key can try all phone numbers against it."""
    keyed = _keyed(key).copy()
    keyed.update(f"{seen.kind}:{seen.value}".encode())
    return keyed.hexdigest()[:HASH_CHARS]


@lru_cache(maxsize=1)
def _keyed(key: bytes) -> hmac.HMAC:
    """To begin one takes ten times as long as to go on with a copy."""
    return hmac.new(key, digestmod="sha256")


def _without_name(match: re.Match[str]) -> str:
    start, end = (place - match.start() for place in match.span("name"))
    return f"{match[0][:start]}[NAME]{match[0][end:]}"


__all__ = [
    "Contact",
    "RedactWords",
    "Seen",
    "keyed_hash",
    "redact",
    "redact_lines",
    "seen_in",
    "seen_in_source",
]
