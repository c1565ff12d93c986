"""One value as JSON and CSV hold it, guarded against what would read it."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

FORMULA = tuple("=+-@\t\r＝＋－＠")  # what spreadsheets take for a formula, full-width forms too
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
LOOSE = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)  # json leaves these as they are


def plain(value: Any) -> Any:  # noqa: PLR0911
    """As JSON can hold it; times are ISO 8601 in UTC."""
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return moment.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal():  # sums of whole numbers come as decimals, too
            return int(value) if value == value.to_integral_value() else float(value)
        case Mapping():
            return {str(key): plain(held) for key, held in value.items()}
        case list() | tuple():
            return [plain(held) for held in value]
        case bytes():
            return value.hex()
        case _:
            return str(value)


def json_value(value: Any) -> str:
    """Faithful, but what a terminal would act on stands as an escape."""
    return escaped(json.dumps(plain(value), ensure_ascii=False))


def escaped(text: str) -> str:
    """JSON text in which no character is left that a terminal or reader would act on.

    >>> escaped('{"a": "b\\u202ec"}')
    '{"a": "b\\\\u202ec"}'
    """
    return LOOSE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def csv_cell(value: Any) -> str:
    """Text that a spreadsheet would take for a formula begins with an apostrophe.

    >>> csv_cell("=1+1"), csv_cell(-1)
    ("'=1+1", '-1')
    """
    value = plain(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        return json_value(value)
    text = CONTROL.sub("", value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(row[column]) for column in columns] for row in rows)
    return file.getvalue()
