"""Contacts in any text column of any table, found by patterns of their own; not a test itself."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

# Digits that are part of a longer number or of a digest are no contact.
START, END = r"(?<![0-9a-f.])", r"(?![0-9a-f])"
PATTERNS = {
    "phone": re.compile(rf"{START}1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}{END}"),
    "wide phone": re.compile("１[３-９][０-９]{9}"),
    "spoken phone": re.compile("[一幺壹][三四五六七八九叁][〇零一二三四五六七八九幺]{9}"),
    "landline": re.compile(rf"{START}0(?:10|2[0-9]|[3-9][0-9]{{2}})-[0-9]{{7,8}}{END}"),
    "mail": re.compile(r"[\w.+-]+\s?(?:@|＠|\[at\]|（at）)\s?[\w-]+[.．]\w+"),
    "qq": re.compile(r"(?i:q\s?q|扣扣|企鹅)[号群号：: ]{0,3}[1-9][0-9]{4,10}"),
    "chat": re.compile(r"(?i:微信|威信|薇信|vx|加v)[号號：: ]{0,3}[a-z][a-z0-9_-]{5,19}"),
    "identity": re.compile(rf"{START}[1-9][0-9]{{16}}[0-9X]{END}"),
    "card": re.compile(rf"{START}62[0-9]{{14,17}}{END}"),
}
OF_THE_TOPIC = {"platforms", "platform_aliases", "practice_kinds", "law_kinds", "tips"}  # no page's words
DIGESTS = {"payload_sha256", "text_sha256", "keyed_hash", "etag"}


def contacts_in(text: str) -> list[tuple[str, str]]:
    return [(kind, match[0]) for kind, pattern in PATTERNS.items() for match in pattern.finditer(text)]


def contacts_of_store(store: Path) -> list[tuple[str, str, str, str]]:
    """(table, column, kind, what) of every contact in a store; ids and digests apart."""
    with duckdb.connect(str(store), read_only=True) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'"
            " AND data_type LIKE 'VARCHAR%'"
        ).fetchall()
        return [
            (table, column, kind, what)
            for table, column in columns
            if table not in OF_THE_TOPIC and column not in DIGESTS and not column.endswith("_id")
            for (text,) in connection.execute(
                f'SELECT DISTINCT "{column}"::VARCHAR FROM "{table}"'
            ).fetchall()
            for kind, what in contacts_in(text or "")
        ]
