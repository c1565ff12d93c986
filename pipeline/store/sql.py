"""The questions of the store: loading, counting, checking."""

from __future__ import annotations

from pathlib import Path

from pipeline.questions import Questions

_QUESTIONS = Questions(Path(__file__).resolve().parent)
sql, run, rows, table = _QUESTIONS.sql, _QUESTIONS.run, _QUESTIONS.rows, _QUESTIONS.table
