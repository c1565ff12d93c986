"""Stories, templates and operators: which texts are one, what changes between them, who publishes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, ClassVar


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
    new_id: Annotated[str, "id that holds members of it from then on"]
    change: Annotated[str, "merged or split"]
    snapshot: Annotated[str, "snapshot in which it happened"]
