"""What the names that templates give their elements say: furniture, content, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.scan.summed import FURNITURE, NONE, TOOL

# Parts of class names and ids, English and pinyin, as the themes of the usual systems use them
# (Discuz, DedeCMS, WordPress, Z-Blog, MediaWiki, portals).
_FURNITURE_WORDS = """
    comment comments pinglun footer foot sidebar side aside related xiangguan recommend recommends
    recommended tuijian hot rank ranking copyright nav navbar menu breadcrumb breadcrumbs crumb crumbs
    share ad ads advert banner login tags pager pages pagination bottom reply replies navbox toc catlinks
    reference references reflist editsection
"""
FURNITURE_WORDS = frozenset(_FURNITURE_WORDS.split())
# Tools about an article: furniture only where an element holds little of the page's text.
_TOOL_WORDS = """
    statement disclaimer shengming qrcode ewm erweima toolbar tool tools player mplayer follow
    guanzhu like likes zan dianzan praise reward shang dashang digg vote feedback report jubao popup
    modal tooltip subscribe download audio voice trackback postfoot signature sign prevnext
    relation interfix
"""
TOOL_WORDS = frozenset(_TOOL_WORDS.split())
CONTENT_WORDS = re.compile(r"article|content|body|main|text|post|entry|detail|neirong|zhengwen")
_BETWEEN = "-_0123456789"  # the parts of a name
_SPACED = str.maketrans(_BETWEEN, " " * len(_BETWEEN))
CACHED = 8_192  # names of elements; a page has a few hundred


def name_parts(marks: str) -> set[str]:
    """Classes and ids, whole and in parts.

    >>> sorted(name_parts("post-foot col2"))
    ['col', 'col2', 'foot', 'post', 'post-foot']
    """
    return {*marks.split(), *marks.translate(_SPACED).split()}


@lru_cache(maxsize=CACHED)
def furniture_named(tag: str, marks: str) -> int:
    """FURNITURE by its names; TOOL where they name a tool or speak of content too (post-share); else NONE."""
    if tag in ("body", "article", "main"):
        return NONE
    if tag in ("aside", "footer"):
        return FURNITURE
    if not marks.strip():
        return NONE
    parts = name_parts(marks)
    furniture = not FURNITURE_WORDS.isdisjoint(parts)
    if furniture and not CONTENT_WORDS.search(marks.replace("comment-", "")):
        return FURNITURE
    return TOOL if furniture or not TOOL_WORDS.isdisjoint(parts) else NONE
