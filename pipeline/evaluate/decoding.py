"""Decoding under damage: texts encoded, harmed and labelled in many ways, beside the best any codec makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pipeline.decode import decode
from pipeline.evaluate.figures import Figure, wrong
from pipeline.script import characters

PART = "decoding"
ENCODINGS = ("gbk", "gb18030", "big5", "big5hkscs", "utf-8", "utf-8-sig", "hz", "utf-16")
TRADITIONAL = frozenset(("big5", "big5hkscs"))
LABELS = ("", "text/html; charset=utf-8", "text/html; charset=gb2312", "text/html; charset=big5")
METAS = ("", '<meta charset="gbk">', '<meta charset="utf-8">', '<meta charset="big5">')
# What a reader who knew the encoding would choose from.
CODECS = ("utf-8", "gb18030", "gbk", "big5hkscs", "big5", "cp950", "hz", "utf-16-le", "utf-16-be")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class DecodingCase:
    """`payload` was `text` before it was harmed."""

    name: str
    text: str
    payload: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class DecodingScore:
    """Characters that are wrong in our reading, and in the best of all codecs."""

    name: str
    encoding: str | None
    errors: int
    least: int


def clean(payload: bytes, place: int) -> bytes:  # noqa: ARG001 (a Damage)
    return payload


def without_a_byte(payload: bytes, place: int) -> bytes:
    return payload[:place] + payload[place + 1 :]


def with_a_foreign_byte(payload: bytes, place: int) -> bytes:
    return payload[:place] + b"\xff" + payload[place:]


def truncated(payload: bytes, place: int) -> bytes:
    return payload[: place + 1]


Damage = Callable[[bytes, int], bytes]
DAMAGES: tuple[Damage, ...] = (clean, without_a_byte, with_a_foreign_byte, truncated)


def decoding_cases(pages: Iterable[tuple[str, str]]) -> Iterator[DecodingCase]:
    """Each named page in each encoding with each damage; labels, right and wrong, take turns."""
    turn = count()
    for name, html in pages:
        for encoding in ENCODINGS:
            for damage in DAMAGES:
                n = next(turn)
                label, meta = LABELS[n % len(LABELS)], METAS[n // len(LABELS) % len(METAS)]
                text = _written(meta + html, encoding)
                payload = text.encode(encoding)
                place = len(payload) // 2 + n % 97  # mid-page, in the middle of a character or not
                harmed = damage(payload, place)
                true = harmed.decode(encoding, "ignore") if damage is truncated else text
                yield DecodingCase(f"{name} {encoding} {damage.__name__}", true, harmed, label)


def score_decoding(case: DecodingCase) -> DecodingScore:
    decoded = decode(case.payload, case.content_type)
    true = _histogram(case.text)
    mark = next((mark for mark in MARKS if case.payload.startswith(mark)), b"")
    body = case.payload[len(mark) :]
    least = min(_errors(body.decode(codec, "replace"), true) for codec in CODECS)
    errors = _errors(decoded.text if decoded else "", true)
    return DecodingScore(case.name, decoded.encoding if decoded else None, errors, least)


def decoding_figures(scores: Iterable[DecodingScore]) -> list[Figure]:
    held = list(scores)
    worse = sum(score.errors > score.least for score in held)
    better = sum(score.errors < score.least for score in held)
    whole = sum(not score.errors for score in held)  # the damage decides it, so that no floor can
    return [
        wrong(PART, "pages-worse-than-best-candidate", worse, len(held)),
        Figure(PART, "pages-without-an-error", whole / len(held) if held else None, len(held), None),
        Figure(PART, "pages-better-than-best-candidate", better, len(held), None),
    ]


def _written(html: str, encoding: str) -> str:
    """What of a page the encoding can write, in the script that it is for."""
    if encoding in TRADITIONAL:
        table = characters().traditional_of
        html = "".join(table.get(char, char) for char in html)
    if encoding == "hz":
        html = html.replace("~", "-")
    if encoding == "big5":  # Python's table has ① and kana where browsers, and HKSCS, have others
        html = "".join(c for c in html if c.encode("big5", "ignore") == c.encode("big5hkscs", "ignore"))
    return html.encode(encoding, "ignore").decode(encoding)


def _errors(text: str, true: NDArray[np.int64]) -> int:
    """Characters that one has and the other has not, wherever they stand."""
    return int(np.abs(_histogram(text) - true).sum())


def _histogram(text: str) -> NDArray[np.int64]:
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    return np.bincount(units, minlength=0x10000)
