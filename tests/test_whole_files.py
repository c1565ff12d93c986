"""A file that is written in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.whole_files import write_whole


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
