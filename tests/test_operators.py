"""Operators: sites that share a contact or registration, with its weight, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from copies_farm import Doc, Grouped, grouped
from copies_texts import sentence
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies.alike_sites import LEAST_NOTICES, LEAST_SITES, LEAST_TEXTS
from pipeline.copies.operators import operators
from pipeline.copies.site_links import LINK, MANY
from pipeline.copies.site_prints import MOST_SITES, Key, Shown, SiteText, Standing
from pipeline.copies.third_parties import STRANGERS
from pipeline.records import Fingerprint, FingerprintPlace

SITES = tuple(f"{letter}.example.com" for letter in "abcdef")
PAGES = 10
OTHERS = "klmnopqrstuvwxyz"  # sites that have nothing to do with it


def pages(sites: Iterable[str] = SITES, sourced: bool = True) -> list[Doc]:
    rng = random.Random(1)
    return [
        Doc(f"http://{site}/{n}.html", site, "", sentence(rng) * 2, sourced=sourced)
        for site in sites
        for n in range(PAGES)
    ]


def prints(
    docs: Iterable[Doc], site: str, value: str, share: float, place: FingerprintPlace = "furniture"
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


def frame(*held: tuple[str, str]) -> Shown:
    """What sites named by letters have in their frames: ("phone-1", "abc"), …"""
    return Shown(tuple(Standing(*_key(value), "furniture", site) for value, sites in held for site in sites))


def _key(value: str) -> Key:
    kind, _, number = value.rpartition("-")
    return kind, int(number)


def each(kind: str, sites: str) -> list[tuple[str, str]]:
    """One of its own for each site."""
    return [(f"{kind}-{100 + n}", site) for n, site in enumerate(sites)]


def joined(shown: Shown) -> list[str]:
    return ["".join(one.sites) for one in operators(shown)]


def test_a_contact_in_a_place_that_is_not_on_most_pages_links_nobody() -> None:
    docs = pages()
    ads = [p for site in SITES for p in prints(docs, site, "wechat:agent", 0.5)]
    assert linked(grouped(docs, ads)) == []


def test_an_adverts_contact_in_some_texts_links_nobody() -> None:
    docs = pages()
    ads = [p for site in SITES for p in prints(docs, site, "wechat:agent", 0.4, "text")]
    assert linked(grouped(docs, ads)) == []


def test_pages_of_unknown_origin_link_nobody() -> None:
    docs = pages(sourced=False)
    shared = [p for site in SITES[:2] for p in prints(docs, site, "icp:1", 1.0)]
    assert linked(grouped(docs, shared)) == []


def test_an_analytics_account_on_very_many_sites_links_nobody() -> None:
    docs = pages(f"s{n:02}.example.com" for n in range(MOST_SITES + 1))
    vendor = [p for site in {d.site for d in docs} for p in prints(docs, site, "analytics:vendor", 1.0)]
    assert linked(grouped(docs, vendor)) == []


def test_a_contact_in_an_advert_or_a_vendors_on_every_page_links_nobody() -> None:
    docs = pages()
    ads = [p for site in SITES for p in prints(docs, site, "phone:agent", 1.0, "advert")]
    built = [p for site in SITES for p in prints(docs, site, "phone:builder", 1.0, "vendor")]
    assert linked(grouped(docs, [*ads, *built])) == []


def test_notices_and_serials_alone_link_nobody() -> None:
    assert joined(frame(("notice-1", "ab"), ("icp-serial-1", "ab"))) == []


def test_different_registrations_unlink_what_a_company_name_or_account_says() -> None:
    for kind in ("analytics", "company"):
        assert joined(frame((f"{kind}-1", "ab"))) == ["ab"]
        assert joined(frame((f"{kind}-1", "ab"), *each("icp", "ab"))) == []


def test_different_registrations_make_a_shared_telephone_less_sure() -> None:
    (one,) = operators(frame(("phone-1", "ab"), *each("icp", "ab")))
    assert one.confidence == 0.6


def test_a_number_beside_the_own_ones_of_many_parties_is_a_third_partys() -> None:
    sites = "abcdef"[:STRANGERS]
    for shared in ("phone", "wechat", "qq", "email", "analytics", "icp"):
        franchise = frame((f"{shared}-1", sites), *each("qq", sites))
        assert joined(franchise) == [], shared
    assert joined(frame(("phone-1", sites), ("wechat-1", sites), *each("qq", sites))) == []


def test_a_number_on_some_sites_of_several_owners_is_none_of_theirs() -> None:
    owners = (("phone-1", "ab"), ("icp-1", "cd"))
    assert joined(frame(("wechat-9", "ace"), *owners)) == ["ab", "cd"]


def test_a_chain_of_two_kinds_of_things_holds() -> None:
    assert joined(frame(("phone-1", "abc"), ("icp-1", "cd"))) == ["abcd"]


def test_a_third_partys_number_does_not_hide_who_has_two_of_the_sites() -> None:
    assert joined(frame(("wechat-1", "abcdef"), ("phone-1", "ab"), *each("qq", "abcdef"))) == ["ab"]


def test_an_account_of_a_theme_links_none_of_those_who_are_known_by_anything() -> None:
    assert joined(frame(("analytics-1", "abcd"), *each("email", "abcd"))) == []


def test_an_owners_number_stays_his_although_every_site_is_registered_apart() -> None:
    assert joined(frame(("phone-1", "abcde"), *each("icp", "abcde"), *each("email", "abcde"))) == ["abcde"]


def test_serials_of_one_registrant_are_his_sites_and_a_hosts_number_is_nobodys() -> None:
    assert joined(frame(("icp-1", "abcd"), *each("icp-serial", "abcd"), *each("qq", "abcd"))) == ["abcd"]
    assert joined(frame(("icp-1", "abcd"), ("icp-serial-1", "abcd"), *each("qq", "abcd"))) == []
    own = (*each("icp", "abcd"), *each("icp-serial", "abcd"), *each("qq", "abcd"))
    assert joined(frame(("icp-1", "abcd"), *own)) == []


def test_from_many_sites_on_a_number_needs_texts_in_common() -> None:
    sites = "abcdefghijklmn"[:MANY]
    alone = frame(("phone-1", sites))
    assert joined(alone) == []
    texts = tuple(SiteText(site, 1) for site in sites)
    assert joined(Shown(alone.standing, texts)) == [sites]


def alike(sites: str, notices: int = LEAST_NOTICES, texts: int = LEAST_TEXTS) -> Shown:
    """These sites share texts and notices; there are enough others, with texts of their own."""
    rest = OTHERS[:LEAST_SITES]
    own = [SiteText(site, 1_000 + 20 * n + at) for n, site in enumerate(rest) for at in range(LEAST_TEXTS)]
    same = [SiteText(site, at) for site in sites for at in range(texts)]
    shown = [Standing("notice", at, "furniture", site) for site in sites for at in range(notices)]
    return Shown(tuple(shown), (*same, *own))


def test_texts_alone_or_notices_alone_or_what_many_have_link_nobody() -> None:
    assert joined(alike("ab", notices=LEAST_NOTICES - 1)) == []
    assert joined(alike("ab", texts=LEAST_TEXTS - 1)) == []
    assert joined(alike("abcde")) == []


def test_in_a_small_corpus_rare_texts_prove_nothing() -> None:
    many = alike("ab")
    assert joined(Shown(many.standing, tuple(row for row in many.texts if row.site_id in "ab"))) == []


def test_rare_texts_with_rare_notices_link_unless_registrations_or_numbers_differ() -> None:
    (one,) = operators(alike("ab"))
    assert (one.said, one.confidence) == ("texts: a, b", 0.6)
    for kind in ("icp", "phone"):
        held = alike("ab")
        other = frame(*each(kind, "ab")).standing
        assert joined(Shown(held.standing + other, held.texts)) == []


def test_texts_do_not_lead_on_from_site_to_site() -> None:
    """b has thirteen texts, eight of them a's and eight c's; a and c have three in common."""
    held = {"a": range(8), "b": range(13), "c": range(5, 13)}
    rest = alike("").texts
    texts = (*(SiteText(site, at) for site, numbers in held.items() for at in numbers), *rest)
    notices = frame(*((f"notice-{n}", "ab") for n in (1, 2)), *((f"notice-{n}", "bc") for n in (3, 4)))
    assert joined(Shown(notices.standing, texts)) == ["ab"]


def test_a_group_joins_by_texts_what_is_alike_each_of_its_parts() -> None:
    held = alike("ab")
    phone = frame(("phone-1", "bc")).standing
    (one,) = operators(Shown(held.standing + phone, held.texts))
    assert (one.sites, one.confidence, one.said) == (("a", "b", "c"), 0.6, "phone: b, c; texts: a, b")


def test_sites_that_show_the_same_contact_in_their_furniture_have_one_operator() -> None:
    docs = pages()
    shared = [p for site in SITES[:3] for p in prints(docs, site, "phone:1", 0.9)]
    found = grouped(docs, shared)
    assert linked(found) == [set(SITES[:3])]
    (row,) = found.table("operator_rows")
    assert row["n_sites"] == 3
    assert row["evidence"] == f"phone: {', '.join(SITES[:3])}"
    assert LINK <= row["confidence"] < 1


def test_evidence_says_what_stands_where_on_how_many_pages() -> None:
    docs = pages()
    shared = [p for site in SITES[:2] for p in prints(docs, site, "phone:1", 0.9)]
    rows = grouped(docs, shared).table("operator_evidence_rows")
    said = ("site_id", "kind", "ordinal", "n_pages", "page_share")
    assert [tuple(row[name] for name in said) for row in rows] == [
        (site, "phone", 1, 9, 0.9) for site in SITES[:2]
    ]
    assert [row["url"] for row in rows] == [f"http://{site}/0.html" for site in SITES[:2]]


def test_a_contact_block_inside_the_text_of_most_pages_counts() -> None:
    docs = pages()
    shared = [p for site in SITES[:2] for p in prints(docs, site, "phone:1", 0.9, "text")]
    assert linked(grouped(docs, shared)) == [set(SITES[:2])]


def test_links_join_over_a_third_site_and_the_weakest_gives_the_confidence() -> None:
    (found,) = operators(frame(("icp-1", "ab"), ("analytics-2", "bc")))
    assert (found.sites, found.confidence, found.said) == (("a", "b", "c"), 0.6, "analytics: b, c; icp: a, b")


def test_neither_values_nor_hashes_stand_in_the_evidence() -> None:
    docs = pages()
    shared = [p for site in SITES[:2] for p in prints(docs, site, "email:secret", 1.0)]
    found = grouped(docs, shared)
    told: Sequence[object] = (*found.table("operator_rows"), *found.table("operator_evidence_rows"))
    assert len(told) == 3
    assert "secret" not in str(told)


KINDS = ("icp", "phone", "email", "qq", "analytics", "notice")


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from("abcdefgh"), st.integers(1, 4)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_no_order_matters(held: list[tuple[str, str, int]], rng: random.Random) -> None:
    rows = sorted({Standing(kind, number, "furniture", site) for kind, site, number in held}, key=repr)
    again = rng.sample(rows, len(rows))
    assert operators(Shown(tuple(again))) == operators(Shown(tuple(rows)))
