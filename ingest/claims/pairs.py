"""Whom words for two persons mean: the last two of two countries, of the office that they name."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.claims.things import Ref

MINISTERS = frozenset({"minister", "foreign-minister", "defence-minister", "interior-minister"})
_HEADS = frozenset({"president", "monarch"})
# The last word of “the two ministers”, « les deux présidents », «الوزيران»: the offices it tells.
_TOLD = {
    **dict.fromkeys("ministers ministres وزيران وزيرين الوزيران الوزيرين".split(), MINISTERS),
    **dict.fromkeys("presidents présidents رئيسان رئيسين الرئيسان الرئيسين".split(), _HEADS),
    **dict.fromkeys(("chefs d'état", "heads of state"), _HEADS),
}


def two_of(recent: Iterable[Ref], words: str) -> list[Ref]:
    """The last two persons of two countries, first the earlier; of the office told if two are."""
    latest = list(recent)
    told = next((kinds for end, kinds in _TOLD.items() if words.casefold().endswith(end)), None)
    if told:
        fitting = _of_two_countries(ref for ref in latest if ref.kind in told)
        if len(fitting) == 2:
            return fitting
    return _of_two_countries(latest)


def _of_two_countries(latest: Iterable[Ref]) -> list[Ref]:
    found: list[Ref] = []
    for ref in latest:
        if ref.country and all(ref.country != other.country for other in found):
            found.append(ref)
        if len(found) == 2:
            break
    return found[::-1]
