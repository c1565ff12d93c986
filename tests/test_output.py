"""What comes out: faithful for programs, harmless for terminals, spreadsheets and markdown."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.release.cells import csv_cell, json_value, plain
from yuqi.formats import csv_text, json_text, markdown_cell, markdown_text, table_text
from yuqi.output import Look, Result, emit
from yuqi.terminal import clean, clean_lines, cut

HOSTILE = "\x1b[31m=cmd|' /C calc'!A0\x9b2J\u202e\u200b</script>|*`"


def test_nothing_untrusted_reaches_the_terminal_as_a_control_character() -> None:
    for text in (table_text(["a"], [[HOSTILE]]), clean(HOSTILE), clean_lines(HOSTILE + "\n\x07b")):
        assert not [
            c for c in text if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200b")
        ]


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_is_never_wider_than_its_column(text: str, cells: int) -> None:
    assert cell_len(cut(clean(text), cells)) <= cells


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=4))
def test_every_row_of_a_table_is_one_line(rows: list[list[str]]) -> None:
    assert len(table_text(["a", "b"], rows).split("\n")) == len(rows) + 2


def test_wide_characters_count_as_two_cells() -> None:
    table = table_text(["名称", "n"], [["星蓝贷", 1], ["ab", 22]])
    assert len({cell_len(line) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_no_cell_is_a_formula(start: str) -> None:
    assert csv_cell(f"{start}1+1").startswith("'")


def test_numbers_are_not_guarded() -> None:
    assert [csv_cell(value) for value in (-1, -0.5, None, True)] == ["-1", "-0.5", "", "true"]


@given(st.text())
def test_json_gives_back_the_same_text_and_no_control_character(text: str) -> None:
    written = json_value({"a": text})
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in written)
    assert json.loads(written) == {"a": text}


def test_csv_is_read_back_with_its_rows() -> None:
    rows = [{"a": 'x,"y"\nz', "b": 1}, {"a": None, "b": 2}]
    assert list(csv.reader(io.StringIO(csv_text(("a", "b"), rows)))) == [
        ["a", "b"],
        ['x,"y"\nz', "1"],
        ["", "2"],
    ]


def test_no_rows_are_still_json_and_have_headings() -> None:
    assert json.loads(json_text(("a",), [])) == []
    assert csv_text(("a",), []) == "a\n"
    assert table_text(["a"], []).splitlines()[0] == "a"


def test_times_and_sums_are_plain() -> None:
    moment = datetime(2024, 5, 1, 8, tzinfo=UTC)
    assert plain([moment, Decimal("12"), Decimal("1.5"), float("nan")]) == [
        "2024-05-01T08:00:00Z",
        12,
        1.5,
        None,
    ]


def test_markdown_cells_cannot_break_the_table_or_bring_markup() -> None:
    cell = markdown_cell("a|b\n<img src=x>[c](javascript:1)")
    assert "\\|" in cell
    assert "<" not in cell
    assert "\n" not in markdown_text(["h"], [["x\ny"]]).splitlines()[2]
    assert "\\[c\\](" in cell


def test_machine_formats_hold_rows_only_and_notes_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(("a",), [{"a": 1}], title="heading", notes=("note", ""))
    emit(result, Look("json", "en", synthetic=True))
    told = capsys.readouterr()
    assert json.loads(told.out) == [{"a": 1}]
    assert "SYNTHETIC 合成样本" in told.err
    assert "note" in told.err


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_people_see_heading_mark_and_notes_with_the_rows(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    emit(Result(("a",), [{"a": 1}], title="heading", notes=("note",)), Look(form, "en", synthetic=True))
    told = capsys.readouterr().out
    assert all(part in told for part in ("heading", "SYNTHETIC 合成样本", "note"))
