"""An article of an earlier release: extracted once already, taken as it stands."""

from __future__ import annotations

from crawler.released import parsed
from pipeline.extract.model import Extracted, Lost, RawLine

EXTRACTOR = "release"


def extract_released(payload: bytes) -> Extracted | Lost:
    """Lines and metadata as released; without an outline, so that no site's memory learns from it."""
    try:
        about, lines = parsed(payload)
    except (ValueError, AttributeError):
        return Lost("no-article")
    return Extracted(
        title=about.get("title") or "",
        lines=tuple(
            RawLine("heading" if level else "paragraph", level, line) for level, line in lines if line
        ),
        furniture=(),
        extractor=EXTRACTOR,
        confidence=about.get("confidence") or 0.0,
        title_source=about.get("title_source"),
        channel_source=about.get("channel_source"),
        published=about.get("published_at"),
        published_source=about.get("published_source"),
        author=about.get("author"),
        author_source=about.get("author_source"),
        category=about.get("category"),
        category_source=about.get("category_source"),
        channel=about.get("channel"),
    )
