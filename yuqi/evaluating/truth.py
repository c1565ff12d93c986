"""Articles of the sample sites as found and as they are, in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.evaluate.reading import Mark, Reading
from pipeline.evaluate.samples import SampleArticle
from yuqi.evaluating.found import FoundArticle
from yuqi.samples import TruePage

BYTE_KINDS = {"annotation": "annotations", "misalignment": "misalignments"}
SAME_WORDS = {"restored": "restorable", "misalignments": "realignable"}  # found alike, expected more strictly


def as_found(found: FoundArticle, key: str) -> SampleArticle:
    reading = found.reading
    same = {strict: reading.marks.get(kind, ()) for kind, strict in SAME_WORDS.items()}
    reading = replace(reading, marks={**reading.marks, **same})
    return SampleArticle(
        key, reading, found.published_at, found.author, found.category, found.script,
        found.story, found.template,
    )  # fmt: skip


def as_true(said: TruePage, key: str) -> SampleArticle:
    return SampleArticle(
        key, _reading(said), said.published_at, said.author, said.category, said.script,
        said.story, said.template, said.second_template is not None,
    )  # fmt: skip


def _reading(said: TruePage) -> Reading:
    bare = Reading(said.title, said.text)
    marks: dict[str, list[Mark]] = {}
    for kind, field, start, end, what in _marks(said):
        at = bare.offset(field)
        marks.setdefault(kind, []).append(Mark(at + start, at + end, what))
    return Reading(said.title, said.text, {kind: tuple(held) for kind, held in marks.items()})


def _marks(said: TruePage) -> Iterator[tuple[str, str, int, int, tuple[str, ...]]]:
    for subject in said.subjects:
        yield "subjects", "title", 0, 0, (subject,)
    for m in said.mentions:
        yield "platforms", m.field, m.start, m.end, (m.platform_id,)
    for p in said.practices:
        whom = p.platform_id or ""
        yield "practice-cues", p.field, p.start, p.end, (p.practice_id,)
        yield "practices", p.field, p.start, p.end, (p.practice_id, whom, p.assertion)
        if p.own and p.assertion == "alleged":
            yield "own-allegations", p.field, p.start, p.end, (p.practice_id, whom)
    for law in said.laws:
        yield "laws", law.field, law.start, law.end, (law.law_id,)
    for tip in said.tips:
        yield "tips", tip.field, tip.start, tip.end, (tip.tip_id,)
    for e in said.edits:
        kind = BYTE_KINDS.get(e.kind, "restored")
        what = (e.replacement,) if kind == "restored" else ()
        yield kind, e.field, e.start, e.end, what
        if e.expected and kind in SAME_WORDS:
            yield SAME_WORDS[kind], e.field, e.start, e.end, what
