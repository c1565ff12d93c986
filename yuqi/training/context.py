"""Fits what a sentence's place in its page adds to the odds that it advises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.advice import EITHER, NONE, AdvicePage
from pipeline.findings import Find
from pipeline.findings.grams import GramModel
from pipeline.findings.learnt import CONTEXT, PARTS, SIGNS, contexts, reads_of
from yuqi.evaluating.marked import article_of
from yuqi.training.advice import fit_advice, sentences_of

FOLDS = 4  # of whole registers, each left out in turn: what a model has seen it is too sure of
PHRASES = "phrase"  # registers of single sentences, which stand nowhere
MAX_ITERATIONS = 1_000

Row = tuple[tuple[float, ...], bool]  # what the signs say, and whether the sentence advises


def fit_context(find: Find, pages: Sequence[AdvicePage]) -> Mapping[str, int]:
    """Of each sign its weight, in hundredths. `find`: by rules alone."""
    rows = [row for number in range(FOLDS) for row in _of_fold(find, pages, number)]
    model = LogisticRegression(max_iter=MAX_ITERATIONS)
    model.fit(np.array([signs for signs, _ in rows]), [advises for _, advises in rows])
    named = dict(zip((*CONTEXT, "borrower"), model.coef_[0].tolist(), strict=True))
    named["bias"] = float(model.intercept_[0])
    return {sign: round(named[sign] * PARTS) for sign in SIGNS}


def _of_fold(find: Find, pages: Sequence[AdvicePage], number: int) -> Iterator[Row]:
    registers = sorted({page.register for page in pages if not page.register.startswith(PHRASES)})
    out = set(registers[number::FOLDS])
    model = fit_advice(sentences_of(page for page in pages if page.register not in out)).model()
    for page in pages:
        if page.register in out:
            yield from _of_page(find, page, model)


def _of_page(find: Find, marked: AdvicePage, model: GramModel) -> Iterator[Row]:
    article, parts = article_of(find, marked)
    held, given = find.advice(article, parts)
    page = find.tips.stands(article.text, held, given)
    reads = list(reads_of(model.classes, model([stand.text for stand in page])))
    marks = [line for line in marked.spans() if line[2].tip not in {None, EITHER}]
    for (sentence, told), stand, signs in zip(held, page, contexts(page, reads), strict=True):
        lines = [line for start, end, line in marks if start < sentence.end and sentence.start < end]
        if lines and find.tips.asks(sentence, told, given):
            yield (*signs, float(stand.is_borrower())), lines[0].tip != NONE
