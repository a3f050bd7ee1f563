"""A table of events for spreadsheets: one row for each event and document that states it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.content import order
from kg.names import LANGUAGES, Names
from kg.terms import RDF_TYPE, iri, rwb, term
from kg.vocab import GRAPH, ID, RWB, TOPIC

COLUMNS = (
    *("event", "type", *(f"label_{lang}" for lang in LANGUAGES), "date", "end_date", "certainty"),
    *("stance", "participants", "participant_iris", "place", "about", "edition", "topics"),
    *("document", "title", "published", "language", "source", "url", "evidence", "rules"),
    "confidence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """CSV in UTF-8 with a byte order mark, by which spreadsheets know the Arabic for what it is.

    Several values of a cell are joined with ` | `. A cell that a spreadsheet would take for a
    formula begins with `'`.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    names = Names(store)
    for graph in chosen:
        if graph.value.startswith(GRAPH + "document/"):
            table.writerows(_DocumentRows(store, graph, names).rows())
    text.detach()


def cell(value: str) -> str:
    """The value as a spreadsheet shows it and never runs it."""
    return f"'{value}" if value.startswith(_FORMULA) else value


class _DocumentRows:
    """The rows of one document."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode, names: Names) -> None:
        self.store, self.graph, self.names = store, graph, names

    def rows(self) -> Iterable[list[str]]:
        about_document = self._about_document()
        events = self._subjects(RDF_TYPE, rwb("Event"))
        for event in sorted(events, key=order):
            cells = {**self._event(event), **about_document, **self._evidence(event)}
            yield [cell(cells[column]) for column in COLUMNS]

    def _event(self, event: str) -> dict[str, str]:
        kind = self.names.event_type(event)
        stated = set(self._values(event, rwb("participant")))
        parties = [party for party in self.names.parties(event) if party in stated]
        return {
            "event": event.removeprefix(ID),
            "type": kind.value if kind else "",
            **{f"label_{lang}": self.names.of(event, lang) for lang in LANGUAGES},
            "date": self._joined(event, "date"),
            "end_date": self._joined(event, "endDate"),
            "certainty": self._joined(event, "certainty"),
            "stance": self._joined(event, "stance"),
            "participants": " | ".join(self.names.of(party, "en") for party in parties),
            "participant_iris": " | ".join(parties),
            "place": self._named(event, "place"),
            "about": self._named(event, "about"),
            "edition": self._joined(event, "edition"),
            "topics": self._joined(event, "topic"),
        }

    def _about_document(self) -> dict[str, str]:
        document = self._subjects(RDF_TYPE, rwb("Document"))[0]
        properties = {
            "document": "dcterms:identifier",
            "title": "dcterms:title",
            "published": "dcterms:issued",
            "language": "dcterms:language",
            "source": "dcterms:source",
            "url": "schema:url",
        }
        return {
            column: " | ".join(self._values(document, term(name)))
            for column, name in properties.items()
        }

    def _evidence(self, event: str) -> dict[str, str]:
        annotations = sorted(self._subjects(term("oa:hasBody"), iri(event)), key=order)
        quotes = [
            quote
            for annotation in annotations
            for target in self._values(annotation, term("oa:hasTarget"))
            for selector in self._values(target, term("oa:hasSelector"))
            for quote in self._values(selector, term("oa:exact"))
        ]
        rules = [value for one in annotations for value in self._values(one, rwb("rule"))]
        found = [value for one in annotations for value in self._values(one, rwb("confidence"))]
        return {
            "evidence": " | ".join(quotes),
            "rules": " | ".join(dict.fromkeys(rule.rpartition("/")[2] for rule in rules)),
            "confidence": max(found, default=""),
        }

    def _named(self, event: str, name: str) -> str:
        return " | ".join(self.names.of(value, "en") for value in self._values(event, rwb(name)))

    def _joined(self, event: str, name: str) -> str:
        values = self._values(event, rwb(name))
        return " | ".join(value.removeprefix(RWB).removeprefix(TOPIC) for value in values)

    def _values(self, subject: str, predicate: ox.NamedNode) -> list[str]:
        found = self.store.quads_for_pattern(iri(subject), predicate, None, self.graph)
        return sorted(
            str(quad.object.value) for quad in found if not isinstance(quad.object, ox.Triple)
        )

    def _subjects(self, predicate: ox.NamedNode, target: ox.NamedNode) -> list[str]:
        found = self.store.quads_for_pattern(None, predicate, target, self.graph)
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]
