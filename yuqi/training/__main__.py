"""`python -m yuqi.training`: labelled sentences → both models of `datasets/overdue`, and the card of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checksums import file_sha256
from pipeline.evaluate.advice import AdvicePage, read_advice
from pipeline.evaluate.labelled import Labelled, assertion_figures, read_labelled
from pipeline.findings.model import LEAST, PARTS
from pipeline.parts import part_key
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.advised import PHRASES, TUNED, WRITTEN
from yuqi.evaluating.asserted import LOTS, TRAIN, answered, labelled_folder, sample_find, seen
from yuqi.training.advice import Weighed, fit_advice, sentences_of, unadvised
from yuqi.training.card import card
from yuqi.training.context import fit_context
from yuqi.training.fit import Example, Fitted, fit

HEAD = """\
# Weights of the small model that reads how a practice is asserted; docs/model-card.md says what it is for.
# Written by `python -m yuqi.training` from labelled/train.jsonl and signs.toml; not to be edited by hand.
# A row: what the sign (or practice, place, or pair of characters) adds for each state, in the order of
# `states`, in hundredths. In pairs □ is a platform's name, 0 a number, a a Latin word.
"""


ADVICE_LOTS = (TUNED, WRITTEN, PHRASES)
CARD_FILE = Path(__file__).resolve().parents[2] / "docs" / "model-card.md"


ADVICE_HEAD = """\
# Weights of the small model that tells advice to those who owe: see docs/advice-model-card.md.
# Written by `python -m yuqi.training` from labelled/; not to be edited by hand.
# A row: how rare a character or a pair of them is, then, times that, what it adds for each class, in the
# order of `classes` (- is no advice, ? advice without an id), in tenths. A number is 0 and a Latin word a.
# [context]: what its place adds to the odds of a sentence, in hundredths.
"""


def main() -> None:
    write_assertions()
    write_advice()


def write_advice() -> None:
    pages = advice_pages()
    find = sample_find(without=("advice",))
    weighed, context = fit_advice(sentences_of(pages)), fit_context(find, pages)
    sentences = len(sentences_of(pages))
    trained = {"sentences": sentences, "pages": len(pages), "labelled_sha256": advice_digest()}
    target = topic_folder() / "advice.toml"
    target.write_text(ADVICE_HEAD + told_advice(weighed, context, trained), encoding="utf-8")
    print(f"{target}: {sentences} sentences")


def advice_pages() -> list[AdvicePage]:
    """Marked pages and phrases, and what is said of practices without advising anybody."""
    marked = [page for name in ADVICE_LOTS for page in read_advice(labelled_folder() / name)]
    return [*marked, *unadvised(read_labelled(labelled_folder() / TRAIN))]


def advice_digest() -> str:
    """Of all that the model of advice is trained on."""
    return part_key(*(file_sha256(labelled_folder() / name) for name in (*ADVICE_LOTS, TRAIN)))


def told_advice(weighed: Weighed, context: Mapping[str, int], trained: Mapping[str, Any]) -> str:
    rows = [("bias", weighed.bias), *sorted(weighed.rows.items())]
    told = "\n".join(f"{_quoted(gram)} = '{' '.join(map(str, row))}'" for gram, row in rows)
    about = "\n".join(f"{name} = {json.dumps(said)}" for name, said in trained.items())
    stands = "\n".join(f"{sign} = {weight}" for sign, weight in context.items())
    classes = json.dumps(weighed.classes)
    return f"classes = {classes}\n\n[trained]\n{about}\n\n[context]\n{stands}\n\n[weights]\n{told}\n"


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def write_assertions() -> None:
    labelled = labelled_folder() / TRAIN
    examples = list(examples_of(read_labelled(labelled)))
    target = topic_folder() / "model.toml"
    trained = {
        "sentences": len(examples),
        "registers": sorted({one.register for one in examples}),
        "labelled_sha256": file_sha256(labelled),
        "signs_sha256": file_sha256(topic_folder() / "signs.toml"),
    }
    target.write_text(HEAD + told(fit(examples), trained), encoding="utf-8")
    CARD_FILE.write_text(current_card(), encoding="utf-8")
    print(f"{target}, {CARD_FILE}: {len(examples)} sentences")


def examples_of(labelled: Iterable[Labelled]) -> Iterator[Example]:
    """What the model is told of each sentence whose cue is found."""
    find = sample_find(without=("model", "advice"))
    for said in labelled:
        if (cue := seen(find, said)) is not None:
            features, teller = find.judge.features(cue.view), find.judge.teller(cue.view)
            yield Example(said.register, features, said.state, teller, find.judge.ruled(cue.view))


def current_card() -> str:
    """By the stored model and the sentences that were held out."""
    table = load_topic(topic_folder()).tables["model"]
    finds = [sample_find(without=left) for left in ((), ("model",))]
    lots = [read_labelled(labelled_folder() / name) for _, name in LOTS]
    held = [[assertion_figures(answered(find, lot)) for find in finds] for lot in lots]
    return card(table["trained"] | {key: table[key] for key in LEAST}, held)


def told(fitted: Fitted, trained: Mapping[str, Any]) -> str:
    rows = "\n".join(f"{json.dumps(name, ensure_ascii=False)} = {_row(row)}" for name, row in _sorted(fitted))
    about = "\n".join(f"{name} = {json.dumps(said)}" for name, said in trained.items())
    figures = "\n".join(f"{name} = {list(said)}" for name, said in fitted.left_out.items())
    return (
        f"states = {json.dumps(fitted.states)}\nleast_alleged = {fitted.least.alleged}\n"
        f"least_suffered = {fitted.least.suffered}\nleast_counted = {fitted.least.counted}\n\n"
        f"[trained]\n{about}\n\n[trained.left_out]  # right, of\n{figures}\n\n[weights]\n{rows}\n"
    )


def _row(row: Sequence[float]) -> str:
    return json.dumps(" ".join(str(round(weight * PARTS)) for weight in row))


def _sorted(fitted: Fitted) -> list[tuple[str, list[float]]]:
    return sorted(fitted.weights.items(), key=lambda pair: (pair[0] != "bias", pair[0]))


if __name__ == "__main__":
    main()
