"""Lines that are set about a text by formula: captions, closing words, offers, notices of rights.

Each function says of one line what it is by its words alone; which reason that gives: rules.py.
"""

from __future__ import annotations

import re

from pipeline.extract.shapes import Line
from pipeline.extract.words import PageWords

ENDS = " 。！!~～…"
QUOTES = ("“", "「", "『", "‘", '"', "《")
CREDIT_CHARS = 40  # of a line's end, in which a photographer is named
LEAST_OFFERS = 2  # one offer may be advice: 可以先找免费咨询
MAX_REST = 0.2  # of an advert's letters; 网上的律师团队大多承诺不成功不收费 has .4 besides its offers
RIGHTS_SIGN = re.compile("[转侵]|未经")  # what every such notice holds; nearly no line
STATEMENT = "声明"  # the last word of a prefix; 提示 and 注 open much else
LEAST_DISOWNED = 2
NOTICE_CHARS = 140  # the longest notices of rights seen in one line have 130


def is_caption(line: Line, words: PageWords) -> bool:
    """The words under a picture: `图1：样例贷的账单页`, `市民在窗口前排队。王样 摄`, `（资料图）`.

    Comes from pictures with a line of text below them. Left alone: `图1显示，利率比同行高`, which speaks of
    one; `这段视频是他偷偷拍摄`; headings, entries of lists, rows of tables.
    """
    if line.kind == "caption":
        return True
    text = line.text
    if line.kind != "paragraph" or len(text) > words.caption_max or line.is_numbered:
        return False
    if words.caption_label.match(text):
        return True
    return words.caption_credit.search(text[-CREDIT_CHARS:]) is not None


def is_closing(line: Line, words: PageWords) -> bool:
    """How a writer stops: `以上就是关于样例贷的全部内容，希望对大家有所帮助。`, `感谢您的阅读`.

    Comes with every article of some writers and says nothing. Left alone: a line with anything else in it
    (`…的全部内容，遇到恐吓请拨打12378`), and `以上就是录音的全部内容`, which closes nothing.
    """
    if len(line.text) > words.closing_max or line.kind == "heading":
        return False
    return words.closing.fullmatch(line.lower.strip(ENDS)) is not None


def is_offer(line: Line, words: PageWords) -> bool:
    """`专业律师团队，一对一免费咨询，协商成功再收费！`: offers, and little else.

    Comes from agents who write an advert under a text. Left alone: `网上的律师团队大多承诺不成功不收费，
    钱却要先交。`, which tells of them, and a line with a single one, which may be advice.
    """
    said = line.letters
    if not words.offers.search(said) or len(words.offers.findall(said)) < LEAST_OFFERS:
        return False
    rest = words.offer_filler.sub("", words.offers.sub("", said))
    return len(rest) <= MAX_REST * len(said)


def is_narrated(line: Line, words: PageWords) -> bool:
    """A whole sentence that tells what somebody did: `对方让她扫描下方的二维码，先交了三千元。`."""
    return line.text.rstrip().endswith(("。", "。”", "”。")) and words.narrated.search(line.text) is not None


def is_rights_notice(line: Line, words: PageWords) -> bool:
    """`温馨提示：本文内容仅供参考`, `（来源：网络整理，图片来自网络，侵删）`: what it is of, what it says.

    Also who may print it again: `样例网专稿，未经书面授权请勿转载`, `转载时务请注明出处`.
    Also `声明：样例报力求准确，内容仅供参考，不构成建议`, which says two such things.
    Comes from sites that disown what they print. Left alone: a line that quotes the words (`“本文仅供参考”
    印在最下面`), and a picture's or a text's source without them (`图片来源于她的手机，她已经删了原件`).
    """
    text = line.text
    if len(text) > NOTICE_CHARS or text.startswith(QUOTES):
        return False
    said = _disowns(line, words) or (
        RIGHTS_SIGN.search(text) and words.disclaimer_rights.fullmatch(line.lower)
    )
    return bool(said) and not is_narrated(line, words)


def _disowns(line: Line, words: PageWords) -> bool:
    said, prefix = line.letters, ""
    if said.startswith(words.disclaimer_prefixes):
        prefix = next(one for one in words.disclaimer_prefixes if said.startswith(one))
        said = said.removeprefix(prefix)
    least = 1 if said.startswith(words.disclaimer_subjects) else LEAST_DISOWNED
    return (least == 1 or prefix.endswith(STATEMENT)) and _says(said, words) >= least


def _says(said: str, words: PageWords) -> int:
    return sum(one in said for one in words.disclaimer_says)
