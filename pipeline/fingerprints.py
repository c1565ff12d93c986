"""Which contacts, registrations and ids a page shows, and in which place: whose they are shows there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pipeline.extract import Extracted, PageWords
from pipeline.extract.adverts import Adverts
from pipeline.extract.outline import adverts_of
from pipeline.extract.rules import calls_to_action
from pipeline.extract.shapes import Line
from pipeline.extract.words import letters
from pipeline.lines import as_compared, is_whole_sentence
from pipeline.records import FingerprintPlace, Script
from pipeline.redact import FINGERPRINTED, RedactWords, Seen, redact, seen_in, seen_in_source
from pipeline.script import simplify

PERSONAL = (*FINGERPRINTED, "company")  # what a vendor's line gives of the vendor
LABEL_CHARS = 20  # a label above a number is shorter: 技术支持：
MOST_NOTICES = 8  # sentences of a page's frame that are compared; sites of one owner share their notices
EDGE_LINES = 2  # of a text, where what belongs to the frame is left by a reading of one page alone
Placed = tuple[FingerprintPlace, Seen]


@dataclass(frozen=True)
class TakeFingerprints:
    """Fingerprints of one page, each with the place it stands in.

    Damage that it avoids: the number of an advertiser, of who built the site or of an authority stands on
    sites of many people, and would make one operator of them. `advert`: in an advert of the page
    (extract/adverts.py) or in a line that calls to act (加我微信…). `vendor`: behind 技术支持：, or an
    authority's. Left as the site's own: 联系我们 13800138000, and any registration, which nobody advertises.
    """

    words: PageWords
    redact: RedactWords

    def __call__(
        self, source: str, extracted: Extracted, reasons: Sequence[str | None], script: Script
    ) -> Iterator[Placed]:
        """`reasons`: of each of the article's lines, why it goes."""
        pairs = list(zip(extracted.lines, reasons, strict=True))
        paid = adverts_of(extracted.outline, self.words)
        kept = [line.text for line, why in pairs if why is None]
        frame = [(text, False) for text in extracted.furniture]
        gone = [(line.text, why == "call-to-action") for line, why in pairs if why]
        for lines in (frame, gone):
            yield from self._placed(lines, paid, script)
        yield from (("furniture" if s.kind == "analytics" else "link", s) for s in seen_in_source(source))
        for text in (extracted.title, *kept):
            if found := seen_in(_composed(text), self.redact):
                place: FingerprintPlace = "advert" if text in paid else "text"
                yield from ((place, seen) for seen in found)
        edges = [*kept[:EDGE_LINES], *kept[max(EDGE_LINES, len(kept) - EDGE_LINES) :]]
        aside = (text for text, called in reversed((*frame, *gone)) if not called)
        own = (text for text in aside if is_whole_sentence(text) and text not in paid)
        last = islice(chain(filter(is_whole_sentence, reversed(edges)), own), MOST_NOTICES)
        yield from self._notices([*last][::-1], script)

    def _placed(
        self, lines: Sequence[tuple[str, bool]], paid: Adverts | frozenset[str], script: Script
    ) -> Iterator[Placed]:
        """`lines`, each with whether it calls to act."""
        above = ""
        for said, called in lines:
            text = _composed(said)
            if found := seen_in(text, self.redact):
                theirs = self._others(text, above, script)
                told, advert = called or said in paid, self._is_advert(self._plain(text, script))
                for seen in found:
                    personal = seen.kind in PERSONAL
                    place: FingerprintPlace = "vendor" if personal and seen in theirs else "furniture"
                    yield "advert" if told or (personal and advert) else place, seen
            above = text if len(text) <= LABEL_CHARS else ""

    def _is_advert(self, text: str) -> bool:
        line = Line(text, "paragraph")
        return calls_to_action(line, self.words) and not self.words.contact_own.search(line.letters)

    def _others(self, text: str, above: str, script: Script) -> frozenset[Seen]:
        """An authority's line, and what follows 技术支持 here or in the line above."""
        plain, words = simplify(text, script).lower(), self.words
        labelled = words.contact_vendors.search(simplify(above, script).lower())
        if labelled or words.contact_public.search(letters(plain)):
            return frozenset(seen_in(text, self.redact))
        vendor = words.contact_vendors.search(plain)
        return frozenset(seen_in(text[vendor.start() :], self.redact)) if vendor else frozenset()

    def _notices(self, sentences: Sequence[str], script: Script) -> Iterator[Placed]:
        """Of the frame, without contacts and figures; never stored, as nothing here is."""
        for line in sentences:
            yield "furniture", Seen("notice", letters(as_compared(self._plain(_composed(line), script))))

    def _plain(self, text: str, script: Script) -> str:
        return simplify(redact(text, self.redact), script)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
