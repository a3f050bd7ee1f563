"""From a view to a picture: pyvis nodes and edges, placed by networkx, coloured by kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Store

from app.explorer import data
from app.explorer.naming import name
from app.explorer.neighbourhood import Edge, Group, View
from app.explorer.terms import term_name
from kg.model import Predicate

if TYPE_CHECKING:
    from pyvis.network import Network

    from app.explorer.measures import Measures

FONT = "IBM Plex Sans, IBM Plex Sans Arabic, sans-serif"
GROUPS = {
    "Meeting": "contact",
    "PhoneCall": "contact",
    "Visit": "contact",
    "Conference": "contact",
    "Exercise": "exercise",
    "Statement": "statement",
}
COLOURS = {
    "Country": "#0b6e75",
    "Person": "#3b6fb6",
    "Place": "#7b8794",
    "body": "#6d4fa3",
    "Office": "#8a6d3b",
    "contact": "#d98e04",
    "exercise": "#5c8a1e",
    "act": "#b5446e",
    "statement": "#b86b4b",
    "group": "#566573",
}
_SHAPES = {
    "group": "box",
    "Country": "dot",
    "Person": "dot",
    "Place": "triangle",
    "body": "hexagon",
    "Office": "square",
}
_SIZES = {"Country": 26, "Person": 18, "Place": 13, "body": 18, "Office": 14}
RELATIONS = frozenset(predicate.value for predicate in Predicate)


@dataclass(frozen=True, slots=True)
class Look:
    """How a view is drawn: layout, what colours and sizes tell, nodes held at a place."""

    layout: str = "organic"
    colour: str = "kind"  # or community
    size: str = "kind"  # or degree, betweenness, pagerank
    roots: tuple[str, ...] = ()
    pins: tuple[tuple[str, float, float], ...] = ()

    @property
    def measured(self) -> bool:
        """Whether communities or centralities are needed."""
        return self.layout == "clusters" or self.colour != "kind" or self.size != "kind"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A pyvis network and what goes with it outside the canvas."""

    network: Network
    names: Mapping[str, str]  # IRI → what a screen reader says
    measures: Measures | None = None

    def data(self) -> dict[str, Any]:
        """Nodes, edges and options as vis-network takes them."""
        nodes = [{**node, "spoken": self.names[node["id"]]} for node in self.network.nodes]
        return {"nodes": nodes, "edges": self.network.edges, "options": self.network.options}


def group(kind: str, event_type: str = "") -> str:
    """The group of colour and shape of a node."""
    if kind == "Group":
        return "group"
    if kind == "Event":
        return GROUPS.get(event_type, "act")
    return kind if kind in COLOURS else "body"


def isolate(text: str) -> str:
    """Each line between U+2067 or U+2066 and U+2069: the canvas orders mixed lines rightly."""

    def wrap(line: str) -> str:
        return f"{'⁧' if has_arabic(line) else '⁦'}{line}⁩"

    return "\n".join(map(wrap, text.split("\n")))


def has_arabic(text: str) -> bool:
    """Whether a text has letters of the Arabic script."""
    return any("؀" <= letter <= "ۿ" for letter in text)


def short(text: str, length: int = 26) -> str:
    """A name cut for the canvas."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def event_title(
    store: Store, event: data.Event, lang: str, named: Callable[[str], str] | None = None
) -> str:
    """An event in a few words: type, series or parties, in the interface's language."""
    call = named or (lambda node: name(store, node, lang))
    things = event.about or tuple(party.node for party in event.parties)
    listed = list(dict.fromkeys(map(call, things)))
    comma = "، " if lang == "ar" else ", "
    who = comma.join(listed[:4]) + ("…" if len(listed) > 4 else "")
    kind = term_name(event.type, lang)
    edition = f" ({event.edition})" if event.edition and event.about else ""
    return f"{kind} – {who}{edition}" if who else kind


def group_title(group: Group, lang: str) -> str:
    """A group of events: type, year, number."""
    return " ".join(
        filter(None, (term_name(group.type, lang), group.year, f"×{len(group.events)}"))
    )


def _names(store: Store, view: View, lang: str) -> dict[str, str]:
    """What each drawn node is called; each name is read once."""
    known: dict[str, str] = {}

    def call(node: str) -> str:
        if node not in known:
            known[node] = name(store, node, lang)
        return known[node]

    events = {event.node: event for event in view.events}
    groups = {group.node: group_title(group, lang) for group in view.groups}
    return {
        node: groups.get(node)
        or (event_title(store, events[node], lang, call) if node in events else call(node))
        for node in view.nodes
    }


