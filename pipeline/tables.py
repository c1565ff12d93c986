"""The tables of the corpus that are not stage records: what loading, counting and the topic add."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, ClassVar

from pipeline.records import (
    Article,
    ArticlePage,
    Drop,
    Edit,
    Fingerprint,
    Law,
    LineRemoved,
    Mention,
    NameHint,
    Original,
    Practice,
    RepairNote,
    Section,
    TipCandidate,
    TipSource,
)


@dataclass(frozen=True, slots=True)
class ArticleRow(Article):
    """One row per version of a page's text; a version is a change of the text, not of the code."""

    table: ClassVar[str] = "articles"
    version: Annotated[int, "counts changes of the page's text from 1"]
    is_current: Annotated[bool, "the URL's newest version, also when the page is gone"]
    story_id: Annotated[str | None, "the same text about the same subjects"]
    template_id: Annotated[str | None, "the same text with other names; NULL for a text of one story only"]
    is_representative: Annotated[bool, "stands for its story"]
    own_share: Annotated[float | None, "share of characters that stand in no other story"]
    title_body_conflict: Annotated[bool, "the title names a platform that the text does not"]
    n_pages: Annotated[int, "pages whose text is joined here; each with its span in article_pages"] = 1
    is_whole: Annotated[bool, "false: the last page links to a next one that could not be joined"] = True
    published_doubt: Annotated[
        str | None,
        "why published_at is rather a farm's date: after-seen (later than the page was first seen), moved"
        " (its versions give different days), same-minute, same-day (with many pages of the site)",
    ] = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class PracticeRow(Practice):
    """A collection practice in one sentence, how it is asserted, and whether the sentence is its own."""

    table: ClassVar[str] = "practices"
    own: Annotated[bool, "the sentence, names and numbers masked, stands with no other platform"]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of the workspace, or a host that an import brought."""

    table: ClassVar[str] = "sites"
    site_id: Annotated[str, "stem of its definition, or the host"]
    name: Annotated[str, "name as defined, else the id"]
    home_url: Annotated[str | None, "first start URL"]
    why: Annotated[str | None, "why it is in the corpus"]
    operator_id: Annotated[str | None, "operator that it shares a fingerprint with"]
    n_pages: Annotated[int, "pages discovered, whether they were visited or not"]
    n_articles: Annotated[int, "current articles"]


@dataclass(frozen=True, slots=True)
class LearntContainer:
    """The element in which the pages of one design of a site have their article, as the site's memory learnt.

    Other pages with this element, unsure of themselves, were read in it; their `extractor` says `learnt`.
    """

    table: ClassVar[str] = "learnt_containers"
    site_id: Annotated[str, "site"]
    layout: Annotated[int, "order in which a site's layouts were learnt and are asked, from 1"]
    container: Annotated[str, "tag, classes and id of the element, digits as 0; > where it has none itself"]
    n_pages: Annotated[int, "pages that taught it: those with the element that were read with confidence"]
    n_agreeing: Annotated[int, "of these the pages on which it holds the whole article that was found"]
    agreement: Annotated[float, "mean F1 of its text by the article found"]
    held_out: Annotated[float, "share that agrees, on the half of the pages on which it is lower"]
    fit: Annotated[
        str, "alike: most articles are its text; inner: many go on behind it, outer: all stand in it"
    ]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A crawl, import, build or recrawl."""

    table: ClassVar[str] = "runs"
    run_id: Annotated[str, "run"]
    kind: Annotated[str, "crawl, import, build or recrawl"]
    started_at: Annotated[datetime, "UTC"]
    finished_at: Annotated[datetime | None, "UTC; NULL while running or when killed"]
    status: Annotated[str, "running, done or failed"]
    pages_fetched: Annotated[int, "responses archived"]
    bytes_fetched: Annotated[int, "bytes of payload archived"]


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One visit of a URL."""

    table: ClassVar[str] = "fetches"
    fetch_id: Annotated[str, "fetch"]
    run_id: Annotated[str, "run"]
    site_id: Annotated[str, "site"]
    url: Annotated[str, "URL asked for"]
    fetched_at: Annotated[datetime, "UTC"]
    http_status: Annotated[int | None, "NULL without a response"]
    outcome: Annotated[
        str, "new, changed, unchanged, gone, soft-404, redirect, robots, blocked, error, skipped"
    ]
    payload_sha256: Annotated[str | None, "SHA-256 of the payload after transfer and content decoding"]
    etag: Annotated[str | None, "validator"]
    last_modified: Annotated[str | None, "validator"]
    warc_file: Annotated[str | None, "archive file, relative to the workspace"]
    warc_offset: Annotated[int | None, "byte offset of the record in the compressed file"]
    page_text_sha256: Annotated[str | None, "of all that the page shows; NULL without markup"] = None
    prose_sha256: Annotated[str | None, "of its sentences alone, without the template around them"] = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A URL that was visited or refused; every one is a current article or a drop."""

    table: ClassVar[str] = "pages"
    url: Annotated[str, "URL"]
    site_id: Annotated[str, "site"]
    state: Annotated[str, "live, gone, soft-404 or blocked"]
    sourced: Annotated[bool, "false: of unknown origin"]
    first_seen_at: Annotated[datetime, "UTC"]
    last_seen_at: Annotated[datetime | None, "last time it answered with a page, UTC"]
    last_changed_at: Annotated[datetime | None, "last change of the text, UTC"]
    visits: Annotated[int, "committed fetches"]
    changes: Annotated[int, "fetches that brought another text (prose_sha256), not only other bytes"]
    next_visit_at: Annotated[datetime | None, "when it is due, UTC"]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """The same text about the same subjects, however often copied."""

    table: ClassVar[str] = "stories"
    story_id: Annotated[str, "s- and 12 hex of its first archived member's id"]
    representative_id: Annotated[str, "article that stands for it"]
    template_id: Annotated[str | None, "template it fills in"]
    n_articles: Annotated[int, "current articles"]
    n_sites: Annotated[int, "sites, unsourced not counted"]
    n_operators: Annotated[int, "operators; a site without one counts as its own"]
    first_published_at: Annotated[datetime | None, "earliest date its pages give"]
    first_seen_at: Annotated[datetime, "earliest fetch"]
    first_published_doubt: Annotated[
        str | None, "why this date is not to be trusted, where no page with it is: see articles"
    ] = field(default=None, kw_only=True)
    first_article_id: Annotated[
        str | None, "the article with this date; NULL in doubt, or where several pages share it"
    ] = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """The same text with other names filled in."""

    table: ClassVar[str] = "templates"
    template_id: Annotated[str, "t- and 12 hex of its first archived member's id"]
    skeleton: Annotated[str, "template_sentences in order; 〔〕: fewer than two of three stories have it"]
    n_stories: Annotated[int, "stories"]
    n_platforms: Annotated[int, "platforms filled in as subject"]
    n_articles: Annotated[int, "current articles"]
    n_sites: Annotated[int, "sites, unsourced not counted"]
    first_published_at: Annotated[datetime | None, "earliest date its pages give"] = field(
        default=None, kw_only=True
    )
    first_seen_at: Annotated[datetime | None, "earliest fetch"] = field(default=None, kw_only=True)
    first_published_doubt: Annotated[
        str | None, "why this date is not to be trusted, where no page with it is: see articles"
    ] = field(default=None, kw_only=True)
    first_article_id: Annotated[
        str | None, "the article with this date; NULL in doubt, or where several pages share it"
    ] = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class ArticleThreshold:
    """Story and template of an article, were texts joined from a lower or a higher share on."""

    table: ClassVar[str] = "article_thresholds"
    article_id: Annotated[str, "article"]
    threshold: Annotated[str, "loose or strict; meta says from which share of a text on"]
    story: Annotated[int, "number of its story at this threshold, in this snapshot only"]
    template: Annotated[int | None, "number of its template; NULL for a text of one story only"]


