"""Communities and centrality of what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from app.explorer.layout import graph_of
from app.explorer.neighbourhood import View

_EXACT = 250  # up to here betweenness is exact, beyond it is sampled
_SAMPLES = 80
PALETTE = (
    *("#0b6e75", "#d98e04", "#6d4fa3", "#b5446e", "#5c8a1e", "#3b6fb6", "#b86b4b", "#7b8794"),
    *("#1f9e89", "#a63603", "#8c6bb1", "#c51b7d"),
)


@dataclass(frozen=True, slots=True)
class Measures:
    """Of the drawn graph: each node's community (0 the largest), and centralities from 0 to 1."""

    community: Mapping[str, int]
    degree: Mapping[str, float]
    betweenness: Mapping[str, float]
    pagerank: Mapping[str, float]

    def of(self, name: str) -> Mapping[str, float]:
        """The centrality of a name: degree, betweenness or pagerank."""
        return {
            "degree": self.degree,
            "betweenness": self.betweenness,
            "pagerank": self.pagerank,
        }[name]


def measure(view: View) -> Measures:
    """Measure the drawn graph; the same for the same view."""
    graph = graph_of(view)
    if len(graph) < 2:
        alone = dict.fromkeys(graph, 0.0)
        return Measures(dict.fromkeys(graph, 0), alone, alone, alone)
    found = nx.community.louvain_communities(graph, seed=7)
    order = sorted(found, key=lambda nodes: (-len(nodes), min(nodes)))
    sample = None if len(graph) <= _EXACT else _SAMPLES
    return Measures(
        {node: number for number, nodes in enumerate(order) for node in nodes},
        nx.degree_centrality(graph),
        nx.betweenness_centrality(graph, k=sample, seed=7),
        nx.pagerank(graph),
    )
