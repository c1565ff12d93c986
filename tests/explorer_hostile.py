"""Pages that attack whoever reads them, built as any other page is; not a test itself."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.importing import import_paths
from crawler.workspace import Workspace, open_workspace
from yuqi.building import build_workspace

LENDER = "星蓝贷"
PHONE = "13800138000"
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "svg": "<svg onload=alert(2)><animate onbegin=alert(3)></svg>",
    "handler": "<img src=x onerror=alert(4)>",
    "link": '<a href="javascript:alert(5)">javascript:alert(5)</a>',
    "escape": "</textarea></title></mark><!--<script>alert(6)//",
    "attribute": '" onmouseover="alert(7)" x=\'',
    "template": "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}",
    "formula": '=HYPERLINK("http://example.com/";"x")',
    "bidi": "正常\u202e贷蓝星\u202c\u2066隐藏\u2069\u200f",
}
DEFINED = """
[[platform]]
id = "xinglan-dai"
name = "星蓝贷"
category = "internet-platform"
confidence = "high"
aliases = ["星蓝贷"]
"""


def body(said: str, number: int) -> str:
    """An article long and Chinese enough to be one, that says the attack as words."""
    return "".join(
        f"<p>{part}</p>"
        for part in (
            f"有读者来信反映，{LENDER}在逾期第{number}天就给通讯录里的亲友打电话，语气十分强硬，让人很难安心工作。",
            f"这位读者写下的原话是：{said}，编辑部照登如上，没有改动。",
            "遇到这样的情形，建议先保留通话录音与短信截图，再与平台客服协商延期还款，必要时向监管部门投诉。",
            "根据民法典的规定，借款人应当按期还款，但催收的方式也必须合法，不得骚扰与借款无关的第三人。",
            f"编辑提醒，第{number}封来信还说，家里人因此担心了好几个晚上，希望平台能够给出一个说法。",
        )
    )


def words(attack: str) -> str:
    """The attack as a page would have to write it, to have it read as words."""
    return attack.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def hostile_workspace(root: Path) -> Workspace:
    root.mkdir(parents=True, exist_ok=True)
    (root / "yuqi.toml").write_text('contact = "mailto:desk@example.com"\n', encoding="utf-8")
    place = open_workspace(root)
    place.overrides.mkdir()
    (place.overrides / "platforms.toml").write_text(DEFINED, encoding="utf-8")
    folder = root / "pages"
    folder.mkdir()
    for number, (name, attack) in enumerate(ATTACKS.items(), start=3):
        _write(
            folder / f"{name}.html",
            name,
            f"{words(attack)}{LENDER}逾期{number}天",
            body(words(attack), number),
        )
    raw = "".join(attack for name, attack in ATTACKS.items() if name != "escape")
    _write(folder / "raw.html", "raw", f"{LENDER}逾期1天会怎样", body(raw, 1))
    _write(folder / "long.html", "long", f"{LENDER}逾期2天" + "很长" * 500_000, body("很长的标题", 2))
    _write(folder / "phone.html", "phone", f"{LENDER}逾期20天", body(f"请拨打我的电话{PHONE}", 20))
    import_paths(place, {}, [folder], None, unsourced=False)
    build_workspace(place)
    return place


def _write(path: Path, name: str, title: str, text: str) -> None:
    url = f"http://farm.example.com/{name}.html"
    path.write_text(
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{url}"></head><body><div class="nav">首页</div>'
        f"<article><h1>{title}</h1>{text}</article><footer>备案号</footer></body></html>",
        encoding="utf-8",
    )
    os.utime(path, (1_714_500_000, 1_714_500_000))
