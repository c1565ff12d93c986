"""Why one line is furniture, by its own words and shape; one function for each documented reason.

A sentence that merely holds a word of furniture (联系, 声明, 相关文章) stays, and so does a numbered
heading (五、相关法律).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.extract.date_forms import NUMERAL
from pipeline.extract.dates import MOMENT
from pipeline.extract.formulas import is_caption, is_closing, is_narrated, is_offer, is_rights_notice
from pipeline.extract.shapes import CONTACT, SENTENCE_END, Line
from pipeline.extract.words import PageWords, letters
from pipeline.marks import MARK

CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
NUMBER = re.compile(r"\d+(?:\.\d+)?[万千wk+]?")
NOT_WORD = re.compile(r"[\W_]+")
VALUE = re.compile(r"[:：\d]")
BUTTONS = re.compile(r"[\s|｜/、·:：【】\[\]]+")  # between them
HAN = re.compile(r"[\u3400-\u9fff]")

CLAUSE = re.compile(r"[，,。]")
ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org)\b")  # in lower case
BUTTON = re.compile(r"[【\[][^】\]]{1,10}[】\]]")
LEAST_BUTTONS, BUTTON_SHARE = 3, 0.7

LABEL_CHARS = 30  # a label, a byline or a menu entry is shorter
CONTACT_CHARS = 80
LONGEST_NOTICE = 1_000  # characters; spares the rules a page in one line
SHORT_DISCLAIMER = 20  # 转载请注明出处 and the site's name: no more is to come
DISCLAIMER_CHARS = 400  # the longest of the wild ones seen has 130
NAME_CHARS = 8  # what a byline holds besides dates, numbers and labels: an author, a category
CONTACT_REST = 4  # Han that a pure contact line holds besides numbers and the filler words
SAME_TITLE = 0.9  # similarity of a title repeated with a slip
PART_OF_TITLE = 0.6  # 及贷催收又开始 of 及贷催收又开始怎么办？ is .7


class Around(NamedTuple):
    """What a rule may know of the page: the words of all pages, and where on it the line stands."""

    words: PageWords
    edge: bool  # before the first or behind the last line of running text
    by_contact: bool  # a line with a number or address stands beside it


class ByWords(NamedTuple):
    """Why a line goes, whatever the page's title is; `surely`: also where the line repeats it."""

    surely: str | None
    otherwise: str | None


Rule = Callable[[Line, Around], bool]
Rules = Sequence[tuple[str, Rule]]


def reason_of(line: Line, around: Around) -> str | None:
    """The first rule that fits, but for the one that asks for a title; None for a line that stays."""
    said = by_words(line, around)
    return said.surely or said.otherwise


def by_words(line: Line, around: Around, no_notice: bool = False) -> ByWords:
    """What the rules say, less the title's; a line too long for a notice stays.

    `no_notice`: the line is running text of which `is_notice` has said no.
    """
    if len(line.text) > LONGEST_NOTICE:
        return ByWords(None, None)
    first = None if no_notice else _first(NOTICES, line, around)
    first = first or _first(OFFERS, line, around)
    return ByWords(first, None if first else _first(OTHER_RULES, line, around))


def _first(rules: Rules, line: Line, around: Around) -> str | None:
    for reason, rule in rules:
        if rule(line, around):
            return reason
    return None


def is_notice(line: Line, words: PageWords) -> bool:
    """What may be as long as running text, and is none."""
    return _first(NOTICES, line, Around(words, False, False)) is not None


def calls_to_action(line: Line, words: PageWords) -> bool:
    """A strong word or a button's: a weak one (咨询, 联系) with a number stands in every contact block."""
    return bool(words.action_strong.search(line.letters) or words.action_buttons.search(line.letters))


def _empty(line: Line, _around: Around) -> bool:
    return not line.letters


def _greeting(line: Line, around: Around) -> bool:
    words = around.words
    return len(line.text) <= words.greeting_max and line.letters.startswith(words.greeting_openers)


