"""Fuzzes reading with atheris, which is no dependency of ours: python tests/fuzz/run.py -max_len=3000."""

import sys

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from reading import check, reader

if __name__ == "__main__":
    reader()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
