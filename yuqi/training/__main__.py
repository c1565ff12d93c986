"""`python -m yuqi.training`: labelled sentences → `datasets/overdue/model.toml`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.evaluate.labelled import read_labelled
from yuqi.evaluating.asserted import TRAIN, labelled_folder, sample_find, seen
from yuqi.training.fit import Example, Fitted, fit

HEAD = """\
# Weights of the small model that reads how a practice is asserted; docs/model-card.md says what it is for.
# Written by `python -m yuqi.training` from labelled/train.jsonl and signs.toml; not to be edited by hand.
# A row: what the sign (or practice, or place) adds for each state, in the order of `states`.
"""


def main() -> None:
    labelled = labelled_folder() / TRAIN
    find = sample_find(with_model=False)
    seen_of = ((said, seen(find, said)) for said in read_labelled(labelled))
    examples = [
        Example(said.register, find.judge.features(cue.view), said.state, find.judge.may_allege(cue.view))
        for said, cue in seen_of
        if cue is not None
    ]
    target = labelled.parent.parent / "model.toml"
    target.write_text(HEAD + told(fit(examples), len(examples), _digest(labelled)), encoding="utf-8")
    print(f"{target}: {len(examples)} sentences")


def told(fitted: Fitted, sentences: int, digest: str) -> str:
    rows = "\n".join(f"{json.dumps(name, ensure_ascii=False)} = {row}" for name, row in _sorted(fitted))
    return (
        f"states = {json.dumps(fitted.states)}\nleast_alleged = {fitted.least_alleged}\n\n"
        f'[trained]\nsentences = {sentences}\nlabelled_sha256 = "{digest}"\n\n[weights]\n{rows}\n'
    )


def _sorted(fitted: Fitted) -> list[tuple[str, list[float]]]:
    return sorted(fitted.weights.items(), key=lambda pair: (pair[0] != "bias", pair[0]))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
