"""One thing looked at, and the sum of many: how many were right, and the first that were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MAX_FAULTS = 100  # of one check; more say nothing new, and a workspace may be wholly broken

# What is looked at. Documented in docs/commands.md; never renamed.
CHECKS = {
    "archive-records": "every record of every WARC file: whole, and its block is the one that was written",
    "archive-fetches": "every fetch's record lies at its file and offset and is of that URL",
    "archive-payloads": "every payload, unpacked, has the SHA-256 that the fetch remembers",
    "corpus-promises": "what the schema promises: one fate a page, one row an id",
    "corpus-digests": "an article's id and text_sha256 are those of its URL, payload and text",
    "corpus-spans": "every span of an article is the slice of its field",
    "corpus-originals": "a field with its edits undone is the page's own words in simplified script",
    "corpus-counts": "counts of groups and sites are those of their members",
    "quote-lines": "every line of every article stands on its archived page",
    "quotes": "every quoted finding's own words stand on its archived page",
    "release-files": "every file of a release has the SHA-256 that SHA256SUMS names; no other is there",
    "release-schema": "every table has the columns and types that datapackage.json says",
    "release-forms": "every row of CSV and JSON lines is the row that Parquet has",
    "release-keys": "no two rows share a key, and what names a row of another table finds it",
    "release-spans": "quotes are as long as their spans and hold what was found; spans are slices of texts",
    "release-quotes": "every quote's own words stand on the archived page (where the workspace is at hand)",
}


class Checked(NamedTuple):
    """`record` names a file and offset, a URL or an id; `wrong` says what is wrong with it, None: nothing."""

    check: str
    record: str
    wrong: str | None = None


@dataclass
class Report:
    """The running sum; memory does not grow with what was checked."""

    checked: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[Checked]] = field(default_factory=dict)

    def add(self, checks: Iterable[Checked]) -> None:
        for one in checks:
            self.checked[one.check] += 1
            if one.wrong is not None:
                self.failed[one.check] += 1
                held = self.faults.setdefault(one.check, [])
                if len(held) < MAX_FAULTS:
                    held.append(one)

    @property
    def is_sound(self) -> bool:
        return not self.failed.total()

    def rows(self) -> list[dict[str, Any]]:
        """One row a check that was made, in the order of CHECKS."""
        return [
            {
                "check": name,
                "checked": self.checked[name],
                "failed": self.failed[name],
                "faults": [{"record": one.record, "wrong": one.wrong} for one in self.faults.get(name, ())],
            }
            for name in CHECKS
            if self.checked[name]
        ]