@dataclass(frozen=True, slots=True)
class TemplateSentence:
    """A sentence of a template's skeleton, induced from at most 16 stories; slots as 【date 2】.

    One slot under one name holds the same in all its places. What all say alike is fixed text.
    """

    table: ClassVar[str] = "template_sentences"
    template_id: Annotated[str, "template"]
    ordinal: Annotated[int, "order in which most stories tell it, from 0"]
    section: Annotated[int, "counts headings; 0 before the first"]
    is_heading: Annotated[bool, "a line of its own without a mark of end, in most stories"]
    begins_line: Annotated[bool, "in most stories"]
    text: Annotated[str, "the commonest wording with its slots"]
    article_id: Annotated[str, "article whose wording it is"]
    char_start: Annotated[int, "first code point of the wording in that text"]
    char_end: Annotated[int, "end, exclusive"]
    n_stories: Annotated[int, "compared stories that have a version of it"]
    n_compared: Annotated[int, "stories of the template that were compared"]
    n_alike: Annotated[int, "stories that word it exactly so, what may be filled in left out"]
    n_moved: Annotated[int, "stories that tell it in another place"]


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A compared story's version of a sentence of the skeleton: its span in the text of its article."""

    table: ClassVar[str] = "template_versions"
    template_id: Annotated[str, "template"]
    ordinal: Annotated[int, "sentence of the skeleton"]
    article_id: Annotated[str, "article that stands for its story"]
    char_start: Annotated[int, "first code point in its text"]
    char_end: Annotated[int, "end, exclusive"]
    is_moved: Annotated[bool, "stands in another place than in the skeleton"]


