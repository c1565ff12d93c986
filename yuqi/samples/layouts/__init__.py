"""Four designs of content farms; each turns a view into a page, and knows nothing of truth."""

from __future__ import annotations

from yuqi.samples.layouts import article, soup, table, zblog
from yuqi.samples.layouts.view import Design

DESIGNS: dict[str, Design] = {
    "soup": soup.DESIGN,
    "table": table.DESIGN,
    "article": article.DESIGN,
    "zblog": zblog.DESIGN,
}
