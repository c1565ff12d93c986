"""What is remembered saves work and changes nothing: a build over it gives what a full build gives."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from copies_farm import Doc, Grouped, elsewhere, farm, grouped, page
from copies_texts import LAW, LENDERS, filled, reworded, template

from pipeline.copies import Means, Remembered, Skeletons, skeleton
from pipeline.copies.remembered import Known
from pipeline.copies.skeleton.induce import induced
from pipeline.kept import keep_known, load_known

TABLES = (
    *("article_groups", "practice_own", "found_template_sentences", "found_template_versions"),
    *("found_slot_fillers", "found_unlisted_names"),
)


def told(found: Grouped) -> list[object]:
    return [sorted(found.table(name), key=repr) for name in TABLES]


def built(
    docs: Sequence[Doc], known: Known | None = None, skeletons: Skeletons | None = None
) -> tuple[Grouped, Remembered]:
    remembered = Remembered(known or Known())
    return grouped(docs, means=Means(remembered, skeletons=skeletons)), remembered


def same(one: Known, other: Known) -> bool:
    def columns(known: Known) -> tuple[object, ...]:
        return *known.compared, known.parts.faces, *known.parts.lines

    return all(map(np.array_equal, columns(one), columns(other)))


def disturbed(docs: list[Doc], waiting: list[Doc], rng: random.Random) -> list[Doc]:
    """Pages come, go, change and are posted again, word by word or cut off, in no order."""
    came = [waiting.pop() for _ in range(min(len(waiting), rng.choice((1, 2, 5, 17))))]
    held = [doc for doc in docs if rng.random() > 0.08]
    changed = [_changed(doc, rng) if rng.random() < 0.08 else doc for doc in held]
    copied = [elsewhere(doc, f"copy{rng.randrange(9)}.example.com") for doc in rng.sample(changed, 3)]
    cut = [
        elsewhere(doc, "cut.example.com", doc.text[: len(doc.text) * 2 // 3])
        for doc in rng.sample(changed, 2)
    ]
    everything = list({doc.article_id: doc for doc in (*changed, *came, *copied, *cut)}.values())
    rng.shuffle(everything)
    return everything


def _changed(doc: Doc, rng: random.Random) -> Doc:
    """Reworded, or with law quoted that others quote too: a stock sentence more, or one less."""
    return replace(doc, text=rng.choice((reworded(doc.text, rng, 0.3), doc.text + "\n" + LAW)))


@pytest.mark.parametrize("seed", range(2))
def test_a_build_over_what_is_remembered_equals_a_full_one_whatever_came_went_and_changed(
    seed: int, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    waiting = farm(seed + 20, templates=4, lenders=4, copies=2)
    rng.shuffle(waiting)
    docs = [waiting.pop() for _ in range(rng.choice((5, 20, len(waiting) // 2)))]
    known = Known()
    for _ in range(3):
        docs = disturbed(docs, waiting, rng)
        skeletons = Skeletons(tmp_path, "v")
        (small, remembered), (full, anew) = built(docs, known, skeletons), built(docs)
        assert told(small) == told(full)
        remove_all_but(skeletons.kept)
        assert same(remembered.learnt(), anew.learnt()), "what is kept does not tell how it came about"
        known = remembered.learnt()


def remove_all_but(kept: Path | None) -> None:
    assert kept is not None
    for folder in kept.parent.iterdir():
        if folder != kept:
            shutil.rmtree(folder)


def test_skeletons_of_groups_that_nothing_touched_are_not_made_again(tmp_path, monkeypatch) -> None:
    docs = farm(31, templates=3, lenders=4, copies=2)
    made: list[int] = []
    monkeypatch.setattr(skeleton, "induced", lambda *given: made.append(1) or induced(*given))
    first, _ = built(docs, skeletons=Skeletons(tmp_path, "v"))
    assert len(made) >= 3
    made.clear()
    again, _ = built(docs, skeletons=Skeletons(tmp_path, "v"))
    assert (made, told(again)) == ([], told(first))
    (folder,) = tmp_path.iterdir()
    named = pq.read_table(folder / "faces.parquet")["article_id"].to_pylist()
    assert set(named) >= {version["article_id"] for version in first.table("found_template_versions")}, (
        "for takedowns"
    )
    new = replace(docs[0], url=docs[0].url + "x", text=docs[0].text + "\n再补充一点，协商以前先算清利息。")
    built([*docs, new], skeletons=Skeletons(tmp_path, "v"))
    assert len(made) == 1, "of the one that it touched"


def test_a_skeleton_is_made_again_of_what_reads_otherwise_or_names_others(tmp_path, monkeypatch) -> None:
    """Texts and sentences are known by their digests: whatever changes in them is seen by these."""
    docs = [
        page(name, filled(template(1), name), f"{n}.example.com", name, n)
        for n, name in enumerate(LENDERS[:6])
    ]
    made: list[int] = []
    monkeypatch.setattr(skeleton, "induced", lambda *given: made.append(1) or induced(*given))
    one, name = docs[0], LENDERS[0]
    for changed, again in (
        (one, 1),
        (one, 0),
        (replace(one, title=f"{name}催收，怎么办？"), 1),
        (replace(one, text=one.text.replace("。", "！", 1)), 1),
        (replace(one, text=one.text.replace(name, f"{name}和{LENDERS[-1]}", 1)), 1),
        (one, 1),
    ):
        skeletons = Skeletons(tmp_path, "v")
        small, _ = built([changed, *docs[1:]], skeletons=skeletons)
        remove_all_but(skeletons.kept)
        assert len(made) == again, changed.title + changed.text
        assert told(small) == told(built([changed, *docs[1:]])[0])
        made.clear()


def test_skeletons_that_the_disk_has_lost_are_made_again(tmp_path) -> None:
    docs = farm(31, templates=3, lenders=4, copies=2)
    skeletons = Skeletons(tmp_path, "v")
    first, _ = built(docs, skeletons=skeletons)
    assert skeletons.kept is not None
    (skeletons.kept / "template_versions.parquet").write_bytes(b"PAR1")
    again, _ = built(docs, skeletons=Skeletons(tmp_path, "v"))
    assert told(again) == told(first)
    assert Skeletons(tmp_path, "v").last() == skeletons.kept


def test_the_same_pages_again_are_compared_no_more() -> None:
    docs = farm(31, templates=4, lenders=4, copies=2)
    _, first = built(docs)
    _, second = built(docs, first.learnt())
    assert first.comparisons > 0
    assert first.remade == first.parts
    assert (second.comparisons, second.remade, second.parts) == (0, 0, first.parts)


def test_a_new_page_touches_its_own_connected_part_only() -> None:
    docs = [
        page(name, filled(template(t), name), f"{t}.example.com", f"{t}/{name}", n)
        for t in range(6)
        for n, name in enumerate(LENDERS[:5])
    ]
    _, before = built(docs)
    new = page(LENDERS[7], filled(template(3), LENDERS[7]), "3.example.com", "3/new", 99)
    _, after = built([*docs, new], before.learnt())
    assert (before.parts, after.parts, after.remade) == (6, 6, 0), "its normal form is known"
    spun = replace(new, text=reworded(new.text, random.Random(1), 0.2))
    _, after = built([*docs, spun], before.learnt())
    assert (after.parts, after.remade) == (6, 1)
    assert 0 < after.comparisons < before.comparisons
    alone = page(LENDERS[7], filled(template(77), LENDERS[7]), "7.example.com", "new", 99)
    _, after = built([*docs, alone], before.learnt())
    assert (after.parts, after.remade) == (7, 1)


def test_a_sentence_that_becomes_stock_has_the_texts_that_hold_it_compared_again() -> None:
    def quoting(t: int, law: str) -> list[Doc]:
        rng = random.Random(t)
        return [
            page(name, reworded(filled(template(t), name), rng, 0.2) + law, f"{t}.example.com", str(t), n)
            for n, name in enumerate(LENDERS[:3])
        ]

    four = [doc for t in range(4) for doc in quoting(t, "\n" + LAW)]
    plain = [doc for t in range(4, 8) for doc in quoting(t, "")]
    _, before = built([*four, *plain])
    _, fifth = built([*four, *plain, *quoting(9, "\n" + LAW)], before.learnt())
    _, other = built([*four, *plain, *quoting(9, "")], before.learnt())
    assert other.comparisons < fifth.comparisons, "four texts have another face now that the law is stock"
    assert fifth.comparisons < before.comparisons


def test_a_page_that_goes_touches_its_own_connected_part_only() -> None:
    rng = random.Random(2)
    docs = [
        page(name, reworded(filled(template(t), name), rng, 0.2), f"{t}.example.com", f"{t}/{name}", n)
        for t in range(4)
        for n, name in enumerate(LENDERS[:5])
    ]
    _, before = built(docs)
    _, after = built(docs[1:], before.learnt())
    assert (after.parts, after.remade) == (4, 1)


def test_what_is_kept_is_the_same_files_and_is_found_again(tmp_path: Path) -> None:
    _, remembered = built(farm(33, templates=3, lenders=3, copies=2))
    known = remembered.learnt()
    folder = keep_known(tmp_path, known)
    assert keep_known(tmp_path, load_known(tmp_path)) == folder
    assert same(load_known(tmp_path), known)
    other = keep_known(tmp_path / "other", known)
    assert [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())] == [
        (path.name, path.read_bytes()) for path in sorted(other.iterdir())
    ]


def test_what_is_lost_torn_or_of_other_code_is_worked_out_again(tmp_path: Path) -> None:
    assert same(load_known(tmp_path), Known())
    _, remembered = built(farm(34, templates=2, lenders=2, copies=2))
    folder = keep_known(tmp_path, remembered.learnt())
    (folder / "parts.parquet").write_bytes(b"PAR1")
    assert same(load_known(tmp_path), Known())
    other = keep_known(tmp_path, remembered.learnt())
    other.rename(other.with_name("0" * 32))
    assert same(load_known(tmp_path), Known())
