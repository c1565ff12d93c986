"""Ordinary Chinese sites, as they stand beside content farms: forum, portal, blog, paper, two old systems.

Invented, and none of them about debt. What a page alone does not show is on purpose in every one of them:
replies longer than the post, teasers in the article's element, the same block in mid-text on each page.
"""

from __future__ import annotations

from yuqi.samples.hosts.pages import HOSTS, UNSEEN_HOSTS, HostPage, host_pages

__all__ = ["HOSTS", "UNSEEN_HOSTS", "HostPage", "host_pages"]
