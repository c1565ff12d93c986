"""A clock some days ahead: Python imports this file first in every process that has it on its path."""

from __future__ import annotations

import datetime as real
import os
from typing import Any

DAY = "YUQI_BENCH_DAY"


class _Kind(type):
    """What libraries written in C return is no instance of a subclass, and counts as one all the same."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _DATETIME)


_DATETIME = real.datetime


class Datetime(_DATETIME, metaclass=_Kind):
    __slots__ = ()

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _DATETIME.now(tz) + real.timedelta(days=float(os.environ.get(DAY, "0")))


real.datetime = Datetime  # type: ignore[misc]
