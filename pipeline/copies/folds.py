"""What copies of one text may differ in: the topic's data, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.codes import Pairs
from pipeline.copies.quoted import NO_WORDS, Quoting
from pipeline.copies.words import NOTHING, Opened, any_of, beginning, one_of
from pipeline.topic import Topic

# Punctuation is dropped, so these cannot be the text's own.
PLATFORM, NUMBER, PLACE, DATE, AMOUNT, PERSON = "※", "#", "@", "&", "$", "~"
MASK_OF = {"date": DATE, "amount": AMOUNT, "number": NUMBER, "place": PLACE, "person": PERSON}
NUMERALS = "一二三四五六七八九十百千万亿两零〇几数半"
REDACTED = r"\[[A-Z]{2,8}\]"
DIGITS = r"\d+(?:[.,:/\-－—~～]\d+)*[%％‰]?[万千百亿]*"
TEN = "[一二三四五六七八九十]{1,3}"
DATES = (
    r"\d{4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?|\d{2}年\d{1,2}月(?:\d{1,2}[日号])?"
    r"|\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?|(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)"
    rf"|[零〇一二三四五六七八九]{{4}}年(?:{TEN}月(?:{TEN}[日号])?)?|{TEN}月{TEN}[日号]"
)
NUMBERING = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}(?:\.\d{1,2}){0,3}[、.．)）\s])"
)


@dataclass(frozen=True)
class Folds:
    """Deleted words, word pairs, units, money, places and persons of a topic; `masks.toml`."""

    deleted: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    place_ends: tuple[str, ...] = ()
    surnames: str = ""
    titles: tuple[str, ...] = ()
    beside_names: tuple[str, ...] = ()
    quoting: Quoting = NO_WORDS

    @classmethod
    def of(cls, topic: Topic) -> Folds:
        table = topic.tables.get("masks", {})
        return cls(
            deleted=tuple(table.get("deleted", ())),
            same=tuple(table.get("same", {}).items()),
            units=tuple(table.get("units", ())),
            places=tuple(table.get("places", ())),
            money=tuple(table.get("money", ())),
            place_ends=tuple(table.get("place_ends", ())),
            surnames=table.get("surnames", ""),
            titles=tuple(table.get("titles", ())),
            beside_names=tuple(table.get("beside_names", ())),
            quoting=Quoting.of(table.get("quoting", {})),
        )

    @cached_property
    def slot(self) -> Opened:
        """What a template fills in besides names, its type as the name of the group (MASK_OF)."""
        behind = one_of([*NUMERALS, *"余多月", *(word[0] for word in (*self.units, *self.money) if word)])
        opening = Pairs.of(
            [
                (r"[\d¥￥]", None),
                (r"\[", "[A-Z]"),
                (one_of(NUMERALS), rf"{behind}|\s"),
                *beginning(self.places),
                (one_of(self.surnames), one_of(title[0] for title in self.titles if title)),
            ]
        )
        return Opened(opening, self._slot)

    @cached_property
    def _slot(self) -> re.Pattern[str]:
        units, money = (any_of(words) or NOTHING for words in (self.units, self.money))
        amount = f"[¥￥]\\s?{DIGITS}|(?:{DIGITS}|[{NUMERALS}]+)[余多]?\\s?(?:{money})"
        number = f"{REDACTED}|{DIGITS}|[{NUMERALS}]+(?={units})"
        place = f"(?:{any_of(self.places) or '(?!)'})(?:{any_of(self.place_ends)})?"
        titles = any_of(self.titles)
        person = f"[{self.surnames}]{titles}" if self.surnames and titles else NOTHING
        values = f"(?P<date>{DATES})|(?P<amount>{amount})|(?P<number>{number})"
        return re.compile(f"(?=[\\d¥￥\\[{NUMERALS}])(?:{values})|(?P<place>{place})|(?P<person>{person})")

    @cached_property
    def place(self) -> Opened:
        return Opened(Pairs.of(beginning(self.places)), re.compile(any_of(self.places) or NOTHING))

    @cached_property
    def words(self) -> dict[str, str]:
        return {**dict.fromkeys(self.deleted, ""), **dict(self.same)}

    @cached_property
    def word(self) -> re.Pattern[str]:
        return re.compile(any_of(self.words) or NOTHING)


@lru_cache(maxsize=1)
def kept_folds(topic: Topic) -> Folds:
    """The same for one topic in one process, with the patterns that it has compiled."""
    return Folds.of(topic)
