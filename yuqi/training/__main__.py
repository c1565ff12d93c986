"""`python -m yuqi.training`: labelled sentences → the models of `datasets/overdue`, and the card of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checksums import file_sha256
from pipeline.evaluate.advice import AdvicePage, read_advice
from pipeline.evaluate.labelled import Labelled, assertion_figures, read_labelled
from pipeline.evaluate.practised import PracticePage, read_practised
from pipeline.findings.model import LEAST, PARTS
from pipeline.parts import part_key
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.advised import PHRASES, TUNED, WRITTEN
from yuqi.evaluating.asserted import LOTS, TRAIN, answered, labelled_folder, page, sample_find, seen
from yuqi.evaluating.lenders import gazetteer_of
from yuqi.samples.definitions import quoted
from yuqi.training.advice import fit_advice, sentences_of, unadvised
from yuqi.training.card import card
from yuqi.training.context import fit_context
from yuqi.training.fit import Example, Fitted, fit
from yuqi.training.grams import Weighed
from yuqi.training.practices import Marked, fit_practices, of_pages, of_sentences

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


PRACTISED = "practices_train.jsonl"
FARMED = "practices_farm.jsonl"  # sentences of the sample sites, which are no pages as they stand
FARMED_TIMES = 8  # a farm's smooth prose is outnumbered by lively pages: told once, it is taken for practices
PRACTICES_HEAD = """\
# Weights of the small model that finds practices where no cue does: see docs/practice-model-card.md.
# Written by `python -m yuqi.training` from labelled/; not to be edited by hand.
# A row: how rare a character or a pair of them is, then, times that, what it adds for each practice by
# itself (* is any), in the order of `classes`, in tenths. A number is 0 and a Latin word a.
"""


def main() -> None:
    write_practices()
    write_assertions()
    write_advice()


def write_practices() -> None:
    sentences = practice_sentences()
    target = topic_folder() / "practices.toml"
    trained = {"sentences": len(set(sentences)), "labelled_sha256": practice_digest()}
    target.write_text(PRACTICES_HEAD + told_grams(fit_practices(sentences), trained), encoding="utf-8")
    print(f"{target}: {trained['sentences']} sentences")


def practice_sentences() -> list[Marked]:
    pages, farmed = (list(of_pages(_practised(name))) for name in (PRACTISED, FARMED))
    return [*pages, *farmed * FARMED_TIMES, *of_sentences(read_labelled(labelled_folder() / TRAIN))]


def practised_pages() -> list[PracticePage]:
    return [*_practised(PRACTISED), *_practised(FARMED)]


def _practised(name: str) -> list[PracticePage]:
    return read_practised(labelled_folder() / name)


def practice_digest() -> str:
    """Of all that the model of practices is trained on."""
    return part_key(*(file_sha256(labelled_folder() / name) for name in (PRACTISED, FARMED, TRAIN)))


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
    stands = "\n".join(f"{sign} = {weight}" for sign, weight in context.items())
    return told_grams(weighed, trained) + f"\n[context]\n{stands}\n"


def told_grams(weighed: Weighed, trained: Mapping[str, Any]) -> str:
    rows = [("bias", weighed.bias), *sorted(weighed.rows.items())]
    told = "\n".join(f"{quoted(gram)} = '{' '.join(map(str, row))}'" for gram, row in rows)
    about = "\n".join(f"{name} = {json.dumps(said)}" for name, said in trained.items())
    return f"classes = {json.dumps(weighed.classes)}\n\n[trained]\n{about}\n\n[weights]\n{told}\n"


def write_assertions() -> None:
    examples = list(examples_of(read_labelled(labelled_folder() / TRAIN)))
    told_on_pages = list(examples_of_pages(practised_pages()))
    target = topic_folder() / "model.toml"
    trained = {
        "sentences": len(examples),
        "registers": sorted({one.register for one in examples}),
        "told_on_pages": len(told_on_pages),
        "pages": len({one.register for one in told_on_pages}),
        "labelled_sha256": practice_digest(),
        "signs_sha256": file_sha256(topic_folder() / "signs.toml"),
    }
    target.write_text(HEAD + told(fit([*examples, *told_on_pages]), trained), encoding="utf-8")
    CARD_FILE.write_text(current_card(), encoding="utf-8")
    print(f"{target}, {CARD_FILE}: {len(examples)} sentences, {len(told_on_pages)} on pages")


def examples_of(labelled: Iterable[Labelled]) -> Iterator[Example]:
    """What the model is told of each sentence whose cue is found."""
    find = sample_find(without=("model", "advice"))
    for said in labelled:
        if (cue := seen(find, said)) is not None:
            features, teller = find.judge.features(cue.view), find.judge.teller(cue.view)
            yield Example(said.register, features, said.state, teller, find.judge.ruled(cue.view))


def examples_of_pages(pages: Sequence[PracticePage]) -> Iterator[Example]:
    """The same of each practice that is found in a marked sentence, where its state is beyond doubt."""
    find = sample_find(without=("model", "advice"), anywhere=True, lenders=gazetteer_of(pages))
    for marked_page in pages:
        said = find.cues(page(marked_page.title, marked_page.text), ())
        seen_of = [one for one in said if one.sentence.field == "text"]
        for start, end, line in marked_page.spans():
            for one in seen_of:
                state = line.state_of(one.practice_id) if start <= one.start < end else None
                if state is not None:
                    features, teller = find.judge.features(one.view), find.judge.teller(one.view)
                    yield Example(marked_page.register, features, state, teller, find.judge.ruled(one.view))


def current_card() -> str:
    """By the stored model and the sentences that were held out."""
    table = load_topic(topic_folder()).tables["model"]
    finds = [sample_find(without=left) for left in ((), ("model",))]
    lots = [read_labelled(labelled_folder() / name) for _, name in LOTS]
    held = [[assertion_figures(answered(find, lot)) for find in finds] for lot in lots]
    return card(table["trained"] | {key: table[key] for key in LEAST}, held)


def told(fitted: Fitted, trained: Mapping[str, Any]) -> str:
    rows = "\n".join(f"{quoted(name)} = {_row(row)}" for name, row in _sorted(fitted))
    about = "\n".join(f"{name} = {json.dumps(said)}" for name, said in trained.items())
    figures = "\n".join(f"{name} = {list(said)}" for name, said in fitted.left_out.items())
    return (
        f"states = {json.dumps(fitted.states)}\nleast_alleged = {fitted.least.alleged}\n"
        f"least_suffered = {fitted.least.suffered}\nleast_counted = {fitted.least.counted}\n"
        f"least_documented = {fitted.least.documented}\n\n"
        f"[trained]\n{about}\n\n[trained.left_out]  # right, of\n{figures}\n\n[weights]\n{rows}\n"
    )


def _row(row: Sequence[float]) -> str:
    return json.dumps(" ".join(str(round(weight * PARTS)) for weight in row))


def _sorted(fitted: Fitted) -> list[tuple[str, list[float]]]:
    return sorted(fitted.weights.items(), key=lambda pair: (pair[0] != "bias", pair[0]))


if __name__ == "__main__":
    main()
