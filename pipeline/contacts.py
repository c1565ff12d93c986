"""Contacts of people in a line, also where a page hides them: １３８…, 138-0013-8000, 一三八…, a（at）b."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.readings import SYLLABLE
from pipeline.script import characters


class Contact(NamedTuple):
    """`line[start:end]`; `value` is the same however it was written."""

    start: int
    end: int
    kind: str  # phone | email | qq | wechat | id | card
    value: str


# Digits in whatever dress, letters lower case, full-width ASCII: one code point for one.
_DIGITS = (*range(0xB2, 0x2800), *range(0xFF10, 0xFF1A), *range(0x1D7CE, 0x1D800), *range(0x1F100, 0x1F10B))
PLAIN = {code: str(unicodedata.digit(chr(code))) for code in _DIGITS if unicodedata.digit(chr(code), -1) >= 0}
PLAIN |= {0xFF00 + code: chr(0x20 + code).lower() for code in range(1, 0x5F)}
PLAIN |= {code: chr(code).lower() for code in range(0x41, 0x5B)} | {0x3000: " "}
NUMERALS = str.maketrans("〇零一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖", "001234567891122334566789")

BETWEEN = "[ \\t\u00a0\u200b-\u200d\u2060\ufe0f\u20e3_.·•*~/|\u2010-\u2015\u2212-]{0,3}"
DIGIT = f"(?:{BETWEEN}[0-9])"
EDGE, END = r"(?<![0-9])(?<![0-9]\.)", "(?![0-9])"
MOBILE = re.compile(rf"{EDGE}(?:\(?\+?(?:00)?86\)?{BETWEEN})?1{BETWEEN}[3-9]{DIGIT}{{9}}{END}")
AREA = "0(?:10|2[0-9]|[3-9][0-9]{2})"
LANDLINE = re.compile(
    rf"{EDGE}(?:\+?86[ -]{{0,2}})?(?:\({AREA}\)[ -]{{0,2}}|{AREA}[ \u2010-\u2015-]{{1,3}})"
    rf"[1-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?P<extension>[-转轉][0-9]{{1,5}})?{END}"
)
TOLL_FREE = re.compile(rf"{EDGE}[48]00[- ][0-9]{{3,4}}[- ]?[0-9]{{3,4}}{END}")
ABROAD = re.compile(r"(?<![0-9])\+[1-9][0-9]{0,2}[ -]?[0-9](?:[ -]?[0-9]){6,11}" + END)
# After a label of telephones: anything as long as a number; not 10109588 (public), not 20241211 (a date).
BARE_PHONE = re.compile(
    rf"(?:{AREA}[1-9][0-9]{{6,7}}|[48]00[0-9]{{7}}"
    rf"|(?!10[0-9]{{6}}{END}|(?:19|20)[0-9]{{2}}[01][0-9][0-3][0-9]{END})[2-9][0-9]{{6,7}}){END}"
)
AT = r"(?:@|\(at\)|\[at\]|\{at\}|【at】| at |#|\(a\)|艾特)"
DOT = r"(?:\.|。|点|點|\(dot\)|\[dot\]| dot )"
LABEL = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
TLDS = "com|cn|net|org|info|biz|top|vip|xyz|cc|me|io|hk|tw|edu|gov|site|online|club|email|example|test"
HOST = re.compile(
    rf" ?{AT} ?(?P<host>(?:{LABEL} ?{DOT} ?){{1,4}}(?:{TLDS}|(?<=\.)[a-z]{{2,12}}))(?![a-z0-9-])"
)
LOCAL = re.compile(r"[a-z0-9._%+-]{1,64}$")
IDENTITY = re.compile(rf"{EDGE}[1-9][0-9]{{5}}[ -]?(?:18|19|20)[0-9]{{6}}[ -]?[0-9]{{3}}[0-9x]{END}")
LONG_NUMBER = re.compile(rf"{EDGE}[0-9](?:[ -]?[0-9]){{15,18}}{END}")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
LINKED = r"[\s:=：号號群是为為加搜\])）】]"
AMOUNT = re.compile(" ?[元万萬块塊%天条條人年月]")
CONTACT_CHARS = re.compile("[0-9a-z]")
SHORTEST = 5  # a QQ number; most lines hold less and need no closer look
MAX_LABEL_GAP = 8  # characters between a label of telephones and a number without a shape of its own


@dataclass(frozen=True)
class Labels:
    """What stands before a contact, from repair.toml, ready to match in either script."""

    phone: re.Pattern[str]
    qq: re.Pattern[str]
    wechat: re.Pattern[str]
    identity: re.Pattern[str]
    card: re.Pattern[str]

    @classmethod
    def of(cls, table: dict[str, Any]) -> Labels:
        named = {key: spelled(table[key]) for key in ("phone", "qq", "wechat", "id_card", "card")}
        handle = r"(?P<handle>[a-z0-9][a-z0-9_-]{5,19}|[0-9]{5,11})(?![a-z0-9_-])"
        numbered = r"(?P<value>(?=[a-z_-]*[0-9_])[a-z][a-z0-9_-]{5,19}|[0-9]{5,11})(?![a-z0-9_-])"
        return cls(
            re.compile(rf"{named['phone']}[^0-9+]{{0,{MAX_LABEL_GAP}}}(?P<value>{BARE_PHONE.pattern})"),
            re.compile(rf"{named['qq']}{LINKED}{{0,5}}(?P<value>[1-9](?:[ -]?[0-9]){{4,10}}){END}"),
            re.compile(rf"{named['wechat']}(?:\s?{numbered}|{LINKED}{{1,5}}{handle})"),
            re.compile(rf"{named['id_card']}{LINKED}{{0,4}}(?P<value>[0-9]{{14,17}}[0-9x]){END}"),
            re.compile(rf"{named['card']}{LINKED}{{0,4}}(?P<value>[0-9](?:[ -]?[0-9]){{14,18}}){END}"),
        )


def contacts(line: str, labels: Labels) -> list[Contact]:
    """In order, never overlapping; what is surer goes first."""
    plain = line.translate(PLAIN)
    spoken = plain.translate(NUMERALS)
    if len(CONTACT_CHARS.findall(spoken)) < SHORTEST:
        return []
    taken = bytearray(len(line))
    kept: list[Contact] = []
    for found in itertools.chain(
        _mails(plain),
        _labelled(labels.identity, "id", plain),
        _labelled(labels.card, "card", plain),
        _identities(plain),
        _cards(plain),
        _labelled(labels.qq, "qq", plain),
        _phones(plain),  # 张三138…: here 三 is a name's
        _phones(spoken) if spoken != plain else (),
        _labelled(labels.wechat, "wechat", plain),
        _labelled(labels.phone, "phone", plain),
    ):
        if taken.find(1, found.start, found.end) < 0:
            taken[found.start : found.end] = bytes([1]) * (found.end - found.start)
            kept.append(found)
    return sorted(kept)


def spelled(words: Iterable[str]) -> str:
    """A pattern of words in simplified or traditional script, annotated or not.

    >>> bool(re.fullmatch(spelled(["联系人"]), "聯(lián)系人"))
    True
    """
    variants: dict[str, str] = {}
    for traditional, simplified in characters().simplified_of.items():
        variants[simplified] = variants.get(simplified, simplified) + traditional
    note = rf"(?:[(（]\s?{SYLLABLE}\s?[)）])?"
    longest_first = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(_spelled(word, variants, note) for word in longest_first) + ")"


def _spelled(word: str, variants: dict[str, str], note: str) -> str:
    if word.isascii():
        return rf"(?<![a-z]){re.escape(word)}"
    return r"\s?".join(f"[{variants.get(char, char)}]{note}" for char in word)


def _mails(plain: str) -> Iterator[Contact]:
    for match in HOST.finditer(plain):
        local = LOCAL.search(plain, max(0, match.start() - 64), match.start())
        if local:
            host = re.sub(DOT, ".", match["host"].replace(" ", ""))
            yield Contact(local.start(), match.end(), "email", f"{local[0]}@{host}")


def _labelled(pattern: re.Pattern[str], kind: str, plain: str) -> Iterator[Contact]:
    for match in pattern.finditer(plain):
        for name in ("value", "handle"):
            if match.groupdict().get(name):
                yield Contact(*match.span(name), kind, re.sub(r"[ -]", "", match[name]))


def _phones(spoken: str) -> Iterator[Contact]:
    for match in MOBILE.finditer(spoken):
        amount = " " in match[0] and AMOUNT.match(spoken, match.end())
        if _is_grouped_like_a_number(match[0]) and not amount:
            yield Contact(*match.span(), "phone", _digits(match[0])[-11:])
    for match in LANDLINE.finditer(spoken):
        number = match[0].removesuffix(match["extension"] or "")
        yield Contact(*match.span(), "phone", re.sub(r"^86(?=0)", "", _digits(number)))
    for pattern in (TOLL_FREE, ABROAD):
        for match in pattern.finditer(spoken):
            yield Contact(*match.span(), "phone", _digits(match[0]))


def _is_grouped_like_a_number(text: str) -> bool:
    """138 0013 8000, 1-3-8-0…, 13-80-01-…; not 13.5-14.6-15.7-16, a series of figures."""
    groups = re.findall("[0-9]+", text[text.rindex("86") + 2 :] if re.match(r"\(?\+?(00)?86", text) else text)
    sizes = {len(group) for group in groups[1:]}
    pairs = sizes <= {1, 2} and len(groups[0]) == 2 and len(set(re.findall("[^0-9]+", text))) == 1
    return sizes <= {1} or min(sizes) >= 3 or (pairs and " " not in text)


def _identities(plain: str) -> Iterator[Contact]:
    for match in IDENTITY.finditer(plain):
        value = re.sub("[ -]", "", match[0])
        total = sum(int(d) * w for d, w in zip(value, IDENTITY_WEIGHTS, strict=False))
        if "10x98765432"[total % 11] == value[-1]:
            yield Contact(*match.span(), "id", value)


def _cards(plain: str) -> Iterator[Contact]:
    for match in LONG_NUMBER.finditer(plain):
        if _passes_luhn(value := _digits(match[0])):
            yield Contact(*match.span(), "card", value)


def _passes_luhn(value: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in value[-2::-2])
    return (sum(map(int, value[-1::-2])) + sum(doubled)) % 10 == 0 and len(set(value)) > 1


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)
