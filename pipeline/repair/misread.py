"""Text that somebody read in a wrong encoding and saved again: 浣犲ソ is 你好 in UTF-8, read as GBK."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, repeat

from pipeline.decode.fragments import ROLES
from pipeline.decode.readable import COMMON_HAN
from pipeline.records import Confidence
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.fluency import fluency
from pipeline.repair.lost_bytes import lossy_spans
from pipeline.repair.utf8_run import BYTE_80, LOST, MARKS
from pipeline.script import characters

KIND = "misread"
PAIRS = re.compile(
    "[\u00a1-\uffe6]{3,}"
)  # what GBK may have made of bytes: two characters of UTF-8 are three
LOSSY = re.compile("[\u00a1-\uffe6\ufffd?]{3,}")  # the same with what was lost
LOSSY_PIECE = re.compile("[\u00a1-\uffe6\ufffd?]+")
HALF_READ = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]")
FEW_HAN = 3
ANY_DIGIT = "1"  # what may stand where nobody knows: a number short of two digits is one still
MIN_ODD = 0.3  # of its Han; of misread ones about half are in neither standard's first part
LOSSES = LOST | {BYTE_80}
TWO_HAN = b"LccLcc"  # see ROLES
# In UTF-8, a Han or a mark is three bytes; what ends it may have swallowed an ASCII character.
UTF_8 = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|[\x40-\x7e])+")
# Bytes as browsers read Latin-1: windows-1252, and control characters where that has nothing.
SINGLES = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0x100)
}
SINGLE = re.compile("[" + "".join(map(re.escape, SINGLES)) + "]{3,}")
LATIN = re.compile("[\u00a1-\u00ff]")  # first bytes of Han read as Latin-1; runs without one are …… and ——
MIN_PER_CHAR = -8.0  # natural logarithms, as for misaligned runs: Chinese has about -5, a list of accents -11
MIN_PER_CHAR_OF_MANY = -10.0  # so many bytes that fit are Chinese already; invented names have -9
MIN_GAIN = 6.0  # over the text as it stands
MIN_SURE = 2  # Han; one is only noted: 锛 is a character, and a name may have it
# Han in a piece of a run that other text touches, and in GBK read as Latin-1: ÀÁÂÃÄÅ is 懒旅呐, and a list of
# letters.
MIN_WITHIN = 4
MAX_LOSSY = 30_000  # characters of a page that are searched for lost bytes: a second or two
MAX_LINE = 20_000  # characters; a longer line is no text


def reread(line: EditedText) -> EditedText:
    """Undoes what reading in a wrong encoding did to a line, where the way back is exact and gives Chinese.

    Damage: a site, or a tool before us, took UTF-8 for GBK (浣犲ソ is 你好) or for Latin-1 (å‚¬æ”¶ is 催收,
    â€œ a quotation mark), or GBK for Latin-1 (´ßÊÕ is 催收 too), and stored what it saw. A run goes back into
    the bytes that it was read from; they must be valid to the last one, common Chinese and better Chinese
    than what stands there. Left alone: what lost bytes leave open, 联通 and every other word of jieba's
    dictionary, café.
    """
    return line.replace(span for span in misread_spans(line.text) if span.confidence != "medium")


def reread_page(
    lines: Sequence[EditedText], must_stay: Callable[[str], bool]
) -> tuple[Sequence[EditedText], Sequence[Sequence[Span]]]:
    """`reread` of a page's lines; beside it, for each line, what stays doubtful, at its place in the line.

    A page that has one such text for certain may have more, of which lost bytes have left only short pieces.
    A line stays as it is where what it then says `must_stay` unsaid: redaction has been here before.
    """
    texts = [line.text for line in lines]
    if not may_be_misread("\n".join(texts)):
        return lines, ((),) * len(lines)
    affordable = [size <= MAX_LOSSY for size in accumulate(map(len, texts))]
    found = [list(misread_spans(*given)) for given in zip(texts, repeat(MIN_WITHIN), affordable)]
    if any(map(_is_sure, chain.from_iterable(found))):
        again = zip(texts, repeat(MIN_SURE), affordable)
        found = [_with_leftovers(given[0], list(misread_spans(*given))) for given in again]
    read = [_reread(*given, must_stay) for given in zip(lines, found, strict=True)]
    return [line for line, _ in read], [doubts for _, doubts in read]


def _reread(
    line: EditedText, found: Sequence[Span], must_stay: Callable[[str], bool]
) -> tuple[EditedText, Sequence[Span]]:
    said = line.replace(filter(_is_sure, found))
    guessed = (span if span.replacement else span._replace(replacement=ANY_DIGIT) for span in found)
    if found and must_stay(line.replace(guessed).text):
        return line, [span._replace(replacement="") for span in found]
    return said, [span for span in found if not _is_sure(span)]


def _with_leftovers(text: str, found: Sequence[Span]) -> list[Span]:
    """The same with notes on what else of a line that was misread has stayed as it is: 涓? between digits."""
    spans, place = [], 0
    for span in (*found, Span(len(text), len(text), "", KIND)):
        for left in LOSSY_PIECE.finditer(text, place, span.start):
            torn = place == left.start() > 0 or left.end() == span.start < len(text)
            if HALF_READ.search(left[0].encode("gb18030", "replace")) and _is_odd(left[0], torn):
                spans.append(Span(left.start(), left.end(), "", KIND, "medium"))
        spans.append(span)
        place = span.end
    return spans[:-1]


def _is_odd(piece: str, torn: bool) -> bool:
    """Whether nobody would write it: a few Han with a lost byte among them, or rare ones.

    `torn`: beside something that was read back. Left alone: 真的吗? and any longer text that reads well.
    """
    han = [char for char in piece if "\u3400" <= char <= "\u9fff" or "\ue000" <= char <= "\uf8ff"]
    if len(han) > FEW_HAN:
        return _score(piece) < MIN_PER_CHAR * len(piece)
    lossy = not LOSSES.isdisjoint(piece.rstrip("?")) or ("?" in piece and (torn or len(han) < MIN_SURE))
    return bool(han) and (lossy or sum(char not in COMMON_HAN for char in han) >= MIN_ODD * len(han))


def _is_sure(span: Span) -> bool:
    return span.confidence != "medium"


def may_be_misread(page: str) -> bool:
    """Asked once of all lines together: nearly every page is spared a search of each."""
    if TWO_HAN in page.encode("gb18030", "replace").translate(ROLES):
        return True
    return LATIN.search(page) is not None and SINGLE.search(page) is not None


def misread_spans(text: str, least: int = MIN_WITHIN, lossy: bool = True) -> Iterator[Span]:
    """All that reads back; `medium` where it is too little to be sure.

    `least`: Han in a piece of a run, and in GBK read as Latin-1. A line that has one for certain may have
    more, of which lost bytes have left only short pieces. `lossy`: also where bytes were lost.
    """
    if text.isascii() or len(text) > MAX_LINE:
        return
    found = list(_spans(text, least, lossy))
    again = least > MIN_SURE and any(span.confidence == "certain" for span in found)
    yield from _spans(text, MIN_SURE, lossy) if again else found


def _spans(text: str, least: int, lossy: bool) -> Iterator[Span]:
    place = 0
    for span in sorted((*(_from_lossy(text, least) if lossy else ()), *_from_whole(text, least))):
        if span.start >= place:
            yield span
            place = span.end


def _from_lossy(text: str, least: int) -> Iterator[Span]:
    """UTF-8 read as GBK that lost bytes."""
    for run in LOSSY.finditer(text):
        if not LOSSES.isdisjoint(run[0]) and TWO_HAN in run[0].encode("gb18030", "replace").translate(ROLES):
            for span in lossy_spans(run[0], KIND, least):
                yield span._replace(start=run.start() + span.start, end=run.start() + span.end)


def _from_whole(text: str, least: int) -> Iterator[Span]:
    """Of which every byte is there."""
    for start, end, said in (*_from_pairs(text, least), *_from_singles(text, least)):
        if confidence := _confidence(text[start:end], said, least):
            yield Span(start, end, said, KIND, confidence)


def _from_pairs(text: str, least: int) -> Iterator[tuple[int, int, str]]:
    """UTF-8 read as GBK, two bytes a character."""
    for run in PAIRS.finditer(text):
        raw = _pairs(run[0])
        if TWO_HAN not in raw.translate(ROLES):
            continue
        for start, end, said in _utf_8(raw, 2, least):
            yield run.start() + start, run.start() + end, said


def _pairs(run: str) -> bytes:
    """Two bytes for each character; character by character only where some have none, or four."""
    raw = run.encode("gb18030", "replace")
    return raw if len(raw) == 2 * len(run) and b"?" not in raw else b"".join(map(_pair, run))


def _pair(char: str) -> bytes:
    """Nothing in UTF-8 where the character is none of GBK's or the user's area that its gaps are read as."""
    raw = char.encode("gb18030", "replace")
    return raw if len(raw) == 2 else b"\xff\xff"


def _from_singles(text: str, least: int) -> Iterator[tuple[int, int, str]]:
    """UTF-8 or GBK read as Latin-1, one byte a character."""
    for run in SINGLE.finditer(text):
        raw = bytes(SINGLES[char] for char in run[0])
        for start, end, said in _utf_8(raw, 1, least):
            yield run.start() + start, run.start() + end, said
        try:
            yield run.start(), run.end(), raw.decode("gbk")
        except UnicodeDecodeError:
            continue


def _utf_8(raw: bytes, width: int, least: int) -> Iterator[tuple[int, int, str]]:
    """What of a run is whole characters of UTF-8, with its place in characters that hold `width` bytes."""
    for match in UTF_8.finditer(raw):
        start, end = _fitted(match, width)
        said = raw[start:end].decode("utf-8", "replace")
        if end - start == len(raw) or sum(map(COMMON_HAN.__contains__, said)) >= least:
            yield start // width, end // width, said


def _fitted(match: re.Match[bytes], width: int) -> tuple[int, int]:
    """The match without a character of three bytes of which half a pair is outside."""
    start, end = match.span()
    while start % width and start < end:
        start += 3 if match[0][start - match.start()] >= 0x80 else 1
    while end % width and start < end:
        end -= 3 if match[0][end - 1 - match.start()] >= 0x80 else 1
    return start, max(start, end)


def _confidence(run: str, said: str, least: int) -> Confidence | None:
    """None where the reading is not Chinese, or no better Chinese than what stands there."""
    if not all(char in COMMON_HAN or char in MARKS or char.isascii() for char in said):
        return None
    n_han = sum(map(COMMON_HAN.__contains__, said))
    if not n_han:
        return "certain" if "€" in run else None  # â€œ is “; nobody writes it
    score, is_single = _score(said), SINGLE.fullmatch(run)
    least_score = MIN_PER_CHAR if is_single or n_han < MIN_WITHIN else MIN_PER_CHAR_OF_MANY
    if score < least_score * len(said) or score < _score(run) + MIN_GAIN:
        return None
    is_gbk = n_han * 2 >= len(run) and is_single
    return "certain" if n_han >= (least if is_gbk else MIN_SURE) else "medium"


def _score(text: str) -> float:
    simplified = characters().simplified_of
    return fluency().score("".join(simplified.get(char, char) for char in text))
