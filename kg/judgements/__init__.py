"""What people decide about what was extracted: accept, reject, merge, split; each can be undone.

A judgement never changes what a document was read to say. It is kept in the ledger beside the
store, where it outlives re-ingesting and rebuilding, and while it holds it is mirrored, as PROV-O,
in `rgraph:judgements`. It speaks of reports (a document and what is read there), not of merged
events, so that it holds however events are resolved later.

| action | subjects | effect while it holds |
| --- | --- | --- |
| accept | events, reports, values, relations | the resolved view prefers them |
| reject | the same | they leave the merged view; `rejected` lists them |
| merge | two or more events or persons | they are one |
| split | reports of an event, or the event | these reports are not of the others' event |
"""

from kg.judgements.deciding import Rejected, active, history, judge, rejected, undo
from kg.judgements.model import ACTIONS, Judgement, Past, Subject

__all__ = [
    "ACTIONS",
    "Judgement",
    "Past",
    "Rejected",
    "Subject",
    "active",
    "history",
    "judge",
    "rejected",
    "undo",
]