def _disclaimer(line: Line, around: Around) -> bool:
    """Opens like the site's notice and goes on as such notices do, or is over; 转载请注明这六个字… stays."""
    said, words = line.letters, around.words
    if is_rights_notice(line, words):
        return True
    if len(said) > DISCLAIMER_CHARS or not said.startswith(words.disclaimer_openers):
        return False
    opener = max((one for one in words.disclaimer_openers if said.startswith(one)), key=len)
    rest = said if len(said) <= SHORT_DISCLAIMER else said[len(opener) :]
    return any(word in rest for word in words.disclaimer_words)


def _registration(line: Line, around: Around) -> bool:
    words = around.words
    return len(line.lower) <= words.registration_max and bool(words.registration.search(line.lower))


def _call_to_action(line: Line, around: Around) -> bool:
    """A strong word, a button's, two offers, or a weak word with a number to call.

    What warns of such offers is advice, 来电号码是[PHONE]，已有多人投诉 and 对方让她扫描下方的二维码。 are
    reports, and 点击查看账单，再点击申请延期，就能看到通道。 tells of buttons: they stay.
    """
    words = around.words
    if len(line.text) > words.action_max or line.is_numbered or words.action_negations.search(line.text):
        return False
    return _asks_to_act(line, words) and not is_narrated(line, words)


def _asks_to_act(line: Line, words: PageWords) -> bool:
    if words.action_strong.search(line.letters) or is_offer(line, words):
        return True
    if words.action_buttons.search(line.letters):
        return not (CLAUSE.search(line.text[:-1]) and line.text.endswith("。"))
    called = words.action_weak.search(line.letters) and words.action_marks.search(line.lower)
    return bool(called) and not words.action_told.search(line.letters)


def _contact(line: Line, around: Around) -> bool:
    """Nothing but a number or address and what it is called; or the label above or beside one."""
    if len(line.text) > CONTACT_CHARS or line.is_numbered:
        return False
    opens = line.letters.startswith(around.words.contact_openers)
    if not line.has_contact:
        return opens and around.by_contact and not line.is_sentence and len(line.text) <= LABEL_CHARS
    rest = around.words.contact_filler.sub("", CONTACT.sub("", MARK.sub("", line.lower)))
    bare = len(HAN.findall(rest)) <= CONTACT_REST
    return bare or (opens and not SENTENCE_END.search(line.text))


def _meta(line: Line, around: Around) -> bool:
    """`林小编 2024-12-11 18:58:36`, `平台逾期 2℃ 0`, `来源：网络`: dates, numbers, labels and a name.

    Also `2024-12-11 18:58来源：样例财经·样例号·政务`: at an edge each label beside a date has a name.
    Also `发表于 2004-12-27 12:40 - (阅读:3727;评论:63)`, `biz.example.com 2005-04-25 08:24`,
    `（责任编辑：林样）` and `本帖最后由 路人 于 2022-7-2 08:00 编辑`. 编辑：这样行吗？stays, it is said.
    """
    text = line.text
    if len(text) > 2 * LABEL_CHARS or line.is_numbered or line.kind in ("table-row", "heading"):
        return False
    if around.words.meta_notes.fullmatch(line.lower):
        return True
    if CLAUSE.search(text) or SENTENCE_END.search(text):
        return False
    if not (around.edge or VALUE.search(text) or NUMERAL.search(text)):
        return False
    day = NUMERAL if NUMERAL.search(text) else MOMENT
    dated = day.search(text) is not None
    without = NUMBER.sub("", CLOCK.sub("", day.sub("", ADDRESS.sub("", text.lower()))))
    rest = NOT_WORD.sub("", around.words.meta_filler.sub("", without))
    labelled = bool(around.words.meta_filler.search(without) and VALUE.search(text))
    labels = len(around.words.meta_label.findall(text.lower()))
    named = around.edge or labels >= 2
    limit = NAME_CHARS * (1 + labels if dated and around.edge else named)
    return (dated or labelled or not rest) and _width(rest) <= limit and (around.edge or dated or labelled)


