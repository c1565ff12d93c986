"""Our partition of a farm: [article, cluster of more than one story or null, story] of each article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.peers.tools.child import Work, main

SHOWN = "SELECT article_id, CASE WHEN stories_of_cluster > 1 THEN cluster END, story FROM copy_stories"


def yuqi(given: Any) -> Work:
    """From normal forms to stories, as one build does it that remembers nothing."""
    from benchmarks.copies.ours import connected, partition, warm

    folder = Path(given["folder"])
    warm(folder)
    connection = connected(folder)

    def work() -> list[tuple[Any, ...]]:
        partition(connection)
        return connection.execute(SHOWN).fetchall()

    return work


if __name__ == "__main__":
    main({"yuqi": yuqi})
