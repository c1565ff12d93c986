"""Further designs, written before anybody looked at how they are read: a hold-out for the six others.

What is mended goes by the six and by real pages; these tell whether it holds elsewhere too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from yuqi.samples.dice import roll
from yuqi.samples.hosts.frame import Post, document
from yuqi.samples.hosts.words import paragraph, sentence, title

INVITATION = "每天一篇身边的手艺，陪您把日子过得细一点，点上面的名字就能找到我们。"
THANKS = "喜欢的话请顺手点个在看，也欢迎转给家里人。"
LEAVING = "您访问的链接即将离开样例县门户网站，是否继续？"
CONTACTS = "主办单位：样例县人民政府办公室，网站标识码与备案信息见页面底部，如有疑问请在工作日来访。"


def account(post: Post) -> str:
    """A public account: nested sections, an invitation above, chosen letters of readers below the text."""
    rows = "".join(f"<section><p><span>{escape(line)}</span></p></section>" for line in post.paragraphs)
    above = f'<section class="c9"><p><span>{INVITATION}</span></p></section>'
    names = f"<p><span>文字：{_pen_name(post, 1)}　编辑：{_pen_name(post, 2)}</span></p>"
    body = f'<div class="rich_media_inner" id="js_inner">{above}{rows}{names}<p>{THANKS}</p></div>'
    letters = "".join(
        f'<div class="item_{n}x"><strong>{_pen_name(post, n)}</strong>'
        f"<p>{paragraph(1 + roll(*post.other('letter', n)) % 4, *post.other('letter', n))}</p>"
        f"<p>作者回复：{sentence(*post.other('answer', n))}</p></div>"
        for n in range(post.number % 6)
    )
    head = f'<h1 class="rich_media_title">{escape(post.title)}</h1><p>{post.date} 样例手艺社</p>'
    return document(
        post, f'<div class="wrap">{head}{body}<div class="elected"><h4>精选</h4>{letters}</div></div>'
    )


def notice(post: Post) -> str:
    """A county's portal: the text between tools, earlier notices in full sentences, a warning for links."""
    rows = "".join(f'<p style="text-indent:2em">{escape(line)}</p>' for line in post.paragraphs)
    tools = "<div><span>字号：</span><span>大</span><span>中</span><span>小</span></div>"
    earlier = "".join(
        f"<dl><dt>{title(*post.other('earlier', n))}</dt>"
        f"<dd>{paragraph(2, *post.other('earlier', n))}</dd></dl>"
        for n in range(1 + post.number % 4)
    )
    info = f'<div class="xl_info">发布时间：{post.date}{tools}</div>'
    head = f'<div class="xl_title">{escape(post.title)}</div>{info}'
    text = f'<div class="TRS_UEDITOR">{rows}</div><p>扫一扫在手机打开当前页</p>'
    below = f'<div class="xl_jd"><h3>往期通知</h3>{earlier}</div>'
    warning = f'<div class="tc"><p>{LEAVING}</p><p>继续访问</p><p>放弃</p></div>'
    return document(
        post, f'<div class="xl">{head}{text}{below}</div><div class="dw"><p>{CONTACTS}</p></div>{warning}'
    )


def essay(post: Post) -> str:
    """A collection of model essays: the title in a sentence of the site, extracts of other essays below."""
    promise = f"以下是样例文库为大家整理的《{escape(post.title)}》，供大家参考，希望对您有帮助。"
    middle = f"本文《{escape(post.title)}》由样例文库收录，更多同类文章在栏目里可以找到。"
    half = len(post.paragraphs) // 2 or 1
    text = "<br /><br />".join(
        (promise, *map(escape, post.paragraphs[:half]), middle, *map(escape, post.paragraphs[half:]))
    )
    extracts = "".join(
        f'<div class="lst"><a href="/{n}0.html">{title(*post.other("like", n))}</a>'
        f"<div>{paragraph(3, *post.other('like', n))[:90]}…</div></div>"
        for n in range(5)
    )
    head = f"<h1>{escape(post.title)}</h1><div>时间：{post.date[:10]}</div>"
    return document(post, f'<div class="con">{head}<div class="txt">{text}</div>{extracts}</div>')


def stream(post: Post) -> str:
    """Names made by a build tool; undated talk below the text, and a column of the day's best."""
    rows = "".join(f"<p>{escape(line)}</p>" for line in post.paragraphs)
    talk = "".join(
        f'<div class="_3kQ"><div class="_1n">{_pen_name(post, n)}</div>'
        f'<div class="_9w">{paragraph(1 + roll(*post.other("talk", n)) % 3, *post.other("talk", n))}</div>'
        "<div><span>赞</span><span>回复</span></div></div>"
        for n in range((post.number * 3) % 8)
    )
    best = "".join(
        f"<li><b>{title('hosts', 'best', n)}</b><p>{sentence('hosts', 'best', n)}</p></li>"
        for n in range(post.number % 3, post.number % 3 + 4)
    )
    head = f'<h1 class="_1RuRku">{escape(post.title)}</h1>'
    left = f'<div class="_2sL">{head}<div class="_gp">{rows}</div>{talk}</div>'
    return document(post, f'<div class="_21b">{left}<div class="_3Zq"><ul>{best}</ul></div></div>')


def old_cells(post: Post) -> str:
    """2003: one cell for all; the editor's box is a table in the middle of the text, as on portals then."""
    box = (
        '<table align="left" width="300"><tr><td><table><tr><td>样例论坛上的话题</td></tr>'
        f"<tr><td>{sentence(*post.other('box'))}</td></tr>"
        f"<tr><td>{sentence('hosts', 'box')}</td></tr></table></td></tr></table>"
    )
    first, *rest = post.paragraphs
    text = f"<p>　　{escape(first)}</p>{box}" + "".join(f"<p>　　{escape(line)}</p>" for line in rest)
    say = (
        "<p>【发表评论】【大 中 小】【关闭窗口】</p><p>短信订阅早知道，每天一条送到手边，资费以页面为准。</p>"
    )
    head = f"<tr><td><font>{escape(post.title)}</font></td></tr><tr><td>{post.date} 样例在线</td></tr>"
    return document(
        post, f'<table width="560">{head}<tr><td><font id="zoom">{text}</font>{say}</td></tr></table>'
    )


UNSEEN: Mapping[str, Callable[[Post], str]] = {
    "sample-account": account,
    "sample-notice": notice,
    "sample-essay": essay,
    "sample-stream": stream,
    "sample-cells": old_cells,
}


def _pen_name(post: Post, n: int) -> str:
    return "样" + "甲乙丙丁戊己庚辛"[roll(*post.other("name", n)) % 8]
