"""What a release tells of its method's quality: figures, and every label beside what was predicted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from explorer.method import measured
from pipeline.evaluate import Figure
from pipeline.evaluate.advice import advice_figures, read_advice
from pipeline.evaluate.contexts import context_figures
from pipeline.evaluate.labelled import Answer, assertion_figures, read_labelled
from pipeline.findings import find_from
from pipeline.release.cells import json_value
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating import advised, asserted
from yuqi.evaluating.contexts import read_contexts, tried

NAMES = "held-out"  # the sentences that no rule was made for
PLACES = 4  # of a share: more says nothing of some hundred sentences

Row = Mapping[str, Any]


@cache
def evaluation(*, names_lenders: bool) -> Mapping[str, str]:
    """File below a release → JSON lines, by the code and topic that run now: nothing is remembered.

    `names_lenders`: with the sentences about ambiguous names, which name lenders that exist; a synthetic
    release has their figures only.
    """
    labelled = read_labelled(asserted.labelled_folder() / asserted.HELD_OUT)
    answers = list(asserted.answered(asserted.sample_find(), labelled))
    advice_rows, advice = _advice()
    names_rows, names = _names()
    figures = [*assertion_figures(answers), *advice, *names]
    files = {
        "figures": map(_figure, figures),
        "measured": measured(),
        "assertions": map(_answer, answers),
        "advice": advice_rows,
    } | ({"names": names_rows} if names_lenders else {})
    return {f"evaluation/{name}.jsonl": _lines(rows) for name, rows in files.items()}


def _figure(figure: Figure) -> Row:
    low, high = map(_rounded, figure.interval)
    told = {"part": figure.part, "measure": figure.measure, "value": _rounded(figure.value)}
    return told | {"basis": figure.basis, "low": low, "high": high}


def _answer(answer: Answer) -> Row:
    said = answer.labelled
    return {
        "register": said.register, "title": said.title, "heading": said.heading, "text": said.text,
        "practice_id": said.practice, "assertion": said.state, "attribution": said.attribution,
        "predicted_assertion": answer.state, "predicted_attribution": answer.attribution,
    }  # fmt: skip


def _advice() -> tuple[list[Row], list[Figure]]:
    find, told = asserted.sample_find(), []
    rows: list[Row] = []
    for marked in read_advice(asserted.labelled_folder() / advised.HELD_OUT):
        for one in advised.told_of(find, marked):
            told.append(one)
            rows.append({
                "register": marked.register, "title": marked.title, "text": one.line.text,
                "tip": one.line.tip, "predicted_tip": one.first,
            })  # fmt: skip
    return rows, advice_figures(told)


def _names() -> tuple[list[Row], list[Figure]]:
    """In a document of the topic, and where nothing else is said."""
    find, labelled = find_from(load_topic(topic_folder())), read_contexts(NAMES)
    rows: list[Row] = []
    figures: list[Figure] = []
    for setting, title in (("on-topic", labelled.title), ("alone", "")):
        cases = tried(find, labelled.cases, title)
        figures += context_figures(f"{NAMES}-{setting}", cases)
        rows += [
            {
                "setting": setting, "title": title, "text": one.case.sentence, "alias": one.case.alias,
                "platform_id": one.case.platform, "is_name": one.case.is_name,
                "predicted_is_name": one.rule is not None, "rule": one.rule,
            }
            for one in cases
        ]  # fmt: skip
    return rows, figures


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)


def _lines(rows: Iterable[Row]) -> str:
    return "".join(_each(rows))


def _each(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield f"{json_value(row)}\n"
