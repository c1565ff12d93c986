"""An invented site whose pages are taken down, and a scan of what a workspace holds; not a test itself."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from crawl_server import workspace_in

from crawler.archive_writer import ArchiveWriter, Exchange
from crawler.importing import import_paths
from crawler.workspace import Workspace, open_workspace

BASE = "http://farm.example.com"
LIST = f"{BASE}/"
LENDERS = ("星蓝贷", "麦屿金融", "鹤汀小贷")
TITLE = "{}逾期两个月会怎么样"
OWN = (
    "第{n}位写信的人说{p}的人在{n}月里把电话打到了他乡下的祖母家里。",
    "他数了数那一周一共接到{n}十通电话，最早的一通在清晨六点{n}分。",
    "他把通话记录抄在第{n}本练习册上，一页一页地标了日期和时辰。",
    "后来他按练习册第{n}页的次序把事情说给了调解员听，调解员记下了{n}条。",
)
SHARED = (
    "逾期之后不要慌张，先把自己的收入和支出列成一张表，看看每个月能拿出多少钱。",
    "主动联系平台说明情况，协商一个自己做得到的还款计划，并且把协商的结果留下来。",
    "遇到不合规的催收要保留证据，可以向有关部门反映，也可以向法院提起诉讼。",
)
NUMBERS = range(1, 7)
PACKED = (".gz", ".xlsx", ".parquet")


def url(number: int) -> str:
    return f"{BASE}/{number}.html"


def own(number: int) -> list[str]:
    """Sentences that stand in this article only."""
    words = {"n": "零一二三四五六"[number], "p": LENDERS[number % 3]}
    return [said.format(**words) for said in OWN]


def article(number: int, mark: str = "") -> str:
    lines = "".join(f"<p>{a}{b}</p>" for a, b in zip(own(number), (*SHARED, SHARED[0]), strict=True))
    title = TITLE.format(LENDERS[number % 3])
    return _page(title, f"<h1>{title}</h1><div class='content'>{lines}{mark}</div>")


def listing() -> str:
    """Quotes the first sentence of every article."""
    rows = (
        f"<li><a href='/{n}.html'>{TITLE.format(LENDERS[n % 3])}</a><p>{own(n)[0]}</p></li>" for n in NUMBERS
    )
    return _page("列表", f"<ul>{''.join(rows)}</ul>")


def _page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


def taken_workspace(folder: Path) -> Workspace:
    """Six articles and a list, brought by an import, as a crawler's archive holds them."""
    elsewhere = workspace_in(folder / "elsewhere")
    pages = {url(n): article(n) for n in NUMBERS} | {LIST: listing()}
    with ArchiveWriter(elsewhere, "farm", "crawl") as writer:
        for address, html in pages.items():
            writer.response(answer(address, html))
    place = workspace_in(folder / "w")
    import_paths(place, {}, [elsewhere.archive])
    return open_workspace(place.root)


def answer(address: str, html: str) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    asked = b"GET / HTTP/1.1\r\nHost: farm.example.com\r\n"
    return Exchange(address, datetime(2024, 5, 1, tzinfo=UTC), asked, head, html.encode())


def places_of(folder: Path, said: str) -> list[str]:
    """Files and tables below a folder in which a sentence stands, however they are packed."""
    return sorted({name for name, text in texts_below(folder) if said in text})


def texts_below(folder: Path) -> Iterator[tuple[str, str]]:
    """(file or table, what stands in it); unpacked, since packed bytes read as any word by chance."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        name = path.relative_to(folder).as_posix()
        if path.suffix not in PACKED:
            yield name, path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as store:
                tables = store.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
                for (table,) in tables:
                    yield f"{name}:{table}", repr(store.execute(f'SELECT * FROM "{table}"').fetchall())
        elif path.suffix == ".parquet":
            yield name, repr(duckdb.read_parquet(str(path)).fetchall())
        elif path.suffix == ".gz":
            yield name, gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield from ((name, book.read(one).decode("utf-8", "replace")) for one in book.namelist())
