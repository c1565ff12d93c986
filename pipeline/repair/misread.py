"""Text that somebody read in a wrong encoding and saved again: 浣犲ソ is 你好 in UTF-8, read as GBK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.decode.fragments import ROLES
from pipeline.decode.readable import COMMON_HAN
from pipeline.records import Confidence
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.fluency import fluency
from pipeline.script import characters

KIND = "misread"
PAIRS = re.compile(
    "[\u00a1-\uffe6]{3,}"
)  # what GBK may have made of bytes: two characters of UTF-8 are three
TWO_HAN = b"LccLcc"  # see ROLES
# In UTF-8, a Han or a mark is three bytes; what ends it may have swallowed an ASCII character.
UTF_8 = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|[\x40-\x7e])+")
# Bytes as browsers read Latin-1: windows-1252, and control characters where that has nothing.
SINGLES = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0x100)
}
SINGLE = re.compile("[" + "".join(map(re.escape, SINGLES)) + "]{3,}")
LATIN = re.compile("[\u00a1-\u00ff]")  # first bytes of Han read as Latin-1; runs without one are …… and ——
MARKS = frozenset("，。、；：？！“”‘’（）《》【】—…·～％　")
MIN_PER_CHAR = -8.0  # natural logarithms, as for misaligned runs: Chinese has about -5, a list of accents -11
MIN_GAIN = 6.0  # over the text as it stands
MIN_SURE = 2  # Han; one is only noted: 锛 is a character, and a name may have it
# Han in a piece of a run that other text touches, and in GBK read as Latin-1: ÀÁÂÃÄÅ is 懒旅呐, and a list of
# letters.
MIN_WITHIN = 4
MAX_LINE = 20_000  # characters; a longer line is no text


def reread(line: EditedText) -> EditedText:
    """Undoes what reading in a wrong encoding did to a line, where the way back is exact and gives Chinese.

    Damage: a site, or a tool before us, took UTF-8 for GBK (浣犲ソ is 你好) or for Latin-1 (å‚¬æ”¶ is 催收,
    â€œ a quotation mark), or GBK for Latin-1 (´ßÊÕ is 催收 too), and stored what it saw. A run goes back into
    the bytes that it was read from; they must be valid to the last one, common Chinese and better Chinese
    than what stands there. Left alone: characters of which a byte was lost, 联通 and every other word of
    jieba's dictionary, café.
    """
    return line.replace(span for span in misread_spans(line.text) if span.confidence != "medium")


def may_be_misread(page: str) -> bool:
    """Asked once of all lines together: nearly every page is spared a search of each."""
    if TWO_HAN in page.encode("gb18030", "replace").translate(ROLES):
        return True
    return LATIN.search(page) is not None and SINGLE.search(page) is not None


def misread_spans(text: str) -> Iterator[Span]:
    """All that reads back; `medium` where it is too little to be sure. A line that has one for certain may
    have more, of which lost bytes have left only short pieces."""
    if text.isascii() or len(text) > MAX_LINE:
        return
    found = list(_spans(text, MIN_WITHIN))
    yield from _spans(text, MIN_SURE) if any(span.confidence == "certain" for span in found) else found


def _spans(text: str, least: int) -> Iterator[Span]:
    """`least`: Han in a piece of a run, and in GBK read as Latin-1."""
    place = 0
    for start, end, said in sorted((*_from_pairs(text, least), *_from_singles(text, least))):
        if start >= place and (confidence := _confidence(text[start:end], said, least)):
            yield Span(start, end, said, KIND, confidence)
            place = end


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
    score = _score(said)
    if score < MIN_PER_CHAR * len(said) or score < _score(run) + MIN_GAIN:
        return None
    is_gbk = n_han * 2 >= len(run) and SINGLE.fullmatch(run)
    return "certain" if n_han >= (least if is_gbk else MIN_SURE) else "medium"


def _score(text: str) -> float:
    simplified = characters().simplified_of
    return fluency().score("".join(simplified.get(char, char) for char in text))
