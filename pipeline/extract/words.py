"""The words of page furniture, from the topic's page.toml, made ready for comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.line_memory import once_a_line

NOT_LETTERS = re.compile(r"[^\w©℃][^\w©℃]*")  # not `+`: a search skips to where a class begins the pattern


def letters(text: str) -> str:
    """Letters, Han and digits in lower case: the form in which furniture is compared.

    >>> letters("您好!欢迎访问 XX频道!")
    '您好欢迎访问xx频道'
    """
    if text.isalnum():
        return text.lower()
    return _letters(text)


def may_begin(text: str, said: str) -> bool:
    """Whether its letters may begin with these: it holds the first. Rules out nearly every line at once."""
    return not said or said[0] in text or said[0].upper() in text


def is_head(text: str, words: PageWords) -> bool:
    """Whether it heads a list of other articles or of comments; most first letters say that it does not."""
    first = text[:1]
    if first.isalnum() and first.lower()[0] not in words.list_starts:
        return False
    return letters(text) in words.list_heads


def says(text: str, said: str) -> bool:
    """Whether these are its letters.

    >>> says("【逾期】 怎么办", "逾期怎么办"), says("怎么办", "逾期怎么办")
    (True, False)
    """
    return may_begin(text, said) and letters(text) == said


@once_a_line  # a page asks it of each of its lines several times, a site of each menu entry
def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", text.replace("_", "")).lower()


@dataclass(frozen=True, slots=True)
class Signed:
    """A pattern, and what each of its matches holds: a sign that is found in a tenth of the time."""

    pattern: re.Pattern[str]
    sign: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.sign.search(text) else None


@dataclass(frozen=True, eq=False)
class PageWords:
    """One field per list of datasets/overdue/page.toml; words as `letters`, patterns compiled.

    One is as good as itself only, so that what it says of a line can be kept: see line_memory.py.
    """

    greeting_openers: tuple[str, ...]
    greeting_max: int
    contact_openers: tuple[str, ...]
    contact_filler: re.Pattern[str]
    contact_own: re.Pattern[str]  # 本站, 站长: the site's own, whatever stands beside it
    contact_vendors: re.Pattern[str]  # 技术支持: what follows is the builder's of the site; in lower case
    contact_public: re.Pattern[str]  # 举报中心: an authority's
    contact_offers: re.Pattern[str]  # 停息挂账, 免费: what adverts offer
    action_strong: re.Pattern[str]
    action_buttons: re.Pattern[str]
    action_weak: re.Pattern[str]
    action_told: re.Pattern[str]
    narrated: re.Pattern[str]
    offers: re.Pattern[str]
    offer_filler: re.Pattern[str]
    action_negations: re.Pattern[str]
    action_marks: re.Pattern[str]
    action_max: int
    meta_filler: re.Pattern[str]
    meta_label: re.Pattern[str]  # with its colon
    meta_notes: re.Pattern[str]  # the whole line, as Line.lower
    author_label: Signed
    editor_label: Signed
    author_suffix: re.Pattern[str]
    nobody: frozenset[str]
    not_persons: tuple[str, ...]
    reporters: re.Pattern[str]
    reporter_ends: re.Pattern[str]
    published_before: re.Pattern[str]  # ends where the date begins
    published_short: Signed  # ends where a year in two digits begins
    published_behind: re.Pattern[str]
    weak_before: re.Pattern[str]
    updated_before: re.Pattern[str]
    updated_behind: re.Pattern[str]
    other_dates: re.Pattern[str]
    category: re.Pattern[str]
    channel_suffixes: tuple[str, ...]
    labels: frozenset[str]
    summary_labels: frozenset[str]  # 小编总结: a heading of its own, stays in the text
    disclaimer_openers: tuple[str, ...]
    disclaimer_words: tuple[str, ...]
    disclaimer_prefixes: tuple[str, ...]  # longest first
    disclaimer_subjects: tuple[str, ...]
    disclaimer_says: tuple[str, ...]
    disclaimer_rights: re.Pattern[str]  # the whole line, as Line.lower
    caption_label: re.Pattern[str]  # at the beginning
    caption_credit: Signed  # at the end
    caption_max: int
    closing: re.Pattern[str]  # the whole line, as Line.lower
    closing_max: int
    registration: re.Pattern[str]
    registration_max: int
    pager: re.Pattern[str]
    pager_filler: re.Pattern[str]
    pager_max: int
    share_lines: frozenset[str]
    share_buttons: re.Pattern[str]  # some of them without a gap
    share_openers: tuple[str, ...]
    share_starts: frozenset[str]  # first letters of all these
    share_max: int
    related_heads: frozenset[str]
    related_openers: tuple[str, ...]
    related_teasers: tuple[str, ...]
    teaser_ends: frozenset[str]  # their last letters
    related_max: int
    comment_heads: frozenset[str]
    list_heads: frozenset[str]  # of either
    list_starts: frozenset[str]  # their first letters
    navigation_lines: frozenset[str]
    navigation_openers: tuple[str, ...]
    separators: re.Pattern[str]
    crumbs: re.Pattern[str]
    crumb_leaves: frozenset[str]  # what the page itself is called in them
    home: tuple[str, ...]
    soft_404: tuple[str, ...]
    soft_404_max: int
    site_selves: tuple[str, ...]
    site_abouts: tuple[tuple[str, ...], ...]  # what a site is, and what it does
    gate_titles: frozenset[str]  # login, captcha
    gates: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]  # section roles: intro, advice, summary -> words of a heading

    @classmethod
    def of(cls, table: dict[str, Any]) -> PageWords:
        """From the parsed file; a missing key is an error of the definition that names it."""
        meta, action, related = table["meta"], table["call_to_action"], table["related"]
        heads = [*related["heads"], *table["comments"]["heads"]]
        return cls(
            greeting_openers=_openers(table["greeting"]["openers"]),
            greeting_max=table["greeting"]["max_chars"],
            contact_openers=_openers(table["contact"]["openers"]),
            contact_filler=_any_of(table["contact"]["filler"]),
            contact_own=_any_of(_openers(table["contact"]["own"])),
            contact_vendors=_any_of(table["contact"]["vendors"]),
            contact_public=_any_of(_openers(table["contact"]["public"])),
            contact_offers=_any_of(_openers(table["contact"]["offers"])),
            action_strong=_any_of(_openers(action["strong"])),
            action_buttons=_any_of(_openers(action["buttons"])),
            action_weak=_any_of(_openers(action["weak"])),
            action_told=_any_of(_openers(action["told"])),
            narrated=re.compile("|".join(action["narrated"])),
            offers=re.compile("|".join(action["offers"])),
            offer_filler=_any_of(_openers(action["offer_filler"])),
            action_negations=_any_of(action["negations"]),
            action_marks=_any_of(action["marks"]),
            action_max=action["max_chars"],
            meta_filler=_any_of(meta["labels"]),
            meta_label=re.compile(rf"(?:{_any_of(meta['labels']).pattern})\s*[:：]"),
            meta_notes=re.compile("|".join(meta["notes"])),
            author_label=_signed(_label(meta["author_labels"], meta["nobody"]), meta["author_labels"]),
            editor_label=_signed(_label(meta["editor_labels"], meta["nobody"]), meta["editor_labels"]),
            author_suffix=re.compile(rf"\w{{1,4}}(?:{_any_of(meta['author_suffixes']).pattern})"),
            nobody=frozenset(map(letters, meta["nobody"])),
            not_persons=_openers(meta["not_persons"]),
            reporters=_any_of(meta["reporters"]),
            reporter_ends=_any_of(meta["reporter_ends"]),
            published_before=_before(meta["published_labels"]),
            published_short=_signed(
                _before(meta["published_labels"], r"[:：]?\s*(?=\d\d(?!\d))"),
                meta["published_labels"],
                r"[\s:：@]*\d",
            ),
            published_behind=_any_of(meta["published_suffixes"]),
            weak_before=_before(meta["weak_date_labels"]),
            updated_before=_before(meta["updated_labels"]),
            updated_behind=_any_of(meta["updated_suffixes"]),
            other_dates=_any_of(meta["other_dates"]),
            category=_labelled(meta["category_labels"], r"[\w-]{2,20}"),
            channel_suffixes=_openers(meta["channel_suffixes"]),
            labels=frozenset(map(letters, table["labels"]["lines"])),
            summary_labels=frozenset(map(letters, table["labels"]["summary"])),
            disclaimer_openers=_openers(table["disclaimer"]["openers"]),
            disclaimer_words=_openers(table["disclaimer"]["words"]),
            disclaimer_prefixes=tuple(sorted(_openers(table["disclaimer"]["prefixes"]), key=_longest)),
            disclaimer_subjects=_openers(table["disclaimer"]["subjects"]),
            disclaimer_says=_openers(table["disclaimer"]["says"]),
            disclaimer_rights=re.compile("|".join(table["disclaimer"]["rights"])),
            caption_label=re.compile("|".join(table["caption"]["labels"])),
            caption_credit=Signed(
                re.compile("|".join(table["caption"]["credits"])), _any_of(table["caption"]["credit_signs"])
            ),
            caption_max=table["caption"]["max_chars"],
            closing=_closing(table["closing"]),
            closing_max=table["closing"]["max_chars"],
            registration=re.compile("|".join(table["registration"]["patterns"])),
            registration_max=table["registration"]["max_chars"],
            pager=re.compile("|".join(table["paging"]["words"])),
            pager_filler=re.compile("|".join(table["paging"]["filler"])),
            pager_max=table["paging"]["max_chars"],
            share_lines=frozenset(map(letters, table["share"]["lines"])),
            share_buttons=re.compile(f"(?:{_any_of(map(letters, table['share']['lines'])).pattern})+"),
            share_openers=_openers(table["share"]["openers"]),
            share_starts=frozenset(
                letters(word)[0] for word in (*table["share"]["lines"], *table["share"]["openers"])
            ),
            share_max=table["share"]["max_chars"],
            related_heads=frozenset(map(letters, related["heads"])),
            related_openers=tuple(related["openers"]),
            related_teasers=_openers(related["teasers"]),
            teaser_ends=frozenset(word[-1] for word in _openers(related["teasers"])),
            related_max=related["max_opener_chars"],
            comment_heads=frozenset(map(letters, table["comments"]["heads"])),
            list_heads=frozenset(map(letters, heads)),
            list_starts=frozenset(letters(head)[0] for head in heads),
            navigation_lines=frozenset(map(letters, table["navigation"]["lines"])),
            navigation_openers=_openers(table["navigation"]["openers"]),
            separators=_any_of(table["navigation"]["separators"]),
            crumbs=_any_of(table["navigation"]["crumbs"]),
            crumb_leaves=frozenset(map(letters, table["navigation"]["leaves"])),
            home=_openers(table["navigation"]["home"]),
            soft_404=_openers(table["not_article"]["soft_404"]),
            soft_404_max=table["not_article"]["max_chars"],
            site_selves=_openers(table["not_article"]["selves"]),
            site_abouts=(_openers(table["not_article"]["is"]), _openers(table["not_article"]["does"])),
            gate_titles=frozenset(map(letters, table["not_article"]["gate_titles"])),
            gates=_openers(table["not_article"]["gates"]),
            roles={role: tuple(said) for role, said in table["roles"].items()},
        )


def _openers(said: list[str]) -> tuple[str, ...]:
    return tuple(letters(word) for word in said)


def _any_of(said: Iterable[str]) -> re.Pattern[str]:
    """Longest first, so that 责任编辑 is taken whole."""
    return re.compile("|".join(re.escape(word) for word in sorted(said, key=_longest)))


def _closing(table: dict[str, Any]) -> re.Pattern[str]:
    """An opener, loose ones only with a tail; up to four tails, or tails alone."""
    opener, loose, tail = ("|".join(table[name]) for name in ("openers", "loose_openers", "tails"))
    mark = "[，,。！!；;]"
    return re.compile(
        rf"(?:{opener})(?:{mark}(?:{tail})){{0,4}}|(?:(?:{loose}){mark})?(?:{tail})(?:{mark}(?:{tail})){{0,3}}"
    )


def _labelled(labels: list[str], value: str) -> re.Pattern[str]:
    """`分类：` and its value."""
    return re.compile(rf"{_label(labels).pattern}\s*(?P<value>{value})")


def _label(labels: list[str], after: Sequence[str] = ()) -> re.Pattern[str]:
    """`作者：`, its letters perhaps set apart (`作 者：`); a word that merely holds it (校友文：) is none.

    It may follow one of `after` without a blank: `来源：转载作者：…`.
    """
    apart = "|".join(r"[ \u3000]*".join(map(re.escape, label)) for label in sorted(labels, key=_longest))
    behind = "".join(f"|(?<={re.escape(word)})" for word in after if len(word) > 1)
    return re.compile(rf"(?:^|[^\w:：]{behind})(?:{apart})\s*[:：]", re.IGNORECASE)


def _signed(pattern: re.Pattern[str], labels: Iterable[str], behind: str = r"\s*[:：]") -> Signed:
    """Its sign: the last letter of a label, and what follows it."""
    ends = "".join(sorted({case for label in labels for case in (label[-1].lower(), label[-1].upper())}))
    return Signed(pattern, re.compile(f"[{re.escape(ends)}]{behind}"))


def _before(labels: list[str], end: str = "$") -> re.Pattern[str]:
    """The label right before a date, with or without a colon."""
    said = "|".join(re.escape(label) for label in sorted(labels, key=_longest))
    return re.compile(rf"(?:{said})\s*[:：@]?\s*{end}", re.IGNORECASE)


def _longest(word: str) -> tuple[int, str]:
    return (-len(word), word)
