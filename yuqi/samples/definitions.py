"""What a demo workspace needs to crawl and read the sample sites: site files, invented lenders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from yuqi.samples.farm import Farm
from yuqi.samples.layouts import DESIGNS
from yuqi.samples.library import Lender, SampleSite, lenders

WHY = "synthetic sample"


def write_definitions(farm: Farm, folder: Path, bases: Mapping[str, str]) -> None:
    """`sites/<id>.toml` and `overrides/platforms.toml` in a workspace's folder."""
    (folder / "sites").mkdir(parents=True, exist_ok=True)
    (folder / "overrides").mkdir(parents=True, exist_ok=True)
    for site in farm.sites:
        (folder / "sites" / f"{site.id}.toml").write_text(site_definition(site, bases[site.id]), "utf-8")
    (folder / "overrides" / "platforms.toml").write_text(gazetteer(), "utf-8")


def site_definition(site: SampleSite, base: str) -> str:
    """Some sites give patterns, some leave them to be found out."""
    start = [f"{base}/sitemap.xml"] if site.sitemap else []
    lines = [
        "# SYNTHETIC 合成样本",
        f"name = {quoted(site.name)}",
        f"start = [{', '.join(quoted(url) for url in (f'{base}/', *start))}]",
        f'why = "{WHY}"',
        "delay_seconds = 0",
    ]
    if site.patterns:
        design = DESIGNS[site.layout]
        lines += [f"article = '{design.article_pattern}'", f"follow = '{design.follow_pattern}'"]
    return "\n".join(lines) + "\n"


def gazetteer() -> str:
    """The invented lenders in the form of the topic's platforms.toml."""
    return "# SYNTHETIC 合成样本: none of these lenders exists\n" + "\n".join(map(_platform, lenders()))


def _platform(lender: Lender) -> str:
    return platform_entry(lender.platform_id, lender.name, map(quoted, lender.aliases))


def platform_entry(platform_id: str, name: str, aliases: Iterable[str]) -> str:
    """An invented lender in platforms.toml. `aliases`: as TOML values."""
    return (
        f"\n[[platform]]\nid = {quoted(platform_id)}\nname = {quoted(name)}\n"
        f"aliases = [{', '.join(aliases)}]\n"
        'category = "internet-platform"\nconfidence = "high"\nsource = "invented"\n'
    )


def quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
