"""What a stage's output depends on besides its input: its own code and the libraries it calls.

A number that people raise by hand is forgotten sooner or later, and then old parts are taken for new ones;
a digest of the sources cannot be forgotten. It may make a part again for a comment: that costs time only.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).resolve().parent

# stage → (modules or packages of this package, or modules of the crawler that decide for both, libraries)
DEPENDS = {
    "read": (
        ("records", "drafts", "schema", "decode", "extract", "lines", "broken_numbers", "contacts", "marks",
         "redact", "registrations", "source_ids", "fingerprints", "codes", "compiled",
         "readings", "repair", "script", "read", "line_memory", "crawler/paging", "crawler/words",
         "crawler/urls", "crawler/surnames"),
        ("trafilatura", "justext", "readability-lxml", "selectolax", "opencc", "jieba", "pypinyin", "lxml",
         "numpy", "numba", "ahocorasick_rs"),
    ),
    "article": (
        ("records", "drafts", "tables/sites", "schema", "assemble", "sections", "site_memory", "questions",
         "lines", "line_memory", "extract", "script", "joining", "repair", "stages", "contacts", "marks",
         "readings", "codes", "compiled", "crawler/paging", "crawler/whole_files"),
        ("duckdb", "numpy", "numba"),
    ),
    "find": (
        ("records", "tables/topic", "schema", "findings", "line_memory", "codes", "compiled"),
        ("ahocorasick_rs", "jieba", "numpy", "numba"),
    ),
    "sign": (
        ("records", "tables/copies", "schema", "copies", "questions", "codes", "compiled", "duck", "room",
         "remains", "crawler/whole_files"),
        ("numpy",),
    ),
    "copies": (
        ("records", "tables/copies", "schema", "questions", "copies", "shards", "codes", "compiled", "duck",
         "room", "marks", "remains", "crawler/whole_files"),
        ("numpy", "numba"),
    ),
    "load": (
        ("records", "tables", "schema", "questions", "copies", "codes", "compiled", "marks", "store", "duck",
         "room", "on_disk", "findings", "quote", "repair", "search", "script", "line_memory", "verdicts",
         "remains", "crawler/whole_files"),
        ("numpy", "numba", "duckdb", "tantivy"),
    ),
}  # fmt: skip


@cache
def stage_version(stage: str) -> str:
    """16 hex digits over the stage's sources and the versions of its libraries."""
    modules, libraries = DEPENDS[stage]
    digest = hashlib.sha256()
    for module in modules:
        for path in _sources(module):
            digest.update(path.relative_to(_HERE.parent).as_posix().encode() + b"\0" + path.read_bytes())
    for library in libraries:
        digest.update(f"{library}=={version(library)}".encode())
    return digest.hexdigest()[:16]


def _sources(module: str) -> list[Path]:
    folder = _HERE.parent / module if module.startswith("crawler/") else _HERE / module
    if folder.is_dir():
        return sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".sql", ".toml"})
    return [path for path in map(folder.with_suffix, (".py", ".sql", ".toml")) if path.exists()]
