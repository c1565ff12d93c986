"""How a practice is asserted in its sentence: seven states, by rules over clauses and a small model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.findings.actors import CLAUSE_END, Acting, clause_end, clause_start
from pipeline.findings.cues import Actors, Assertions, Evidence
from pipeline.findings.model import DOCUMENTED, OF_SOMEBODY, Model, Teller
from pipeline.findings.pairs import pairs
from pipeline.findings.sieve import REMEMBERED
from pipeline.findings.signs import Signs, Span, about
from pipeline.records import Assertion

_QUOTED = re.compile(r"[“\"「『][^”\"」』]*[”\"」』]")
_LABEL = re.compile(r"[^，,：:。；;！!？?]{2,14}[：:]")  # of an item in a list
# Rules that err more often than the model that is told of them (docs/experiments.md).
WEIGHED = frozenset({"question", "prohibition", "avoid", "imperative"})


@dataclass(frozen=True, slots=True)
class CueView:
    """A cue in its sentence, with what is known around it. Offsets are into `text`."""

    text: str
    start: int
    end: int
    heading: bool
    advice: bool  # the section advises
    actors: Acting  # who acts in the sentence
    kind: str  # the practice's id
    names: tuple[Span, ...]  # of the platforms that the sentence names
    documented: bool  # the document has one subject
    of_lender: bool  # the sentence speaks of those who collect, or none else can do it
    of_somebody: bool  # of a platform that it names, or of those who collect for one that the page is about
    carried: bool  # the sentence before, in the same line, reports something
    passage: bool  # one of those before it does, or names somebody who may
    story: bool  # the paragraph above does
    told: bool  # none of these, but above it, under its heading, stands somebody to whom things happen
    quoted: bool  # it is what somebody says who is named behind it
    residue: bool  # the question mark at its end is a lost byte
    learnt: bool  # no cue stands there: it is the clause that tells it


@dataclass(frozen=True, slots=True)
class Verdict:
    assertion: Assertion
    rule: str


@dataclass(frozen=True)
class Judge:
    """Reads one sentence at a time; the first rule that holds decides, and where none does the model.

    Precision of `alleged` comes before its recall: whatever else a sentence may be takes it first,
    except that it calls the practice illegal, which those who complain do as well.
    """

    words: Assertions
    actors: Actors
    signs: Signs | None = None
    model: Model | None = None

    @cached_property
    def judged(self) -> Callable[[CueView], Verdict]:
        """The verdict, remembered: it depends on the view alone."""
        return lru_cache(maxsize=REMEMBERED)(self.__call__)

    def __call__(self, view: CueView) -> Verdict:
        rule = self._rule(view)
        if rule is not None and rule.rule not in WEIGHED:
            return rule
        return self._weighed(view, rule) or rule or self._unsure(view)

    def _rule(self, view: CueView) -> Verdict | None:
        """The first that holds: it decides, but what is WEIGHED only tells the model something."""
        return (
            self._question(view)
            or self._prohibited(view)
            or self._negated(view)
            or self._alleged(view)
            or self._illegal(view)
            or self._advice(view)
            or self._feared(view)
        )

    def _unsure(self, view: CueView) -> Verdict:
        """What is left for rules where a topic has no model: right in one of two."""
        return self._claimed(view) or Verdict(
            "generic", "definition" if self.words.definition.search(view.text) else "nobody"
        )

    def ruled(self, view: CueView) -> Assertion | None:
        """What rules say of which the model is not asked."""
        rule = self._rule(view)
        return rule.assertion if rule and rule.rule not in WEIGHED else None

    def features(self, view: CueView) -> frozenset[str]:
        """What the model is told of a cue: its practice, its surroundings, the signs and words about it."""
        return self._features(view, self._rule(view))

    def _features(self, view: CueView, rule: Verdict | None) -> frozenset[str]:
        said = self.signs(view.text, view.names) if self.signs else ()
        held = {f"practice:{view.kind}", *about(view.text, (view.start, view.end), said)}
        if rule is not None:
            held.add(f"rule:{rule.rule}")
        if view.names:
            held.update(("named", "named-before" if view.names[0][0] < view.start else "named-after"))
        flags = {
            DOCUMENTED: view.documented,
            OF_SOMEBODY: view.of_somebody,
            "carried": view.carried,
            "passage": view.passage,
            "story": view.story,
            "told": view.told,
            "quoted": view.quoted,
            "advice-section": view.advice,
        }
        return pairs(view.text, view.names).union(held, (name for name, holds in flags.items() if holds))

    def _weighed(self, view: CueView, rule: Verdict | None) -> Verdict | None:
        """The model's state. Nothing is alleged by hearsay or where the text has nobody."""
        if self.model is None or self.signs is None or view.residue:
            return None  # where bytes are lost, a question mark is none, and the model cannot know
        return Verdict(self.model.state(self._features(view, rule), self.teller(view)), "model")

    def teller(self, view: CueView) -> Teller:
        """假如云朵借爆我通讯录 has a source and reports nothing; so has 我担心被起诉."""
        if self.words.hearsay.search(view.text) or self.words.unreal.search(view.text, 0, view.start):
            return "nobody"
        opens = clause_start(view.text, view.start)
        if self.words.hedge_after.search(view.text, opens, view.start) or self._to_reader(view.text):
            return "nobody"
        if self.words.some.search(view.text, 0, view.start):
            return "nobody"
        if view.carried or view.passage or view.story or view.quoted:
            return "source"
        if self._has_source(view.text, view.names):
            return "source"
        return "sufferer" if view.told or self._has_sufferer(view.text, view.names) else "nobody"

    def _has_source(self, text: str, names: Sequence[Span] = ()) -> bool:
        return self.signs is not None and self.signs.have_source(text, names)

    def _has_sufferer(self, text: str, names: Sequence[Span] = ()) -> bool:
        return self.signs is not None and self.signs.have_sufferer(text, names)

    def _to_reader(self, text: str) -> bool:
        """有些催收会威胁你 is nobody's report, whatever stood before it; a quote spoke to somebody else."""
        if not self.words.reader.may(text):
            return False
        said = _QUOTED.sub("", text)
        return self.words.reader.search(said) is not None and not self._has_source(said)

    def goes_on(self, told: CueView, view: CueView, verdict: Verdict) -> bool:
        """小周每天接到十几个电话，还被威胁: of a story's deeds those behind the first are told as well.

        小周被辱骂，律师认为威胁违法 breaks off; nor is what a rule decides taken back.
        """
        weighed = verdict.rule == "model" and verdict.assertion in ("generic", "claimed-practice", "advice")
        return weighed and not self.words.parts.within(view.text, told.end, view.start)

    def reports(self, text: str) -> bool:
        """Whether a sentence says that somebody reports something, whatever it is."""
        return self._report_end(text) is not None

    def lists(self, text: str) -> bool:
        """Whether it opens one more item of what a sentence before it announced: 三是泄露隐私."""
        return self.words.listed.search(text) is not None

    def tells(self, text: str) -> bool:
        """Whether what stands behind a sentence may go on with somebody's story."""
        return self.reports(text) or self._has_source(text)

    def has_somebody(self, text: str) -> bool:
        """Whether what stands further behind a sentence may still be of the same story."""
        return self._has_source(text) or self._has_sufferer(text)

    def _question(self, view: CueView) -> Verdict | None:
        if view.heading:
            return Verdict("question", "heading")
        said = view.text.rstrip("？?") if view.residue else view.text
        return Verdict("question", "question") if self.words.question.search(said) else None

    def _prohibited(self, view: CueView) -> Verdict | None:
        for match in self.words.prohibition.finditer(view.text):
            if view.actors.before(match.start()) != "borrower":
                return Verdict("prohibited", "prohibition")
        return None

    def _negated(self, view: CueView) -> Verdict | None:
        if self.words.denial.search(view.text):
            return Verdict("negated", "denial")
        if not self.words.negation.may(view.text):
            return None
        opens = clause_start(view.text, view.start)
        reach = max(opens, view.start - self.words.negation_reach)
        negations = self.words.negation.finditer(view.text, reach, view.start)
        if any(not self.words.despite.within(view.text, one.end(), view.start) for one in negations):
            return Verdict("negated", "negation")
        return Verdict("negated", "negation") if view.learnt and self._did_not(view, opens) else None

    def _did_not(self, view: CueView, opens: int) -> bool:
        """没有接到电话 is a clause that the model takes for a call; 没有接到通知就被划扣 is none."""
        match = self.words.nothing.within(view.text, opens, view.end)
        return match is not None and not self.words.despite.within(view.text, opens + match.end(), view.end)

    def _alleged(self, view: CueView) -> Verdict | None:
        words = self.words
        if words.hearsay.search(view.text) or words.unreal.search(view.text, 0, view.start):
            return None
        if view.advice and self._somebody_should(view):
            return None
        end = self._report_end(view.text)
        if end is not None and end <= view.start and not words.hedge_after.within(view.text, end, view.start):
            return Verdict("alleged", "report")
        if self._complained(view):
            return Verdict("alleged", "complained")
        told = view.carried and words.continues.search(view.text) is not None
        hedged = words.hedge_after.search(view.text) or words.conditional.search(view.text, 0, view.start)
        return Verdict("alleged", "anecdote") if told and not hedged else None

    def _complained(self, view: CueView) -> bool:
        """因暴力催收遭数百起投诉 says after its cue how many complain of it; 一旦因此遭投诉 does not."""
        match = self.words.complained.search(view.text, view.end)
        if match is None or self.words.conditional.search(view.text, 0, match.start()):
            return False
        return not self.words.hedge_after.within(view.text, 0, match.end())

    def _illegal(self, view: CueView) -> Verdict | None:
        """Where it is a condition, the sentence tells what to do: 若涉及恐吓等违法行为，可以报警."""
        match = self.words.illegal.search(view.text, view.end)
        if match is None:
            return None
        depends = self.words.conditional.search(view.text, 0, view.start)
        return (
            None
            if depends and self.words.advises.search(view.text, view.end)
            else Verdict("prohibited", "illegal")
        )

    def _advice(self, view: CueView) -> Verdict | None:
        words, text = self.words, view.text
        start = clause_start(text, view.start)
        if words.avoids.within(text, max(start, view.start - words.avoid_reach), view.start):
            return Verdict("advice", "avoid")
        if self._somebody_should(view):
            return Verdict("advice", "borrower")
        if view.actors.within(start, view.start, "lender") or self._lender_may(view):
            return None  # somebody else does it, whatever the sentence begins with and wherever it stands
        if view.advice and not self._has_source(view.text, view.names):
            return Verdict("advice", "section")  # 读者小庞一天被打三十个电话 tells a case: the model reads it
        return Verdict("advice", "imperative") if self._imperative(view) else None

    def _lender_may(self, view: CueView) -> bool:
        """联系人被骚扰：平台可能通过亲友转告 tells what is done, under whatever heading.

        平台会打来，要录音 advises.
        """
        if not view.actors.within(0, len(view.text), "lender") or self.words.advises.search(view.text):
            return False
        return self.words.may.search(view.text) is not None

    def _feared(self, view: CueView) -> Verdict | None:
        """不少借款人担心上门催收 tells of people's fear, and of nobody's deed."""
        return Verdict("generic", "fear") if self.words.feared.search(view.text) else None

    def _claimed(self, view: CueView) -> Verdict | None:
        if self.words.definition.search(view.text):
            return None
        does = self.words.may.search(view.text) or self.words.acts.search(view.text)
        if not (view.of_somebody and does):
            return None
        return Verdict("claimed-practice", "named" if view.names else "actor")

    @cached_property
    def _report_end(self) -> Callable[[str], int | None]:
        """Remembered: what stands above a sentence stands above the next one as well."""
        return lru_cache(maxsize=REMEMBERED)(self._first_report_end)

    def _first_report_end(self, text: str) -> int | None:
        """Where the first report ends: a source and, soon after it, a verb, with no hedge between."""
        ends = (self._evidence_end(text, evidence) for evidence in self.words.evidence.among(text))
        return min((end for end in ends if end is not None), default=None)

    def _evidence_end(self, text: str, evidence: Evidence) -> int | None:
        for source in evidence.source.finditer(text):
            verb = evidence.verb.search(text, source.end(), source.end() + self.words.report_reach)
            if verb is None or self.words.conditional.search(text, 0, source.end()):
                continue
            if not self.words.hedge.within(text, source.end(), verb.end()):
                return verb.end()
        return None

    def _imperative(self, view: CueView) -> bool:
        """A clause that begins with one; where lenders act, the first: 平台会核实，保留….

        Where somebody tells of himself only the first, too: 对方致电我单位，向前台打听我.
        Before it may stand a label: 通话录音：保留….
        """
        if not self.words.imperative.may(view.text):
            return False
        starts = [0, *(match.end() for match in CLAUSE_END.finditer(view.text))]
        opened = [start for start in starts if self.words.imperative.within(view.text, start)]
        if not opened or opened[0] in starts[: 2 if _LABEL.match(view.text) else 1]:
            return bool(opened)
        return not self._has_source(view.text, view.names) and view.actors.before(len(view.text)) != "lender"

    def _somebody_should(self, view: CueView) -> bool:
        """A borrower should do something: up to the cue's clause, or, where that is a condition, later."""
        start, end = clause_start(view.text, view.start), clause_end(view.text, view.end)
        opener = self.words.conditional.search(view.text, start, view.start)
        modals = self.words.advises.finditer(view.text, 0, len(view.text) if opener else end)
        return any(self._is_borrowers(view.actors, view.text, modal.start(), end) for modal in modals)

    @staticmethod
    def _is_borrowers(actors: Acting, text: str, modal: int, cue_end: int) -> bool:
        """After a condition a modal without a subject of its own is the reader's: 如遇催收，可以投诉."""
        if modal <= cue_end:
            return actors.before(modal) == "borrower"
        return not actors.within(clause_start(text, modal), modal, "lender")
