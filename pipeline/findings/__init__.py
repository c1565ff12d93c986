"""Stage 4: what an article says, as spans beside its text: platforms, practices, laws, advice.

>>> from pipeline.topic import load_topic, topic_folder
>>> find = find_from(load_topic(topic_folder()))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from functools import cache, lru_cache, partial
from itertools import chain

from crawler.definitions import DefinitionError
from pipeline.findings.admission import Document
from pipeline.findings.assertion import Judge
from pipeline.findings.check import check_topic
from pipeline.findings.cues import Cues, read_cues
from pipeline.findings.gazetteer import collisions, forms, read_platforms
from pipeline.findings.laws import Laws
from pipeline.findings.layout import (
    MAX_SCANNED,
    Layout,
    Silent,
    lay_out,
    sentences,
)
from pipeline.findings.learnt import is_dense, read_learnt
from pipeline.findings.mentions import Found, Names, find_mentions
from pipeline.findings.menus import Menus
from pipeline.findings.met import Met, Vocabulary
from pipeline.findings.model import read_model
from pipeline.findings.practices import Known, Practices, Seen, is_restoration
from pipeline.findings.rows import rows
from pipeline.findings.runs import Scene
from pipeline.findings.sieve import Cued, Mask, Sieve, Sifted
from pipeline.findings.signs import read_signs
from pipeline.findings.spans import spans
from pipeline.findings.strangers import Strangers
from pipeline.findings.taxonomy import Taxonomy, read_taxonomy, topical
from pipeline.findings.tips import Given, Said, Tips
from pipeline.findings.uncued import read_uncued
from pipeline.records import (
    Article,
    Edit,
    Field,
    Law,
    Mention,
    NameHint,
    Practice,
    Section,
    TipCandidate,
    TipSource,
)
from pipeline.topic import Topic

Finding = Mention | Practice | Law | TipSource | TipCandidate | NameHint
# To one loan word. Pages about debts have fewer; of 13 news articles with two loan words two are so dense.
CHARACTERS_A_WORD = 500
CHINA = timezone(timedelta(hours=8))  # no summer time since 1991
FIELDS: tuple[Field, ...] = ("title", "text")

__all__ = ["Find", "Finding", "check_topic", "collisions", "find_from", "kept_find", "rows"]


@dataclass(frozen=True)
class Find:
    """Finds everything in one article. Deterministic; each kind in order, title first, then by place."""

    topic: Topic
    names: Names = field(init=False, repr=False, compare=False)
    taxonomy: Taxonomy = field(init=False, repr=False, compare=False)
    laws: Laws = field(init=False, repr=False, compare=False)
    strangers: Strangers = field(init=False, repr=False, compare=False)
    judge: Judge = field(init=False, repr=False, compare=False)
    practices: Practices = field(init=False, repr=False, compare=False)
    tips: Tips = field(init=False, repr=False, compare=False)
    # Of practices, advice, its lists, zones, laws in turn
    sieve: Sieve = field(init=False, repr=False, compare=False)
    zones: Mask = field(init=False, repr=False, compare=False)  # their bits in it
    vocabulary: Vocabulary = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Reads the topic's tables; a mistake in them is a DefinitionError here, not in mid-build."""
        object.__setattr__(self, "names", _names(self.topic))
        object.__setattr__(self, "taxonomy", read_taxonomy(self.topic))
        cues = self.names.cues
        strangers = Strangers(cues.unknown, self.names.aliases, cues.gate_words)
        object.__setattr__(self, "strangers", strangers)
        judge = Judge(cues.assertions, cues.actors, read_signs(self.topic), read_model(self.topic))
        object.__setattr__(self, "judge", judge)
        practices, tips = self.taxonomy.practices, self.taxonomy.tips
        done = Cued(practices)
        told = Cued(tips, len(done.patterns))
        zones = (*cues.zones.end.patterns, *cues.zones.line.patterns)
        lists = cues.tip.announces.asked.patterns  # the line before a list of advice may hold no other cue
        patterns = (*done.patterns, *told.patterns, *lists, *zones)
        laws = Laws(self.taxonomy.laws, self.taxonomy.citing, len(patterns))
        sieve = Sieve(patterns, laws.anchors)
        object.__setattr__(self, "sieve", sieve)
        object.__setattr__(self, "zones", (1 << len(zones)) - 1 << len(patterns) - len(zones))
        names = tuple(alias.text for alias in self.names.aliases)
        after = (*cues.unknown.cues, *cues.unknown.after)
        lent = topical(done)
        learnt = read_learnt(self.topic, tips)
        advice = (1 << len(patterns) - len(zones)) - (1 << len(done.patterns))
        vocabulary = Vocabulary(names, cues.gate_words, after, sieve, advice, lent, cues.gate_least)
        object.__setattr__(self, "vocabulary", vocabulary)
        object.__setattr__(self, "laws", laws)
        uncued = read_uncued(self.topic, practices)
        object.__setattr__(self, "practices", Practices(done, judge, lent, uncued))
        object.__setattr__(self, "tips", Tips(told, cues, vocabulary.may, learnt))

    def __reduce__(self) -> tuple[Callable[[Topic], Find], tuple[Topic]]:
        """Worker processes read the topic again, once: an automaton cannot be sent."""
        return kept_find, (self.topic,)

    def __call__(
        self, article: Article, sections: Sequence[Section], edits: Sequence[Edit]
    ) -> Iterator[Finding]:
        met = self.vocabulary(article)
        found, sifted = self.names.found(met), _sifted(met)
        layout, document = self._layout(article, sections, found, sifted), self.names.document(met, found)
        mentions = find_mentions(article, layout, self.names, found, document)
        known = _known(article, mentions, edits, document, self.names.cues)
        may_advise = (document.loan_words or mentions) and not known.to_lenders
        learnt = self.tips.learnt is not None and is_dense(document.loan_words, len(article.text))
        advising = bool(may_advise) and (learnt or self.tips.advises(article.title))
        every = advising or self.practices.asks_all(known)
        said = list(sentences(article, layout, sifted, every=every))
        yield from chain(
            mentions,
            self.practices(said, known),
            self.laws(article, said, _day(article)),
            self.tips(article, said, mentions, learnt=learnt) if may_advise else (),
            self.strangers(article, Scene(met, document, layout, mentions)) if document.loan_words else (),
        )

    def cues(self, article: Article, sections: Sequence[Section]) -> Iterator[Seen]:
        """Cues of practices as they are judged: what the model is trained on."""
        met = self.vocabulary(article)
        found, sifted = self.names.found(met), _sifted(met)
        layout = self._layout(article, sections, found, sifted)
        document = self.names.document(met, found)
        mentions = find_mentions(article, layout, self.names, found, document)
        known = _known(article, mentions, (), document, self.names.cues)
        said = list(sentences(article, layout, sifted, every=self.practices.asks_all(known)))
        return self.practices.cues(said, known)

    def advice(self, article: Article, sections: Sequence[Section]) -> tuple[list[Said], list[Given]]:
        """All sentences of the text and the tips that rules find in them: what the model is trained on."""
        met = self.vocabulary(article)
        found, sifted = self.names.found(met), _sifted(met)
        layout = self._layout(article, sections, found, sifted)
        mentions = find_mentions(article, layout, self.names, found, self.names.document(met, found))
        said = list(sentences(article, layout, sifted, every=True))
        return self.tips.ruled(article.title, said, mentions)

    def _layout(
        self, article: Article, sections: Sequence[Section], found: Found, sifted: Mapping[Field, Sifted]
    ) -> Layout:
        """Lines are looked at for zones where one of their words stands, or a name."""
        cues = self.names.cues
        in_text = next(matches for field, _, matches in found if field == "text")
        menus = Menus(article.text, tuple(in_text), cues.zones)
        places = sorted([*sifted["text"].places(self.zones), *menus.starts])
        return lay_out(article, sections, cues.headings, Silent(cues.zones, menus, places))


