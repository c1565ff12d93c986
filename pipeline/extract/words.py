"""The words of page furniture, from the topic's page.toml, made ready for comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

NOT_LETTERS = re.compile(r"[^\w©℃]+|_")


def letters(text: str) -> str:
    """Letters, Han and digits in lower case: the form in which furniture is compared.

    >>> letters("您好!欢迎访问 XX频道!")
    '您好欢迎访问xx频道'
    """
    return NOT_LETTERS.sub("", text).lower()


@dataclass(frozen=True)
class PageWords:
    """One field per list of datasets/overdue/page.toml; words as `letters`, patterns compiled."""

    greeting_openers: tuple[str, ...]
    greeting_max: int
    contact_openers: tuple[str, ...]
    contact_filler: re.Pattern[str]
    action_strong: tuple[str, ...]
    action_weak: tuple[str, ...]
    action_negations: tuple[str, ...]
    action_marks: tuple[str, ...]
    action_max: int
    meta_filler: re.Pattern[str]
    meta_label: re.Pattern[str]  # with its colon
    author: re.Pattern[str]
    author_suffix: re.Pattern[str]
    date: re.Pattern[str]
    category: re.Pattern[str]
    labels: frozenset[str]
    summary_labels: frozenset[str]  # 小编总结: a heading of its own, stays in the text
    disclaimer_openers: tuple[str, ...]
    disclaimer_words: tuple[str, ...]
    registration: re.Pattern[str]
    registration_max: int
    share_lines: frozenset[str]
    share_openers: tuple[str, ...]
    share_max: int
    related_heads: frozenset[str]
    related_openers: tuple[str, ...]
    related_teasers: tuple[str, ...]
    related_max: int
    comment_heads: frozenset[str]
    navigation_lines: frozenset[str]
    navigation_openers: tuple[str, ...]
    separators: re.Pattern[str]
    crumbs: re.Pattern[str]
    home: tuple[str, ...]
    soft_404: tuple[str, ...]
    soft_404_max: int
    roles: dict[str, tuple[str, ...]]  # section roles: intro, advice, summary -> words of a heading

    @classmethod
    def of(cls, table: dict[str, Any]) -> PageWords:
        """From the parsed file; a missing key is an error of the definition that names it."""
        meta, action, related = table["meta"], table["call_to_action"], table["related"]
        return cls(
            greeting_openers=_openers(table["greeting"]["openers"]),
            greeting_max=table["greeting"]["max_chars"],
            contact_openers=_openers(table["contact"]["openers"]),
            contact_filler=_any_of(table["contact"]["filler"]),
            action_strong=_openers(action["strong"]),
            action_weak=_openers(action["weak"]),
            action_negations=tuple(action["negations"]),
            action_marks=tuple(action["marks"]),
            action_max=action["max_chars"],
            meta_filler=_any_of(meta["labels"]),
            meta_label=re.compile(rf"(?:{_any_of(meta['labels']).pattern})\s*[:：]"),
            author=_labelled(meta["author_labels"], r"[\w·. -]{2,20}?(?=$|\s|[|｜/／,，;；])"),
            author_suffix=re.compile(rf"\w{{1,4}}(?:{_any_of(meta['author_suffixes']).pattern})"),
            date=_labelled(meta["date_labels"], r"[0-9].{5,30}"),
            category=_labelled(meta["category_labels"], r"[\w-]{2,20}"),
            labels=frozenset(map(letters, table["labels"]["lines"])),
            summary_labels=frozenset(map(letters, table["labels"]["summary"])),
            disclaimer_openers=_openers(table["disclaimer"]["openers"]),
            disclaimer_words=_openers(table["disclaimer"]["words"]),
            registration=re.compile("|".join(table["registration"]["patterns"])),
            registration_max=table["registration"]["max_chars"],
            share_lines=frozenset(map(letters, table["share"]["lines"])),
            share_openers=_openers(table["share"]["openers"]),
            share_max=table["share"]["max_chars"],
            related_heads=frozenset(map(letters, related["heads"])),
            related_openers=tuple(related["openers"]),
            related_teasers=_openers(related["teasers"]),
            related_max=related["max_opener_chars"],
            comment_heads=frozenset(map(letters, table["comments"]["heads"])),
            navigation_lines=frozenset(map(letters, table["navigation"]["lines"])),
            navigation_openers=_openers(table["navigation"]["openers"]),
            separators=_any_of(table["navigation"]["separators"]),
            crumbs=_any_of(table["navigation"]["crumbs"]),
            home=_openers(table["navigation"]["home"]),
            soft_404=_openers(table["not_article"]["soft_404"]),
            soft_404_max=table["not_article"]["max_chars"],
            roles={role: tuple(said) for role, said in table["roles"].items()},
        )


def _openers(said: list[str]) -> tuple[str, ...]:
    return tuple(letters(word) for word in said)


def _any_of(said: list[str]) -> re.Pattern[str]:
    """Longest first, so that 责任编辑 is taken whole."""
    return re.compile("|".join(re.escape(word) for word in sorted(said, key=lambda word: (-len(word), word))))


def _labelled(labels: list[str], value: str) -> re.Pattern[str]:
    """`作者：` and its value; a word that merely holds the label (校友文：) is none."""
    before = r"(?:^|[\s|｜/／,，;；\[【(（])"
    return re.compile(rf"{before}(?:{_any_of(labels).pattern})\s*[:：]\s*(?P<value>{value})")
