"""The table as a drawing: a bar a tool, CPU time as many times ours, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from statistics import median

from benchmarks.peers.results import OURS, Part, Result

WIDTH, LEFT, RIGHT, LINE = 760, 170, 170, 20
LEAST, MOST = 0.1, 1000.0  # times ours, at the ends of the scale
OUR_COLOUR, COLOUR, GREY = "#1f5fa8", "#9db8d2", "#777"


def drawing(parts: Sequence[Part]) -> str:
    """SVG, as text: the same results give the same bytes."""
    lines, top = [], LINE
    for part in parts:
        lines.append(_text(8, top, part.name, "font-weight='bold'"))
        lines += _bars(part, top)
        top += LINE * (len(part.results) + 2)
    size = f"width='{WIDTH}' height='{top + LINE}'"
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} font-family='sans-serif' "
        f"font-size='12' role='img' aria-label='CPU time of other tools, as many times that of {OURS}'>"
    )
    return "\n".join(
        [
            head,
            f"<rect {size} fill='white'/>",
            *_scale(top),
            *lines,
            "</svg>",
            "",
        ]
    )


def _scale(bottom: float) -> Iterator[str]:
    for power in range(round(math.log10(LEAST)), round(math.log10(MOST)) + 1):
        x, colour = _place(10.0**power), "#444" if power == 0 else "#ddd"
        yield f"<line x1='{x:.1f}' x2='{x:.1f}' y1='4' y2='{bottom}' stroke='{colour}'/>"
        yield _text(x, bottom + 12, f"{10.0**power:g} ×", f"fill='{GREY}' text-anchor='middle'")


def _bars(part: Part, top: float) -> Iterator[str]:
    for number, row in enumerate(part.results, start=1):
        y = top + LINE * number
        yield _text(LEFT - 8, y, row.tool, "text-anchor='end'")
        yield from _bar(part, row, y)


def _bar(part: Part, row: Result, y: float) -> Iterator[str]:
    times = part.times(row)
    if row.missing or not times:
        yield _text(LEFT + 4, y, row.missing, f"fill='{GREY}'")
        return
    start, end = sorted((_place(1.0), _place(median(times))))
    colour, width = OUR_COLOUR if row.tool == OURS else COLOUR, max(2.0, end - start)
    yield f"<rect x='{start:.1f}' y='{y - 11}' width='{width:.1f}' height='13' fill='{colour}'/>"
    yield _text(max(end, _place(1.0)) + 6, y, _said(median(times), row))


def _said(times: float, row: Result) -> str:
    first = next(iter(row.quality.items()), None)
    return f"{times:.2g} ×" + (f" · {first[0]} {first[1]:.3g}" if first else "")


def _place(times: float) -> float:
    share = math.log(min(max(times, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _text(x: float, y: float, said: str, more: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y}' {more}>{escape(said)}</text>"
