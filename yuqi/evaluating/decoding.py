"""Real and sample pages, encoded and harmed in every way, read again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.decode import decode
from pipeline.evaluate.decoding import PART, decoding_cases, decoding_figures, score_decoding
from pipeline.evaluate.figures import Figure
from yuqi.evaluating.wrong import Report, fault
from yuqi.samples import Farm, true_page
from yuqi.samples.farm import places

MAX_CHARS = 60_000  # of a page
EVERY = 4  # of the marked pages: 31 pages, 992 cases
SAMPLES = 12  # pages of each sample site
TEMPLATE = "<html><head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{text}\n</body></html>"


def marked_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Of eval/extraction, as our own decoding has them."""
    for path in sorted((folder / "eval" / "extraction").glob("*/*.html"))[::EVERY]:
        decoded = decode(path.read_bytes())
        if decoded and len(decoded.text) <= MAX_CHARS:
            yield path.stem, decoded.text


def sample_pages(farm: Farm) -> Iterator[tuple[str, str]]:
    for number in range(len(farm.sites)):
        pages = (true_page(farm, place) for place in places(farm, number))
        for page in islice((page for page in pages if page.kind == "article"), SAMPLES):
            text = "\n".join(f"<p>{line}</p>" for line in page.text.splitlines())
            yield page.site_id + page.path, TEMPLATE.format(title=page.title, text=text)


def decode_figures(pages: Iterator[tuple[str, str]], report: Report) -> list[Figure]:
    """`report` is told of each page that some codec reads better."""
    scores = [score_decoding(case) for case in decoding_cases(pages)]
    for score in scores:
        if score.errors > score.least:
            told = f"{score.errors} as {score.encoding}"
            report(fault(PART, score.name, "pages-worse-than-best-candidate", told, score.least))
    return decoding_figures(scores)
