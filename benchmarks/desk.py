"""What a reporter waits for: searches and reports over many articles, beside a scan that says what is right.

`python benchmarks/desk.py [--articles N]`; needs no network. Texts are invented: words drawn by Zipf's law, a
quarter of them copies. Prints milliseconds of CPU-bound waiting, median and 95th of a hundred.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from invented_corpus import default_articles, make_corpus
from invented_rows import PLATFORMS, Told, fixed_rows, store_rows

from pipeline.search.find import Window, search
from pipeline.store.keeping import keep_answers
from pipeline.store.load import count, create_tables, insert, open_store
from pipeline.store.reader import open_snapshot
from pipeline.store.reports import QUESTIONS, Filter, report
from pipeline.store.snapshot import publish
from pipeline.tables.copies import StoryRow

HAN = [chr(code) for code in range(0x4E00, 0x5200)]
MARKS = "，，，，。。、：；“”（）！？"
BATCH = 5000
SCAN = (
    "SELECT count(DISTINCT url) FROM articles"
    " WHERE list_bool_or([contains(title, p) OR contains(text, p) for p in $phrases])"
)


def words(rng: random.Random) -> list[str]:
    return ["".join(rng.choices(HAN, k=rng.choice((1, 2, 2, 2, 3)))) for _ in range(6000)]


def told(number: int, rng: random.Random, known: list[str], weights: list[float]) -> Told:
    platform, name = rng.choice(list(PLATFORMS.items()))
    body = "".join(
        word + (rng.choice(MARKS) if rng.random() < 0.2 else "")
        for word in rng.choices(known, cum_weights=weights, k=400)
    )
    said = f"{name}逾期{rng.randrange(1, 400)}天APP{rng.randrange(99)}。"
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=rng.randrange(9000))
    return Told(
        f"http://site{number % 300}.example.com/{number}", f"site{number % 300}", f"{name}逾期{number}会怎样",
        f"{said}{name}就给通讯录里的人打电话。{body}", f"s-{number * 3 // 4:012x}",
        f"t-{number % 500:012x}" if number % 2 else None, platform,
        rng.choice(("alleged", "claimed-practice")), own=number % 3 == 0, published=day,
    )  # fmt: skip


def articles(count: int) -> list[Told]:
    rng = random.Random(1)
    known = words(rng)
    weights = list(accumulate(1 / place for place in range(1, len(known) + 1)))
    return [told(number, rng, known, weights) for number in range(count)]


def corpus(root: Path, many: int) -> Path:
    place = make_corpus(root, default_articles()[:1])
    fresh = root / ".corpus.desk"
    everything = articles(many)
    with open_store(fresh) as store:
        create_tables(store)
        for start in range(0, many, BATCH):
            for record, rows in store_rows(everything[start : start + BATCH]).items():
                insert(store, record, rows)
        for record, rows in fixed_rows(everything).items():
            insert(
                store, record, {row.story_id: row for row in rows}.values() if record is StoryRow else rows
            )
        count(store)
        keep_answers(store)
    before = time.process_time(), time.perf_counter()
    snapshot = publish(place, fresh, "20300101T000000Z")
    print(
        f"index of {many}: {time.process_time() - before[0]:.0f} s CPU,"
        f" {time.perf_counter() - before[1]:.0f} s"
    )
    size = sum(file.stat().st_size for file in snapshot.with_suffix(".search").iterdir())
    print(f"snapshot {snapshot.stat().st_size / 1e6:.0f} MB, index {size / 1e6:.0f} MB")
    return root


def queries(connection: duckdb.DuckDBPyConnection, count: int = 50) -> list[str]:
    """Two characters, digits, mixed script, punctuation, longer phrases; as they stand in texts."""
    rng = random.Random(2)
    texts = [
        text for (text,) in connection.execute("SELECT text FROM articles USING SAMPLE 500 ROWS").fetchall()
    ]
    found = ["逾期", "，", "APP1", "期3", "天APP", "35天", "。“", "逾期35天APP", "通訊錄裡的人", "9"]
    while len(found) < count:
        text, size = rng.choice(texts), rng.choice((2, 2, 3, 4, 6, 9))
        at = rng.randrange(len(text) - size)
        found.append(text[at : at + size].strip() or "逾期")
    return found


def timed(what: str, ask: Callable[[], object], times: int = 5) -> None:
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - before))
    print(f"{what:<40} median {sorted(taken)[len(taken) // 2]:6.1f} ms  most {max(taken):6.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="Folder of the corpus; used again where it is there.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = options.keep or Path(scratch) / "desk"
        if not (root / "snapshots" / "20300101T000000Z.duckdb").exists():
            corpus(root, options.articles)
        measure(root / "snapshots" / "20300101T000000Z.duckdb")


def measure(snapshot: Path) -> None:
    with open_snapshot(snapshot) as connection:
        asked = queries(connection)
        search(connection, snapshot, "逾期", window=Window(20))
        taken, wrong = [], 0
        for query in asked * 2:
            before = time.perf_counter()
            found = search(connection, snapshot, query, window=Window(20))
            taken.append((1000 * (time.perf_counter() - before), query, found.counts.pages))
        for query in asked:
            found = search(connection, snapshot, query, window=Window(1))
            right = connection.execute(SCAN, {"phrases": list(found.phrases)}).fetchall()
            wrong += [(found.counts.pages,)] != right
        taken.sort()
        print(f"search: median {taken[50][0]:.1f} ms, p95 {taken[94][0]:.1f} ms, slowest {taken[-3:]}")
        print(f"queries that differ from a scan: {wrong} of {len(asked)}")
        for question in QUESTIONS:
            timed(f"report {question}", lambda q=question: report(connection, q, Filter()))
        timed("report platforms --platform", lambda: report(connection, "platforms", Filter(platform="星蓝")))
        timed("report sites --assertion", lambda: report(connection, "sites", Filter(assertion="alleged")))


if __name__ == "__main__":
    main()
