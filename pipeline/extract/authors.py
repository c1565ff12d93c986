"""By whom: labelled names, bylines, reporters, a name alone. A source (来源：…) is never an author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.byline_rows import HAN, MAX_BYLINE, SENTENCE, About, Line, Zones, first_said
from pipeline.extract.metadata import Said
from pipeline.extract.names import EDGES, NOT_LAST, first_names, is_person, people
from pipeline.extract.words import PageWords, Signed, letters

NEAR = 4  # lines below the title among which a name may stand alone
LAST = 8  # lines of a text that may sign it
SIGNED = 3  # last lines of a text
OPENING = 60  # characters of a text's first line that may hold （记者 …）
MAX_BEFORE = 14  # characters before 记者: 样例网样例频道
SHORTEST, LONGEST = 2, 4  # Han of a person's name
STOP = re.compile(r"[|｜【\[〔〓]|\d{2,4}[-/.年]\d|\s\S{2,4}\s?[:：(（]|https?:|出自|摘自|选自")
POSTED = re.compile(
    r"由\s*([^\s:：|\[\]]{2,20}?)\s*(?:张贴|发表|发布)?\s*[于在@]\s*$|^([^\s:：|\[\]]{2,20})\s+(?:发表|发布|张贴)于\s*[:：]?\s*$"
)
WRITTEN = re.compile(r"(?:写|作|记|摄|发表|发布|张贴)?[于在]$")
BY = re.compile(r"\b(?:by|BY|By)\s+(?P<value>[^\s:：|]{2,20})")
DUTY = re.compile(
    r"^\W*(?:文|撰文|撰稿)\s*[/／|｜丨·]\s*(?P<value>.+)$"
    r"|^\W*(?P<name>[\u3400-\u9fff ]{2,20})\s*[/／]\s*文\W*$"
)
LAST_WORDS = re.compile(r"[(（]([^()（）]{2,40})[)）]\s*。?\s*$")
BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,40})[)）\]】]")


def author(zones: Zones, about: About, words: PageWords) -> Said | None:
    """By label, beside a date, as a reporter, as a name alone; the page's editor where nobody else is."""
    last = [*zones.inside[-LAST:], *zones.behind]
    everywhere = [*zones.by_title, *last]
    return (
        first_said(everywhere, lambda line: _labelled(line, words.author_label, words), "label")
        or first_said(zones.by_title, lambda line: _byline(line, words), "line")
        or first_said(zones.dated.all, lambda line: _posted(line, words), "line")
        or _reporter_of(zones, about, words)
        or first_said(zones.below[:NEAR], lambda line: _alone(line, about, words), "line")
        or first_said(everywhere, lambda line: _labelled(line, words.editor_label, words), "editor-label")
    )


def _labelled(line: Line, label: Signed, words: PageWords) -> str | None:
    """`作者：王样 来源：…`: up to the next label, date or bracket."""
    found = label.search(line.said) if line.has_colon else None
    if not found:
        return None
    rest = line.said[found.end() :]
    stop = STOP.search(rest, 1)
    name = first_names(rest[: stop.start()] if stop else rest)
    glued = next((at for opener in words.share_openers if name and (at := name.find(opener)) > 0), None)
    return _own(line, name[:glued] if name else None, words)


def _own(line: Line, name: str | None, words: PageWords) -> str | None:
    return None if name is None or _is_furniture(name, words) else line.own(name)


def _is_furniture(name: str, words: PageWords) -> bool:
    """`admin` and 佚名 are nobody; 关闭 and 打印 are buttons, though 关 is a family name."""
    said = letters(name)
    buttons = words.share_lines | words.navigation_lines | words.labels | words.related_heads
    return not said or said in words.nobody or said in buttons or bool(words.meta_filler.fullmatch(said))


def _byline(line: Line, words: PageWords) -> str | None:
    """`林小编 2024-12-11 18:58`, `文/王样`, `林小编` alone."""
    said = line.said.strip()
    if words.author_suffix.fullmatch(said) and letters(said) not in words.labels:
        return line.own(said)
    if SENTENCE.search(said) or line.leads_elsewhere:
        return None
    return next((own for name in _names(line) if (own := _own(line, _no_office(name, words), words))), None)


