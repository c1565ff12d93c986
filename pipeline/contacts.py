"""Contacts of people in a line, also where a page hides them: １３８…, 138-0013-8000, 一三八…, a（at）b."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline.codes import translated, translation
from pipeline.readings import SYLLABLE
from pipeline.script import characters


class Contact(NamedTuple):
    """`line[start:end]`; `value` is the same however it was written."""

    start: int
    end: int
    kind: str  # phone | email | qq | wechat | id | card, or a key of `[redact.accounts]`
    value: str


# Digits in whatever dress, letters lower case, full-width ASCII: one code point for one.
_DIGITS = (*range(0xB2, 0x2800), *range(0xFF10, 0xFF1A), *range(0x1D7CE, 0x1D800), *range(0x1F100, 0x1F10B))
PLAIN = {code: str(unicodedata.digit(chr(code))) for code in _DIGITS if unicodedata.digit(chr(code), -1) >= 0}
PLAIN |= {0xFF00 + code: chr(0x20 + code).lower() for code in range(1, 0x5F)}
PLAIN |= {code: chr(code).lower() for code in range(0x41, 0x5B)} | {0x3000: " "}
NUMERALS = dict(
    zip(map(ord, "〇零一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖"), "001234567891122334566789", strict=True)
)
TO_PLAIN, TO_DIGITS = translation(PLAIN), translation(NUMERALS)

BETWEEN = "[ \\t\u00a0\u200b-\u200d\u2060\ufe0f\u20e3_.·•*~/|\u2010-\u2015\u2212-]{0,3}"
DIGIT = f"(?:{BETWEEN}[0-9])"
EDGE, END = r"(?<![0-9])(?<![0-9]\.)", "(?![0-9])"
MOBILE = re.compile(rf"{EDGE}(?:\(?\+?(?:00)?86\)?{BETWEEN}|0)?1{BETWEEN}[3-9]{DIGIT}{{9}}{END}")
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
AT_SIGN = re.compile(AT)
LOCAL = re.compile(r"[a-z0-9._%+-]{1,64}$")
HAN_LOCAL = re.compile("(?:(?![到至为是于给往在向发请])[\u3400-\u9fff]){1,4}$")  # 某人@example.com: a name
ACCOUNT = r"(?P<value>(?=[0-9._-]*[a-z])[a-z0-9][a-z0-9._-]{2,28}[a-z0-9_]|[0-9]{6,20})(?![a-z0-9_-]|:/)"
ACCOUNT_LINK = r"\s?(?:[(（\[]?\s?(?:id|账号|帐号|[号號])[)）\]]?\s?[:=：]?|[:=：搜])\s?@?"
# Telegram's own forms need no label. @某某 is a mention, a@b an address, @2x the name of a picture.
TELEGRAM = re.compile(
    r"(?:t|telegram)\.me/(?P<link>\+?[a-z0-9_]{5,32})(?![a-z0-9_])"
    r"|(?<![a-z0-9._%+@/-])@(?P<at>[a-z][a-z0-9_]{4,31})(?![a-z0-9_@]|\.[a-z]|-[a-z])"
)
IDENTITY = re.compile(rf"{EDGE}[1-9](?:[ -]?[0-9]){{16}}[ -]?[0-9x]{END}")
OLD_IDENTITY = re.compile(rf"{EDGE}[1-6][0-9]{{5}}(?P<born>[0-9]{{6}})[0-9]{{3}}{END}")  # no check digit
# As cards begin (ISO/IEC 7812): UnionPay, Visa, Mastercard, JCB and others of 3, old Chinese debit cards.
LONG_NUMBER = re.compile(rf"{EDGE}(?=62|60|81|4|5[1-5]|2[2-7]|3|95)[0-9](?:[ -]?[0-9]){{15,18}}{END}")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
LINKED = r"[\s:=：号號群是为為加搜\])）】]"
AMOUNT = re.compile(" ?[元万萬块塊%天条條人年月]")
SPOKEN = re.compile("[" + "".join(map(chr, NUMERALS)) + "]")
REMEMBERED_CHARS = 400  # longer lines do not return, and would fill the memory
SHORTEST = 5  # a QQ number; most lines hold fewer letters and digits and need no closer look
ENOUGH_CHARS = re.compile(f"(?:[^0-9a-z]*+[0-9a-z]){{{SHORTEST}}}")
# What every match of the patterns for numbers, QQ and WeChat holds. These begin with a digit and are quick;
# those try each label in both scripts at each character.
NUMBER = re.compile("[0-9](?:[^0-9]{0,5}[0-9]){6}")  # a telephone number without its area has seven
LONG = re.compile("[0-9](?:[ -]?[0-9]){13}")  # cards and identity cards
MAY_BE_MOBILE = re.compile(f"1{BETWEEN}[3-9]{DIGIT}{{9}}")
MAY_BE_LANDLINE = re.compile("0[0-9][0-9]")
MAY_BE_TOLL_FREE = re.compile("00[- ][0-9]{3}")
MAY_BE_ABROAD = re.compile(r"\+[1-9]")
MAY_BE_BARE = re.compile("[0-9][0-9]{6}")  # not {7}: a search skips to where a class begins the pattern
QQ_NUMBER = re.compile("[1-9](?:[ -]?[0-9]){4}")
HANDLE = re.compile("[a-z0-9+][a-z0-9._-]{3}")
_ALL = (chr(code) for code in sorted({*range(0x30, 0x7B), *PLAIN, *NUMERALS}))
_HELD = "".join(char for char in _ALL if re.match("[0-9a-z]", char.translate(PLAIN).translate(NUMERALS)))
_NEAR = re.sub("[^\0-\uffff]", "", _HELD)  # with the others in it, the pattern takes nine times as long
MAY_HOLD_CONTACT = re.compile(f"(?:[^{_NEAR}]*+[{_NEAR}]){{{SHORTEST}}}|.*[^\0-\uffff]", re.DOTALL)
MAX_LABEL_GAP = 8  # characters between a label of telephones and a number without a shape of its own
HOTLINE = re.compile("[48]00[0-9]{7}")  # free for the caller: companies have them, people do not
HOTLINE_LABEL_CHARS = 24  # of the words before a hotline that are looked at


@dataclass(frozen=True, eq=False)
class Labels:
    """What stands before a contact, from repair.toml, ready to match in either script.

    One is as good as itself only: to compare patterns would cost more than to search for them.
    """

    phone: re.Pattern[str]
    qq: re.Pattern[str]
    wechat: re.Pattern[str]
    identity: re.Pattern[str]
    card: re.Pattern[str]
    counted: re.Pattern[str]  # 订单号 before a number that is nobody's card
    hotline: re.Pattern[str]  # 某某客服热线 before a hotline
    own: re.Pattern[str]  # 本站, 全国统一: whose hotline it is then
    agents: re.Pattern[str]  # 律师, 咨询: a line that speaks for an agent
    accounts: tuple[tuple[str, re.Pattern[str]], ...]  # kind, 抖音号：…
    any_account: re.Pattern[str]

    @classmethod
    def of(cls, table: dict[str, Any]) -> Labels:
        keys = ("phone", "qq", "id_card", "card", "counted", "hotline", "own", "agents")
        named = {key: spelled(table[key]) for key in keys}
        wechat = first_of(table["wechat"]), behind_first(table["wechat"])
        asked = behind_first(word for word in table["wechat"] if word.startswith(("加", "+")))
        handle = r"(?P<handle>[a-z0-9][a-z0-9_-]{5,19}|[0-9]{5,11})(?![a-z0-9_-])"
        bare = r"(?P<bare>[a-z][a-z0-9_-]{5,19})(?![a-z0-9_-])"  # 加微信abcdef; 微信iphone版 asks for nothing
        numbered = r"(?P<value>(?=[a-z_-]*[0-9_])[a-z][a-z0-9_-]{5,19}|[0-9]{5,11})(?![a-z0-9_-])"
        return cls(
            re.compile(rf"{named['phone']}[^0-9+]{{0,{MAX_LABEL_GAP}}}(?P<value>{BARE_PHONE.pattern})"),
            re.compile(rf"{named['qq']}{LINKED}{{0,5}}(?P<value>[1-9](?:[ -]?[0-9]){{4,10}}){END}"),
            re.compile(
                rf"{wechat[0]}(?:{wechat[1]}(?:\s?{numbered}|{LINKED}{{1,5}}{handle})|{asked}\s?{bare})"
            ),
            re.compile(rf"{named['id_card']}{LINKED}{{0,4}}(?P<value>[0-9]{{14,17}}[0-9x]){END}"),
            re.compile(rf"{named['card']}{LINKED}{{0,4}}(?P<value>[0-9](?:[ -]?[0-9]){{14,18}}){END}"),
            re.compile(rf"{named['counted']}{LINKED}{{0,4}}$"),
            re.compile(rf"(?P<whose>[\u3400-\u9fff]{{2,}}?)的?{named['hotline']}[^。；;!?]{{0,6}}$"),
            re.compile(rf"{named['own']}$"),
            re.compile(named["agents"]),
            tuple(
                (kind, re.compile(spelled(words) + ACCOUNT_LINK + ACCOUNT))
                for kind, words in table["accounts"].items()
            ),
            re.compile(spelled(itertools.chain.from_iterable(table["accounts"].values()))),
        )


def contacts(line: str, labels: Labels) -> Sequence[Contact]:
    """In order, never overlapping; what is surer goes first."""
    if not MAY_HOLD_CONTACT.match(line):
        return ()
    return _remembered(line, labels) if len(line) <= REMEMBERED_CHARS else _contacts(line, labels)


@lru_cache(maxsize=4_096)  # redaction and fingerprints ask for the same lines, the menus of a site recur
def _remembered(line: str, labels: Labels) -> Sequence[Contact]:
    return _contacts(line, labels)


def _contacts(line: str, labels: Labels) -> Sequence[Contact]:
    plain = translated(line, TO_PLAIN)
    spoken = translated(plain, TO_DIGITS) if SPOKEN.search(plain) else plain
    if not ENOUGH_CHARS.match(spoken):
        return ()
    has_number = NUMBER.search(plain) is not None
    has_handle = HANDLE.search(plain) is not None
    taken = bytearray(len(line))
    kept: list[Contact] = []
    for found in itertools.chain(
        _mails(plain) if AT_SIGN.search(plain) else (),
        _long_numbers(plain, labels) if has_number and LONG.search(plain) else (),
        _labelled(labels.qq, "qq", plain) if QQ_NUMBER.search(plain) else (),
        _phones(plain) if has_number else (),  # 张三138…: here 三 is a name's
        _phones(spoken) if spoken != plain and NUMBER.search(spoken) else (),
        _labelled(labels.wechat, "wechat", plain) if has_handle else (),
        _labelled(labels.phone, "phone", plain) if has_number and MAY_BE_BARE.search(plain) else (),
        _accounts(plain, labels) if has_handle and _may_name_account(plain, labels) else (),
    ):
        if taken.find(1, found.start, found.end) < 0 and not _is_platforms(found, plain, labels):
            taken[found.start : found.end] = bytes([1]) * (found.end - found.start)
            kept.append(found)
    return sorted(kept)


def spelled(words: Iterable[str]) -> str:
    """A pattern of words in simplified or traditional script, annotated or not.

    It begins with a class of all first characters: a search skips to the next of them, and takes a tenth of
    the time that a try of each word at each character takes.

    >>> bool(re.fullmatch(spelled(["联系人"]), "聯(lián)系人"))
    True
    """
    held = frozenset(words)
    return first_of(held) + behind_first(held)


def first_of(words: Iterable[str]) -> str:
    """A class of the characters that `spelled` begins with.

    >>> first_of(["联系人", "tel"])
    '[t联聯]'
    """
    return f"[{re.escape(''.join(sorted({char for word in words for char in _variants(word[0])})))}]"


def behind_first(words: Iterable[str]) -> str:
    """Which word it is, and what follows its first character; longest first."""
    note = rf"(?:[(（]\s?{SYLLABLE}\s?[)）])?"
    longest_first = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(_behind_first(word, note) for word in longest_first) + ")"


def _behind_first(word: str, note: str) -> str:
    if word.isascii():
        return rf"(?<=(?<![a-z]){re.escape(word[0])}){re.escape(word[1:])}"
    first, *others = (f"[{_variants(char)}]" for char in word)
    return r"[\s\u2600-\u27bf]{0,2}".join(f"{said}{note}" for said in (f"(?<={first})", *others))


def _variants(char: str) -> str:
    """A character and, of a simplified one, all traditional ones for it."""
    return _traditional().get(char, char)


@cache
def _traditional() -> dict[str, str]:
    variants: dict[str, str] = {}
    for traditional, simplified in characters().simplified_of.items():
        variants[simplified] = variants.get(simplified, simplified) + traditional
    return variants


def _mails(plain: str) -> Iterator[Contact]:
    for match in HOST.finditer(plain):
        local = LOCAL.search(plain, max(0, match.start() - 64), match.start())
        if local is None and "@" in match[0]:
            local = HAN_LOCAL.search(plain, max(0, match.start() - 4), match.start())
        if local:
            host = re.sub(DOT, ".", match["host"].replace(" ", ""))
            yield Contact(local.start(), match.end(), "email", f"{local[0]}@{host}")


def _may_name_account(plain: str, labels: Labels) -> bool:
    return "@" in plain or ".me/" in plain or labels.any_account.search(plain) is not None


def _accounts(plain: str, labels: Labels) -> Iterator[Contact]:
    yield from _labelled(TELEGRAM, "telegram", plain)
    for kind, pattern in labels.accounts:
        yield from _labelled(pattern, kind, plain)


def _labelled(pattern: re.Pattern[str], kind: str, plain: str) -> Iterator[Contact]:
    for match in pattern.finditer(plain):
        for name, said in match.groupdict().items():
            if said:
                yield Contact(*match.span(name), kind, re.sub(r"[ -]", "", said))


def _long_numbers(plain: str, labels: Labels) -> Iterator[Contact]:
    yield from _labelled(labels.identity, "id", plain)
    yield from _labelled(labels.card, "card", plain)
    yield from _identities(plain, labels)
    yield from _cards(plain, labels)


def _phones(spoken: str) -> Iterator[Contact]:
    for match in MOBILE.finditer(spoken) if MAY_BE_MOBILE.search(spoken) else ():
        amount = " " in match[0] and AMOUNT.match(spoken, match.end())
        if _is_grouped_like_a_number(match[0]) and not amount:
            yield Contact(*match.span(), "phone", _digits(match[0])[-11:])
    for match in LANDLINE.finditer(spoken) if MAY_BE_LANDLINE.search(spoken) else ():
        number = match[0].removesuffix(match["extension"] or "")
        yield Contact(*match.span(), "phone", re.sub(r"^86(?=0)", "", _digits(number)))
    for may_be, pattern in ((MAY_BE_TOLL_FREE, TOLL_FREE), (MAY_BE_ABROAD, ABROAD)):
        for match in pattern.finditer(spoken) if may_be.search(spoken) else ():
            yield Contact(*match.span(), "phone", _digits(match[0]))


def _is_grouped_like_a_number(text: str) -> bool:
    """138 0013 8000, 1-3-8-0…, 13-80-01-…; not 13.5-14.6-15.7-16, a series of figures."""
    groups = re.findall("[0-9]+", text[text.rindex("86") + 2 :] if re.match(r"\(?\+?(00)?86", text) else text)
    sizes = {len(group) for group in groups[1:]}
    pairs = sizes <= {1, 2} and len(groups[0]) == 2 and len(set(re.findall("[^0-9]+", text))) == 1
    return sizes <= {1} or min(sizes) >= 3 or (pairs and " " not in text)


def _is_platforms(found: Contact, plain: str, labels: Labels) -> bool:
    """A lender's service line, named as such in a line that speaks for no agent: it stays, as 12378 does.

    某某客服热线400-123-4567 stays; 客服热线：400-123-4567 is the site's own, 停息挂账咨询400-… an agent's.
    """
    if found.kind != "phone" or not HOTLINE.fullmatch(found.value):
        return False
    named = labels.hotline.search(plain, max(0, found.start - HOTLINE_LABEL_CHARS), found.start)
    return named is not None and not (labels.own.search(named["whose"]) or labels.agents.search(plain))


def _is_counted(match: re.Match[str], labels: Labels) -> bool:
    """The number of an order, a case or a contract."""
    return bool(labels.counted.search(match.string, max(0, match.start() - MAX_LABEL_GAP), match.start()))


def _identities(plain: str, labels: Labels) -> Iterator[Contact]:
    for match in OLD_IDENTITY.finditer(plain):
        if _is_day(f"19{match['born']}") and not _is_counted(match, labels):
            yield Contact(*match.span(), "id", match[0])
    for match in IDENTITY.finditer(plain):
        value = re.sub("[ -]", "", match[0])
        total = sum(int(d) * w for d, w in zip(value, IDENTITY_WEIGHTS, strict=False))
        if "10x98765432"[total % 11] == value[-1] and _is_day(value[6:14]):
            yield Contact(*match.span(), "id", value)


def _is_day(born: str) -> bool:
    """YYYYMMDD on which somebody can have been born; years in a row (2015 2016 2017 2018 06) hold none."""
    try:
        return 1800 <= date(int(born[:4]), int(born[4:6]), int(born[6:])).year < 2100
    except ValueError:
        return False


def _cards(plain: str, labels: Labels) -> Iterator[Contact]:
    for match in LONG_NUMBER.finditer(plain):
        if _passes_luhn(value := _digits(match[0])) and not _is_counted(match, labels):
            yield Contact(*match.span(), "card", value)


def _passes_luhn(value: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in value[-2::-2])
    return (sum(map(int, value[-1::-2])) + sum(doubled)) % 10 == 0 and len(set(value)) > 1


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)
