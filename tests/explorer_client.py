"""The explorer over a workspace, asked in-process; not a test itself."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

from crawler.workspace import Workspace
from explorer.app import explorer
from yuqi.serving import said_as_reports_are

BASE = "http://127.0.0.1:8321"
Rows = list[dict[str, str]]


def client(workspace: Workspace, hosts: tuple[str, ...] = ()) -> TestClient:
    app, _ = explorer(workspace, said_as_reports_are(workspace), hosts)
    return TestClient(app, base_url=BASE)


class Page(HTMLParser):
    """Tables by name, links, and every element that stands in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, Rows] = {}
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.counts: dict[str, str] = {}
        self._table: str | None = None
        self._into: tuple[dict[str, str], str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.elements.append((tag, held))
        if tag == "a":
            self.links.append(held.get("href") or "")
        if tag == "table" and "data-table" in held:
            self._table = held["data-table"] or ""
            self.tables[self._table] = []
        if tag == "tr" and self._table is not None:
            self.tables[self._table].append({})
        if tag == "td" and self._table is not None and held.get("data-column"):
            self._into = (self.tables[self._table][-1], held["data-column"] or "")
            self._into[0][self._into[1]] = ""
        if held.get("data-count") or (tag == "dd" and held.get("data-column")):
            self._into = (self.counts, held.get("data-count") or held.get("data-column") or "")
        if tag == "small":
            self._into = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "b", "dd"):
            self._into = None
        if tag == "table":
            if self._table is not None:
                self.tables[self._table] = [row for row in self.tables[self._table] if row]
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            row, column = self._into
            row[column] = row.get(column, "") + data.strip()


def page(asked: TestClient, url: str) -> Page:
    response = asked.get(url)
    assert response.status_code == 200, (url, response.status_code, response.text[:300])
    return Page(response.text)


def file(asked: TestClient, url: str, table: str | None = None, form: str = "json") -> Any:
    mark = "&" if "?" in url else "?"
    response = asked.get(f"{url}{mark}format={form}" + (f"&table={table}" if table else ""))
    assert response.status_code == 200, (url, response.text[:300])
    return json.loads(response.text) if form == "json" else response.text
