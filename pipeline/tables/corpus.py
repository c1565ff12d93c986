"""Every table of the corpus, in the order in which schema and releases list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pipeline.records import (
    ArticlePage,
    Drop,
    Edit,
    Fingerprint,
    Law,
    LineRemoved,
    Mention,
    NameHint,
    Original,
    RepairNote,
    Section,
    TipCandidate,
    TipSource,
)
from pipeline.tables.answers import (
    CorpusCounts,
    Counted,
    CountedFinding,
    CountedKind,
    FailingMonth,
    SiteHealth,
    StandingAnswer,
)
from pipeline.tables.articles import ArticleRow, PracticeRow
from pipeline.tables.copies import (
    ArticleThreshold,
    IdChange,
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
from pipeline.tables.sites import FetchRow, LearntContainer, PageRow, RunRow, SiteRow
from pipeline.tables.topic import LawKind, MentionRule, PlatformAlias, PlatformRow, PracticeKind, Tip
from pipeline.tables.verdicts import Correction, Review, TakedownRow


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
