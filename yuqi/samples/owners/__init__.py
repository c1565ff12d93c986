"""Sites whose owners are known: groups that share one kind of thing, and strangers whom much seems to join.

Invented. Numbers are of ranges that nobody has: local numbers never begin with 1, and the QQ numbers from
10000 to 10099 are the company's own.
"""

from __future__ import annotations

from yuqi.samples.owners.pages import OwnedPage, owned_pages
from yuqi.samples.owners.sites import KINDS, OwnedSite, owned_sites

__all__ = ["KINDS", "OwnedPage", "OwnedSite", "owned_pages", "owned_sites"]
