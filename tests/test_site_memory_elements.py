"""Elements that a site's memory speaks of: their names, and lines that are taken out of them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.blocks import Tree, read_tree
from pipeline.extract.containers import Container, containers, named, names
from pipeline.extract.passages import passages, without


def grown(*elements: tuple[str, str, int]) -> Tree:
    """(tag, marks, parent) of each; every element holds one line of a hundred characters."""
    lines = "".join(f"<p>{chr(0x4E00 + place) * 99}。" for place in range(len(elements)))
    blocks = read_tree(LexborHTMLParser(f"<body>{lines}").body).blocks
    held = [block._replace(place=place) for place, block in enumerate(blocks)]
    tags, marks, parents = map(list, zip(*elements, strict=True))
    return Tree(held, parents, tags, marks)


def test_names_leave_out_what_is_a_page_s_own() -> None:
    tree = grown(
        ("body", "", -1),
        ("td", "t_f postmessage_8812", 0),
        ("p", "", 1),
        ("div", "post-7 hentry tag-3 post-7", 0),
    )
    assert dict(names(tree, range(4))) == {
        -1: "", 0: ">body", 1: "td.t_f.postmessage_0", 2: "td.t_f.postmessage_0>p", 3: "div.post-0.hentry",
    }  # fmt: skip


def test_of_several_elements_of_one_name_the_first_is_meant() -> None:
    tree = grown(("body", "", -1), ("div", "floor", 0), ("div", "floor", 0), ("div", "floor", 0))
    kept = [False] * 4
    assert named(tree, "div.floor", kept) == 1
    others, floor = containers(tree, [1], kept)
    assert floor == Container("div.floor", later=False, chars=100, shared=100, own=100, opens=True)
    assert others == Container("div.floor", later=True, chars=200, shared=0, own=100, opens=False)
    assert named(tree, "div.floor", [False, True, False, False]) == 2


def test_lines_that_are_taken_out_leave_every_other_in_its_place() -> None:
    tree = grown(("body", "", -1), ("div", "a", 0), ("div", "b", 0))
    (_, aside) = passages(tree, [1], [0.0, 1.0, 1.0])
    bare = without(tree, [aside.digest])
    assert [block.text for block in bare.blocks] == [tree.blocks[0].text, tree.blocks[1].text, ""]
    assert [block.place for block in bare.blocks] == [0, 1, 2]


def test_endless_class_names_are_neither_kept_nor_walked() -> None:
    tree = grown(*(("div", f"{n} " + "x" * 1_000_000, n - 1) for n in range(20)))
    assert max(map(len, names(tree, range(20)).values())) <= 130
