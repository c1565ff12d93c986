"""Ids that stay while what they name lives."""

from __future__ import annotations

from pathlib import Path

from copies_farm import elsewhere, farm, grouped, page
from copies_texts import LENDERS, filled, template
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies.ids import Assignments, Cluster, Journal, assign
from pipeline.tables.copies import IdChange


def told(*members: str) -> Cluster:
    named = tuple(f"a-{member * 16}" for member in members)
    return Cluster("story", named, named)


def given_ids(assigned: Assignments) -> dict[str, str]:
    """Which id each member has, by its letter."""
    return {
        member[2]: name
        for cluster, name in zip(assigned.clusters, assigned.ids, strict=True)
        for member in cluster.members
    }


def after(*builds: list[Cluster]) -> Assignments:
    """The last of several builds, each published."""
    held: dict[tuple[str, str], str] = {}
    for number, clusters in enumerate(builds):
        made = assign(held, clusters, str(number))  # type: ignore[arg-type]
        held = {
            (cluster.kind, member): name
            for cluster, name in zip(made.clusters, made.ids, strict=True)
            for member in cluster.members
        }
    return made


def test_a_new_cluster_is_named_for_its_smallest_member() -> None:
    made = after([told("b", "c")])
    assert made.ids == ("s-bbbbbbbbbbbb",)
    assert made.changes == ()


def test_a_smaller_member_that_comes_later_changes_no_id() -> None:
    made = after([told("b", "c")], [told("a", "b", "c")])
    assert made.ids == ("s-bbbbbbbbbbbb",)
    assert made.changes == ()


def test_the_first_member_may_go() -> None:
    assert after([told("b", "c")], [told("c", "d")]).ids == ("s-bbbbbbbbbbbb",)


def test_a_merge_keeps_the_id_of_the_larger_and_says_so() -> None:
    made = after([told("a", "b"), told("c", "d", "e")], [told("a", "b", "c", "d", "e")])
    assert made.ids == ("s-cccccccccccc",)
    assert made.changes == (IdChange("story", "s-aaaaaaaaaaaa", "s-cccccccccccc", "merged", "1"),)


def test_a_tie_keeps_the_smaller_id() -> None:
    assert after([told("c", "d"), told("a", "b")], [told("a", "b", "c", "d")]).ids == ("s-aaaaaaaaaaaa",)


def test_a_split_keeps_the_id_with_the_larger_part_and_names_the_other_anew() -> None:
    made = after([told("a", "b", "c")], [told("a"), told("b", "c")])
    assert given_ids(made) == {"a": "s-" + "a" * 11 + "b", "b": "s-aaaaaaaaaaaa", "c": "s-aaaaaaaaaaaa"}
    assert [(c.old_id, c.change) for c in made.changes] == [("s-aaaaaaaaaaaa", "split")]


def test_a_member_that_moves_between_living_stories_is_a_split() -> None:
    made = after([told("a", "b", "c"), told("d", "e")], [told("a", "b"), told("c", "d", "e")])
    assert made.ids == ("s-aaaaaaaaaaaa", "s-dddddddddddd")
    assert made.changes == (IdChange("story", "s-aaaaaaaaaaaa", "s-dddddddddddd", "split", "1"),)


def test_kinds_do_not_vote_for_each_other() -> None:
    members = ("a-" + "a" * 16,)
    made = assign({}, [Cluster("story", members, members), Cluster("template", members, members)], "1")
    assert made.ids == ("s-aaaaaaaaaaaa", "t-aaaaaaaaaaaa")


@given(
    st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), max_size=6), st.randoms(use_true_random=False)
)
def test_ids_are_unique_carried_over_and_without_order(groups: list[set[str]], rng: object) -> None:
    clusters, seen = [], set()
    for group in groups:
        if group - seen:
            clusters.append(told(*sorted(group - seen)))
            seen |= group
    first = [told("a", "b"), told("c", "d"), told("e", "f")]
    made = after(first, clusters)
    assert len(set(made.ids)) == len(clusters)
    rng.shuffle(clusters)  # type: ignore[attr-defined]
    again = after(first, clusters)
    assert given_ids(again) == given_ids(made)
    assert again.changes == made.changes
    assert after(first, clusters, clusters).changes == ()


def test_the_journal_holds_what_was_committed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "ids.sqlite"
    with Journal(path) as journal:
        made = assign(journal.held(), [told("a", "b"), told("c")], "1")
        assert journal.held() == {}, "nothing is written before the build is published"
        journal.commit(made)
    with Journal(path) as journal:
        merged = assign(journal.held(), [told("a", "b", "c")], "2")
        journal.commit(merged)
        journal.commit(merged)
    with Journal(path) as journal:
        assert set(journal.held().values()) == {"s-aaaaaaaaaaaa"}
        assert journal.changes() == merged.changes
        journal.commit(assign(journal.held(), [], "3"))
        assert journal.held() == {}
        assert journal.changes() == merged.changes


def test_a_corpus_built_again_from_the_journal_has_the_same_ids(tmp_path: Path) -> None:
    docs = farm(3, templates=3, lenders=4, copies=3)
    with Journal(tmp_path / "ids.sqlite") as journal:
        journal.commit(grouped(docs[:20]).assigned)
        second = grouped(docs, held=journal.held(), snapshot="2")
        killed = grouped(docs, held=journal.held(), snapshot="2")
        assert second.table("article_groups") == killed.table("article_groups")
        journal.commit(second.assigned)
        third = grouped(docs, held=journal.held(), snapshot="3")
    assert third.table("article_groups") == second.table("article_groups")
    assert third.table("id_change_rows") == []


def test_stories_keep_their_ids_while_pages_come(tmp_path: Path) -> None:
    docs = [page(n, filled(template(1), n), "a.example.com", n, i) for i, n in enumerate(LENDERS[:6])]
    with Journal(tmp_path / "ids.sqlite") as journal:
        first = grouped(docs[:4])
        journal.commit(first.assigned)
        more = [*docs, *(elsewhere(doc, "b.example.com") for doc in docs)]
        second = grouped(more, held=journal.held(), snapshot="2")
    assert [second.story(doc) for doc in docs[:4]] == [first.story(doc) for doc in docs[:4]]
    assert second.template(docs[5]) == first.template(docs[0])
    assert second.table("id_change_rows") == []