@dataclass(frozen=True, slots=True)
class SlotFiller:
    """What a compared story fills into a slot of its template, where it first does so."""

    table: ClassVar[str] = "slot_fillers"
    template_id: Annotated[str, "template"]
    slot: Annotated[str, "the slot's name as in template_sentences.text, without 【】"]
    type: Annotated[str, "platform, date, amount, number, place, person; text: where copies differ alone"]
    n_places: Annotated[int, "places of the skeleton in which this slot stands"]
    article_id: Annotated[str, "article that stands for its story"]
    field: Annotated[str, "text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "what is filled in"]
    platform_id: Annotated[str | None, "known platform; NULL for a name that is on no list, and other types"]


@dataclass(frozen=True, slots=True)
class UnlistedName:
    """A name on no list that stands where a template names its lender, on several sites; one per article."""

    table: ClassVar[str] = "unlisted_names"
    template_id: Annotated[str | None, "template; NULL for a text that names unlisted platforms only"]
    article_id: Annotated[str, "current article"]
    field: Annotated[str, "text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]
    surface: Annotated[str, "the name"]


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence that stands in no other story, reworded neither; own_share is their share of the text."""

    table: ClassVar[str] = "own_sentences"
    article_id: Annotated[str, "article"]
    field: Annotated[str, "title or text"]
    char_start: Annotated[int, "first code point"]
    char_end: Annotated[int, "end, exclusive"]


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """Sites that share a contact or registration fingerprint."""

    table: ClassVar[str] = "operators"
    operator_id: Annotated[str, "op- and 12 hex of its first archived member's id"]
    n_sites: Annotated[int, "sites"]
    confidence: Annotated[float, "0 to 1"]
    evidence: Annotated[str, "kinds of shared fingerprints and the sites, no values"]


@dataclass(frozen=True, slots=True)
class OperatorEvidence:
    """One thing that sites of an operator share, on one of them: never the value, nor its hash."""

    table: ClassVar[str] = "operator_evidence"
    operator_id: Annotated[str, "operator"]
    ordinal: Annotated[int, "the same for the same thing; from 1, in the order of kinds"]
    kind: Annotated[str, "kind of fingerprint, or texts: rare texts and notices that only these sites have"]
    weight: Annotated[float, "how much the kind says by itself, 0 to 1"]
    site_id: Annotated[str, "site that shows it"]
    place: Annotated[str, "furniture, or text where it stands in most texts of the site"]
    n_pages: Annotated[int, "current articles of the site that show it"]
    page_share: Annotated[float, "of the site's current articles"]
    article_id: Annotated[str, "the first of them"]
    url: Annotated[str, "its page"]


@dataclass(frozen=True, slots=True)
class IdChange:
    """A story, template or operator that merged into another or was split."""

    table: ClassVar[str] = "id_changes"
    kind: Annotated[str, "story, template or operator"]
    old_id: Annotated[str, "id that ended or was left"]
    new_id: Annotated[str, "id that holds its members now"]
    change: Annotated[str, "merged or split"]
    snapshot: Annotated[str, "snapshot in which it happened"]


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A lending platform of the gazetteer; a name whose only support is a farm page stands unrelated."""

    table: ClassVar[str] = "platforms"
    platform_id: Annotated[str, "platform"]
    name: Annotated[str, "name"]
    name_en: Annotated[str | None, "English name"]
    category: Annotated[str, "kind of lender"]
    operator: Annotated[str | None, "company behind it; NULL where confidence is low"]
    parent: Annotated[str | None, "parent company; NULL where confidence is low"]
    status: Annotated[str | None, "operating, defunct; NULL where not known"]
    confidence: Annotated[str, "high, medium or low"]
    source: Annotated[str | None, "where the facts come from"]


@dataclass(frozen=True, slots=True)
class PlatformAlias:
    """A surface under which a platform is named."""

    table: ClassVar[str] = "platform_aliases"
    platform_id: Annotated[str, "platform"]
    alias: Annotated[str, "surface, simplified"]
    tier: Annotated[str, "A clean, B short, C phrase-like, D never alone"]


@dataclass(frozen=True, slots=True)
class MentionRule:
    """A rule by which a mention is admitted, and how often it was right in labelled sentences."""

    table: ClassVar[str] = "mention_rules"
    rule: Annotated[str, "rule, as mentions give it"]
    label_zh: Annotated[str, "what it says"]
    label_en: Annotated[str, "what it says"]
    right: Annotated[int, "of what it found in the labelled sentences, names"]
    found: Annotated[int, "what it found there; half of the sentences are traps"]
    precision: Annotated[float | None, "right of found; NULL where it found nothing there"]


@dataclass(frozen=True, slots=True)
class PracticeKind:
    """A kind of collection practice."""

    table: ClassVar[str] = "practice_kinds"
    practice_id: Annotated[str, "kind"]
    group: Annotated[str, "group of kinds"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str, "label"]


@dataclass(frozen=True, slots=True)
class LawKind:
    """A law, rule or hotline that texts cite."""

    table: ClassVar[str] = "law_kinds"
    law_id: Annotated[str, "law"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str | None, "label"]
    note: Annotated[str | None, "what else is known of it"]
    kind: Annotated[str, "law, rule or hotline"]
    in_force_since: Annotated[str | None, "day it came into force, ISO; NULL where not known"]
    in_force_until: Annotated[str | None, "day it was repealed, ISO; NULL where it was not"]


@dataclass(frozen=True, slots=True)
class Tip:
    """A canonical piece of advice."""

    table: ClassVar[str] = "tips"
    tip_id: Annotated[str, "tip"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str, "label"]
    promotional: Annotated[bool, "advertises an agent"]


@dataclass(frozen=True, slots=True)
class TakedownRow:
    """A takedown that this store obeys; the content is gone, the request stays."""

    table: ClassVar[str] = "takedowns"
    url: Annotated[str | None, "one URL"]
    pattern: Annotated[str | None, "regular expression over URLs"]
    site: Annotated[str | None, "a whole site"]
    reason: Annotated[str, "as given"]
    at: Annotated[str, "as given"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A finding that a person struck."""

    table: ClassVar[str] = "corrections"
    finding_id: Annotated[str, "finding"]
    reason: Annotated[str, "as given"]
    at: Annotated[datetime, "UTC"]
    article_id: Annotated[str, "article"]
    url: Annotated[str, "its page"]
    kind: Annotated[str, "practice, mention, law or tip"]
    finding: Annotated[str, "id of what was found"]
    platform_id: Annotated[str | None, "platform that it was attributed to"]
    assertion: Annotated[str | None, "how a practice was asserted"]
    found: Annotated[bool, "false: the rules no longer make this finding"]


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on a finding."""

    table: ClassVar[str] = "reviews"
    finding_id: Annotated[str, "finding"]
    reviewer: Annotated[str, "who"]
    verdict: Annotated[str, "right, wrong or unsure"]
    reason: Annotated[str | None, "as given"]
    at: Annotated[datetime, "UTC"]
    article_id: Annotated[str, "article"]
    kind: Annotated[str, "practice, mention, law or tip"]
    finding: Annotated[str, "id of what was found"]
    platform_id: Annotated[str | None, "platform that it is attributed to"]
    assertion: Annotated[str | None, "how a practice is asserted"]
    rule: Annotated[str | None, "rule that made the finding when it was judged"]
    drawn: Annotated[bool, "in a sample; only these count for precision"]
    found: Annotated[bool, "false: the rules no longer make this finding"]
    stratum: Annotated[str | None, "what the finding was judged among; NULL where it is no longer made"]


@dataclass(frozen=True, slots=True)
class Counted:
    """As what a current article counts: one row for itself, and one for each platform that is its subject.

    All counts read it: `counted.sql` says how it is made, and nothing else decides it.
    """

    table: ClassVar[str] = "counted"
    article_id: Annotated[str, "article"]
    url: Annotated[str, "its page"]
    platform_id: Annotated[str | None, "platform that is its subject; NULL in the article's own row"]
    story_id: Annotated[str | None, "its story"]
    template_id: Annotated[str | None, "its template, else its story"]
    site_id: Annotated[str | None, "its site; NULL where unsourced"]
    operator_id: Annotated[str | None, "its operator, else its site; NULL where unsourced"]
    held_template_id: Annotated[str | None, "its template"]
    held_site_id: Annotated[str, "its site, also where unsourced"]
    held_operator_id: Annotated[str | None, "its operator"]
    sourced: Annotated[bool, "whether its origin is known"]
    state: Annotated[str, "state of the page"]
    published_at: Annotated[datetime | None, "as the page says, UTC"]
    published_day: Annotated[date | None, "the same as a day in Asia/Shanghai"]
    published_doubt: Annotated[str | None, "why that date is a farm's: see articles"]
    first_seen_at: Annotated[datetime, "earliest fetch, UTC"]
    first_seen_day: Annotated[date, "the same as a day in Asia/Shanghai"]
    last_seen_at: Annotated[datetime, "last time it answered, UTC"]
    title_body_conflict: Annotated[bool, "title and text name different platforms"]
    n_mentions: Annotated[int | None, "mentions of the platform"]
    n_ambiguous: Annotated[int | None, "of these, on an ambiguous alias (tiers B, C, D)"]
    sum_precision: Annotated[float | None, "sum of the measured precision of their rules"]
    n_measured: Annotated[int | None, "mentions whose rule was measured"]
    ambiguous: Annotated[bool | None, "all mentions of the platform, or of one of them, are ambiguous"]
    alleged_own: Annotated[bool, "somebody of his own alleges something of the platform, or of any"]
    alleged_templated: Annotated[bool, "a template alleges it"]
    claimed: Annotated[bool, "claims that the platform, or any, may do it"]
    article: Annotated[int, "number of the article, in this snapshot only"]
    story: Annotated[int | None, "number of its story"]
    template: Annotated[int | None, "number of its template, else of its story"]
    site: Annotated[int | None, "number of its site; NULL where unsourced"]
    operator: Annotated[int | None, "number of its operator, else of its site; NULL where unsourced"]


@dataclass(frozen=True, slots=True)
class CountedFinding:
    """What a current article says, once: in a row for itself, and in one for each platform it says it of."""

    table: ClassVar[str] = "counted_findings"
    article: Annotated[int, "number of the article in counted"]
    platform_id: Annotated[str | None, "platform it is attributed to; NULL in the article's own row"]
    attributed: Annotated[bool, "attributed to some platform"]
    number: Annotated[int, "what is found, as in counted_kinds"]


@dataclass(frozen=True, slots=True)
class CountedKind:
    """What the numbers of counted_findings stand for."""

    table: ClassVar[str] = "counted_kinds"
    number: Annotated[int, "in this snapshot only"]
    kind: Annotated[str, "practice, tip or law"]
    finding: Annotated[str, "practice, tip or law"]
    assertion: Annotated[str | None, "of a practice: how it is asserted"]
    own: Annotated[bool | None, "of an allegation: nobody else's sentence"]


@dataclass(frozen=True, slots=True)
class CorpusCounts:
    """One row: what the whole corpus counts, whatever a report is restricted to."""

    table: ClassVar[str] = "corpus_counts"
    pages: Annotated[int, "pages of any fate"]
    articles: Annotated[int, "current articles"]
    stories: Annotated[int, "their stories"]
    templates: Annotated[int, "their templates; a story without one counts as its own"]
    sites: Annotated[int, "sites with a current article of known origin"]
    operators: Annotated[int, "their operators; a site without one counts as its own"]
    alleged_own: Annotated[int, "articles with an allegation of somebody's own about a subject"]


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """Which sites are new to this corpus, and which fail to answer."""

    table: ClassVar[str] = "site_health"
    site_id: Annotated[str, "site"]
    first_seen_day: Annotated[date | None, "day on which it was first seen, Asia/Shanghai"]
    is_new: Annotated[bool, "first seen shortly before the newest fetch, and later than the corpus began"]
    is_failing: Annotated[bool, "most of its last visits failed"]


@dataclass(frozen=True, slots=True)
class FailingMonth:
    """Months in which most visits to a site failed."""

    table: ClassVar[str] = "failing_months"
    month: Annotated[date, "its first day, Asia/Shanghai"]
    site_id: Annotated[str, "site"]


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """What a standing question answers over the whole corpus, or under a filter that many ask for."""

    table: ClassVar[str] = "standing_answers"
    question: Annotated[str, "name of the question"]
    asked: Annotated[str, "the filter as JSON, without what lets everything through"]
    answer: Annotated[bytes, "its rows, as a compressed (zstd) Arrow stream"]


@dataclass(frozen=True, slots=True)
class Meta:
    """Facts about this store: snapshot, versions, digests."""

    table: ClassVar[str] = "meta"
    key: Annotated[str, "what"]
    value: Annotated[str, "its value"]


CORPUS: tuple[type, ...] = (
    SiteRow,
    LearntContainer,
    RunRow,
    FetchRow,
    PageRow,
    ArticleRow,
    ArticlePage,
    Original,
    Section,
    Edit,
    RepairNote,
    LineRemoved,
    Mention,
    NameHint,
    PracticeRow,
    Law,
    Tip,
    TipCandidate,
    TipSource,
    PlatformRow,
    PlatformAlias,
    MentionRule,
    PracticeKind,
    LawKind,
    StoryRow,
    TemplateRow,
    ArticleThreshold,
    TemplateSentence,
    TemplateVersion,
    SlotFiller,
    UnlistedName,
    OwnSentence,
    OperatorRow,
    OperatorEvidence,
    IdChange,
    Fingerprint,
    Drop,
    TakedownRow,
    Correction,
    Review,
    Counted,
    CountedFinding,
    CountedKind,
    CorpusCounts,
    SiteHealth,
    FailingMonth,
    StandingAnswer,
    Meta,
)
