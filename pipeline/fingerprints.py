"""Which contacts, registrations and ids a page shows, and in which place: whose they are shows there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract import Extracted, PageWords
from pipeline.extract.rules import calls_to_action
from pipeline.extract.shapes import Line
from pipeline.extract.words import letters
from pipeline.lines import is_whole_sentence, line_key
from pipeline.records import FingerprintPlace, Script
from pipeline.redact import RedactWords, Seen, redact, seen_in, seen_in_source
from pipeline.script import simplify

PERSONAL = ("phone", "email", "qq", "wechat", "company")  # what a vendor's line gives of the vendor
LABEL_CHARS = 20  # a label above a number is shorter: 技术支持：
MOST_NOTICES = 8  # sentences of a page's frame that are compared; sites of one owner share their notices
Placed = tuple[FingerprintPlace, Seen]


@dataclass(frozen=True)
class TakeFingerprints:
    """Fingerprints of one page, each with the place it stands in.

    Damage that it avoids: the number of an advertiser, of who built the site or of an authority stands on
    sites of many people, and would make one operator of them. `advert`: in an element named as one, in a
    line that calls to act (加我微信…), or beside such a line that offers something, without a word that says
    本站. `vendor`: behind 技术支持：, or an authority's. Left as the site's own: 联系我们 13800138000 beside
    立即咨询, and any registration, which nobody advertises.
    """

    words: PageWords
    redact: RedactWords

    def __call__(
        self, source: str, extracted: Extracted, reasons: Sequence[str | None], script: Script
    ) -> Iterator[Placed]:
        """`reasons`: of each of the article's lines, why it goes."""
        pairs = list(zip(extracted.lines, reasons, strict=True))
        kept = [_composed(line.text) for line, why in pairs if why is None]
        gone = [(_composed(line.text), why == "call-to-action") for line, why in pairs if why]
        frame = [(_composed(text), text in extracted.adverts) for text in extracted.furniture]
        for lines in (frame, gone):
            yield from self._placed(lines, script)
        yield from (("furniture" if s.kind == "analytics" else "link", s) for s in seen_in_source(source))
        for text in (_composed(extracted.title), *kept):
            yield from (("text", seen) for seen in seen_in(text, self.redact))
        yield from self._notices([text for text, paid in (*frame, *gone) if not paid], script)

    def _placed(self, lines: Sequence[tuple[str, bool]], script: Script) -> Iterator[Placed]:
        for index, (text, paid) in enumerate(lines):
            if not (found := seen_in(text, self.redact)):
                continue
            around = [self._plain(said, script) for said, _ in lines[max(0, index - 1) : index + 2]]
            above = around[0] if index else ""
            advert = self._is_advert(self._plain(text, script), around)
            theirs = self._others(text, above, script)
            for seen in found:
                personal = seen.kind in PERSONAL
                place: FingerprintPlace = "vendor" if personal and seen in theirs else "furniture"
                yield "advert" if paid or (personal and advert) else place, seen

    def _is_advert(self, text: str, around: Sequence[str]) -> bool:
        line, words = Line(text, "paragraph"), self.words
        if words.contact_own.search(line.letters):
            return False
        beside = [
            one for said in around if words.contact_offers.search((one := Line(said, "paragraph")).letters)
        ]
        return any(calls_to_action(one, words) for one in (line, *beside))

    def _others(self, text: str, above: str, script: Script) -> frozenset[Seen]:
        """An authority's line, and what follows 技术支持 here or in the line above."""
        plain, words = simplify(text, script).lower(), self.words
        labelled = len(above) <= LABEL_CHARS and words.contact_vendors.search(above.lower())
        if labelled or words.contact_public.search(letters(plain)):
            return frozenset(seen_in(text, self.redact))
        vendor = words.contact_vendors.search(plain)
        return frozenset(seen_in(text[vendor.start() :], self.redact)) if vendor else frozenset()

    def _notices(self, lines: Sequence[str], script: Script) -> Iterator[Placed]:
        """Whole sentences of the frame, without contacts and figures; never stored, as nothing here is."""
        sentences = [line for line in lines if is_whole_sentence(line)][:MOST_NOTICES]
        for line in sentences:
            yield "furniture", Seen("notice", letters(line_key(self._plain(line, script))))

    def _plain(self, text: str, script: Script) -> str:
        return simplify(redact(text, self.redact), script)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
