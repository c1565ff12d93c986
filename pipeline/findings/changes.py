"""What a workspace changes of a platform, key by key, without saying its whole entry again, or withdraws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pipeline.findings.definitions import Place

Row = Mapping[str, Any]

_FACTS = ("name_en", "operator", "parent", "status", "confidence", "source")
_CHANGED = ("name", "category", *_FACTS)
WITHDRAWN = "withdrawn"


def changed(place: Place, platforms: Sequence[Row], changes: Sequence[Row]) -> list[Row]:
    """The entries with every `[[change]]` made: keys replaced, facts unset, aliases removed and added.

    A platform that is withdrawn is in no list any more: its names are words like others.
    """
    held: dict[Any, Row] = {str(row.get("id")): row for row in platforms}
    gone = set[str]()
    for change in changes:
        here = place.at(f"change of `{change.get('id', '?')}`")
        here.keys(change, ("id",), (*_CHANGED, "aliases", "remove", "unset", WITHDRAWN))
        name = here.string(change, "id")
        if name not in held:
            near = get_close_matches(name, held, n=1)
            raise here.error("no such platform" + (f"; did you mean `{near[0]}`?" if near else ""))
        if _is_withdrawal(here, change):
            gone.add(name)
        held[name] = _made(here, held[name], change)
    return [held.get(str(row.get("id")), row) for row in platforms if str(row.get("id")) not in gone]


def _is_withdrawal(here: Place, change: Row) -> bool:
    """Whoever withdraws a platform changes nothing else of it; `false` would be no change at all."""
    if WITHDRAWN not in change:
        return False
    if not here.flag(change, WITHDRAWN):
        raise here.error(f"`{WITHDRAWN}` must be true; to keep the platform leave it out")
    if others := sorted(set(change) - {"id", WITHDRAWN}):
        raise here.error(f"`{others[0]}` is given for a platform that is withdrawn")
    return True


def _made(here: Place, row: Row, change: Row) -> Row:
    unset = here.strings(change, "unset")
    if wrong := next((key for key in unset if key not in _FACTS), None):
        raise here.error(f"`unset` knows no `{wrong}`; it takes {', '.join(_FACTS)}")
    if twice := next((key for key in unset if key in change), None):
        raise here.error(f"`{twice}` is both given and unset")
    kept = {key: value for key, value in row.items() if key not in unset}
    given = {key: change[key] for key in _CHANGED if key in change}
    return {**kept, **given, "aliases": _aliases(here, row, change)}


def _aliases(here: Place, row: Row, change: Row) -> list[Any]:
    """By their text, in order; what is given last stands."""
    removed, added = here.strings(change, "remove"), change.get("aliases", [])
    if not isinstance(added, list):
        raise here.error("`aliases` must be a list of texts and tables")
    held = {_text(alias): alias for alias in row.get("aliases", [])}
    for text in removed:
        if text == row.get("name"):
            raise here.error(f"`{text}` is its name, which cannot be removed; give it `tier` D")
        if text not in held:
            near = get_close_matches(text, [known for known in held if isinstance(known, str)], n=1)
            raise here.error(f"it has no alias `{text}`" + (f"; did you mean `{near[0]}`?" if near else ""))
    kept = [alias for text, alias in held.items() if text not in removed]
    texts = {_text(alias) for alias in added}
    return [*(alias for alias in kept if _text(alias) not in texts), *added]


def _text(alias: Any) -> Any:
    """What an alias is known by; a wrong one stays, for the reader of entries to refuse."""
    text = alias.get("text") if isinstance(alias, dict) else alias
    return text if isinstance(text, str) else repr(text)
