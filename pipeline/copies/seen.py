"""Texts as a comparison sees them: without their stock sentences, and told apart by all that it sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.compiled import compiled
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines
from pipeline.copies.remembered import Bits, Faces, Remembered, face_of
from pipeline.copies.texts import Texts

REST = np.uint64(1)  # a face that is asked about without stock lines


@dataclass(frozen=True)
class Seen:
    """`counted`: which of the different lines are compared; texts with one face are one to every comparison,
    in every build."""

    texts: Texts
    counted: Bits
    faces: Faces
    remembered: Remembered

    @classmethod
    def whole(cls, texts: Texts, digests: Faces, remembered: Remembered) -> Seen:
        """Every line counts that is not quoted; `digests` of the normal forms, which say what is."""
        return cls(texts, ~texts.quoted, digests, remembered)

    def without(self, stock: Bits) -> Seen:
        """Stock lines are not compared. A text that has some, or other ones than before, has another face."""
        faces = _faces_without(self.faces, self.texts.lines, stock)
        return Seen(self.texts, self.counted & ~stock, faces, self.remembered)

    @property
    def sizes(self) -> Numbers:
        """Counted grams of each text."""
        return self.texts.counted_sizes(self.counted)


@compiled
def _faces_without(faces: Faces, lines: Lines, stock: Bits) -> Faces:
    """Over the places of the text's stock lines, and its face with them."""
    found = faces.copy()
    for text in range(len(faces)):
        first, end = lines.texts[text], lines.texts[text + 1]
        held, filled = np.empty(end - first + 1, np.uint64), 0
        for line in range(first, end):
            if stock[lines.ids[line]]:
                held[filled] = line - first
                filled += 1
        if filled:
            held[filled] = faces[text]
            found[text] = face_of(REST, held[: filled + 1])
    return found
