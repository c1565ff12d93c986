"""A finding's name that outlives rebuilds and most changes of the code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from crawler.definitions import DefinitionError

FORM = re.compile(r"fd-([0-9a-f]{16})-([0-9a-f]{12})")
DIGEST_CHARS = 12  # 48 bits, within one article


def finding_id(row: Mapping[str, Any], words: str) -> str:
    """`fd-<article>-<digest>`: the digest is of what is claimed and of the sentence, not of where it stands.

    Offsets move when a line above goes, and a cue's borders move with every rule; the sentence stays. How
    a practice is asserted belongs to the claim: who judged `alleged` has not judged `claimed-practice`. The
    same said twice in one sentence is one finding.
    """
    return f"fd-{row['article_id'].removeprefix('a-')}-{claim_digest(row, words)}"


def claim_digest(row: Mapping[str, Any], words: str) -> str:
    """The same in every copy of the sentence."""
    asserted = row["assertion"] if row["kind"] == "practice" else None
    said = (row["kind"], row["finding"], row["platform_id"], asserted, row["field"], "".join(words.split()))
    return hashlib.sha256("\n".join(str(part or "") for part in said).encode()).hexdigest()[:DIGEST_CHARS]


def article_of(said: str) -> str:
    """The article that a finding's id names."""
    match = FORM.fullmatch(said)
    if match is None:
        raise DefinitionError(
            f"`{said}` is no id of a finding (fd-…-…): `yuqi show ID --format json` names them"
        )
    return f"a-{match[1]}"


def digest_of(said: str) -> str:
    return said.rpartition("-")[2]
