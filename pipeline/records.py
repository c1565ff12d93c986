"""What passes between stages, and what stands in the corpus: frozen rows, complete when made.

Every class here that names a `table` is one table: its annotations give the DuckDB and Parquet types,
its docstring and `Annotated` texts the comments. There is no second description of the schema.
Spans are code points, 0-based, end exclusive, into the field (`title` or `text`) of the article;
the slice equals `surface` (of an edit: `replacement`), always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, ClassVar, Literal

Field = Literal["title", "text"]
Script = Literal["hans", "hant", "mixed"]
SectionRole = Literal["intro", "body", "advice", "summary"]
Role = Literal["subject", "other", "channel"]
LawStatus = Literal["in-force", "repealed", "not-yet"]
Assertion = Literal["alleged", "claimed-practice", "generic", "prohibited", "negated", "advice", "question"]
Attribution = Literal["direct", "document", "none"]
Confidence = Literal["certain", "high", "medium"]
FingerprintPlace = Literal["furniture", "advert", "vendor", "link", "text"]

# Why a line of a page is not in the article's text. Documented in docs/schema.md; never renamed.
LINE_REASONS = {
    "navigation": "menus, breadcrumbs, lists of links",
    "greeting": "您好!欢迎访问…",
    "contact": "contact block of the site, inside or outside the article",
    "call-to-action": "an advert's or agent's request to call, scan or click",
    "meta": "byline, date, category, heat, comment count",
    "label": "a label without content of its own, such as 小编导语",
    "injected-title": "the title repeated in mid-text, as an image caption is",
    "caption": "the words under a picture",
    "closing": "以上就是…的全部内容，希望对大家有所帮助: by which a writer stops",
    "disclaimer": "声明 of the site",
    "registration": "ICP and other registration lines, copyright",
    "share": "share bar",
    "related": "related articles, next and previous, recommendations",
    "comments": "comment head and comments",
    "paging": "pager of an article that is divided into pages",
    "repeated": "stands on another page of the same article: its title, an intro, a notice",
    "site-furniture": "recurs across the site's stories",
    "empty": "nothing left after folding white space and invisible characters",
}

# Why a page yields no article. `stage` says who found out. Never renamed.
DROP_REASONS = {
    "robots": "robots.txt forbids it; never fetched",
    "blocked": "address refused by the guard, or the host refused us",
    "fetch-error": "no usable response after the last attempt",
    "poison": "killed the crawl time after time, or our own code stumbled on it; parked",
    "not-rendered": "a browser did not get the page whole: its scripts hang, crash or lack what they ask for",
    "tls-error": "the host's certificate does not hold, and the site's definition does not excuse it",
    "http-error": "answered with a status other than 200, never seen alive",
    "gone": "answered 404 or 410 and was never seen alive",
    "soft-404": "answered 200 with a page that says there is nothing",
    "redirect": "led to another URL, which is counted itself",
    "duplicate": "another address (http, www., m., a slash or parameter more) of a page that is kept once",
    "not-fetched": "known but not visited when the run ended",
    "list-page": "lists articles",
    "sitemap": "sitemap or feed",
    "not-html": "neither HTML nor text, by its bytes",
    "undecodable": "no encoding gives readable text",
    "too-large": "longer than the size limit of the parser",
    "no-article": "no main text found",
    "continuation": "a further page of a divided article, counted (or taken down) with its first page",
    "not-chinese": "main text is not Chinese",
    "unreadable": "an imported file that may not be read",
    "truncated-warc": "a stretch of an imported WARC file (behind offset #) could not be read, or its rest",
    "payload-elsewhere": "an imported revisit record whose payload lies in no file that was given",
    "extractor-failed": "a bug: the extractor raised on this page; counted, stops the run above 1 %",
    "worker-killed": "reading it killed the process twice, once alone; counted as such a bug",
}


@dataclass(frozen=True, slots=True)
class Drop:
    """A page, or the unreadable rest of an imported file, that yields no article, and why."""

    table: ClassVar[str] = "drops"
    url: Annotated[str, "URL of the page"]
    run_id: Annotated[str | None, "crawl or import run that brought the page"]
    stage: Annotated[str, "crawl, import, read or article: where it was dropped"]
    reason: Annotated[str, "documented drop reason"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of words, beyond script conversion and the 1:1 width and punctuation map."""

    table: ClassVar[str] = "edits"
    article_id: Annotated[str, "article"]
    ordinal: Annotated[int, "order in the article, title first"]
    field: Annotated[Field, "title or text"]
    kind: Annotated[str, "damage that was repaired: annotation, misalignment, misread, or a lacuna's kind"]
    char_start: Annotated[int, "first code point of the replacement"]
    char_end: Annotated[int, "end of the replacement, exclusive"]
    original: Annotated[str, "the page's own words, in simplified script"]
    replacement: Annotated[str, "what stands in the field now"]
    confidence: Annotated[Confidence, "certain, high or medium"]


