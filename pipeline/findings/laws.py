"""Laws, rules and hotlines that an article cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.findings.layout import Sentence
from pipeline.findings.taxonomy import LawCue
from pipeline.records import Law

DAMAGED = "damaged"


def find_laws(article_id: str, said: Sequence[Sentence], kinds: Sequence[LawCue]) -> Iterator[Law]:
    """By sentence, in order; where two citations overlap the longer one stands."""
    whole = "\n".join(sentence.text for sentence in said)
    present = [kind for kind in kinds if kind.pattern.search(whole) or kind.damaged.search(whole)]
    for sentence in said:
        found = [law for kind in present for law in _citations(article_id, sentence, kind)]
        found.sort(key=lambda law: (law.char_start, -law.char_end, law.note != DAMAGED, law.law_id))
        end = -1
        for law in found:
            if law.char_start >= end:
                end = law.char_end
                yield law


def _citations(article_id: str, sentence: Sentence, kind: LawCue) -> Iterator[Law]:
    flagged = kind.flag_with is None or kind.flag_with.search(sentence.text) is not None
    for pattern, note in ((kind.damaged, DAMAGED), (kind.pattern, kind.flag if flagged else None)):
        for match in pattern.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Law(article_id, kind.kind.law_id, sentence.field, start, end, match.group(), note)
