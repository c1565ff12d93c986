"""Pages that people marked as the archive of a crawl, once or several times over."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from crawler.importing import import_paths
from crawler.workspace import Workspace, open_workspace

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@dataclass(frozen=True)
class Archived:
    """`texts`: what people marked, by URL; `names`: which page it is, the same for all copies of one."""

    place: Workspace
    texts: Mapping[str, str]
    names: Mapping[str, str]


def marked_archive(marked: Path, folder: Path, times: int) -> Archived:
    """`MARKED/eval/extraction/<set>/<id>.html` and `.json` with `text`, each as often as asked.

    A set has a host of its own each time: a site that shows each text several times would be no site.
    """
    texts, names, records = {}, {}, []
    for time in range(times):
        for path in sorted((marked / "eval" / "extraction").glob("*/*.html")):
            url = f"http://{path.parent.name.replace('_', '-')}-{time}.example.com/{path.name}"
            texts[url] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["text"]
            names[url] = path.name
            records.append(record(url, path.read_bytes()))
    folder.mkdir()
    (folder / "yuqi.toml").touch()
    given = folder / "given.warc.gz"
    given.write_bytes(b"".join(records))
    place = open_workspace(folder)
    import_paths(place, {}, [given])
    given.unlink()
    return Archived(place, texts, names)


def record(url: str, payload: bytes) -> bytes:
    """A response as a member of a WARC file."""
    block = ANSWER + payload
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": "2026-01-01T00:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http;msgtype=response",
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return gzip.compress(b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n", 1, mtime=0)
