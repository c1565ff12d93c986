"""Clean text, repaired: nothing may be restored in it, and no annotation may be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.evaluate.figures import Figure, wrong
from pipeline.repair import RepairedLine, RepairRules, repair_page
from pipeline.repair.edited import TextEdit

PART = "clean"
PAGE_LINES = 200  # of a long file, as one page


@dataclass
class CleanScore:
    """The running sum over pages."""

    n_chars: int = 0
    n_bytes: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, lines: Iterable[str], rules: RepairRules) -> Iterator[tuple[TextEdit, RepairedLine]]:
        """Each edit of one text, with its line."""
        held = [line for line in lines if not line.isascii()]
        for start in range(0, len(held), PAGE_LINES):
            page = held[start : start + PAGE_LINES]
            self.n_chars += sum(map(len, page))
            self.n_bytes += sum(len(line.encode("utf-8", "replace")) for line in page)
            for line in repair_page("", page, rules).lines:
                self.edits.update(edit.kind for edit in line.edited.edits)
                self.notes.update(note.kind for note in line.notes)
                yield from ((edit, line) for edit in line.edited.edits)

    def figures(self) -> list[Figure]:
        annotations = self.edits["annotation"]
        return [
            Figure(PART, "megabytes", self.n_bytes / 1e6, self.n_chars, None),
            wrong(PART, "restoring-edits", self.edits.total() - annotations, self.n_chars),
            wrong(PART, "annotations", annotations, self.n_chars),
            Figure(PART, "notes", self.notes.total(), self.n_chars, None),
        ]
