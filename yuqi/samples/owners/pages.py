"""The pages of sites with known owners: three themes, with frame and adverts in different places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from yuqi.samples.dice import Key, pick
from yuqi.samples.owners.sites import OwnedSite

PARAGRAPHS = 4
HAN = "山水木石云月竹松梅兰溪桥塔井坡湾岭洲渡浦坊巷亭台阁楼苑园田禾麦豆瓜果茶盐陶瓷铜锡绸布纸墨琴鼓舟帆灯扇"


@dataclass(frozen=True, slots=True)
class OwnedPage:
    site_id: str
    url: str
    html: str


def owned_pages(site: OwnedSite) -> Iterator[OwnedPage]:
    for number in range(site.pages):
        url = f"http://{site.host}/{number}.html"
        yield OwnedPage(site.site_id, url, _page(site, number, url))


def _page(site: OwnedSite, number: int, url: str) -> str:
    texts = site.first_text if number == 0 and site.first_text else site.texts
    said = _words(10, texts, number, "title")
    lines = [_paragraph(texts, number, n) for n in range(PARAGRAPHS)]
    frame = _rows(site.frame)
    boxes = "".join(
        f'<div class="{css}">{_rows(held)}</div>\n'
        for css, held, every in site.adverts
        if css != "text" and number % every == 0
    )
    inside = [
        line for css, held, every in site.adverts if css == "text" and number % every == 0 for line in held
    ]
    article = f"<h1>{escape(said)}</h1>\n{_rows([lines[0], *inside, *lines[1:]])}"
    parts = (
        f'<div class="content">{article}</div>\n{boxes}<div class="footer">{frame}</div>',
        f'<div class="top">{frame}</div>\n<div class="main"><div class="post">{article}</div></div>\n{boxes}',
        f'<table><tr><td class="left">{boxes}{frame}</td><td class="art">{article}</td></tr></table>',
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(said)}</title>\n'
        f'<link rel="canonical" href="{url}">{"".join(site.source)}</head>\n'
        f'<body class="theme-ad-{site.theme}">\n'
        f"<p>SYNTHETIC 合成样本</p>\n{parts[site.theme]}\n</body></html>\n"
    )


def _paragraph(*key: Key) -> str:
    """Words of no meaning, so that no two texts are alike by chance: a grammar makes the same sentences."""
    sentences = ("，".join(_words(8, *key, n, clause) for clause in range(3)) for n in range(3))
    return "".join(f"{sentence}。" for sentence in sentences)


def _words(chars: int, *key: Key) -> str:
    return "".join(pick(HAN, *key, at) for at in range(chars))


def _rows(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)
