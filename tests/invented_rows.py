"""Rows of all tables that say what an invented article says; not a test itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.page import article_id
from pipeline.records import (
    Edit,
    Fingerprint,
    Law,
    LineRemoved,
    Mention,
    Original,
    RepairNote,
    Section,
    TipCandidate,
    TipSource,
)
from pipeline.tables.articles import ArticleRow, PracticeRow
from pipeline.tables.copies import (
    ArticleThreshold,
    OperatorEvidence,
    OperatorRow,
    OwnSentence,
    SlotFiller,
    StoryRow,
    TemplateRow,
    TemplateSentence,
    TemplateVersion,
    UnlistedName,
)
from pipeline.tables.corpus import Meta
from pipeline.tables.sites import FetchRow, PageRow, RunRow, SiteRow
from pipeline.tables.topic import LawKind, PlatformAlias, PlatformRow, PracticeKind, Tip

AT = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


SNAPSHOT = "20240502T000000Z"


PLATFORMS = {"xinglan-dai": "星蓝贷", "maiyu-jinrong": "麦屿金融", "heting-xiaodai": "鹤汀小贷"}


THRESHOLDS = {"loose": "0.4", "kept": "0.5", "strict": "0.65"}


CUE = "给通讯录里的人打电话"


STRANGER = "写信的人"  # passes for a name that no list has


@dataclass(frozen=True)
class Told:
    """One article to be: a title and a text in which platforms and cues stand as they are."""

    url: str
    site: str
    title: str
    text: str
    story: str
    template: str | None = None
    subject: str | None = None
    assertion: str | None = None
    own: bool = False
    published: datetime | None = AT
    sourced: bool = True
    original: str | None = None  # of the text; the text itself where it is None
    edits: tuple[tuple[str, int, str, str], ...] = ()  # kind, start, original, replacement
    state: str = "live"
    more: dict[str, Any] = field(default_factory=dict)
    at: dict[str, tuple[int, int | None]] = field(default_factory=dict)  # threshold → story, template

    @property
    def payload(self) -> str:
        return hashlib.sha256(self.url.encode()).hexdigest()

    @property
    def id(self) -> str:
        return article_id(self.url, self.payload)


def store_rows(told: list[Told]) -> dict[type, list[Any]]:
    """Rows of the articles themselves, by record class."""
    rows: dict[type, list[Any]] = {}
    for n, t in enumerate(told):
        for row in _of_article(n, t):
            rows.setdefault(type(row), []).append(row)
    worded = {row.template_id: row for row in reversed(rows.get(TemplateSentence, []))}
    return rows | {TemplateSentence: list(worded.values())}  # each template in the words of its first


def _of_article(n: int, t: Told) -> list[Any]:
    fetch = f"f-{n:016x}"
    original = t.text if t.original is None else t.original
    base = {
        "article_id": t.id, "url": t.url, "site_id": t.site, "sourced": t.sourced, "fetched_at": AT,
        "published_at": t.published, "published_source": "meta" if t.published else None, "title": t.title,
        "author": None, "category": None, "script": "hans", "text": t.text, "n_chars": len(t.text),
        "text_sha256": hashlib.sha256(f"{t.title}\n{t.text}".encode()).hexdigest(),
        "payload_sha256": t.payload, "fetch_id": fetch, "extractor": "lines", "confidence": 1.0,
        "version": 1, "is_current": True, "story_id": t.story, "template_id": t.template,
        "is_representative": True, "own_share": 0.9, "title_body_conflict": False,
    }  # fmt: skip
    warc = "archive/a/a.warc.gz"
    rows: list[Any] = [
        ArticleRow(**{**base, **t.more}),
        Original(t.id, "title", t.title),
        Original(t.id, "text", original),
        Section(t.id, 0, 0, None, None, "intro", 0, len(t.text)),
        LineRemoved(t.id, 0, "contact", "联系电话：[PHONE]"),
        PageRow(t.url, t.site, t.state, t.sourced, AT, AT, AT, 1, 0, None),
        FetchRow(fetch, "r-1", t.site, t.url, AT, 200, "new", t.payload, None, None, warc, 100 * n),
        Fingerprint(t.url, t.site, t.id, "phone", "furniture", "f" * 32),
    ]
    rows += [
        Edit(t.id, i, "text", kind, start, start + len(new), old, new, "certain")
        for i, (kind, start, old, new) in enumerate(t.edits)
    ]
    rows += [*_mentions(t), *_practices(t), *_of_template(t)]
    rows += [ArticleThreshold(t.id, name, *groups) for name, groups in t.at.items()]
    if t.own:
        rows.append(OwnSentence(t.id, "text", 0, t.text.index("。") + 1))
        rows += [
            UnlistedName(None, t.id, "text", at, at + len(STRANGER), STRANGER)
            for at in [t.text.find(STRANGER)]
            if at >= 0
        ]
    for place in (p for p in [t.text.find("民法典第一百条")] if p >= 0):
        rows.append(
            Law(t.id, "civil-code", "text", place, place + 7, "民法典第一百条", None, "100", "in-force")
        )
    for place in (p for p in [t.text.find("先保留证据")] if p >= 0):
        rows.append(
            TipSource("keep-evidence", t.id, "text", place, place + 5, "先保留证据", None, "sentence")
        )
    for place in (p for p in [t.text.find("要求停止")] if p >= 0):
        rows.append(TipCandidate(t.id, "text", place, place + 4, "要求停止", None))
    return [*rows, RepairNote(t.id, "text", "lacuna", 0, 1, "也许缺字")]


def _of_template(t: Told) -> list[Any]:
    """Its one sentence, which begins with 逾期后 and the lender's name."""
    if t.template is None or t.subject is None:
        return []
    name = PLATFORMS[t.subject]
    first = TemplateSentence(
        t.template, 0, 0, False, True, t.text.replace(name, "【platform】"), t.id, 0, len(t.text), 2, 2, 2, 0
    )  # fmt: skip
    return [
        first,
        TemplateVersion(t.template, 0, t.id, 0, len(t.text), False),
        SlotFiller(
            t.template, "platform", "platform", 1, t.id, "text", 3, 3 + len(name), name, t.subject
        ),
    ]  # fmt: skip


