"""A small graph in memory for tests of queries: the readings of `readings.py`, more reports, and
curated officials."""

from __future__ import annotations

import re

import pyoxigraph as ox
from readings import readings

from kg.quads import quads
from kg.vocab import PREFIXES

_MORE = """
GRAPH rgraph:document/en-002 {
  rid:document/en-002 a rwb:Document ; dcterms:identifier "en-002" ; dcterms:language "en" ;
    dcterms:issued "2021-12-23"^^xsd:date ; dcterms:source "Test Agency" ;
    rwb:mentions rid:country/ES .
  rid:event/signing-1 a rwb:Event, rwb:Signing ; rwb:signatory rid:country/MA, rid:country/US ;
    rwb:participant rid:country/MA, rid:country/US ; rwb:certainty rwb:held ;
    rwb:date "2020-12-22"^^xsd:date ; rwb:about rid:agreement/declaration ; rwb:stage "signed" .
  rid:event/agreementchange-1 a rwb:Event, rwb:AgreementChange ; rwb:certainty rwb:held ;
    rwb:participant rid:country/MA ; rwb:about rid:agreement/declaration ;
    rwb:date "2021-06"^^xsd:gYearMonth ; rwb:change "ratified" ; rwb:stage "ratified" .
  rid:agreement/declaration a rwb:Agreement ; rdfs:label "Joint Declaration"@en .
  rid:event/missionchange-1 a rwb:Event, rwb:MissionChange ; rwb:owner rid:country/US ;
    rwb:participant rid:country/US, rid:country/MA ; rwb:certainty rwb:planned ;
    rwb:date "2021"^^xsd:gYear .
  rid:event/meeting-off a rwb:Event, rwb:Meeting ; rwb:participant rid:country/ES, rid:country/MA ;
    rwb:certainty rwb:cancelled ; rwb:date "2021-05"^^xsd:gYearMonth .
  <http://example.org/en-002#a1> a oa:Annotation ;
    oa:hasBody rid:event/meeting-off ;
    oa:hasTarget <http://example.org/en-002#a1t> ; rwb:rule rrule:en-called-off .
  <http://example.org/en-002#a1t> oa:hasSource rid:document/en-002 ;
    oa:hasSelector <http://example.org/en-002#a1s> .
  <http://example.org/en-002#a1s> oa:exact "called off" ; oa:start 3 ; oa:end 13 .
  rid:event/appointment-1 a rwb:Event, rwb:Appointment ; rwb:appointee rid:person/puneet-talwar ;
    rwb:participant rid:person/puneet-talwar, rid:country/US, rid:country/MA ;
    rwb:certainty rwb:held ; rwb:date "2022-12"^^xsd:gYearMonth .
  rid:person/puneet-talwar a rwb:Person ; rdfs:label "Puneet Talwar"@en .
  rid:country/US rwb:memberOf rid:forum/gctf .
  rid:country/MA a rwb:Country ; rwb:iso2 "MA" . rid:country/US a rwb:Country ; rwb:iso2 "US" .
  rid:country/ES a rwb:Country ; rwb:iso2 "ES" .
}
GRAPH rgraph:curated/officials {
  rid:person/Q21006845 a rwb:Person ; skos:prefLabel "Nasser Bourita"@en, "ناصر بوريطة"@ar ;
    rwb:holdsOffice rid:office/foreign-minister-MA ; rwb:tenure rid:tenure/1 .
  rid:tenure/1 a rwb:Tenure ; rwb:holder rid:person/Q21006845 ;
    rwb:office rid:office/foreign-minister-MA ; rwb:start "2017-04-05"^^xsd:date .
  rid:person/mezouar a rwb:Person ; rwb:tenure rid:tenure/2 .
  rid:tenure/2 a rwb:Tenure ; rwb:holder rid:person/mezouar ;
    rwb:office rid:office/foreign-minister-MA ; rwb:start "2013-10"^^xsd:gYearMonth ;
    rwb:end "2017-04-05"^^xsd:date .
  rid:office/foreign-minister-MA a rwb:Office ; rwb:country rid:country/MA ;
    rwb:officeKind rkind:foreign-minister .
  rid:person/Q7821917 a rwb:Person ; rwb:tenure rid:tenure/3 .
  rid:tenure/3 a rwb:Tenure ; rwb:holder rid:person/Q7821917 ;
    rwb:office rid:office/foreign-minister-US ; rwb:start "2021-01-26"^^xsd:date ;
    rwb:end "2025-01-20"^^xsd:date .
  rid:office/foreign-minister-US a rwb:Office ; rwb:country rid:country/US ;
    rwb:officeKind rkind:foreign-minister .
}
GRAPH rgraph:curated/holders {
  rid:holder/foreign-minister-FR a rwb:Person ; rwb:holdsOffice rid:office/foreign-minister-FR .
}
"""


def sample() -> ox.Store:
    """A store in memory with all of it."""
    store = ox.Store()
    for reading in readings():
        store.extend(quads(reading))
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    # The slash of a key must be escaped in the local part of a prefixed name.
    text = re.sub(r"\b(rid|rgraph):([a-z]+)/", r"\1:\2\\/", _MORE)
    store.load((prefixes + text).encode(), format=ox.RdfFormat.TRIG)
    return store
