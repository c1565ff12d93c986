"""Operators: sites that share a contact or registration, with its weight, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from copies_farm import Doc, Grouped, grouped, sentence
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies.operators import LINK, MOST_SITES, Shared, operators
from pipeline.records import Fingerprint

SITES = tuple(f"{letter}.example.com" for letter in "abcdef")
PAGES = 10


def pages(sites: Iterable[str] = SITES, sourced: bool = True) -> list[Doc]:
    import random

    rng = random.Random(1)
    return [
        Doc(f"http://{site}/{n}.html", site, "", sentence(rng) * 2, sourced=sourced)
        for site in sites
        for n in range(PAGES)
    ]


def prints(
    docs: Iterable[Doc], site: str, value: str, share: float, place: str = "furniture"
) -> list[Fingerprint]:
    """The fingerprint `kind:value` on this share of the site's pages."""
    held = [doc for doc in docs if doc.site == site]
    kind = value.split(":")[0]
    return [
        Fingerprint(doc.url, site, doc.article_id, kind, place, value)
        for doc in held[: round(share * len(held))]
    ]


def linked(found: Grouped) -> list[set[str]]:
    by_operator: dict[str, set[str]] = {}
    for row in found.table("site_operators"):
        by_operator.setdefault(row["operator_id"], set()).add(row["site_id"])
    return sorted(by_operator.values(), key=sorted)


def test_an_adverts_contact_on_some_pages_links_nobody() -> None:
    docs = pages()
    ads = [p for site in SITES for p in prints(docs, site, "wechat:agent", 0.4, "text")]
    assert linked(grouped(docs, ads)) == []


def test_a_contact_on_a_page_or_two_links_nobody() -> None:
    docs = pages()
    rare = [p for site in SITES[:2] for p in prints(docs, site, "phone:1", 0.1)]
    assert linked(grouped(docs, rare)) == []


def test_pages_of_unknown_origin_link_nobody() -> None:
    docs = pages(sourced=False)
    shared = [p for site in SITES[:2] for p in prints(docs, site, "icp:1", 1.0)]
    assert linked(grouped(docs, shared)) == []


def test_an_analytics_account_on_very_many_sites_links_nobody() -> None:
    docs = pages(f"s{n:02}.example.com" for n in range(MOST_SITES + 1))
    vendor = [p for site in {d.site for d in docs} for p in prints(docs, site, "analytics:vendor", 1.0)]
    assert linked(grouped(docs, vendor)) == []


def registered_apart(shared: str) -> Grouped:
    docs = pages(SITES[:2])
    held = [
        p for site in SITES[:2] for value in (shared, f"icp:{site}") for p in prints(docs, site, value, 1.0)
    ]
    return grouped(docs, held)


def test_sites_under_different_registrations_are_not_linked_by_an_analytics_account() -> None:
    assert linked(registered_apart("analytics:1")) == []


def test_different_registrations_make_a_shared_telephone_less_sure() -> None:
    (row,) = registered_apart("phone:1").table("operator_rows")
    assert row["confidence"] == 0.6


def test_a_contact_in_an_advert_on_every_page_links_nobody() -> None:
    docs = pages()
    ads = [p for site in SITES for p in prints(docs, site, "phone:agent", 1.0, "advert")]
    assert linked(grouped(docs, ads)) == []


def test_sites_that_show_the_same_contact_in_their_furniture_have_one_operator() -> None:
    docs = pages()
    shared = [p for site in SITES[:3] for p in prints(docs, site, "phone:1", 0.9)]
    found = grouped(docs, shared)
    assert linked(found) == [set(SITES[:3])]
    (row,) = found.table("operator_rows")
    assert row["n_sites"] == 3
    assert row["evidence"] == f"phone: {', '.join(SITES[:3])}"
    assert LINK <= row["confidence"] < 1


def test_a_contact_block_inside_the_text_of_most_pages_counts() -> None:
    docs = pages()
    shared = [p for site in SITES[:2] for p in prints(docs, site, "phone:1", 0.9, "text")]
    assert linked(grouped(docs, shared)) == [set(SITES[:2])]


def test_links_join_over_a_third_site_and_the_weakest_gives_the_confidence() -> None:
    shared = [
        *(Shared("icp", "1", "furniture", site) for site in "ab"),
        *(Shared("analytics", "2", "furniture", site) for site in "bc"),
    ]
    (found,) = operators(shared, {})
    assert (found.sites, found.confidence, found.kinds) == (("a", "b", "c"), 0.6, ("analytics", "icp"))


def test_neither_values_nor_hashes_stand_in_the_evidence() -> None:
    docs = pages()
    shared = [p for site in SITES[:2] for p in prints(docs, site, "email:secret", 1.0)]
    (row,) = grouped(docs, shared).table("operator_rows")
    assert "secret" not in str(row)


@given(st.permutations(range(8)))
def test_no_order_matters(order: list[int]) -> None:
    shared = [
        Shared(kind, value, "furniture", site)
        for kind, value, sites in (
            ("icp", "1", "ab"),
            ("phone", "2", "bc"),
            ("email", "3", "de"),
            ("qq", "4", "ea"),
        )
        for site in sites
    ]
    assert operators([shared[at] for at in order], {}) == operators(shared, {})
