"""Lines that name a licence or who holds the rights: the foot of a page."""

from __future__ import annotations

FOOTER = (
    "copyright", "©", "版权所有", "版權所有", "icp备", "icp備", "icp证", "icp證", "公网安备", "经营许可证",
    "all rights reserved",
)  # fmt: skip
FOOTER_SIGNS = ("right", "©", "版", "icp", "公网安备", "经营许可证")  # each of them holds one
FOOTER_CHARS = 300  # a longer text that names a licence is none


def is_footer(text: str) -> bool:
    """Names a licence or who holds the rights, and is short. A pattern takes five times as long as a loop."""
    if len(text) >= FOOTER_CHARS:
        return False
    said = text.lower()
    for sign in FOOTER_SIGNS:  # a generator costs more than the search
        if sign in said:
            return any(word in said for word in FOOTER)
    return False