def _width(said: str) -> float:
    """In Han: two letters of a name in Latin ones are as wide."""
    return len(said) - sum(map(str.isascii, said)) / 2


def _label(line: Line, around: Around) -> bool:
    return line.letters in around.words.labels


def _caption(line: Line, around: Around) -> bool:
    return is_caption(line, around.words)


def _closing(line: Line, around: Around) -> bool:
    return is_closing(line, around.words)


def is_injected_title(line: Line, title: str) -> bool:
    """The title again (its letters), whole, with a slip, or its greater part; a numbered heading never is."""
    said = line.letters
    if len(said) < 4 or line.is_numbered or len(said) > 2 * max(len(title), 1):
        return False
    shorter, longer = sorted((said, title), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter):
        return len(shorter) >= PART_OF_TITLE * len(longer)
    return _alike(said, title)


def _alike(one: str, other: str) -> bool:
    if not SAME_TITLE <= len(one) / max(len(other), 1) <= 1 / SAME_TITLE:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_TITLE


def _paging(line: Line, around: Around) -> bool:
    """`上一页 1 2 3 下一页`, `第2页/共3页`, `本文共3页`; 第2页：and a heading stays, and so does 第2步."""
    words = around.words
    if len(line.text) > words.pager_max or not words.pager.search(line.lower):
        return False
    return not NOT_WORD.sub("", NUMBER.sub("", words.pager_filler.sub("", words.pager.sub("", line.lower))))


def _share(line: Line, around: Around) -> bool:
    """Only buttons: `分享`, `微信 微博`, `打印关闭`, `分享到：…`, `【打印本页】【关闭窗口】 分享到：微信`."""
    words = around.words
    if len(line.text) > words.share_max or (line.kind in ("list-item", "table-row") and not around.edge):
        return False
    if line.letters[:1] not in words.share_starts and not line.letters[:1].isdecimal():
        return False
    parts = map(letters, BUTTONS.split(line.text))
    buttons = all(words.share_buttons.fullmatch(NUMBER.sub("", part)) for part in parts if part)
    return buttons or (line.letters.startswith(words.share_openers) and not line.is_sentence)


def _navigation(line: Line, around: Around) -> bool:
    """Breadcrumbs, and rows of short links; elsewhere than at an edge only what no text can be."""
    words = around.words
    if line.is_sentence or line.is_numbered or line.kind == "table-row":
        return False
    if line.letters.startswith(words.navigation_openers) or _is_row_of_buttons(line.text):
        return True
    parts = [letters(part) for part in words.separators.split(line.text)]
    crumbs = len(parts) >= 3 and all(len(part) <= 12 for part in parts)
    known = sum(part in words.navigation_lines for part in parts)
    return around.edge and (
        line.letters in words.navigation_lines or (crumbs and known > 0) or len(parts) >= 5
    )


def _is_row_of_buttons(text: str) -> bool:
    """`【推荐】【打印】【关闭】`, `[ 回复 ] [ 关闭 ] [ 刷新 ]`; 【甲公司】和【乙公司】签的合同 stays."""
    buttons = BUTTON.findall(text)
    return len(buttons) >= LEAST_BUTTONS and sum(map(len, buttons)) >= BUTTON_SHARE * len(text)


def is_signature(line: Line, words: PageWords) -> bool:
    """`林小编` alone, as systems print it above a text where they show no date beside it."""
    return line.kind == "paragraph" and words.author_suffix.fullmatch(line.text.strip()) is not None


# What may be as long as running text, and is none. On running text these ask nothing of the lines around it.
NOTICES: Rules = (
    ("empty", _empty),
    ("greeting", _greeting),
    ("disclaimer", _disclaimer),
    ("registration", _registration),
    ("contact", _contact),
)
OFFERS: Rules = (
    ("call-to-action", _call_to_action),
    ("label", _label),
)
# Behind `injected-title`: a line that repeats the title goes for that.
OTHER_RULES: Rules = (
    ("caption", _caption),
    ("closing", _closing),
    ("paging", _paging),
    ("share", _share),
    ("meta", _meta),
    ("navigation", _navigation),
)
