"""Official records: tables of events, read by a declarative mapping into a document of their own.

A mapping (YAML) says what the columns are: which class of event a row states, who takes part as
what, when and where. `data/` holds records that come with Rawabit.
"""

from ingest.records.mapping import Mapping, load, shipped
from ingest.records.table import Imported, read

__all__ = ["Imported", "Mapping", "load", "read", "shipped"]
