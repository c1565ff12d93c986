"""Real pages that nobody here marked, with the text of the element that holds each site's articles.

    pip download gne==0.4.3 --no-deps --no-binary :all: && tar xzf gne-0.4.3.tar.gz
    python -m benchmarks.contained gne-0.4.3 OUT
    yuqi evaluate --gold OUT; python benchmarks/reading.py OUT

The pages are other people's and stay where they are; contained.toml says where the text stands in them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

CONTAINERS = Path(__file__).with_suffix(".toml")
NOT_SHOWN = "script, style, noscript, textarea, iframe, [style*='display:none'], [style*='display: none']"


def contained(html: str, selectors: list[str]) -> str | None:
    """What is shown in the first element that a selector finds; None where none does."""
    tree = LexborHTMLParser(html)
    for node in tree.css(NOT_SHOWN):
        node.decompose()
    found = (tree.css_first(selector) for selector in selectors)
    return next((node.text(separator="\n") for node in found if node), None)


def marked(pages: Path) -> Iterator[tuple[Path, str]]:
    """Pages whose folder contained.toml names, with their text; equal pages once."""
    named = tomllib.loads(CONTAINERS.read_text(encoding="utf-8"))
    met: set[str] = set()
    for path in sorted(pages.rglob("*.html")):
        text = contained(path.read_text(encoding="utf-8"), named.get(path.parent.name, []))
        if text and text not in met:
            met.add(text)
            yield path, text


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("pages", type=Path, help="folder with one folder of pages a site")
    parser.add_argument("out", type=Path, help="gets eval/extraction/contained/<site>-<page>.html and .json")
    said = parser.parse_args()
    folder = said.out / "eval" / "extraction" / "contained"
    folder.mkdir(parents=True)
    for path, text in marked(said.pages):
        name = f"{path.parent.name}-{path.stem}-{path.parent.parent.name}"
        shutil.copyfile(path, folder / f"{name}.html")
        (folder / f"{name}.json").write_text(json.dumps({"text": text}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
