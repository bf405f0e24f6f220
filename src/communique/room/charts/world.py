"""Maps, drawn from Natural Earth's borders in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from communique.room import words
from communique.tables import rows

WIDTH = 960
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_REACH = 2.7066299836960748  # x of longitude 180 on the equator
_NAMED = {"N. Cyprus": "CYP", "Somaliland": "SOM", "Kosovo": "XKX"}  # shapes that have no ISO number


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's outline as an SVG path, with its part: "first", "second", a shade "1" to "4", or ""."""

    path: str
    part: str
    says: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A place where events happened."""

    x: float
    y: float
    radius: float
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing; `box` is its view box. `scale` is how much of the world's width is seen: text grows with it."""

    box: str
    shapes: tuple[Shape, ...]
    dots: tuple[Dot, ...]
    scale: float
    says: str


def project(lon: float, lat: float) -> tuple[float, float]:
    """Longitude and latitude in degrees to x and y of the drawing, y downwards."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    a1, a2, a3, a4 = _A
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (
        3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))  # fmt: skip
    y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
    scale = WIDTH / (2 * _REACH)
    return round((x + _REACH) * scale, 1), round((1.32 - y) * scale, 1)


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, Box, Box]]:
    """Country -> its outline as a path, the box of its largest part, and the box of all of it."""
    atlas = json.loads((Path(__file__).parent / "atlas" / "countries-110m.json").read_text(encoding="utf-8"))
    codes = {row["isonum"]: row["iso3"] for row in rows("countries") if row["isonum"]}
    arcs = _arcs(atlas)
    found: dict[str, tuple[str, Box, Box]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes.get(shape.get("id", ""), _NAMED.get(name))
        if code is None or name == "Antarctica":
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
        path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in rings)
        boxes = [_box(ring) for ring in rings]
        main = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        every = _box([corner for b in boxes for corner in (b[:2], b[2:])])
        before = found.get(code)
        found[code] = (before[0] + path, before[1], every) if before else (path, main, every)
    return found


def _box(points: Sequence[tuple[float, ...]]) -> Box:
    """The box around points: left, top, right, bottom."""
    across, down = [p[0] for p in points], [p[1] for p in points]
    return min(across), min(down), max(across), max(down)


def _arcs(atlas: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs of a TopoJSON file in degrees of longitude and latitude."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    made = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        made.append(points)
    return made


def _ring(indexes: Sequence[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """A ring as points of the drawing. One that crosses the 180th meridian goes on beyond it, in one piece."""
    degrees: list[tuple[float, float]] = []
    for i in indexes:
        arc = arcs[i] if i >= 0 else arcs[~i][::-1]
        degrees += arc[1:] if degrees else arc
    points: list[tuple[float, float]] = []
    turn, before = 0.0, degrees[0][0]
    east = any(abs(b[0] - a[0]) > 180 for a, b in pairwise(degrees)) and before < 0
    for lon, lat in degrees:
        if abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        before = lon
        point = project(lon + turn + (360 if east else 0), lat)
        if not points or point != points[-1]:
            points.append(point)
    return points


def pair(codes: Sequence[str], places: Sequence[Mapping[str, Any]]) -> Map:
    """Two countries and the places where they dealt with each other, seen as near as both allow."""
    atlas = _countries()
    known = [(p, project(p["lon"], p["lat"])) for p in places if p["lat"] is not None]
    corners = [atlas[code][1] for code in codes if code in atlas] + [(x, y, x, y) for _, (x, y) in known]
    box = _fitted(corners)
    scale = box[2] / WIDTH
    shapes = tuple(
        Shape(path, "first" if code == codes[0] else "second" if code == codes[1] else "", words.country(code), None)
        for code, (path, _, whole) in atlas.items()
        if whole[0] < box[0] + box[2] and whole[2] > box[0] and whole[1] < box[1] + box[3] and whole[3] > box[1]
    )
    most = max((p["events"] for p, _ in known), default=1)
    dots = tuple(
        Dot(x, y, round((3 + 7 * math.sqrt(p["events"] / most)) * scale, 2), p["place"],
            f"{p['place']}: {words.count(p['events'], 'event')}")
        for p, (x, y) in known[:30]
    )  # fmt: skip
    unknown = [p["place"] for p in places if p["lat"] is None]
    says = f"Map of {words.pair_name(*codes)}" + (
        " with " + words.listed([f"{p['place']} ({p['events']})" for p, _ in known[:8]]) if known else "")  # fmt: skip
    if unknown:
        says += f". Not on the map: {words.listed(unknown[:6])}"
    return Map(" ".join(f"{v:.0f}" for v in box), shapes, dots, round(scale, 3), says)


def _fitted(corners: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """The box to look at: all corners with some room, twice as wide as high, within the world."""
    height = WIDTH / 2.05
    if not corners:
        return 0, 0, WIDTH, height
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    right, bottom = max(c[2] for c in corners), max(c[3] for c in corners)
    wide = max((right - left) * 1.25, (bottom - top) * 1.25 * 2.05, WIDTH / 6)
    wide = min(wide, WIDTH)
    tall = wide / 2.05
    x = min(max((left + right - wide) / 2, 0), WIDTH - wide)
    y = min(max((top + bottom - tall) / 2, 0), height - tall)
    return x, y, wide, tall


def shaded(counts: Mapping[str, int], centre: str | None = None) -> Map:
    """The world, each country shaded by its number of events; four shades by order of size."""
    ordered = sorted(set(counts.values()))
    shades = {n: str(1 + min(3, 4 * i // max(len(ordered), 1))) for i, n in enumerate(ordered)}
    shapes = []
    for code, (path, _, _) in _countries().items():
        n = counts.get(code, 0)
        part = "first" if code == centre else shades[n] if n else ""
        href = (f"/pairs/{'-'.join(sorted((code, centre)))}" if centre else f"/countries/{code}") if n else None
        says = words.country(code) + (f": {words.count(n, 'event')}" if n else "")
        shapes.append(Shape(path, part, says, href))
    box = f"0 0 {WIDTH} {WIDTH / 2.05:.0f}"
    if centre:
        near = [_countries()[code][1] for code in (centre, *counts) if code in _countries()]
        box = " ".join(f"{v:.0f}" for v in _fitted(near))
    most = sorted(counts.items(), key=lambda item: -item[1])[:5]
    says = "Map of the world by number of events: " + words.listed([f"{words.country(c)} {n}" for c, n in most])
    return Map(box, tuple(shapes), (), 1.0, says if most else "Map of the world")
