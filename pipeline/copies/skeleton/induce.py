"""The skeleton of one group of copies: its sentences in order, slots and fillers, names on no list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.copies.skeleton.copies import Column, Copy, Version
from pipeline.copies.skeleton.names import differing_places, strangers, surfaces
from pipeline.copies.skeleton.order import agreed_order, moved
from pipeline.copies.skeleton.variables import Variable, variables
from pipeline.copies.skeleton.wording import Occurrence, occurrences, wording
from pipeline.tables.copies import SlotFiller, TemplateSentence, TemplateVersion

LEAST_STORIES = 2
LEAST_SHARE = 0.1  # of the compared stories; below, it is a few pages' own passage
MOST_COLUMNS = 400  # kept by how many stories have them
LONGEST_HEADING = 40  # as in pipeline.sections
SENTENCE_ENDS = "。！!；;…”’」』，,：:"  # a heading may ask: 怎么办？


@dataclass(frozen=True)
class Skeleton:
    """`columns` in the agreed order, with the version that words each."""

    copies: tuple[Copy, ...]
    columns: tuple[Column, ...]
    said: tuple[Version, ...]
    variables: tuple[Variable, ...]
    shifted: tuple[frozenset[int], ...]  # per copy the columns that it tells elsewhere
    names: frozenset[str]  # on no list

    @property
    def compared(self) -> int:
        return sum(copy.stands for copy in self.copies)


def induced(copies: Sequence[Copy], columns: Sequence[Column], beside: tuple[str, ...]) -> Skeleton:
    """`beside`: words that follow a lender's name."""
    kept = _kept(copies, columns)
    told = [_told(kept, copy) for copy in range(len(copies))]
    order = agreed_order(told, len(kept))
    shifted = tuple(frozenset(moved(order, held)) for held in told)
    place = {column: at for at, column in enumerate(order)}
    ordered = tuple(kept[column] for column in order)
    said = tuple(wording(column, copies) for column in ordered)
    found = tuple(variables(_occurrences(ordered, said, copies), copies))
    strange = [one for variable in found for one in strangers(variable, copies, beside)]
    return Skeleton(
        tuple(copies),
        ordered,
        said,
        found,
        tuple(frozenset(place[column] for column in held) for held in shifted),
        frozenset(surfaces(strange, copies)),
    )


def sentences(template_id: str, skeleton: Skeleton) -> Iterator[TemplateSentence]:
    labels = _labels(skeleton.variables)
    section = 0
    for ordinal, (column, said) in enumerate(zip(skeleton.columns, skeleton.said, strict=True)):
        standing = [version for version in column if skeleton.copies[version.copy].stands]
        heading = 2 * sum(_is_heading(skeleton.copies[v.copy].text, v) for v in standing) > len(standing)
        section += heading
        copy = skeleton.copies[said.copy]
        yield TemplateSentence(
            template_id,
            ordinal,
            section,
            heading,
            2 * sum(_begins_line(skeleton.copies[v.copy].text, v) for v in standing) > len(standing),
            _with_slots(copy.text, said, labels[ordinal]),
            copy.article_id,
            said.sentence.char_start,
            said.sentence.char_end,
            len(standing),
            skeleton.compared,
            sum(version.sentence.key == said.sentence.key for version in standing),
            sum(ordinal in skeleton.shifted[version.copy] for version in standing),
        )


def versions(template_id: str, skeleton: Skeleton) -> Iterator[TemplateVersion]:
    for ordinal, column in enumerate(skeleton.columns):
        for version in column:
            copy, sentence = skeleton.copies[version.copy], version.sentence
            if copy.stands:
                yield TemplateVersion(
                    template_id,
                    ordinal,
                    copy.article_id,
                    sentence.char_start,
                    sentence.char_end,
                    ordinal in skeleton.shifted[version.copy],
                )


def fillers(template_id: str, skeleton: Skeleton) -> Iterator[SlotFiller]:
    for variable in skeleton.variables:
        for number, slot in sorted(variable.held.items()):
            copy = skeleton.copies[number]
            if copy.stands:
                yield SlotFiller(
                    template_id,
                    variable.label,
                    variable.type,
                    len(variable.places),
                    copy.article_id,
                    "text",
                    slot.start,
                    slot.end,
                    copy.text[slot.start : slot.end],
                    slot.platform_id,
                )


def _kept(copies: Sequence[Copy], columns: Sequence[Column]) -> list[Column]:
    """What several stories tell; where hardly one stands, what several guests do."""
    stands = [copy.stands for copy in copies]
    compared = sum(stands) if sum(stands) >= LEAST_STORIES else len(stands)

    def tellers(column: Column) -> int:
        return sum(stands[version.copy] or compared > sum(stands) for version in column)

    least = max(LEAST_STORIES, LEAST_SHARE * compared)
    told = [column for column in columns if tellers(column) >= least]
    return sorted(told, key=tellers, reverse=True)[:MOST_COLUMNS]


def _told(columns: Sequence[Column], copy: int) -> list[int]:
    """The columns that a copy tells, in its order."""
    held = [
        (version.at, number)
        for number, column in enumerate(columns)
        for version in column
        if version.copy == copy
    ]
    return [number for _, number in sorted(held)]


def _occurrences(
    columns: Sequence[Column], said: Sequence[Version], copies: Sequence[Copy]
) -> Iterator[Occurrence]:
    lenderless = not any(copy.is_known for copy in copies)
    for number, (column, version) in enumerate(zip(columns, said, strict=True)):
        found = occurrences(number, column, version, copies)
        if lenderless and not found:
            found = differing_places(number, column, version, copies)
        yield from found


def _labels(found: Sequence[Variable]) -> Mapping[int, list[tuple[int, int, str]]]:
    """Per column the places of its wording that are slots, and their names."""
    labels: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for variable in found:
        for place in variable.places:
            labels[place.column].append((place.slot.start, place.slot.end, variable.label))
    return labels


def _with_slots(text: str, said: Version, labels: Sequence[tuple[int, int, str]]) -> str:
    pieces, at = [], said.sentence.char_start
    for start, end, label in sorted(labels):
        pieces += [text[at:start], f"【{label}】"]
        at = end
    return "".join([*pieces, text[at : said.sentence.char_end]]).strip()


def _begins_line(text: str, version: Version) -> bool:
    start = version.sentence.char_start
    return start == 0 or text[start - 1] == "\n"


def _is_heading(text: str, version: Version) -> bool:
    """A short line without a mark of end; the last line of a text heads nothing."""
    start, end = version.sentence.char_start, version.sentence.char_end
    line = end - start <= LONGEST_HEADING and text[end : end + 1] == "\n" and _begins_line(text, version)
    return line and text[end - 1] not in SENTENCE_ENDS
