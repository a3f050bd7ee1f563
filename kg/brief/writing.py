"""Puts the brief together: the events of both sides read once, then sorted into its sections."""

from __future__ import annotations

from kg.brief import cadence, sections
from kg.brief.corpus import Corpus
from kg.brief.events import Pair, facts
from kg.brief.model import Brief, Coverage, newest

CONTACTS = ("Meeting", "PhoneCall", "Visit", "Conference")


def brief(corpus: Corpus, one: str, two: str, asof: str = "") -> Brief:
    """The brief of two parties (IRIs of countries or bodies), as known on a day (ISO).

    Without a day, the last one on which a document of the store was published; documents without
    a date of publication always count.
    """
    day = asof or corpus.latest
    pair = Pair(corpus, (one, two), (corpus.actors(one), corpus.actors(two)), day)
    found = facts(pair, corpus.events(one).keys() & corpus.events(two).keys())
    documents = cadence.Documents(corpus, pair.sides, day) if day else None
    contacts = sorted((f for f in found if f.type in CONTACTS), key=newest)
    return Brief(
        pair.sides,
        day,
        documents.whole(day) if documents else Coverage("", "", 0, (0, 0), 0),
        tuple(contacts),
        cadence.cadence(contacts, documents, day),
        sections.agreements(found),
        sections.series(found),
        sections.forums(pair, found),
        sections.words(found),
        sections.ties(found),
        sections.topics(found),
        sections.readouts(pair, contacts),
    )
