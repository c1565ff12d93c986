"""Template lines: `{p}` and its like filled in; `[practice-id:A|words]`, `(tip-id,tip-id) ` read as truth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yuqi.samples.document import Line, LineKind, Span, line

ASSERTIONS = {
    "A": "alleged",
    "C": "claimed-practice",
    "G": "generic",
    "P": "prohibited",
    "N": "negated",
    "D": "advice",
    "Q": "question",
}
TIPS = re.compile(r"\(([a-z,-]+)\) ")
TOKEN = re.compile(r"\[(?P<practice>[a-z-]+):(?P<state>[ACGPNDQ])\||(?P<close>\])|\{(?P<slot>\w+)\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A slot filled with a lender's name."""

    platform_id: str
    surface: str


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of a template file, its markup unread."""

    kind: LineKind
    level: int
    markup: str


Filling = dict[str, str | Named]


def written(raw: RawLine, filling: Filling, is_own: bool = False) -> Line:
    """The line with its slots filled and its spans known; practices may hold others."""
    tips = TIPS.match(raw.markup)
    text, spans = _read(raw.markup[tips.end() :] if tips else raw.markup, filling, is_own)
    named = [Span(0, len(text), "tip", tip) for tip in tips[1].split(",")] if tips else []
    return line(raw.kind, text, raw.level, tuple(sorted([*spans, *named], key=lambda s: (s.start, s.end))))


def plain(markup: str) -> str:
    """The words of a line, its slots left standing."""
    return re.sub(r"\[[a-z-]+:[A-Z]\||\]", "", TIPS.sub("", markup, count=1))


def _read(markup: str, filling: Filling, is_own: bool) -> tuple[str, list[Span]]:
    text, at = "", 0
    spans: list[Span] = []
    opened: list[tuple[int, str, str]] = []
    for token in TOKEN.finditer(markup):
        text += markup[at : token.start()]
        at = token.end()
        if token["practice"]:
            opened.append((len(text), token["practice"], ASSERTIONS[token["state"]]))
        elif token["close"]:
            start, practice, assertion = opened.pop()
            spans.append(Span(start, len(text), "practice", practice, assertion, is_own))
        else:
            filled = filling[token["slot"]]
            if isinstance(filled, Named):
                spans.append(Span(len(text), len(text) + len(filled.surface), "platform", filled.platform_id))
            text += filled.surface if isinstance(filled, Named) else filled
    return text + markup[at:], spans
