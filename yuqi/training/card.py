"""`docs/model-card.md`: what the small model is for and how well it does; written by training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluate.figures import Figure
from yuqi.training.fit import LEAST_REGISTERS

CARD = """\
# The model of how a practice is asserted

Written by `python -m yuqi.training`, figures included; a test compares it with the stored model.

- **For**: telling, for a cue such as 上门催收 in its sentence, which of seven states it is in: alleged,
  claimed-practice, generic, prohibited, negated, advice, question. Rules come first (questions in
  headings, denials and negations, reports, calling it illegal, sections of advice, what borrowers should
  do, fear); the model decides where none holds, or one that errs more often than it (questions,
  prohibitions, avoiding it, orders) and is a sign for it. Its verdicts carry the rule `model`.
- **Kind**: multinomial logistic regression over features that are there or not: the practice,
  whether a platform is named, words by their sign (`datasets/overdue/signs.toml`) and by where they
  stand about the cue, and each two characters that touch in the sentence (numbers, Latin words and
  names of platforms are one character each); none that fewer than {common} registers have. Weights
  are text in `datasets/overdue/model.toml`; no scikit-learn is needed to use them.
- **Trained** on `datasets/overdue/labelled/train.jsonl`: {sentences} sentences whose cue is found,
  of {registers} registers ({names}),
  and on `practices_train.jsonl` and `practices_farm.jsonl`: {told_on_pages} practices found on {pages} pages,
  each a register of its own, whose invented lenders are known while it trains. The same sentences and
  signs give the same file; the digests of both stand in it. Strength of regularisation, the least
  probability of `alleged` ({least}) and of `alleged` and `claimed-practice` together ({counted}) come from
  pages that it is not trained on (`docs/measurements.md`).
- **Rules over it**: nothing is alleged without a source in the text or, with a probability of
  {suffered} at least, somebody to whom it happens; nor by hearsay, in a condition, by what a lender
  announces; what is likely but not surely alleged of a platform counts as claimed-practice; what names no
  platform, and none who collects for the page's, claims nothing, unless the page is about one platform and
  the probability of `alleged` and `claimed-practice` together is {documented} at least. Where bytes
  are lost it is not asked. Attribution none never counts, whatever the state.
- **Not for**: other topics (train one), whole articles, other languages, deciding about a person or
  a company. Fewer than 150 real positives have been checked (0 so far): what it calls alleged is a
  candidate, unreviewed (候选，未复核).
- **Known weak**: recall of `alleged` in sentences without a pronoun, a name or a count; dialect;
  irony.

## Figures
With registers of the training sentences left out in turn, a twentieth of them at a time, rules and
model together; more of these sentences are traps than of a page:

| measure | right | of | share |
| --- | --- | --- | --- |
{crossed}

On the sentences held out by register (`held_out.jsonl`, written before the rules, by the same hand:
pages of others will do worse), rules and model together beside rules alone, with 95 % intervals:

| measure | with the model | rules alone |
| --- | --- | --- |
{held}

On a second such lot (`held_out_later.jsonl`), of other registers and nearer to pages of others:

| measure | with the model | rules alone |
| --- | --- | --- |
{later}
"""


def card(trained: Mapping[str, Any], lots: Sequence[Sequence[Sequence[Figure]]]) -> str:
    """`trained`: that table of model.toml, with its thresholds.

    `lots`: of either lot of held-out sentences the figures with the model and those of rules alone.
    """
    held, later = (_rows(*lot) for lot in lots)
    registers = trained["registers"]
    return CARD.format(
        sentences=trained["sentences"],
        registers=len(registers),
        common=LEAST_REGISTERS,
        names=", ".join(registers),
        least=trained["least_alleged"],
        suffered=trained["least_suffered"],
        counted=trained["least_counted"],
        documented=trained["least_documented"],
        told_on_pages=trained["told_on_pages"],
        pages=trained["pages"],
        crossed="\n".join(
            f"| {name} | {right} | {of} | {right / of:.3f} |"
            for name, (right, of) in trained["left_out"].items()
        ),
        held=held,
        later=later,
    )


def _rows(with_model: Sequence[Figure], rules_alone: Sequence[Figure]) -> str:
    pairs = zip(with_model, rules_alone, strict=True)
    return "\n".join(f"| {ours.measure} | {_told(ours)} | {_told(theirs)} |" for ours, theirs in pairs)


def _told(figure: Figure) -> str:
    low, high = figure.interval
    if figure.value is None or low is None or high is None:
        return "–"
    return f"{figure.value:.3f} [{low:.3f}–{high:.3f}], {figure.hits} of {figure.basis}"
