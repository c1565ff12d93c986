"""What people decided: takedowns, corrections, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar


@dataclass(frozen=True, slots=True)
class TakedownRow:
    """A takedown that this store obeys; the content is gone, the request stays."""

    table: ClassVar[str] = "takedowns"
    url: Annotated[str | None, "one URL"]
    pattern: Annotated[str | None, "regular expression over URLs"]
    site: Annotated[str | None, "a whole site"]
    reason: Annotated[str, "as given"]
    at: Annotated[str, "as given"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A finding that a person struck."""

    table: ClassVar[str] = "corrections"
    finding_id: Annotated[str, "finding"]
    reason: Annotated[str, "as given"]
    at: Annotated[datetime, "UTC"]
    article_id: Annotated[str, "article"]
    url: Annotated[str, "its page"]
    kind: Annotated[str, "practice, mention, law or tip"]
    finding: Annotated[str, "id of what was found"]
    platform_id: Annotated[str | None, "platform that it was attributed to"]
    assertion: Annotated[str | None, "how a practice was asserted"]
    found: Annotated[bool, "false: the rules no longer make this finding"]


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on a finding."""

    table: ClassVar[str] = "reviews"
    finding_id: Annotated[str, "finding"]
    reviewer: Annotated[str, "who"]
    verdict: Annotated[str, "right, wrong or unsure"]
    reason: Annotated[str | None, "as given"]
    at: Annotated[datetime, "UTC"]
    article_id: Annotated[str, "article"]
    kind: Annotated[str, "practice, mention, law or tip"]
    finding: Annotated[str, "id of what was found"]
    platform_id: Annotated[str | None, "platform that it is attributed to"]
    assertion: Annotated[str | None, "how a practice is asserted"]
    rule: Annotated[str | None, "rule that made the finding when it was judged"]
    drawn: Annotated[bool, "in a sample; only these count for precision"]
    found: Annotated[bool, "false: the rules no longer make this finding"]
    stratum: Annotated[str | None, "what the finding was judged among; NULL where it is no longer made"]
