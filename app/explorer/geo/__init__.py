"""Outlines of countries, and where places lie: small files that go with us; see README.md."""

from __future__ import annotations

import csv
import json
import math
from functools import cache
from importlib.resources import files

WIDTH, HEIGHT = 1000.0, 487.0  # of the map, in its own units
_A = (1.340264, -0.081106, 0.000893, 0.003796)  # the Equal Earth projection
_M = math.sqrt(3) / 2
_WIDEST = 2.7066299836  # half the width of the projected world
_HIGHEST = 1.3173627591
_HALF_TURN = 1800  # tenths of degrees


def project(lon: float, lat: float) -> tuple[float, float]:
    """Where a point of the earth (degrees) lies on the map (Equal Earth: areas stay true)."""
    angle = math.asin(_M * math.sin(math.radians(lat)))
    square = angle * angle
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = math.radians(lon) * math.cos(angle) / (_M * slope)
    y = angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return WIDTH * (x / _WIDEST + 1) / 2, HEIGHT * (1 - y / _HIGHEST) / 2


@cache
def _world() -> dict[str, list[list[int]]]:
    content = files(__name__).joinpath("world.json").read_text(encoding="utf-8")
    found: dict[str, list[list[int]]] = json.loads(content)["countries"]
    return found


@cache
def outlines() -> dict[str, str]:
    """SVG path of each country by ISO 3166-1 code, in units of the map."""
    return {code: "".join(map(_path, rings)) for code, rings in sorted(_world().items())}


def _path(ring: list[int]) -> str:
    """A ring as a path; where it crosses the edge of the map it begins anew."""
    steps: list[str] = []
    former = 0
    for lon, lat in zip(ring[::2], ring[1::2], strict=True):
        x, y = project(lon / 10, lat / 10)
        across = not steps or abs(lon - former) > _HALF_TURN
        steps.append(f"{'M' if across else 'L'}{x:.1f},{y:.1f}")
        former = lon
    return "".join(steps) + "Z"


@cache
def centres() -> dict[str, tuple[float, float]]:
    """The middle of each country's largest part, as (lon, lat) by code."""
    return {code: _middle(max(rings, key=_area)) for code, rings in _world().items()}


def _area(ring: list[int]) -> float:
    return abs(_moments(ring)[0])


def _middle(ring: list[int]) -> tuple[float, float]:
    area, x, y = _moments(ring)
    if not area:
        return ring[0] / 10, ring[1] / 10
    return x / (3 * area) / 10, y / (3 * area) / 10


def _moments(ring: list[int]) -> tuple[float, float, float]:
    """Twice the signed area, and the sums for the centroid."""
    total = x = y = 0.0
    points = list(zip(ring[::2], ring[1::2], strict=True))
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cross = ax * by - bx * ay
        total += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
    return total, x, y


@cache
def places() -> dict[str, tuple[float, float]]:
    """(lon, lat) of the lexicon's places, by the last part of their key; not all are known."""
    content = files(__name__).joinpath("places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines())
    return {row["id"]: (float(row["lon"]), float(row["lat"])) for row in rows}
