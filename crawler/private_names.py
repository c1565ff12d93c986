"""Names of files that hold a contact: a page without an address is named for its file, in every table."""

from __future__ import annotations

import hashlib
import hmac
import re

from crawler.surnames import HAN, NAME

HASH_CHARS = 8
# Digits of a mobile number, identity card or bank card that are no part of a longer name in hexadecimal.
PARTS = (
    ("EMAIL", r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}(?!html?\b|txt\b|php\b)[A-Za-z]{2,12}"),
    ("ID", r"(?<![0-9a-fA-F])[1-9][0-9]{16}[0-9Xx](?![0-9a-fA-F])"),
    ("CARD", r"(?<![0-9a-fA-F])(?:62|4|5[1-5])[0-9]{14,17}(?![0-9a-fA-F])"),
    ("PHONE", r"(?<![0-9a-fA-F])(?:\+?86[ _.-]?)?1[3-9][0-9][ _.-]?[0-9]{4}[ _.-]?[0-9]{4}(?![0-9a-fA-F])"),
    ("QQ", r"(?i:qq|扣扣)[号群号：:_= -]{0,3}[1-9][0-9]{4,10}(?![0-9a-fA-F])"),
    ("WECHAT", r"(?i:微信|wechat|weixin|vx|wx)[号號：:_= -]{0,3}(?=[A-Za-z_-]{0,15}[0-9]{4})[\w-]{6,20}"),
)
# A name directly beside a contact, as 张三13800138000 or 张三/13800138000.
TITLES = "先生|女士|小姐|经理|老师|律师|主任|顾问|总"
BESIDE = r"[ _.·/()（）+-]{0,2}"
A_MARK = r"\[(?:EMAIL|ID|CARD|PHONE|QQ|WECHAT)\]"
PERSON = rf"(?:{NAME}(?:{HAN}{{0,2}}(?:{TITLES})|{HAN}{{1,2}}))"
NAMED = re.compile(
    rf"(?<!{HAN})(?P<name>{PERSON})(?={BESIDE}{A_MARK})|(?P<mark>{A_MARK}{BESIDE}){PERSON}(?!{HAN})"
)
CONTACT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PARTS))


def without_contacts(path: str, key: bytes) -> str:
    """The path with marks for contacts and the name beside one; a keyed hash of it keeps apart two files that
    differ in them only.

    Left alone: a name without a contact, dates, times, running numbers, digests (20241211.html,
    1512345678901.txt, 22dfe64db641.txt).

    >>> without_contacts("债务/李律师13800138000.html", b"key")
    '债务/[NAME][PHONE]~0319276b.html'
    """
    marked = CONTACT.sub(lambda match: f"[{match.lastgroup}]", path)
    if marked == path:
        return path
    marked = NAMED.sub(lambda match: f"{match['mark'] or ''}[NAME]", marked)
    hashed = hmac.new(key, path.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:HASH_CHARS]
    folder, slash, name = marked.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    return f"{folder}{slash}{stem if dot else name}~{hashed}{dot}{suffix if dot else ''}"
