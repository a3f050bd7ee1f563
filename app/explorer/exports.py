"""The current view as a file: Turtle, GraphML, and a page that needs no network."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import networkx as nx
from pyoxigraph import Quad, RdfFormat, Store, Triple, serialize

from app.explorer import data
from app.explorer.drawing import Drawing
from app.explorer.neighbourhood import View
from kg.terms import iri
from kg.vocab import PREFIXES

_OUTSIDE = re.compile(
    r"<!-- <link\b.*?-->|<link\b[^>]*?https?://[^>]*?>|<script\b[^>]*?\bsrc=[^>]*?>\s*</script>",
    re.DOTALL,
)
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def turtle(store: Store, view: View) -> bytes:
    """All that the store says of the drawn nodes, without the graphs' names."""
    return described(store, view.nodes)


def described(store: Store, nodes: Iterable[str]) -> bytes:
    """All that the store says of these nodes, as Turtle in a fixed order."""
    quads = {quad for node in nodes for quad in _about(store, node)}
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads]
    ordered = sorted(set(triples), key=str)
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _about(store: Store, node: str) -> list[Quad]:
    return list(store.quads_for_pattern(iri(node), None, None))


def network(view: View, drawing: Drawing) -> nx.MultiDiGraph[str]:
    """Nodes with name, kind and date, edges with their kind; measures where they were taken."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    events = {event.node: event for event in view.events}
    for node, kind in view.nodes.items():
        event = events.get(node)
        graph.add_node(
            data.node_key(node),
            label=_xml_safe(drawing.names[node]),
            kind=event.type if event else kind,
            date=event.date if event else "",
            certainty="; ".join(event.certainties) if event else "",
            sources=len(event.documents) if event else 0,
            **_measured(drawing, node),
        )
    for edge in view.edges:
        source, target = data.node_key(edge.source), data.node_key(edge.target)
        graph.add_edge(source, target, kind=edge.kind, office=data.node_key(edge.office))
    return graph


def _measured(drawing: Drawing, node: str) -> dict[str, float | int]:
    found = drawing.measures
    if not found:
        return {}
    return {
        "community": found.community[node],
        "degree": found.degree[node],
        "betweenness": found.betweenness[node],
        "pagerank": found.pagerank[node],
    }


def graphml(view: View, drawing: Drawing) -> bytes:
    """The view as Gephi, yEd and Cytoscape read it."""
    out = io.BytesIO()
    nx.write_graphml(network(view, drawing), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def gexf(view: View, drawing: Drawing) -> bytes:
    """The view as GEXF 1.2, each node where and in the colour in which it is drawn."""
    graph = network(view, drawing)
    for node in drawing.network.nodes:
        colour = str(node["color"]["border"]).lstrip("#")
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
        graph.nodes[data.node_key(node["id"])]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": float(node["x"]), "y": -float(node["y"]), "z": 0.0},
            "size": float(node.get("size", 12)),
        }
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    return out.getvalue()


def _xml_safe(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def page(drawing: Drawing, title: str, lang: str) -> bytes:
    """One HTML file with vis-network inside; a content policy forbids it any request."""
    html = _OUTSIDE.sub("", drawing.network.generate_html(notebook=False))
    direction = "rtl" if lang == "ar" else "ltr"
    head = (
        f'<!DOCTYPE html>\n<html lang="{lang}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{_escape(title)}</title>\n"
        "<style>body{margin:0;font-family:sans-serif}#mynetwork{height:100vh!important;"
        "direction:ltr;border:0!important;float:none!important}.card h1{display:none}</style>"
    )
    return re.sub(r"<html>\s*<head>", lambda _match: head, html, count=1).encode()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