def _names(line: Line) -> Iterator[str | None]:
    if line.dates:
        found = line.dates[0]
        before, behind = line.said[: found.start()], line.said[found.end() :]
        alone = WRITTEN.sub("", before.strip(EDGES))
        single = 2 <= len(alone) <= 8 and alone.isalnum() and not re.search(r"[:：]", before)
        yield first_names(alone) if single and not alone.isdigit() else None
        bracket = BRACKETED.match(behind.lstrip())
        yield bracket[1].strip() if bracket and people(bracket[1]) else None
    duty = DUTY.search(line.said)
    name = duty and (duty["value"] or (duty["name"] if people(duty["name"]) else ""))
    yield first_names(name) if name else None


def _no_office(name: str | None, words: PageWords) -> str | None:
    """`样例网 2024-12-11` names where it comes from: without a label only persons and pen names sign."""
    office = name and (letters(name).endswith(words.not_persons) or name[-1] in NOT_LAST)
    return None if office else name


def _posted(line: Line, words: PageWords) -> str | None:
    """`由样样于2024-12-11发表`, `样样 发表于 2024-12-11`, `2024-12-11 by 样样`."""
    if not line.dates:
        return None
    posted = POSTED.search(line.said[: line.dates[0].start()])
    by = BY.search(line.said[line.dates[0].end() :])
    name = (posted[1] or posted[2]) if posted else by["value"] if by else None
    return _own(line, name, words)


def _reporter_of(zones: Zones, about: About, words: PageWords) -> Said | None:
    """`样例报记者 王样 李样 上海报道` in a line of its own; （记者 王样） where a text begins or ends."""
    for line in (*zones.below, *zones.inside[:NEAR], *zones.inside[-LAST:], *zones.behind):
        if len(line.said) <= MAX_BYLINE // 2 and (name := _reporter(line.said, words)):
            return Said(line.own(name), "line")
    opening = next((row.text[:OPENING] for row in about.inside if len(row.text) > MAX_BYLINE // 2), "")
    for bracket in BRACKETED.finditer(opening):
        if name := _reporter(bracket[1], words, sure=True):
            return Said(name, "line")
    ends = (_signature(row.text[-OPENING:], words) for row in reversed(about.inside[-SIGNED:]))
    return next((said for said in ends if said), None)


def _signature(end: str, words: PageWords) -> Said | None:
    """（王样）, （王样 上海报道）, （记者 王样） as the last words of a text."""
    bracket = LAST_WORDS.search(end)
    if bracket is None or _is_furniture(bracket[1], words):
        return None
    name = _reporter(bracket[1], words, sure=True) or _reporting(bracket[1], words, sure=False)
    return Said(name, "line") if name else None


def _reporter(said: str, words: PageWords, *, sure: bool = False) -> str | None:
    """The names behind 记者; nothing where the words go on: 记者从样样局了解到."""
    found = words.reporters.search(said)
    if not found or found.start() > MAX_BEFORE or SENTENCE.search(said):
        return None
    return _reporting(said[found.end() :], words, sure=sure)


def _reporting(said: str, words: PageWords, *, sure: bool) -> str | None:
    """`王样 李样 上海报道`: names up to what they did. `sure`: 记者 stands before, any short name is one."""
    tokens = [token for token in re.split(r"[\s、/／:：]+", said.strip(EDGES)) if token]
    kept: list[str] = []
    for place, token in enumerate(tokens):
        end = words.reporter_ends.search(token)
        name = token[: end.start()] if end and (len(end[0]) > 1 or end[0] == token) else token
        whole = SHORTEST <= len(name) <= LONGEST and len(HAN.findall(name)) == len(name)
        if whole and (is_person(name) or (sure and (not place or kept) and not end)):
            kept.append(name)
        elif not end:
            return None if not kept or not sure else _span(said, kept)
        if end and name != token:
            break
    return _span(said, kept) if kept else None


def _span(said: str, kept: Sequence[str]) -> str:
    return said[said.find(kept[0]) : said.rfind(kept[-1]) + len(kept[-1])]


def _alone(line: Line, about: About, words: PageWords) -> str | None:
    """`王样` or `王样 李样` alone right below the title.

    Names of lenders look the same (安样花), so a name that the title or the text says again is none, nor one
    that leads elsewhere or is a word of furniture.
    """
    said = line.said.strip(EDGES)
    if not people(said) or line.row.linked or _is_furniture(said, words):
        return None
    running = "\n".join(row.text for row in about.inside if len(row.text) > 2 * len(said))
    known = any(name in about.title or name in running for name in re.split(r"[\s、,，]+", said))
    return None if known else line.own(said)