@dataclass(frozen=True, slots=True)
class RepairNote:
    """Suspected damage that was left alone."""

    table: ClassVar[str] = "repair_notes"
    article_id: Annotated[str, "article"]
    field: Annotated[Field, "title or text"]
    kind: Annotated[str, "suspected damage"]
    char_start: Annotated[int, "where it is suspected"]
    char_end: Annotated[int, "end, exclusive"]
    suggestion: Annotated[str, "what may have stood there"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under one heading."""

    table: ClassVar[str] = "sections"
    article_id: Annotated[str, "article"]
    ordinal: Annotated[int, "order in the article from 0; 0 is the intro, before any heading"]
    level: Annotated[int, "0 intro, 1 for 一、 and h2, 2 for 1.1 and h3"]
    number: Annotated[str | None, "number as printed: 一, 1.1"]
    heading: Annotated[str | None, "heading without its number"]
    role: Annotated[SectionRole, "intro, body, advice or summary"]
    char_start: Annotated[int, "start of the heading line in text"]
    char_end: Annotated[int, "end of the section's last line, exclusive, before its sub-sections"]


@dataclass(frozen=True, slots=True)
class LineRemoved:
    """A line of the page that is not in the article, personal data redacted."""

    table: ClassVar[str] = "lines_removed"
    article_id: Annotated[str, "article"]
    ordinal: Annotated[int, "order on the page"]
    reason: Annotated[str, "documented reason"]
    text: Annotated[str, "the line in the page's own words: simplified and redacted, nothing repaired"]
    page: Annotated[int, "page of the article that it stood on, from 1"] = 1


@dataclass(frozen=True, slots=True)
class Original:
    """The page's own words for one field, in its own script, redacted: what edits and script undo to."""

    table: ClassVar[str] = "originals"
    article_id: Annotated[str, "article"]
    field: Annotated[Field, "title or text"]
    text: Annotated[str, "lines as in the field; same length as the field with its edits undone"]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What each page of an article gave; a span belongs to the page whose part of the field holds it."""

    table: ClassVar[str] = "article_pages"
    article_id: Annotated[str, "article, named for its first page"]
    ordinal: Annotated[int, "order of the pages, from 1; the title is the first page's"]
    url: Annotated[str, "URL of this page"]
    fetch_id: Annotated[str, "fetch that brought this page's payload first"]
    payload_sha256: Annotated[str, "SHA-256 of this page's payload"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point of the field that this page gave"]
    char_end: Annotated[int, "end, exclusive; equal to char_start where it gave nothing new"]
    has_next: Annotated[bool, "it links to a next page of the same article"]


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one page's article, as a single page shows it."""

    table: ClassVar[str] = "articles"
    article_id: Annotated[str, "a- and 16 hex of SHA-256(url, newline, payload_sha256)"]
    url: Annotated[str, "URL, or urn:yuqi:… for a file without one"]
    site_id: Annotated[str, "site"]
    sourced: Annotated[bool, "false: nobody vouches for its origin; in no site, operator or release"]
    fetched_at: Annotated[datetime, "when this payload was first fetched, UTC"]
    published_at: Annotated[datetime | None, "as the page says, UTC; a time without a zone is Asia/Shanghai"]
    published_source: Annotated[
        str | None,
        "json-ld, meta, time-element, label (发布时间：…), line (byline), update-label (only 更新 has one)",
    ]
    title: Annotated[str, "title without the site's suffix, simplified, repaired"]
    title_source: Annotated[
        str | None,
        "heading, title-element, meta, json-ld, layout, line (plain text), text (none: the first clause)",
    ] = field(default=None, kw_only=True)
    author: Annotated[str | None, "byline as the page gives it, simplified; a source (来源) is none"]
    author_source: Annotated[
        str | None,
        "json-ld, meta, label (作者：…), line (a byline, 记者 …), editor-label (only 编辑 is named)",
    ] = field(default=None, kw_only=True)
    category: Annotated[str | None, "the narrowest part of the site that the page stands in: 平台逾期"]
    category_source: Annotated[str | None, "json-ld, meta, label (分类：…), line, crumb"] = field(
        default=None, kw_only=True
    )
    channel: Annotated[str | None, "the part of the site above the category: 逾期频道"] = field(
        default=None, kw_only=True
    )
    channel_source: Annotated[str | None, "crumb, greeting (欢迎访问…), line"] = field(
        default=None, kw_only=True
    )
    script: Annotated[Script, "script of the page itself: hans, hant or mixed"]
    encoding: Annotated[str | None, "encoding the page was read in; a+b: fragments of it in b"] = field(
        default=None, kw_only=True
    )
    text: Annotated[str, "what follows the title: simplified, repaired, one paragraph or heading a line"]
    n_chars: Annotated[int, "code points of text"]
    text_sha256: Annotated[str, "SHA-256 of title, newline, text"]
    payload_sha256: Annotated[str, "SHA-256 of the payload after transfer and content decoding"]
    fetch_id: Annotated[str, "fetch that brought this payload first"]
    extractor: Annotated[str, "which extractor's text was kept"]
    confidence: Annotated[float, "agreement of two extractors, 0 to 1; 1 for plain text and layouts"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A lending platform, named."""

    table: ClassVar[str] = "mentions"
    article_id: Annotated[str, "article"]
    platform_id: Annotated[str, "platform"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "name as it stands in the field"]
    role: Annotated[Role, "subject, other or channel"]
    tier: Annotated[str, "tier of the alias: A clean, B short, C phrase-like, D never alone"]
    rule: Annotated[str, "rule that admitted the mention"]


@dataclass(frozen=True, slots=True)
class NameHint:
    """A word that stands where an article names platforms, and is no name of the gazetteer; unverified."""

    table: ClassVar[str] = "name_hints"
    article_id: Annotated[str, "article"]
    field: Annotated[Field, "title or text: of its first place"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "the word"]
    hits: Annotated[
        int, "places before a cue (催收, 逾期, APP) where it opens a clause or follows 在, 被, 和 …"
    ]
    cues: Annotated[int, "different cues"]
    in_title: Annotated[bool, "the title holds it"]
    shaped: Annotated[bool, "it ends as several names of the gazetteer do"]
    sure: Annotated[bool, "this page alone shows that it is a name; else one of other words must, too"]


@dataclass(frozen=True, slots=True)
class Practice:
    """A collection practice in one sentence, and how it is asserted."""

    table: ClassVar[str] = "practices"
    article_id: Annotated[str, "article"]
    practice_id: Annotated[str, "kind of practice"]
    platform_id: Annotated[str | None, "platform it is attributed to"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point of the cue, or of the clause that tells it"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "cue or clause as it stands in the field"]
    sentence_start: Annotated[int, "first code point of the sentence in the field"]
    sentence_end: Annotated[int, "end of the sentence, exclusive"]
    assertion: Annotated[Assertion, "how it is asserted"]
    attribution: Annotated[Attribution, "direct: platform in the sentence; document: its subject; none"]
    rule: Annotated[str, "rule that decided the assertion; +learnt: a model found the practice, no cue"]
    rests_on_restoration: Annotated[bool, "the cue or its sentence holds a restored word"]


@dataclass(frozen=True, slots=True)
class Law:
    """A law, rule or hotline, cited."""

    table: ClassVar[str] = "laws"
    article_id: Annotated[str, "article"]
    law_id: Annotated[str, "kind of law"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "citation as it stands, with its brackets 《》"]
    note: Annotated[str | None, "damaged, repealed, no-such-article, doubtful"]
    articles: Annotated[str | None, "articles cited: 675, or 293-1, 1..3, 675, 676; NULL where none is"]
    status: Annotated[
        LawStatus | None, "on the article's date, else that of its first fetch; NULL where not known"
    ]


@dataclass(frozen=True, slots=True)
class TipSource:
    """A sentence, item or sub-section that gives a canonical piece of advice."""

    table: ClassVar[str] = "tip_sources"
    tip_id: Annotated[str, "canonical tip"]
    article_id: Annotated[str, "article"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "the advice as it stands"]
    heading: Annotated[str | None, "sub-heading above it"]
    rule: Annotated[str, "subsection, item, sentence, or model"]


@dataclass(frozen=True, slots=True)
class TipCandidate:
    """A sentence that advises those who owe, but nothing canonical: to be reviewed, counted nowhere."""

    table: ClassVar[str] = "tip_candidates"
    article_id: Annotated[str, "article"]
    field: Annotated[Field, "title or text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "the sentence as it stands"]
    heading: Annotated[str | None, "heading of its section"]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A contact, registration, analytics id or notice of a page, as a keyed hash: never the value."""

    table: ClassVar[str] = "fingerprints"
    url: Annotated[str, "page"]
    site_id: Annotated[str, "site"]
    article_id: Annotated[str, "payload it stood in"]
    kind: Annotated[
        str,
        "phone, email, qq, wechat, icp, icp-serial (which site of a registrant), police, licence,"
        " credit-code, company, analytics, notice (a sentence of the site's frame)",
    ]
    place: Annotated[
        FingerprintPlace,
        "furniture (outside the article's text), advert (a call to action), vendor (who built the site, or an"
        " authority), link (in the page's source only) or text",
    ]
    keyed_hash: Annotated[str, "HMAC-SHA256 with state/secret.key, first 32 hex; never released"]
