"""Texts as a comparison sees them: without their stock sentences, and told apart by all that it sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.copies.hashing import Numbers
from pipeline.copies.remembered import Bits, Faces, Remembered, face_of
from pipeline.copies.texts import Texts

REST = np.uint64(1)  # a face that is asked about without stock lines


@dataclass(frozen=True)
class Seen:
    """`counted` lines are compared; texts with one face are one to every comparison, in every build."""

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
        faces = self.faces.copy()
        bounds = self.texts.text_lines
        for text in np.unique(self.texts.line_text[stock]).tolist():
            held = np.flatnonzero(stock[bounds[text] : bounds[text + 1]]).astype(np.uint64)
            faces[text] = face_of(REST, np.append(held, faces[text]))
        return Seen(self.texts, self.counted & ~stock, faces, self.remembered)

    @property
    def sizes(self) -> Numbers:
        """Counted grams of each text."""
        return self.texts.counted_sizes(self.counted)