def find_from(topic: Topic) -> Find:
    return Find(topic)


@lru_cache(maxsize=1)
def kept_find(topic: Topic) -> Find:
    """The same for one topic in one process, or in all that are forked from it."""
    return Find(topic)


def _day(article: Article) -> date:
    """The one that the page gives, else that of the first fetch, in China."""
    return (article.published_at or article.fetched_at).astimezone(CHINA).date()


def _names(topic: Topic) -> Names:
    cues: Cues = read_cues(topic)
    platforms = read_platforms(topic)
    if claimed := collisions(platforms):
        raise DefinitionError(f"{topic.file('platforms')}: {claimed[0]}")
    aliases = tuple(form for platform in platforms for alias in platform.aliases for form in forms(alias))
    return Names(aliases, cues)


def _sifted(met: Iterable[Met]) -> dict[Field, Sifted]:
    return {one.field: one.sifted for one in met}


def _known(
    article: Article,
    mentions: Sequence[Mention],
    edits: Sequence[Edit],
    document: Document,
    cues: Cues,
) -> Known:
    subjects = {mention.platform_id for mention in mentions if mention.role == "subject"}
    actors = [mention for mention in mentions if mention.role != "channel"]
    restored = [edit for edit in edits if is_restoration(edit)]
    on_topic = document.on_topic or bool(document.loan_words and mentions)
    words = document.loan_words + bool(mentions)
    spoken = document.spoken or any(mention.field == "text" for mention in mentions)
    of_topic = spoken and words * CHARACTERS_A_WORD >= len(article.text)
    return Known(
        article.article_id,
        {name: spans(actors, name) for name in FIELDS},
        {name: spans(restored, name) for name in FIELDS},
        next(iter(subjects)) if len(subjects) == 1 else None,
        _disputed(mentions),
        bool(subjects),
        cues.headings.to_lenders.search(article.title) is not None,
        on_topic,
        on_topic and (not document.least or of_topic),
        article.text[:MAX_SCANNED],
        cache(partial(cues.swindles.told_of, article.title, article.text[:MAX_SCANNED])),
    )


def _disputed(mentions: Sequence[Mention]) -> bool:
    """Whether the title names platforms and the text names only others, be it the company behind them."""
    titled, told = ({m.platform_id for m in mentions if m.field == name} for name in FIELDS)
    return bool(titled and told) and titled.isdisjoint(told)
