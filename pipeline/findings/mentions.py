"""Which platforms an article names, and in which role."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.findings.admission import Document, Seen, seen
from pipeline.findings.cues import Cues, Mentioned
from pipeline.findings.gazetteer import NEVER_ALONE, Alias
from pipeline.findings.layout import MAX_SCANNED, Layout
from pipeline.findings.matching import Candidate, candidates, resolve
from pipeline.findings.met import Met
from pipeline.records import Article, Field, Mention, Role

SUBJECT_SHARE = 0.8  # contract, section 4: within 80 % of the most frequent platform
SUBJECT_LEAST = 2  # contract, section 4: at least two mentions in the text

Found = Sequence[tuple[Field, str, list[Candidate]]]


@dataclass(frozen=True)
class Names:
    """All aliases and the cues that admit the ambiguous ones."""

    aliases: tuple[Alias, ...]
    cues: Cues

    @cached_property
    def shared(self) -> Mapping[str, Sequence[Alias]]:
        """Of each word that several makers have for a product, those aliases."""
        held = defaultdict(list)
        for alias in self.aliases:
            if alias.shared:
                held[alias.text.casefold()].append(alias)
        return held

    def found(self, met: Iterable[Met]) -> Found:
        """What could stand in each field, all overlaps."""
        frame = self.cues.mentioned.frame
        return tuple(
            (one.field, one.text, candidates(one.text[:MAX_SCANNED], one.names, self.aliases, frame))
            for one in met
        )

    def document(self, met: Sequence[Met], found: Found) -> Document:
        """Of what could stand in each field: how surely the document is one of the topic."""
        spoken = any(one.field == "text" and one.loan_words for one in met)
        return Document(_loan_words(met, found), self.cues.gate_least, self.cues.gate_sure, spoken)


def find_mentions(
    article: Article, layout: Layout, names: Names, found: Found, document: Document
) -> list[Mention]:
    """Mentions in order, title first; `found`: what could stand in each field.

    Clean names count as they stand. Others need loan words in the document, and, being like ordinary phrases,
    a cue beside them, the title, or another mention of the same platform that was admitted.
    """
    places = [
        seen(field, text, match, names.cues.mentioned, document)
        for field, text, matches in found
        for match in resolve(matches)
        if field == "title" or layout.counts(match.start)
    ]
    listed = _with_lists(places, document, names.cues.mentioned)
    admitted = list(_with_consensus(listed, document, names.shared))
    roles = _roles(admitted)
    return [_mention(article, place, roles[place]) for place in admitted]


def _loan_words(met: Iterable[Met], found: Found) -> int:
    """How many different ones, those inside a name not counted."""
    held: set[int] = set()
    for one, (_, _, matches) in zip(met, found, strict=True):
        named = {position for match in matches for position in range(match.start, match.end)}
        held |= {index for index, start, _ in one.loan_words if start not in named}
    return len(held)


def _with_lists(places: Sequence[Seen], document: Document, words: Mentioned) -> list[Seen]:
    """A name joined to one that is admitted is one of a list: 有钱花和还呗哪个利息低.

    Only in a document of the topic; what stands like an ordinary word at a clause's end is left alone, and so
    is tier D: 还呗、随借随还的产品.
    """
    held = list(places)
    for order in (range(1, len(held)), range(len(held) - 2, -1, -1)):
        for index in order:
            before = index - order.step
            if document.on_topic and _vouches(held[before], held[index], words):
                held[index] = replace(held[index], rule="list")
    return held


def _vouches(one: Seen, other: Seen, words: Mentioned) -> bool:
    """度小满（有钱花） is the maker's own; 白条 of 某某金融（白条） may be the one that another maker has."""
    if one.rule in (None, "channel") or other.rule or other.doubted or one.field != other.field:
        return False
    first, last = sorted((one.match, other.match), key=lambda match: match.start)
    between = one.text[first.end : last.start]
    joined = between in words.joins or (between in words.owns and not other.match.alias.word)
    return other.match.alias.tier != NEVER_ALONE and joined


def _with_consensus(
    places: Sequence[Seen], document: Document, shared: Mapping[str, Sequence[Alias]]
) -> Iterator[Seen]:
    """What another mention of the same platform vouches for; off the topic only what is short or cued."""
    vouched = {place.match.alias.platform_id for place in places if place.rule and place.rule != "channel"}
    for place in places:
        if place.rule:
            yield place
        elif (alias := _vouched_for(place.match.alias, vouched, shared)) and (
            place.cued or _follows(place, document)
        ):
            yield replace(place, match=replace(place.match, alias=alias), rule="consensus")


def _vouched_for(alias: Alias, vouched: set[str], shared: Mapping[str, Sequence[Alias]]) -> Alias | None:
    """The alias itself, or of those who share it the only one that is named: 月付 beside 抖音月付."""
    held = shared[alias.text.casefold()] if alias.shared else (alias,)
    named = [one for one in held if one.platform_id in vouched]
    return named[0] if len(named) == 1 else None


def _follows(place: Seen, document: Document) -> bool:
    """Without a cue of its own: never what stands like an ordinary word, nor tier D that nobody shares."""
    alias = place.match.alias
    if place.doubted or (alias.tier == NEVER_ALONE and not alias.shared):
        return False
    if alias.word:
        return document.is_sure
    return document.on_topic or alias.tier == "B"


def _roles(places: Sequence[Seen]) -> dict[Seen, Role]:
    """Contract, section 4; a channel counts neither as named in the title nor as frequent."""
    own = [place for place in places if not place.channel]
    titled = {place.match.alias.platform_id for place in own if place.field == "title"}
    counts = Counter(place.match.alias.platform_id for place in own if place.field == "text")
    most = max(counts.values(), default=0)
    frequent = {name for name, n in counts.items() if most >= SUBJECT_LEAST and n >= SUBJECT_SHARE * most}
    subjects = titled | frequent
    return {place: _role(place, subjects) for place in places}


def _role(place: Seen, subjects: set[str]) -> Role:
    if place.match.alias.platform_id in subjects:
        return "subject"
    return "channel" if place.channel else "other"


def _mention(article: Article, place: Seen, role: Role) -> Mention:
    match, rule = place.match, place.rule or ""
    surface = place.text[match.start : match.end]
    alias = match.alias
    return Mention(
        article.article_id,
        alias.platform_id,
        place.field,
        match.start,
        match.end,
        surface,
        role,
        alias.tier,
        rule,
    )
