"""When a warning calls for a person: new, and again after seven days, until somebody has seen it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from filelock import FileLock

from crawler.definitions import DefinitionError
from crawler.whole_files import write_whole
from crawler.workspace import Workspace
from yuqi.operations.health import SiteWarning

AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """A warning as long as it lasts; one that ends is forgotten, and is new when it comes back."""

    site_id: str
    rule: str
    said: str
    since: datetime
    raised_at: datetime
    is_acked: bool = False


def judged(
    found: Iterable[SiteWarning], known: Iterable[Standing], now: datetime
) -> tuple[list[Standing], list[Standing]]:
    """(all that stand now, those of them that raise)."""
    before = {(one.site_id, one.rule): one for one in known}
    standing, raised = [], []
    for warning in found:
        one = before.get((warning.site_id, warning.rule))
        is_due = one is None or (not one.is_acked and now - one.raised_at >= AGAIN)
        one = one or Standing(warning.site_id, warning.rule, warning.said, now, now)
        one = replace(one, said=warning.said, raised_at=now if is_due else one.raised_at)
        standing.append(one)
        raised += [one] if is_due else []
    return standing, raised


def raise_due(place: Workspace, found: Iterable[SiteWarning], now: datetime) -> list[Standing]:
    """Those that raise now; all are remembered."""
    with _held(place):
        standing, raised = judged(found, standing_in(place), now)
        _write(place, standing)
        return raised


def acknowledge(
    place: Workspace, site_id: str, found: Iterable[SiteWarning], now: datetime
) -> list[Standing]:
    """The site's warnings, silent from now on until they end and come again."""
    with _held(place):
        known = standing_in(place)
        mine, _ = judged([one for one in found if one.site_id == site_id], known, now)
        acked = [replace(one, is_acked=True) for one in mine]
        _write(place, [*(one for one in known if one.site_id != site_id), *acked])
        return acked


def standing_in(place: Workspace) -> list[Standing]:
    path = place.state / "warnings.json"
    if not path.exists():
        return []
    try:
        return [_standing(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, KeyError) as error:
        raise DefinitionError(f"{path}: not as yuqi writes it ({error}); delete it") from error


def _standing(row: dict[str, str]) -> Standing:
    times = {key: datetime.fromisoformat(row[key]) for key in ("since", "raised_at")}
    return Standing(**{**row, **times})  # type: ignore[arg-type]


@contextmanager
def _held(place: Workspace) -> Iterator[None]:
    """`ack` may come while a recrawl ends."""
    with FileLock(place.state / "warnings.lock"):
        yield


def _write(place: Workspace, standing: Sequence[Standing]) -> None:
    rows = [asdict(one) for one in standing]
    said = json.dumps(rows, ensure_ascii=False, indent=1, default=str)
    write_whole(place.state / "warnings.json", said + "\n")
