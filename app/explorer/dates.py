"""Dates in addresses and fields."""

from __future__ import annotations

import re

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_date(value: str) -> bool:
    """An ISO year, month or day."""
    return bool(_DATE.fullmatch(value))
