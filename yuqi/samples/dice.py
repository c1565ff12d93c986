"""Chance that depends on nothing but its key: the same page from the same seed, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Option = TypeVar("Option")
Key = int | str


def roll(*key: Key) -> int:
    """64 bits that look random and are a function of the key."""
    said = "/".join(map(str, key)).encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")


def chance(share: float, *key: Key) -> bool:
    """True for this share of keys."""
    return roll(*key) < share * 2**64


def pick(options: Sequence[Option], *key: Key) -> Option:
    return options[roll(*key) % len(options)]
