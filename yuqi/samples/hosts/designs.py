"""Six designs: where the article stands, and what stands in the same element and is not of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from yuqi.samples.dice import roll
from yuqi.samples.hosts.frame import Post, document, lines, same_list
from yuqi.samples.hosts.words import paragraph, sentence, title

NOTICE = "本报所登文字与图片，网站可择要选用，其余用途请先来信说明。"
GUESTS = "留言须经站长看过才会显示，请不要重复提交同一条留言。"


def forum(post: Post) -> str:
    """Each floor is a table cell; replies sign, and are longer than a short question."""
    replies = (
        paragraph(2 + roll(*post.other("reply", n)) % 5, *post.other("reply", n))
        for n in range(post.number % 5)
    )
    floors = "".join(_floor(post, n, text) for n, text in enumerate((lines(post, "<br>\n"), *replies)))
    form = "<p>您需要登录后才可以回帖</p><p>本版积分规则</p><p>回帖后跳转到最后一页</p>"
    heading = f'<h1 id="thread_subject">{escape(post.title)}</h1>'
    return document(post, f'{heading}<div id="postlist">{floors}</div><div class="fastpost">{form}</div>')


def _floor(post: Post, n: int, text: str) -> str:
    number = f"{post.number}{n}"
    return (
        f'<div id="post_{number}"><table class="plhin"><tr><td class="pls"><p>楼主</p><p>积分 {n}37</p></td>'
        f'<td class="plc"><div class="authi">发表于 {post.date}</div><div class="pct"><table><tr>'
        f'<td class="t_f" id="postmessage_{number}">{text}</td></tr></table></div>'
        '<div class="sign">签名：慢工出细活，旧物也有新用场。</div></td></tr></table></div>\n'
    )


def portal(post: Post) -> str:
    """Labels of a player in mid-text, a call for the app and teasers, all in the article's element."""
    first, *rest = (f"<p>{escape(line)}</p>" for line in post.paragraphs)
    player = "<span>播放速度</span><div>1.25X</div><div>自动播放下一条</div><div>画面比例</div>"
    app = "<p>打开客户端，看更多同城热闹</p><p>不感兴趣</p><p>将减少此类内容推荐</p>"
    teasers = "".join(
        f'<div class="tj-item"><h5><a href="/{n}.html">{title(*key)}</a></h5><p>{sentence(*key)}</p></div>'
        for n, key in ((n, post.other("teaser", n)) for n in range(3))
    )
    body = "\n".join(
        (first, f'<div class="player">{player}</div>', *rest, f'<div class="app-tip">{app}</div>', teasers)
    )
    article = f'<div class="art-con" id="art{post.number}">{body}</div>'
    return document(post, f'<div class="mainbox"><h1>{escape(post.title)}</h1>{article}</div>')


def blog(post: Post) -> str:
    """Older posts stand below, whole, in the same kind of element."""
    older = "".join(
        _entry(post.number * 100 + n, _linked(title(*post.other("older", n)), n), _older(post, n))
        for n in range(4)
    )
    own = _entry(
        post.number, escape(post.title), "".join(f"<p>{escape(line)}</p>" for line in post.paragraphs)
    )
    form = '<div id="respond"><p>发表评论</p><p>记住我的信息</p><p>电子邮件地址不会被公开</p></div>'
    return document(post, f'<div id="content">{own}{older}{form}</div>')


def _entry(number: int, heading: str, body: str) -> str:
    return (
        f'<div class="post-{number} post hentry" id="post-{number}"><h2>{heading}</h2>'
        f'<div class="entry">{body}</div><p class="postmeta">归于 手作 类</p></div>\n'
    )


def _linked(words: str, n: int) -> str:
    return f'<a href="/old/{n}.html">{words}</a>'


def _older(post: Post, n: int) -> str:
    many = 2 + roll(*post.other("lines", n)) % 4
    return "".join(f"<p>{paragraph(3, *post.other('old', n), line)}</p>" for line in range(many))


def paper(post: Post) -> str:
    """A share bar and a notice stand as paragraphs behind the text, in its own element."""
    rows = "".join(f"<p>{escape(line)}</p>" for line in post.paragraphs)
    tail = f'<p class="tools">分享让更多人看到</p><p class="notice">{NOTICE}</p>'
    head = f'<h1>{escape(post.title)}</h1><div class="source">{post.date} 来源：样例晚报</div>'
    hot = f'<div class="hot"><h3>热点</h3>{same_list()}</div>'
    return document(post, f'<div class="layout"><div class="rm_txt">{head}{rows}{tail}</div>{hot}</div>')


def dede(post: Post) -> str:
    """A system of 2010: the text in one cell, a vote and the same list of tips below it."""
    vote = '<div class="newdigg"><div>顶一下</div><div>踩一下</div><div>(0) 0%</div></div>'
    tips = f'<div class="boxoff"><strong>编辑推荐</strong>{same_list()}</div>'
    text = lines(post, "<br />\n<br />\n")
    cell = f"<table><tr><td>{text}{vote}{tips}</td></tr></table>"
    head = f'<div class="title"><h2>{escape(post.title)}</h2></div><div class="info">{post.date}</div>'
    return document(post, f'<div class="viewbox">{head}<div class="content">{cell}</div></div>')


def tables(post: Post) -> str:
    """2005: hardly anything has a name, and the guest book below is longer than some articles."""
    guests = "".join(
        f"<tr><td>{paragraph(2, *post.other('guest', n))}</td></tr>" for n in range(post.number % 6)
    )
    return document(
        post,
        f'<table width="760"><tr><td class="tit"><b>{escape(post.title)}</b></td></tr>'
        f'<tr><td class="f14">{lines(post, "<br>　　")}</td></tr></table>'
        f'<table width="760" class="gb">{guests}<tr><td>{GUESTS}</td></tr></table>',
    )


DESIGNS: Mapping[str, Callable[[Post], str]] = {
    "sample-forum": forum,
    "sample-portal": portal,
    "sample-blog": blog,
    "sample-paper": paper,
    "sample-dede": dede,
    "sample-tables": tables,
}
