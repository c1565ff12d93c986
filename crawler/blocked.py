"""Whether an answer is a page at all, or a captcha, a challenge or a ban that stands in front of it. Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crawler.markup import text_of, tree_of

Sign = Literal["captcha", "challenge", "ban", "refused"]

MAX_GATE_BYTES = 256 << 10  # the longest gates are packed scripts of some 100 kB
MAX_GATE_CHARS = 300  # visible text of a gate; an article about captchas has more
BYTES_A_CHAR = 12  # in UTF-8, and as much again three times in what is not seen
ASCII = bytes(range(128))
SLICE_BYTES = 8 << 10
MAX_GATE_LINKS = 10  # a list of headlines is short, too, but links
REFUSED = frozenset({401, 403, 451})
# With a status that is no page's, a mark alone is enough: 405 Aliyun, 412 Ruishu, 468 and 521 Jiasule.
GATE_STATUS = REFUSED | {405, 406, 412, 418, 429, 468, 493, 503, 521, 567}
TITLE = re.compile(rb"<title[^<>]*>([^<>]{1,300})</title", re.IGNORECASE)
# In a row on one host: one gate is a page's own, several are the host's.
IN_A_ROW: dict[Sign, int] = {"captcha": 3, "challenge": 3, "ban": 3, "refused": 8}


@dataclass(frozen=True, slots=True)
class Gate:
    """The signs of one kind; marks as bytes in the encodings that pages have."""

    kind: Sign
    titles: frozenset[str]
    marks: tuple[bytes, ...]


def _gates() -> tuple[Gate, ...]:
    said = tomllib.loads(Path(__file__).with_name("blocked.toml").read_text(encoding="utf-8"))
    return tuple(
        Gate(
            _kind(row["kind"]),
            frozenset(_plain(title) for title in row["titles"]),
            tuple(
                dict.fromkeys(m.lower().encode(code) for m in row["marks"] for code in ("utf-8", "gb18030"))
            ),
        )
        for row in said["sign"]
    )


def _kind(name: str) -> Sign:
    return next(kind for kind in get_args(Sign) if kind == name)


def blocked_by(status: int, head: bytes, payload: bytes) -> Sign | None:
    """What stands in front of the page, where that is sure.

    Damage: a captcha with status 200 passes for an article, and a site that has shut us out goes on being
    asked. Left alone: an article that quotes 请输入验证码 or a page whose comment form loads a captcha, since
    their text is longer; a list of headlines, since it has links; a 503 without a mark, which is an outage.
    """
    if len(payload) > MAX_GATE_BYTES or (status == 200 and _is_long(payload)):
        return "refused" if status in REFUSED else None
    gate = _gate(head, payload)
    if status in GATE_STATUS and gate is not None:
        return gate
    if status == 200:
        return gate if gate is not None and _is_bare(payload) else None
    return "refused" if status in REFUSED else None


def _is_long(payload: bytes) -> bool:
    """By its bytes beyond ASCII alone: to look for ninety marks on every page takes longer than its fetch."""
    seen = 0
    for start in range(0, len(payload), SLICE_BYTES):  # an article shows it soon
        seen += len(payload[start : start + SLICE_BYTES].translate(None, ASCII))
        if seen > MAX_GATE_CHARS * BYTES_A_CHAR:
            return True
    return False


def _gate(head: bytes, payload: bytes) -> Sign | None:
    title = _title(payload)
    raw = (head + b"\n" + payload).lower()
    for gate in GATES:
        if title in gate.titles or any(mark in raw for mark in gate.marks):
            return gate.kind
    return None


def _title(payload: bytes) -> str:
    found = TITLE.search(payload)
    return _plain(text_of(found[1])) if found else ""


def _is_bare(payload: bytes) -> bool:
    """Whether a reader would see next to no text and next to no links."""
    tree = tree_of(payload)
    if tree is None:
        return False
    for unseen in tree.css("script, style, noscript, template, title"):
        unseen.decompose()
    text = "".join(tree.body.text(separator=" ").split()) if tree.body else ""
    return len(text) <= MAX_GATE_CHARS and len(tree.css("a[href]")) <= MAX_GATE_LINKS


def _plain(title: str) -> str:
    return "".join(title.split()).lower()


GATES = _gates()
