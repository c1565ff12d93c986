"""Fuzzes reading with atheris, which is no dependency of ours: python tests/fuzz/run.py -max_len=3000."""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]


def module(source: Path) -> str:
    return ".".join(source.relative_to(ROOT).with_suffix("").parts)


# What becomes machine code cannot be instrumented.
COMPILED = [
    module(source)
    for source in (ROOT / "pipeline").rglob("*.py")
    if "pipeline.compiled" in source.read_text("utf-8")
]
with atheris.instrument_imports(include=["pipeline"], exclude=COMPILED):
    from reading import check, reader

if __name__ == "__main__":
    reader()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
