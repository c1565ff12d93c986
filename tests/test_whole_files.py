"""A file or folder that is written in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.whole_files import whole_folder, write_whole


def test_it_holds_what_was_given_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text("old", encoding="utf-8")
    write_whole(path, "新的\r\nnew\n")
    assert path.read_bytes() == "新的\r\nnew\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_stands_where_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half \ud800")
    assert path.read_text(encoding="utf-8") == "old"


def test_a_folder_gets_its_name_when_all_of_it_is_written(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "part") as fresh:
        (fresh / "rows").write_text("1", encoding="ascii")
        assert not (tmp_path / "part").exists()
    assert (tmp_path / "part" / "rows").read_text(encoding="ascii") == "1"
    assert list(tmp_path.iterdir()) == [tmp_path / "part"]


def test_the_folder_of_whoever_was_first_stays(tmp_path: Path) -> None:
    for number in ("1", "2"):
        with whole_folder(tmp_path / "part") as fresh:
            (fresh / "rows").write_text(number, encoding="ascii")
    assert (tmp_path / "part" / "rows").read_text(encoding="ascii") == "1"
    assert list(tmp_path.iterdir()) == [tmp_path / "part"]
