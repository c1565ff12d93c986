"""Who runs which sites, beside sites whose owners are known: links found, missed and invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, shares, wrong
from pipeline.evaluate.tally import pair_tally

PART = "owners"


@dataclass(frozen=True, slots=True)
class Owned:
    """A site as it is, and what it shares with the owner's others; "" where it is alone."""

    site_id: str
    owner: str
    kind: str


def owner_figures(found: Mapping[str, str | None], true: Sequence[Owned]) -> list[Figure]:
    """All pairs of sites, and by kind of what is shared the recall. One wrong pair is a failure."""
    whole = pair_tally(found, {site.site_id: site.owner for site in true})
    kinds = sorted({site.kind for site in true} - {""})
    by_kind = (
        (kind, pair_tally(found, {site.site_id: site.owner for site in true if site.kind == kind}))
        for kind in kinds
    )
    return [
        *shares(PART, "site-pairs", whole),
        wrong(PART, "site-pairs-invented", whole.found - whole.right, len(true)),
        *(Figure(PART, f"by-{kind}-recall", tally.recall, tally.true) for kind, tally in by_kind),
    ]
