"""What people write: TOML files, read and checked key by key; every mistake names file and key."""

from __future__ import annotations

import math
import re
import shlex
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError


class DefinitionError(Exception):
    """A definition that a person wrote is wrong: names the file and the key. Exit code 2."""


# What is wrong with a value, as the end of a sentence that begins with its key; None where nothing is.
Check = Callable[[Any], str | None]
MAX_PORT = 65_535
SNAPSHOT = re.compile(r"\d{8}T\d{6}Z")


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path}: not valid TOML: {error}") from error


def refuse_unknown_keys(path: Path, table: dict[str, Any], known: tuple[str, ...], where: str = "") -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.4)
            hint = f"; did you mean `{near[0]}`?" if near else f"; known keys: {', '.join(known)}"
            raise DefinitionError(f"{path}: unknown key `{where}{key}`{hint}")


def check(path: Path, table: Any, checks: Mapping[str, Check], where: str = "") -> None:
    """Every key is known and every value is what its key takes."""
    if not isinstance(table, dict):
        raise DefinitionError(f"{path}: `{where.rstrip('.')}` must be a table, not {table!r}")
    refuse_unknown_keys(path, table, tuple(checks), where)
    for key, value in table.items():
        if said := checks[key](value):
            raise DefinitionError(f"{path}: `{where}{key}` {said}, not {value!r}")


def text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be a text"


def any_text(value: Any) -> str | None:
    return None if isinstance(value, str) else "must be a text"


def true_or_false(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def table(value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be a table"


def tables(value: Any) -> str | None:
    """Of an array of tables `[[key]]`."""
    good = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return None if good else "must be a list of tables, written [[…]]"


def one_of(*names: str) -> Check:
    return lambda value: None if value in names else f"must be one of {', '.join(names)}"


def whole_number(least: int) -> Check:
    def wrong(value: Any) -> str | None:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= least
        return None if good else f"must be a whole number of at least {least}"

    return wrong


def number(least: float) -> Check:
    def wrong(value: Any) -> str | None:
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return None if good and value >= least else f"must be a number of at least {least:g}"

    return wrong


def pattern(value: Any) -> str | None:
    """A regular expression that says something."""
    if said := text(value):
        return said
    try:
        re.compile(value)
    except re.error as error:
        return f"is no regular expression ({error})"
    return None


def selector(value: Any) -> str | None:
    """A CSS selector that the parser takes."""
    if said := text(value):
        return said
    try:
        LexborHTMLParser("<p>").css(value)
    except SelectolaxError:
        return "is no CSS selector"
    return None


def selectors(value: Any) -> str | None:
    if not isinstance(value, list):
        return "must be a list of CSS selectors"
    return next(filter(None, map(selector, value)), None)


def web_addresses(value: Any) -> str | None:
    """Absolute http or https URLs with a host, at least one."""
    good = isinstance(value, list) and value and all(isinstance(url, str) and _is_web(url) for url in value)
    return None if good else "must be a list of http or https URLs, at least one"


def web_address(value: Any) -> str | None:
    """One absolute http or https URL."""
    return None if isinstance(value, str) and _is_web(value) else "must be an http or https URL"


def share(value: Any) -> str | None:
    """Of a whole: 0 to 1."""
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return None if good else "must be a number from 0 to 1"


def command_line(value: Any) -> str | None:
    """A program and its arguments, as one text (split as a shell would) or as a list; no shell runs it."""
    if isinstance(value, list):
        return None if value and all(isinstance(word, str) for word in value) else "must be a list of texts"
    if said := text(value):
        return said
    try:
        shlex.split(value)
    except ValueError as error:
        return f"cannot be split into words ({error})"
    return None


def snapshot_names(value: Any) -> str | None:
    """Names like 20240502T000000Z."""
    good = isinstance(value, list) and all(isinstance(n, str) and SNAPSHOT.fullmatch(n) for n in value)
    return None if good else "must be a list of snapshots, each like 20240502T000000Z"


def contact(value: Any) -> str | None:
    """Where a site's owner can complain."""
    good = isinstance(value, str) and value.isascii() and value.isprintable()
    reachable = good and (re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", value) or _is_web(value))
    return None if reachable else "must be `mailto:` and an address, or a URL, in printable ASCII"


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and (port is None or port <= MAX_PORT)
