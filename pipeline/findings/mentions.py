"""Which platforms an article names, and in which role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.findings.cues import Cues
from pipeline.findings.definitions import Context
from pipeline.findings.gazetteer import Alias
from pipeline.findings.layout import MAX_SCANNED, Layout
from pipeline.findings.matching import Candidate, Words, candidates, has_neighbour, resolve
from pipeline.records import Article, Field, Mention, Role

CONTEXT_REACH = 20  # characters to either side that a cue may look at
SUBJECT_SHARE = 0.8  # contract, section 4: within 80 % of the most frequent platform
SUBJECT_LEAST = 2  # contract, section 4: at least two mentions in the text


@dataclass(frozen=True)
class Names:
    """All aliases and the cues that admit the ambiguous ones."""

    aliases: tuple[Alias, ...]
    names: Words
    gate: Words
    cues: Cues

    def found(self, text: str) -> list[Candidate]:
        return candidates(text[:MAX_SCANNED], self.names, self.aliases)


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate in its field, with the rule that admits it, if any."""

    field: Field
    text: str
    match: Candidate
    rule: str | None = None
    cued: bool = False
    channel: bool = False


def find_mentions(article: Article, layout: Layout, names: Names) -> list[Mention]:
    """Mentions in order, title first.

    Clean names count as they stand. Others need loan words in the document, and, being like ordinary phrases,
    a cue beside them, the title, or another mention of the same platform that was admitted.
    """
    fields: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
    found = [(field, text, names.found(text)) for field, text in fields]
    gated = _on_topic(found, names)
    places = [
        _judged(field, text, match, names, gated)
        for field, text, matches in found
        for match in resolve(matches)
        if field == "title" or layout.counts(match.start)
    ]
    admitted = list(_with_consensus(places, gated))
    roles = _roles(admitted)
    return [_mention(article, place, roles[place]) for place in admitted]


def _on_topic(found: Sequence[tuple[Field, str, list[Candidate]]], names: Names) -> bool:
    """Enough different loan words, those inside a name not counted."""
    held: set[int] = set()
    for _, text, matches in found:
        named = {position for match in matches for position in range(match.start, match.end)}
        held.update(index for index, start, _ in names.gate(text[:MAX_SCANNED]) if start not in named)
    return len(held) >= names.cues.gate_least


def _judged(field: Field, text: str, match: Candidate, names: Names, gated: bool) -> Seen:
    before = text[max(0, match.start - CONTEXT_REACH) : match.start]
    after = text[match.end : match.end + CONTEXT_REACH]
    channel = _holds(names.cues.channel, before, after)
    tier = match.alias.tier
    if tier == "A":
        return Seen(field, text, match, "clean", channel=channel)
    if not gated:
        return Seen(field, text, match, None)
    if tier == "B" and not text.endswith(match.alias.cue_after, 0, match.start):
        return Seen(field, text, match, "clean+gate", channel=channel)
    cued = _holds(names.cues.mention, before, after)
    rule = _phrase_rule(field, text, match, cued, channel) if tier == "C" else None
    if tier == "B" and cued:
        rule = "cue"
    if tier == "D" and has_neighbour(text, match):
        rule = "neighbour"
    return Seen(field, text, match, rule, cued, channel)


def _phrase_rule(field: Field, text: str, match: Candidate, cued: bool, channel: bool) -> str | None:
    if has_neighbour(text, match):
        return "neighbour"
    if channel:
        return "channel"
    if cued:
        return "cue"
    return "title" if field == "title" else None


def _holds(contexts: tuple[Context, ...], before: str, after: str) -> bool:
    return any(context.holds(before, after) for context in contexts)


def _with_consensus(places: Sequence[Seen], gated: bool) -> Iterator[Seen]:
    """What another mention of the same platform vouches for; tier D needs a cue as well."""
    vouched = {place.match.alias.platform_id for place in places if place.rule and place.rule != "channel"}
    for place in places:
        alias = place.match.alias
        if place.rule:
            yield place
        elif gated and alias.platform_id in vouched and (alias.tier == "C" or place.cued):
            yield replace(place, rule="consensus")


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
