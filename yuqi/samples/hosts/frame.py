"""What every design starts from: the post, and the page around it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from yuqi.samples.dice import Key
from yuqi.samples.hosts.words import sentence, title


@dataclass(frozen=True, slots=True)
class Post:
    """What a page is about; the rest is made up of its site and number."""

    site_id: str
    number: int
    url: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def date(self) -> str:
        return f"2024-{1 + self.number % 12:02}-{10 + self.number % 18} 09:{10 + self.number % 50}"

    def other(self, what: str, n: int = 0) -> tuple[Key, ...]:
        """A key for words of this page that are not its article's."""
        return ("hosts", self.site_id, self.number, what, n)


def document(post: Post, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        f"<title>{escape(post.title)}_SYNTHETIC 样例</title>"
        f'<link rel="canonical" href="{post.url}"></head><body>\n<div class="nav"><a href="/">首页</a> '
        f'<a href="/all.html">全部</a> <a href="/about.html">关于</a></div>\n{body}\n'
        '<div class="footer"><p>Copyright 2024 SYNTHETIC 合成样本</p></div></body></html>\n'
    )


def lines(post: Post, between: str) -> str:
    return between.join(map(escape, post.paragraphs))


def same_list() -> str:
    return "".join(f"<p>{title('hosts', 'same', n)}，{sentence('hosts', 'same', n)}</p>" for n in range(4))
