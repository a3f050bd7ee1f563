"""Makes `world.json` and `places.csv` anew from what README.md names.

`python -m app.explorer.geo.build WORLD_ATLAS_FOLDER GEONAMES_FOLDER LEXICON_PLACES_CSV`
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_NAMED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}  # features without a number
_SKIPPED = {"AQ"}
_OWN = (  # where GeoNames' cities have no entry: degrees north and east, written by hand
    ("al-aqsa-mosque", 31.78, 35.24),
    ("al-haouz", 31.3, -7.9),
    ("al-udeid", 25.12, 51.31),
    ("bali", -8.4, 115.2),
    ("balochistan", 28.5, 65.1),
    ("bir-anzarane", 23.89, -14.53),
    ("boao", 19.16, 110.59),
    ("burgenstock", 47.0, 8.38),
    ("cap-draa", 28.73, -11.12),
    ("chechnya", 43.4, 45.7),
    ("corsica", 42.1, 9.1),
    ("cyrenaica", 28.0, 22.0),
    ("dead-sea", 31.5, 35.5),
    ("duqm", 19.66, 57.7),
    ("ain-al-asad", 33.79, 42.44),
    ("iraqi-kurdistan", 36.2, 44.0),
    ("nagorno-karabakh", 39.8, 46.75),
    ("negev", 30.8, 34.8),
    ("neom", 28.0, 35.2),
    ("panmunjom", 37.96, 126.68),
    ("sde-boker", 30.87, 34.79),
    ("sinai", 29.5, 33.8),
    ("suez-canal", 30.5, 32.34),
    ("souda-bay", 35.49, 24.14),
    ("tifnit", 30.2, -9.64),
    ("west-bank", 32.0, 35.25),
)
_FINE = 3  # keep every third point of what only the finer file has


def rings(
    topology: dict[str, Any], geometry: dict[str, Any]
) -> Iterator[list[tuple[float, float]]]:
    """The outer rings of a geometry, in degrees."""
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for part in parts:
        points: list[tuple[float, float]] = []
        for number in part[0]:
            arc = _decoded(topology["arcs"][number if number >= 0 else ~number], scale, move)
            points += (arc if number >= 0 else arc[::-1])[1 if points else 0 :]
        yield points


def _decoded(
    arc: list[list[int]], scale: list[float], move: list[float]
) -> list[tuple[float, float]]:
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((x * scale[0] + move[0], y * scale[1] + move[1]))
    return found


def world(folder: Path, codes: dict[str, str]) -> dict[str, list[list[int]]]:
    """Rings by country code in tenths of degrees; small states from the finer file."""
    found: dict[str, list[list[int]]] = {}
    for name, step in (("countries-110m.json", 1), ("countries-50m.json", _FINE)):
        topology = json.loads((folder / name).read_text(encoding="utf-8"))
        former = set(found)
        for geometry in topology["objects"]["countries"]["geometries"]:
            if not geometry.get("arcs"):
                continue
            code = codes.get(geometry.get("id", "")) or _NAMED.get(geometry["properties"]["name"])
            if code and code not in former and code not in _SKIPPED:
                shapes = (_flat(ring, step) for ring in rings(topology, geometry))
                found.setdefault(code, []).extend(shape for shape in shapes if len(shape) >= 6)
    return found


def _flat(ring: list[tuple[float, float]], step: int) -> list[int]:
    kept = ring[::step] if len(ring) > 4 * step else ring
    return [round(10 * value) for point in kept for value in point]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if c.isalnum())


def places(cities: Path, lexicon: Path) -> dict[str, tuple[float, float]]:
    """(lat, lon) of the lexicon's places by name and country, the most populous of one name."""
    known: dict[tuple[str, str], tuple[int, float, float]] = {}
    for city in json.loads(cities.read_text(encoding="utf-8")).values():
        where = (city["population"], city["latitude"], city["longitude"])
        for name in (city["name"], *city["alternatenames"]):
            key = (_plain(name), city["countrycode"])
            known[key] = max(known.get(key, where), where)
    found = {}
    with lexicon.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names = [n for lang in ("en", "fr", "ar") for n in row[lang].split("|") if n]
            hits = [known[key] for n in names if (key := (_plain(n), row["country"])) in known]
            if hits:
                found[row["id"]] = hits[0][1:]
    return found


def main(atlas: str, geonames: str, lexicon: str) -> None:
    """Write both files."""
    data = Path(geonames)
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    codes = {f"{int(one['isonumeric']):03}": code for code, one in countries.items()}
    shapes = {"source": "Natural Earth, public domain", "countries": world(Path(atlas), codes)}
    text = json.dumps(shapes, separators=(",", ":"), sort_keys=True)
    (HERE / "world.json").write_text(text + "\n", encoding="utf-8")
    found = places(data / "cities1000.json", Path(lexicon))
    found |= {name: (lat, lon) for name, lat, lon in _OWN}
    lines = ["id,lat,lon", *(f"{i},{a:.2f},{o:.2f}" for i, (a, o) in sorted(found.items()))]
    (HERE / "places.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
