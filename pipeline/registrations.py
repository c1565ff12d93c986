"""Under which registrations a line says that a site stands: ICP record, licence, police record, company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.codes import translated
from pipeline.contacts import TO_PLAIN

TRADITIONAL = str.maketrans(
    "滬晉遼蘇閩贛魯粵瓊貴雲陝隴寧號備證網公營執東業屬辦單責團",
    "沪晋辽苏闽赣鲁粤琼贵云陕陇宁号备证网公营执东业属办单责团",
)
# What every registration holds: lines without the first are most, and the second takes longer to say no.
MAY_REGISTER = re.compile(  # first the characters that a search skips to, then which of them it was
    "[备備证證©版主运運名所o0-9０-９]"
    "(?:(?<=[备備证證©])|(?<=版)[权權]|(?<=主)[办辦]|(?<=[运運])[营營]|(?<=[名所])[称稱属屬]|(?<=o)pyright"
    "|(?<=[0-9０-９])[0-9０-９]{5})"
)
SIGN = re.compile(  # in lower case; put as the pattern before
    "[iｉ安公0-9a-z－-]"
    "(?:(?<=i)cp|(?<=ｉ)ｃｐ|(?<=安)[备備]|(?<=公)司|(?<=[-－])\\s?[0-9０-９]{8}|(?<=[0-9a-z])[0-9a-z]{17})"
)
LONGEST_LINE = 2_000  # code points: a footer in one line has some 300
ICP = re.compile(
    r"\(?([\u4e00-\u9fff])\)?\s{0,2}icp\s{0,2}(备|证)案?\s{0,2}第?\s{0,2}([0-9]{5,10})(?![0-9])"
    r"(?:\s{0,2}号?\s{0,2}-\s{0,2}([0-9]{1,3})(?![0-9]))?"
)
POLICE = re.compile(r"公[网安]安备\s?(?:案?编?号?[:：]?)?\s?([0-9]{10,16})(?![0-9])")
LICENCE = re.compile(r"(?<![a-z0-9])([\u4e00-\u9fff]?[ab][12])\s?-\s?([0-9]{8})(?![0-9])")
CREDIT_CODE = re.compile(r"(?<![0-9a-z])([0-9a-hj-npqrtuwxy]{2}[0-9]{6}[0-9a-hj-npqrtuwxy]{10})(?![0-9a-z])")
CREDIT_CHARS = "0123456789abcdefghjklmnpqrtuwxy"  # GB 32100: without i, o, s, v, z
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
COMPANY = re.compile(
    r"(?:版权(?:所有|归属?)?|copyright|©|\(c\)|主办(?:单位|方)?|运营(?:单位|主体|方|商)?|(?:公司|企业|单位)[名所][称稱属屬]公司)"
    r"[^\u4e00-\u9fff]{0,24}(?:归|由)?(?P<name>[\u4e00-\u9fff()]{4,24}?公司)"
)
BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def registrations(line: str) -> Iterator[tuple[str, str]]:
    """(kind, value) in the order of kinds; the same however it is written.

    京ICP备12345678号-1 and -2 are two sites of one registrant: `icp` is the same, `icp-serial` tells them
    apart. Left alone: placeholders of templates (京ICP备00000000号, XXXXXXXX, 2024000000), which register
    nobody, and companies that are only named, since a lender may be.

    >>> list(registrations("粵ICP備１２３４５６７８號-2"))
    [('icp', '粤12345678'), ('icp-serial', '粤12345678-2')]
    >>> list(registrations("京ICP备00000000号"))
    []
    """
    if len(line) > LONGEST_LINE or not MAY_REGISTER.search(line) or not SIGN.search(line.lower()):
        return
    plain = BLANKS.sub("", translated(line.translate(TRADITIONAL), TO_PLAIN))
    yield from _records(plain)
    yield from (("police", found[1]) for found in POLICE.finditer(plain) if not _is_placeholder(found[1]))
    yield from (("licence", f"{found[1]}-{found[2]}") for found in LICENCE.finditer(plain))
    yield from (
        ("credit-code", found[1]) for found in CREDIT_CODE.finditer(plain) if _is_credit_code(found[1])
    )
    yield from (("company", found["name"]) for found in COMPANY.finditer(plain))


def _records(plain: str) -> Iterator[tuple[str, str]]:
    for found in ICP.finditer(plain):
        province, kind, number, serial = found.groups()
        if _is_placeholder(number):
            continue
        subject = f"{province}{number}" if kind == "备" else f"{province}证{number}"
        yield "icp", subject
        if serial:
            yield "icp-serial", f"{subject}-{serial}"


def _is_placeholder(number: str) -> bool:
    """00000000, 88888888, and a year with nothing but noughts behind it."""
    return len(set(number)) == 1 or (number.startswith("20") and not number[4:].strip("0"))


def _is_credit_code(code: str) -> bool:
    """By its check character; 18 characters of anything else are an order's or a hash's."""
    total = sum(CREDIT_CHARS.index(char) * weight for char, weight in zip(code, CREDIT_WEIGHTS, strict=False))
    return CREDIT_CHARS[-total % 31] == code[17]
