"""Which sites there are, who owns each, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256

SIZES = (2, 3, 4, 5)  # sites of the owners of each kind: twenty pairs
TEXT_SIZES = (2, 2, 4, 4, 4)  # what more than four have is nobody's own
KINDS = ("phone", "email", "qq", "wechat", "icp", "analytics", "texts")
STRANGERS = 40
PAGES, TEXT_PAGES = 3, 9


@dataclass(frozen=True, slots=True)
class OwnedSite:
    """`frame`: lines on every page; `adverts`: class, lines, every how many pages; `texts`: whose."""

    site_id: str
    owner: str
    kind: str = ""  # what it shares with the owner's other sites
    frame: tuple[str, ...] = ()
    adverts: tuple[tuple[str, tuple[str, ...], int], ...] = ()
    source: tuple[str, ...] = ()
    texts: str = ""
    first_text: str = ""  # whose the first text is, where it is another's
    pages: int = PAGES
    theme: int = 0

    @property
    def host(self) -> str:
        return f"{self.site_id}.example.com"

    def with_frame(self, *lines: str) -> OwnedSite:
        return replace(self, frame=(*self.frame, *lines))

    def with_advert(self, css: str, *lines: str, every: int = 1) -> OwnedSite:
        return replace(self, adverts=(*self.adverts, (css, lines, every)))


@cache
def owned_sites() -> tuple[OwnedSite, ...]:
    return (*_owners(), *_strangers())


def phone(number: int) -> str:
    return f"010-1000{number:04}"


def icp(number: int) -> str:
    return f"测ICP备9{number:07}号"


def account(number: int) -> str:
    """A statistics id as such sites embed it, in a form that no browser loads."""
    digest = sha256(f"account {number}".encode()).hexdigest()[:32]
    return f'<script type="text/plain" src="https://hm.baidu.com/hm.js?{digest}"></script>'


def _owners() -> Iterator[OwnedSite]:
    """Every second one registers each site by itself; all have a mailbox for each."""
    number = 0
    for kind in KINDS:
        for group, size in enumerate(TEXT_SIZES if kind == "texts" else SIZES):
            for nth in range(size):
                number += 1
                site_id = f"{kind}-{group}-{nth}"
                site = OwnedSite(site_id, f"{kind}-{group}", kind, texts=site_id, theme=number % 3)
                apart = group % 2 and kind not in ("icp", "analytics", "texts")
                mailbox = f"邮箱：service@{site.host}"
                site = site.with_frame(mailbox, *([icp(number)] if apart else []))
                yield _beset(_sharing(site, KINDS.index(kind) * 10 + group, nth), number)


def _sharing(site: OwnedSite, owner: int, nth: int) -> OwnedSite:
    """What the owner's sites have in common, written as each writes it."""
    if site.kind == "texts":
        notices = (
            f"本栏目由第{owner}号编写组的志愿者轮流整理，每篇文字发出之前都请两位年长的读者看过一遍。",
            f"第{owner}号编写组不收任何费用，也从不托人代收，凡自称我们的人都请先到这里问一句再说。",
        )
        return replace(site, texts=f"texts-{owner}", pages=TEXT_PAGES).with_frame(*notices)
    if site.kind == "analytics":
        return replace(site, source=(account(owner),), first_text=site.owner)
    said = {
        "phone": ("联系电话：{phone}", "电话 {bare}", "客服电话：{phone} 周一至周五"),
        "email": (
            "联系我们：owner{n}@example.com",
            "Owner{n}@Example.com",
            "站长邮箱 owner{n}(at)example.com",
        ),
        "qq": ("客服QQ：{qq}", "QQ:{qq}", "站长QQ {qq}"),
        "wechat": ("微信号：yangli_owner{n}", "客服微信：yangli_owner{n}", "微信：Yangli_Owner{n}"),
        "icp": ("{icp}-{serial}", "备案号：{icp}－{serial}"),
    }[site.kind]
    number = phone(owner)
    values = {"phone": number, "bare": number.replace("-", ""), "qq": 10_000 + owner, "n": owner}
    values |= {"icp": icp(7_000 + owner), "serial": nth + 1}
    return site.with_frame(said[nth % len(said)].format(**values))


def _strangers() -> Iterator[OwnedSite]:
    """Nobody owns two of them. Each has a number of its own, and most are registered."""
    for n in range(STRANGERS):
        site_id = f"stranger-{n:02}"
        site = OwnedSite(site_id, site_id, texts=site_id, theme=n % 3)
        site = site.with_frame(f"联系电话：{phone(500 + n)}", f"邮箱：mail@{site.host}")
        if 24 <= n < 30:  # a template's placeholder
            site = site.with_frame("测ICP备00000000号")
        elif n % 4:
            site = site.with_frame(icp(500 + n))
        yield _beset(_seeming(site, n), n)


def _seeming(site: OwnedSite, n: int) -> OwnedSite:
    """What seems to join strangers: each thing stands on at least four of them."""
    if n < 8:  # who sold the theme left his account in it
        site = replace(site, source=(account(900), account(1_000 + n)))
    if 6 <= n < 12:  # a franchise
        site = site.with_frame("加盟微信号：yangli_franchise")
    if 12 <= n < 18:  # the host's own registration
        site = site.with_frame(f"本页空间所在平台 {icp(8_000)}-1")
    if 18 <= n < 24:  # copied from one another, each with its own frame
        site = replace(site, texts=f"copied-{(n - 18) // 3}", pages=TEXT_PAGES)
    if 30 <= n < 36:  # one theme with its notices
        notices = (
            "本主题所有示例文字只为排版而写，请在后台逐条改成自己网站的介绍以后再对外开放访问。",
            "本主题的评论功能需要站长自行开启，未经审核的留言不会出现在任何一个公开的页面里面。",
        )
        site = replace(site, theme=1).with_frame(*notices)
    if n >= 34:  # an authority's hotline, and a lender's
        site = site.with_frame(f"样例市网信办举报中心：{phone(990)}", "样例小贷客服热线400-100-0001")
    return site


def _beset(site: OwnedSite, n: int) -> OwnedSite:
    """What stands on owners' and strangers' sites alike: adverts, and who built the site."""
    if n % 3 == 0:
        lines = ("欠款太多怎么办？专业协商，免费评估", f"微信：yangli_agent{n % 2}", "点击咨询立即办理")
        site = site.with_advert("side-box", *lines)
    if n % 4 == 1:
        site = site.with_advert("gg gg-right", f"律师在线 {phone(991)}")
    if n % 5 == 2:
        site = site.with_advert(
            "text", f"需要帮忙的朋友请打{phone(992)}，接电话的是住在附近的老师傅。", every=2
        )
    if n % 4 == 2:
        site = site.with_frame(f"技术支持：样例网络 电话：{phone(993)}")
    return site
