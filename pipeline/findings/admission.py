"""By which rule a name that could stand in its place is taken for one: its tier, and what is beside it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.findings.cues import Mentioned
from pipeline.findings.gazetteer import NEVER_ALONE, Alias
from pipeline.findings.matching import Candidate, has_neighbour
from pipeline.records import Field

CONTEXT_REACH = 20  # characters to either side that a cue may look at


@dataclass(frozen=True, slots=True)
class Document:
    """What the whole document says for short and phrase-like names in it."""

    loan_words: int  # different ones, outside of names
    least: int  # so many make a document one of the topic; 0: no document need be
    sure: int  # and so many leave no doubt
    spoken: bool = True  # one of them stands in the text, not in the title alone

    @property
    def on_topic(self) -> bool:
        return self.loan_words >= self.least

    @property
    def is_sure(self) -> bool:
        return self.loan_words >= self.sure


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate in its field, with the rule that admits it, if any."""

    field: Field
    text: str
    match: Candidate
    rule: str | None = None
    cued: bool = False
    channel: bool = False
    doubted: bool = False  # it stands as the ordinary word does: 慢慢还呗。


def seen(field: Field, text: str, match: Candidate, words: Mentioned, document: Document) -> Seen:
    """The candidate with all that its place says; A is clean and needs nothing."""
    near = (text, match.start, match.end, CONTEXT_REACH)
    channel = words.channel.holds(*near)
    if match.alias.tier == "A":
        return Seen(field, text, match, "clean", channel=channel)
    strong = words.strong.holds(*near)
    cued = strong or words.cues.holds(*near)
    doubted = _is_doubted(text, match)
    bare = Seen(field, text, match, None, cued, channel, doubted)
    rule = _rule(bare, document, strong=strong)
    return Seen(field, text, match, rule, cued, channel, doubted) if rule else bare


def _rule(place: Seen, document: Document, *, strong: bool) -> str | None:
    """What admits a short (B), a phrase-like (C) or a never lonely (D) name.

    An ordinary word with a weak cue is a lender only where the document leaves no doubt: news of 美团平台
    and its riders speak of a loan or two.
    """
    alias, channel = place.match.alias, place.channel
    neighbour = has_neighbour(place.text, place.match)
    if alias.tier == NEVER_ALONE:
        return "neighbour" if neighbour and (strong or document.on_topic) else None
    if document.least == 0:
        doubted = place.doubted or (alias.tier == "C" and not document.loan_words)
        return _ungated(alias, cued=place.cued or neighbour or channel, doubted=doubted)
    if not document.on_topic:
        told = place.cued and not alias.word and document.loan_words > 0
        return _off_topic(alias, strong=(strong or told) and not channel, cued=place.cued and not channel)
    if alias.tier == "B" and not place.doubted:
        return "clean+gate"
    if alias.tier == "C" and (neighbour or channel):
        return "neighbour" if neighbour else "channel"
    return _by_place(place, strong=strong or document.is_sure)


def _by_place(place: Seen, *, strong: bool) -> str | None:
    alias = place.match.alias
    if place.cued and (strong or not alias.word):
        return "cue"
    return "title" if place.field == "title" and alias.tier == "C" and not alias.word else None


def _ungated(alias: Alias, *, cued: bool, doubted: bool) -> str | None:
    """Where no topic is asked for, the place is enough, but for what is an ordinary word as well.

    What is phrase-like is taken for the phrase where not one loan word stands: 用化石来分期.
    """
    if cued:
        return "cue"
    return None if doubted or alias.word else "stands"


def _off_topic(alias: Alias, *, strong: bool, cued: bool) -> str | None:
    """In a text of a line or two there is no room for loan words: one beside the name is enough.

    为什么我的花呗额度降低了 has one word of the topic; a phrase-like name needs it next to itself, while a
    short coinage may have any cue.
    """
    if strong:
        return "strong-cue"
    return "cue" if cued and alias.tier == "B" and not alias.word else None


def _is_doubted(text: str, match: Candidate) -> bool:
    """Behind one of `cue_after`, or between a Han character and one of `cue_before` or the field's end.

    In 那就慢慢还呗。 the name's last character is a particle that ends the clause; in 关于还呗。 as well as
    in 欠了还呗。 it is not, which a cue has to tell.
    """
    alias = match.alias
    if text.endswith(alias.cue_after, 0, match.start):
        return True
    closes = match.end == len(text) or text.startswith(alias.cue_before, match.end)
    return bool(alias.cue_before) and closes and match.start > 0 and text[match.start - 1].isalpha()
