"""What the README promises is what stands in the repository."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = ("scrapy", "trafilatura", "opencc", "jieba", "duckdb", "pytest")
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("readme", READMES)
def test_every_named_package_is_mapped_to_files_that_use_it(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for package in NAMED:
        row = re.search(rf"^\| {package} \|.*$", text, re.MULTILINE)
        assert row, package
        for place in re.findall(r"`([a-z]+/[\w/]*(?:\.py)?)`", row.group()):
            assert _uses(ROOT / place, package), f"{place} does not use {package}"


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_to_files_that_exist(readme):
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_shown_exist(readme):
    from yuqi.cli import COMMANDS

    text = (ROOT / readme).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:bin/|`)yuqi ([a-z]+)", text)) <= set(COMMANDS)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", text)) <= targets


def test_every_named_package_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = " ".join(project["project"]["dependencies"] + project["dependency-groups"]["dev"])
    assert all(package in declared for package in (*NAMED, "lxml_html_clean"))


def _uses(place: Path, package: str) -> bool:
    files = [place] if place.is_file() else list(place.rglob("*.py"))
    return any(
        re.search(rf"^\s*(?:from|import) {package}\b", file.read_text(encoding="utf-8"), re.MULTILINE)
        for file in files
    )
