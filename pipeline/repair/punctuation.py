"""Width of letters, digits and punctuation: a fixed map, one character for one, so that offsets hold."""

from __future__ import annotations

import re

# Not NFKC, which turns ， into , and ℃ into two characters. ASCII marks beside a Han become Chinese ones;
# a time, a decimal, a URL and anything else between Latin characters stays.
MARKS = str.maketrans(",;:!?()", "，；：！？（）")
BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff])[,;:!?()]|[,;:!?()](?=[\u3400-\u9fff])")
HALF_OPEN = re.compile(r"（([^（）()]{0,60})\)|\(([^（）()]{0,60})）")  # one of a pair stood beside a Han
ASCII_OF = str.maketrans(
    {chr(0xFF00 + code): chr(0x20 + code) for code in range(1, 0x5F) if chr(0x20 + code).isalnum()}
    | {"\u3000": " "}
)
MAY_CHANGE = re.compile("[,;:!?()" + "".join(map(chr, ASCII_OF)) + "]")  # most lines hold none


def normal_width(text: str) -> str:
    """Full-width letters and digits to ASCII; ASCII marks beside a Han to full width.

    A blank between Han stays: where a word was deleted it is the only trace.

    >>> normal_width("隨著,ＡＰＰ(30%)的发展:于18:58上线,3,000元!")
    '隨著，APP（30%）的发展：于18:58上线，3,000元！'
    """
    if not MAY_CHANGE.search(text):
        return text
    beside = BESIDE_HAN.sub(lambda match: match[0].translate(MARKS), text.translate(ASCII_OF))
    return HALF_OPEN.sub(lambda match: f"（{match[1] or match[2] or ''}）", beside)