def drawing(store: Store, view: View, lang: str, look: Look | None = None) -> Drawing:
    """The picture of a view; the layout is computed here, so that nothing moves in the browser."""
    # What draws takes seconds to load: only a page that draws waits for it.
    from pyvis.network import Network

    from app.explorer.layout import layout
    from app.explorer.measures import measure

    look = look or Look()
    network = Network(height="640px", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_options(len(view.nodes))))
    names = _names(store, view, lang)
    found = measure(view) if look.measured else None
    pins = {node: (x, y) for node, x, y in look.pins if node in view.nodes}
    labels = {node: short(shown) for node, shown in names.items()}
    clusters = found.community if found else None
    places = layout(view, labels, look.layout, look.roots, clusters, pins)
    events = {event.node: event for event in view.events}
    for node, kind in view.nodes.items():
        event = events.get(node)
        looks = _event_looks(event, lang) if event else _entity_looks(kind, names[node])
        if found:
            _apply(looks, node, look, found)
        if node in pins:
            looks |= {"borderWidth": 3, "pinned": True}
        what = event.date if event else "" if kind == "Group" else term_name(kind, lang)
        x, y = places[node]
        title = _inert(isolate(f"{names[node]}\n{what}"))
        network.add_node(node, x=x, y=y, title=title, **looks)
    titles: dict[tuple[str, str], str] = {}
    for edge in view.edges:
        key = (edge.kind, edge.office)
        if key not in titles:
            titles[key] = name(store, edge.office, lang) if edge.office else _tie(edge, lang)
        network.add_edge(edge.source, edge.target, **_line(edge, titles[key]))
    return Drawing(network, names, found)


def _apply(looks: dict[str, Any], node: str, look: Look, found: Measures) -> None:
    """Colour by community, size by centrality."""
    from app.explorer.measures import PALETTE

    if look.colour == "community":
        number = found.community[node]
        hollow = "rgba" in str(looks["color"]["background"])
        looks["color"] = _paint(PALETTE[number % len(PALETTE)], hollow=hollow)
    if look.size != "kind":
        values = found.of(look.size)
        most = max(values.values(), default=0.0) or 1.0
        looks["size"] = round(8 + 34 * (values[node] / most) ** 0.5, 1)


def _inert(title: str) -> str:
    """pyvis turns a title with `href` into HTML: break the word."""
    return title.replace("href", "hr⁠ef").replace("HREF", "HR⁠EF")


def _entity_looks(kind: str, label: str) -> dict[str, Any]:
    of = group(kind)
    return {
        "label": isolate(short(label)),
        "shape": _SHAPES.get(of, "hexagon"),
        "size": _SIZES.get(of, 16),
        "color": _paint(COLOURS[of]),
        "font": {"size": 17 if kind == "Country" else 15, "face": FONT, "boxed": of == "group"},
    }


def _event_looks(event: data.Event, lang: str) -> dict[str, Any]:
    held = not event.certainties or "held" in event.certainties
    label = isolate(term_name(event.type, lang))
    if event.date:
        label += f"\n`{event.date}{' ≠' if len(event.dates) > 1 else ''}`"
    return {
        "label": label,
        "shape": "diamond",
        "size": 12,
        "color": _paint(COLOURS[group("Event", event.type)], hollow=not held),
        "borderWidth": 1 if held else 2,
        "shapeProperties": {"borderDashes": False if held else [5, 4]},
        # Arabic reaches below the line: the date, as vis-network's `mono`, stands a little lower.
        "font": {
            "size": 13,
            "face": FONT,
            "multi": "md",
            "mono": {"size": 11, "face": FONT, "vadjust": 5},
        },
    }


def _paint(colour: str, *, hollow: bool = False) -> dict[str, Any]:
    inside = "rgba(128,128,128,0.12)" if hollow else colour
    bright = {"background": inside, "border": "#e0a100"}
    return {"background": inside, "border": colour, "highlight": bright, "hover": bright}


def _tie(edge: Edge, lang: str) -> str:
    return "" if edge.kind == "group" else term_name(edge.kind, lang)


def _line(edge: Edge, title: str) -> dict[str, Any]:
    relation = edge.kind in RELATIONS
    tie = edge.kind in ("office", "country", "holdsOffice")
    return {
        "title": _inert(isolate(title)),
        "dashes": [4, 5] if tie else False,
        "width": 4 if edge.kind == "group" else 2.4 if relation else 1.2,
        "color": {
            "color": COLOURS["body"] if relation else "#9aa7b4",
            "opacity": 0.5 if tie else 0.8,
            "highlight": "#e0a100",
        },
        "arrows": {"to": {"enabled": False}},
    }


def _options(count: int) -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "keyboard": {"enabled": True, "bindToWindow": False},
            "navigationButtons": False,
            "hideEdgesOnDrag": count > 300,
        },
        "edges": {"smooth": False, "width": 1.2, "selectionWidth": 1.5},
        "nodes": {"borderWidthSelected": 4},
        "layout": {"improvedLayout": False},
    }