def _mentions(t: Told) -> list[Any]:
    found = []
    for platform, name in PLATFORMS.items():
        for where, said in (("title", t.title), ("text", t.text)):
            if (place := said.find(name)) >= 0:
                role = "subject" if platform == t.subject else "other"
                found.append(
                    Mention(t.id, platform, where, place, place + len(name), name, role, "A", "clean-alias")
                )
    return found


def _practices(t: Told) -> list[Any]:
    place = t.text.find(CUE)
    if place < 0 or t.assertion is None:
        return []
    start = max(t.text.rfind("。", 0, place) + 1, 0)
    end = t.text.find("。", place) + 1
    return [
        PracticeRow(
            t.id, "contacting-others", t.subject, "text", place, place + len(CUE), CUE, start, end,
            t.assertion, "direct", "cue", False, t.own,
        )
    ]  # fmt: skip


def _home(site: str) -> str | None:
    return None if site == "imported" else f"http://{site}.example.com/"


def fixed_rows(told: list[Told]) -> dict[type, list[Any]]:
    sites = sorted({t.site for t in told})
    operator = {"site0": "op-000000000001", "site1": "op-000000000001"}
    return {
        SiteRow: [SiteRow(s, s, _home(s), "=invented", operator.get(s), 3, 2) for s in sites],
        RunRow: [RunRow("r-1", "crawl", AT, AT, "done", len(told), 1000)],
        OperatorRow: [OperatorRow("op-000000000001", 2, 0.9, "phone: site0, site1")],
        OperatorEvidence: _shared(told),
        StoryRow: [
            StoryRow(
                t.story,
                t.id,
                t.template,
                1,
                int(t.sourced),
                int(t.sourced),
                t.published,
                AT,
                first_published_doubt=t.more.get("published_doubt"),
            )
            for t in told
        ],
        TemplateRow: [
            TemplateRow(
                template,
                "逾期后【platform】可能打电话。",
                2,
                2,
                2,
                2,
                first_published_at=AT,
                first_seen_at=AT,
                first_published_doubt=next(
                    t.more.get("published_doubt") for t in told if t.template == template
                ),
            )
            for template in sorted({t.template for t in told if t.template})
        ],
        PlatformRow: [
            PlatformRow(
                p,
                n,
                None,
                "consumer-loan",
                "消费贷款",
                "Consumer loan",
                "某某公司",
                "某某集团",
                None,
                "low" if p == "xinglan-dai" else "high",
                None,
            )
            for p, n in PLATFORMS.items()
        ],
        PlatformAlias: [PlatformAlias(p, n, "A") for p, n in PLATFORMS.items()]
        + [PlatformAlias("xinglan-dai", "星蓝", "B")],
        PracticeKind: [PracticeKind("contacting-others", "contacts", "联系第三人", "contacting others")],
        LawKind: [LawKind("civil-code", "民法典", "Civil Code", None, "law", "2021-01-01", None)],
        Tip: [Tip("keep-evidence", "保留证据", "keep evidence", False)],
        Meta: [
            Meta("snapshot", SNAPSHOT),
            Meta("yuqi", "0.1.0"),
            Meta("topic", "overdue"),
            Meta("inputs", "x"),
            *(Meta(f"threshold-{name}", share) for name, share in THRESHOLDS.items()),
        ],
    }


def _shared(told: list[Told]) -> list[OperatorEvidence]:
    """The telephone that site0 and site1 show on their first page."""
    first = {t.site: t for t in reversed(told)}
    about = ("op-000000000001", 1, "phone", 0.8)
    return [
        OperatorEvidence(*about, site, "furniture", 3, 1.0, first[site].id, first[site].url)
        for site in ("site0", "site1")
        if site in first
    ]
