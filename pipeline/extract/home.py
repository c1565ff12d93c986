"""A home page whose only text is what the site says of itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.extract.blocks import Block
from pipeline.extract.comparable import comparable
from pipeline.extract.words import PageWords

MOST_TEXT = 250  # characters; a site's words about itself below its lists are shorter, most articles longer
LEAST_LINKS = 20  # titles that lead elsewhere
LINK_CHARS = 8


def is_home(
    blocks: Sequence[Block], chosen: Collection[int], sites: frozenset[str], words: PageWords
) -> bool:
    """`样例频道成立于2008年，是一家专注于还款知识的网站，欢迎收藏。` below list after list of titles.

    Comes from portals: of all their lines this alone is running text. Left alone: a short answer beside a
    long list, also one that says who a lender is (`样例贷成立于2018年，是一家专做小额借款的平台`): it neither
    begins with the site's name nor speaks of a website.
    """
    lines = [blocks[index].text for index in chosen]
    if not lines or sum(map(len, lines)) > MOST_TEXT:
        return False
    said = [comparable(line) for line in lines]
    named = any(line.startswith((*sites, *words.site_selves)) for line in said)
    about = all(any(word in "".join(said) for word in group) for group in words.site_abouts)
    if not (named and about):
        return False
    return sum(len(block.text) >= LINK_CHARS and block.is_link for block in blocks) >= LEAST_LINKS
