"""Sites whose owners are known: what makes strangers look like one must link nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from pipeline.evaluate.owners import Owned, owner_figures
from yuqi.evaluating.owners import owned_site_figures
from yuqi.samples.owners import KINDS, owned_pages, owned_sites

Measured = tuple[Mapping[str, float | None], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def measured() -> Measured:
    wrong: list[dict[str, Any]] = []
    figures = owned_site_figures(wrong.append)
    return {figure.measure: figure.value for figure in figures}, wrong


def test_nobody_is_linked_with_a_stranger(measured: Measured) -> None:
    figures, wrong = measured
    assert figures["site-pairs-invented"] == 0
    assert figures["site-pairs-precision"] == 1.0
    assert [row["page"] for row in wrong if row["page"].startswith("stranger")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_owners_are_found_by_each_kind_of_thing_they_share(kind: str, measured: Measured) -> None:
    assert measured[0][f"by-{kind}-recall"] == 1.0


def test_the_truth_has_enough_of_every_kind() -> None:
    sites = owned_sites()
    assert len(sites) >= 40
    pairs = Counter(a.kind for a, b in combinations(sites, 2) if a.owner == b.owner)
    assert all(pairs[kind] >= 20 for kind in KINDS)
    assert len({site.site_id for site in sites}) == len(sites)


def test_what_seems_to_join_strangers_stands_on_at_least_four_of_them() -> None:
    shown: Counter[str] = Counter()
    for site in owned_sites():
        if site.kind == "":
            adverts = [line for _, lines, _ in site.adverts for line in lines]
            shown.update({*site.frame, *adverts, *site.source, site.texts.partition("-")[0]})
    signs = (
        "yangli_franchise",
        "yangli_agent",
        "000991",
        "000992",
        "000993",
        "000990",
        "400-100",
        "备00000000",
    )
    for sign in (*signs, "备90008000", "hm.js", "本主题", "copied"):
        assert max(number for said, number in shown.items() if sign in said) >= 4, sign


def test_pages_are_the_same_each_time() -> None:
    site = owned_sites()[0]
    assert list(owned_pages(site)) == list(owned_pages(site))


def test_an_invented_pair_is_counted() -> None:
    true = [Owned("a", "one", "phone"), Owned("b", "one", "phone"), Owned("c", "c", "")]
    figures = {f.measure: f.value for f in owner_figures({"a": "x", "b": "x", "c": "x"}, true)}
    assert (figures["site-pairs-invented"], figures["by-phone-recall"]) == (2, 1.0)
