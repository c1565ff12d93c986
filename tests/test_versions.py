"""A part that was made by other code is never taken for a new one."""

import ast
from pathlib import Path

import pytest

from pipeline.versions import DEPENDS

ROOT = Path(__file__).parents[1]
# Where each stage's own code begins; what it imports of this package is followed from there.
BEGINS = {
    "read": ["read"],
    "article": ["assemble", "site_memory"],
    "find": ["findings"],
    "sign": ["copies/sign"],
    "copies": ["copies"],
    "load": ["store/load", "copies", "findings/rows"],
}
# Imported for its constants and types by everything, or read as data whose digest is in the keys.
ELSEWHERE = {"topic", "parts"}


@pytest.mark.parametrize("stage", DEPENDS)
def test_a_stage_depends_on_all_that_its_code_imports(stage):
    named = set(DEPENDS[stage][0])
    assert {name for name in closure(BEGINS[stage]) if not covers(named | ELSEWHERE, name)} == set()


def covers(named: set[str], module: str) -> bool:
    """Is the module, or a package that holds it, among these?"""
    return any(module == name or module.startswith(f"{name}/") for name in named)


def closure(begins: list[str]) -> set[str]:
    """Modules of the package, as paths without suffix, that importing these brings in."""
    found: set[str] = set()
    waiting = [path for begin in begins for path in sources(begin)]
    while waiting:
        path = waiting.pop()
        name = path.relative_to(ROOT / "pipeline").with_suffix("").as_posix()
        if name not in found:
            found.add(name)
            waiting += [source for module in imported(path) for source in sources(module)]
    return found


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {node.module for node in nodes if node.module and node.module.startswith("pipeline.")}
    return {module.removeprefix("pipeline.").replace(".", "/") for module in modules}


def sources(module: str) -> list[Path]:
    place = ROOT / "pipeline" / module
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
