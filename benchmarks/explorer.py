"""Time of a page of the explorer over a large snapshot: `python -m benchmarks.explorer WORKSPACE`.

The workspace's newest snapshot (a demo's) is multiplied in a folder of its own: every article, page and
finding N times under other ids and URLs, its platforms others of the gazetteer; then each kind of page is
asked for, first with a question that nobody asked before (cold), then again (warm). Printed are the
median, the 95th of a hundred and the most, of each kind and of all first visits together, where each
page counts once. CPU is that of all threads.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from starlette.testclient import TestClient

from crawler.workspace import Workspace, open_workspace
from explorer.app import explorer
from pipeline.schema import table_name
from pipeline.store.keeping import keep_answers
from pipeline.store.load import COUNTED, count_again
from pipeline.store.snapshot import publish
from yuqi.serving import said_as_reports_are

NAME = "20260101T000000Z"
DATES = "since=2024-01-01&date=published"
# Columns that hold an id of the multiplied things; every k-th copy has ids of its own.
IDS = ("article_id", "story_id", "representative_id", "first_article_id", "fetch_id")
GROUPS = ("template_id",)  # one in ten copies has templates of its own: farms fill in the same text again
LEFT = (
    "sites", "operators", "operator_evidence", "platforms", "platform_aliases", "practice_kinds", "law_kinds",
    "tips", "runs", "takedowns", "corrections", "reviews", "meta", "id_changes", "learnt_containers",
    "templates", "template_sentences", "template_versions", "slot_fillers", "mention_rules",
    "standing_answers", *(table_name(record) for record in COUNTED),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--copies", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--keep", type=Path, help="Folder of the multiplied corpus; used again where it is there."
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        if not (folder / "snapshots" / f"{NAME}.duckdb").exists():
            folder.mkdir(exist_ok=True)
            multiplied(Workspace(asked.workspace), folder, asked.copies)
        measure(Workspace(folder), asked.rounds)


def multiplied(source: Workspace, folder: Path, copies: int) -> None:
    """A workspace whose snapshot has everything that a build makes: search index and answers, too."""
    place, store = multiplied_store(source, folder, copies)
    with duckdb.connect(str(store)) as new:
        keep_answers(new)
    publish(place, store, NAME)


def multiplied_store(source: Workspace, folder: Path, copies: int) -> tuple[Workspace, Path]:
    """Its tables alone, counted; where publishing takes them from."""
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    place = open_workspace(folder)
    store = folder / "fresh.duckdb"
    with duckdb.connect(str(store)) as new:
        new.execute("ATTACH ? AS old (READ_ONLY)", [str(source.latest.resolve())])
        new.execute("COPY FROM DATABASE old TO fresh")
        new.execute("CREATE TEMP TABLE k AS SELECT unnest(range(1, ?)) AS k", [copies])
        new.execute(
            "CREATE TEMP TABLE listed AS"
            " SELECT platform_id, row_number() OVER (ORDER BY platform_id) - 1 AS n FROM platforms"
        )
        for (table,) in new.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
                                    " AND database_name = 'fresh'").fetchall():  # fmt: skip
            if table not in LEFT:
                new.execute(_multiply(new, table))
        count_again(new)
        new.execute("UPDATE meta SET value = ? WHERE key = 'snapshot'", [NAME])
        print(new.execute("SELECT count(*) FROM articles").fetchone(), "articles")
    return place, store


def _multiply(new: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = [row[0] for row in new.execute(f'DESCRIBE "{table}"').fetchall()]
    said = []
    for column in columns:
        if column in IDS:
            said.append(f"substr(t.{column}, 1, 2) || substr(md5(t.{column} || k.k), 1, 16) AS {column}")
        elif column in GROUPS:
            said.append(f"t.{column}")
        elif column == "url":
            said.append("t.url || '?copy=' || k.k AS url")
        elif column == "platform_id":
            said.append("p.platform_id")
        else:
            said.append(f't."{column}"')
    join = (
        "LEFT JOIN listed o ON o.platform_id = t.platform_id"
        " LEFT JOIN listed p ON p.n = (o.n + k.k * 7) % (SELECT count(*) FROM listed)"
        if "platform_id" in columns
        else ""
    )
    sort = "ORDER BY article_id" if "article_id" in columns else ""  # as a build loads them
    return (
        f'INSERT INTO "{table}" SELECT {", ".join(said)} FROM (FROM "{table}") t CROSS JOIN k {join} {sort}'
    )


def measure(place: Workspace, rounds: int) -> None:
    app, _ = explorer(place, said_as_reports_are(place))
    every: list[tuple[float, float]] = []
    with TestClient(app, base_url="http://127.0.0.1") as asked:
        for name, urls in _urls(asked):
            times: dict[str, list[tuple[float, float]]] = {"cold": [], "warm": []}
            for n in range(rounds):
                for url in urls:
                    for kind in ("cold", "warm"):
                        begun, worked = time.perf_counter(), time.process_time()
                        response = asked.get(url)
                        assert response.status_code == 200, (url, response.text[:300])
                        times["cold" if kind == "cold" and not n else "warm"].append(
                            (time.process_time() - worked, time.perf_counter() - begun)
                        )
            print(f"{name:26} cold {_told(times['cold'])}   warm {_told(times['warm'])}", flush=True)
            every += times["cold"]
    print(f"{len(every)} pages, first visits: {_told(every)}")


def _urls(asked: TestClient) -> Iterator[tuple[str, Sequence[str]]]:
    def rows(url: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = asked.get(url).json()["rows"]
        return found

    yield (
        "overview",
        ("/", f"/?{DATES}", "/?assertion=alleged", "/?site=sample-soup-a"),
    )
    platforms = [row["platform_id"] for row in rows("/reports/platforms?format=json&sort=pages&limit=8")]
    yield "platform", [f"/platform/{one}" for one in platforms]
    yield "platform by dates", [f"/platform/{one}?{DATES}" for one in platforms[:4]]
    yield (
        "evidence",
        ["/evidence", *(f"/evidence?platform={one}" for one in platforms[:3]), "/evidence?page=3"],
    )
    quotes = rows("/evidence?format=json&limit=8")
    yield "article", [f"/article/{row['article_id']}" for row in quotes]
    yield "story", [f"/story/{row['story_id']}" for row in quotes]
    yield (
        "template",
        [f"/template/{r['template_id']}" for r in rows("/reports/templates?format=json&limit=4")],
    )
    yield (
        "operator",
        [f"/operator/{r['operator_id']}" for r in rows("/reports/operators?format=json&limit=4")],
    )
    for question in ("practices", "tips", "laws", "templates", "operators", "sites", "unknown-platforms"):
        yield question, (f"/reports/{question}", f"/reports/{question}?state=live")
        yield f"{question} by dates", (f"/reports/{question}?{DATES}",)
    yield "search", ("/search?q=通讯录", "/search?q=上门", "/search?q=12378")
    yield "others", ("/method", "/runs", "/corrections", "/download")


def _told(times: Sequence[tuple[float, float]]) -> str:
    said = (
        f"{what} {_at(0.5, held):4.0f} / {_at(0.95, held):4.0f} / {_at(1, held):4.0f}"
        for what, held in zip(("CPU", "wall"), zip(*times, strict=True), strict=True)
    )
    return "  ".join(said) + " ms"


def _at(share: float, times: Sequence[float]) -> float:
    held = sorted(times)
    return 1000 * held[min(len(held) - 1, int(len(held) * share))]


if __name__ == "__main__":
    main()
