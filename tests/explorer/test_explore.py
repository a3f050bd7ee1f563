"""The explorer's graph: groups, what is hidden or pinned, layouts, measures, paths, addresses."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import explorer_sample as sample
import networkx as nx
import pytest
from pyoxigraph import Store
from streamlit.testing.v1 import AppTest

from app import serve
from app.explorer import arranging, data, exports, paths, selection
from app.explorer.affiliations import affiliations
from app.explorer.drawing import Look, drawing
from app.explorer.filters import Filters, facets, records
from app.explorer.layout import layout
from app.explorer.measures import measure
from app.explorer.neighbourhood import around, events_of, view
from app.explorer.selection import Selection
from kg.vocab import ID

MAIN = Path(serve.__file__).parent / "explorer" / "main.py"
MA, US, ES = (ID + key for key in (sample.MA, sample.US, sample.ES))
MEETING = f"{ID}event/meeting-rabat"


# --- what is drawn


def test_what_does_not_fit_is_grouped_and_nothing_is_lost(store: Store) -> None:
    whole, small = view(store, [MA]), view(store, [MA], cap=8)
    grouped = {event for group in small.groups for event in group.events}
    drawn = {event.node for event in small.events}
    assert grouped and not grouped & drawn
    assert grouped | drawn == {event.node for event in whole.events}
    assert all(group.owners == (MA,) for group in small.groups)
    assert all(small.nodes[group.node] == "Group" for group in small.groups)
    assert not whole.groups


def test_an_opened_group_is_drawn_first(store: Store) -> None:
    small = view(store, [MA], cap=8)
    group = small.groups[-1]
    opened = view(store, [MA], cap=8, ungrouped=[group.key])
    assert set(group.events) & {event.node for event in opened.events}
    coarse = view(store, [MA], cap=8, ungrouped=[group.type])
    assert {event.type for event in coarse.events[:1]} or coarse.groups


def test_hidden_nodes_are_not_drawn_and_pinned_ones_always(store: Store) -> None:
    seen = view(store, [MA], hidden=[US])
    assert US not in seen.nodes
    assert all(US not in (edge.source, edge.target) for edge in seen.edges)
    none = Filters(types=("Recognition",))
    assert MEETING not in view(store, [MA], none).nodes
    assert MEETING in view(store, [MA], none, pinned=[MEETING]).nodes


def test_filters_by_source_and_number_of_documents(store: Store) -> None:
    both = view(store, [MA], Filters(min_sources="2"))
    assert {len(event.documents) for event in both.events} == {2}
    wire = view(store, [MA], Filters(sources=("Example Wire",)))
    assert wire.events
    assert all(any("en-rabat" in g for g in event.documents) for event in wire.events)
    known = facets(records(store, events_of(store, MA)[0]))
    assert dict(known.sources)["Example Wire"] == len(wire.events)
    assert [month for month, _n in known.months] == sorted(month for month, _n in known.months)


def test_events_of_a_hub_are_the_newest(store: Store) -> None:
    every, more = events_of(store, MA)
    assert not more
    newest, cut = events_of(store, MA, most=3)
    assert cut and newest == every[:3]
    early, _cut = events_of(store, MA, most=1, until="2021-12")
    assert early == [f"{ID}event/relations-dz-ma"]


def test_a_hub_tells_how_far_back_it_was_read_and_goes_on_from_there(store: Store) -> None:
    dates = [record.date for record in data.events(store, events_of(store, MA)[0]) if record.date]
    newest = around(store, [MA], most=3)
    seen = view(store, [MA], found=newest)
    assert seen.more
    assert seen.oldest == sorted(dates)[-3]
    earlier = around(store, [MA], until=seen.oldest, most=3)
    assert max(r.event.date for r in earlier.records) <= seen.oldest
    assert {r.event.node for r in earlier.records} - {r.event.node for r in newest.records}


def test_affiliations_tell_who_acts_for_whom(store: Store) -> None:
    known = affiliations(store)
    assert known.countries(ID + sample.BLINKEN) == (US,)
    assert known.countries(MA) == (MA,)
    assert ID + sample.BOURITA in known.actors(MA)


# --- layouts and measures


@pytest.mark.parametrize("kind", selection.LAYOUTS)
def test_layouts_are_steady_and_keep_nodes_apart(store: Store, kind: str) -> None:
    seen = view(store, [MA])
    names = dict.fromkeys(seen.nodes, "Ten letters")
    clusters = measure(seen).community
    places = layout(seen, names, kind, [MA], clusters)
    assert places == layout(seen, names, kind, [MA], clusters)
    assert places.keys() == seen.nodes.keys()
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    spots = sorted(places.values())
    assert len(set(spots)) == len(spots)


def test_time_runs_from_left_to_right(store: Store) -> None:
    seen = view(store, [MA])
    places = layout(seen, dict.fromkeys(seen.nodes, ""), "time")
    dated = sorted((event.date, places[event.node][0]) for event in seen.events if event.date)
    across = [x for _date, x in dated]
    assert across == sorted(across)


def test_pinned_nodes_stand_where_they_are_pinned(store: Store) -> None:
    seen = view(store, [MA])
    look = Look(pins=((MA, 500.0, -400.0),))
    node = next(n for n in drawing(store, seen, "en", look).network.nodes if n["id"] == MA)
    assert (node["x"], node["y"]) == (500.0, -400.0)


def test_a_thousand_nodes_are_laid_out_in_time() -> None:
    import time

    from app.explorer.filters import Facets
    from app.explorer.neighbourhood import Edge, View

    tree = nx.random_labeled_tree(1000, seed=3)
    nodes = {f"urn:{n}": "Person" for n in tree}
    edges = tuple(Edge(f"urn:{a}", f"urn:{b}", "participant") for a, b in tree.edges)
    seen = View(nodes, edges, (), 0, False, Facets())
    began = time.process_time()
    places = layout(seen, dict.fromkeys(nodes, "Name"), "organic", ["urn:0"])
    assert time.process_time() - began < 3
    assert len(set(places.values())) == 1000


def test_measures_of_the_drawn_graph(store: Store) -> None:
    seen = view(store, [MA])
    found = measure(seen)
    assert max(found.degree, key=lambda node: found.degree[node]) == MA
    assert set(found.community) == set(seen.nodes)
    sizes = [list(found.community.values()).count(n) for n in range(3)]
    assert sizes == sorted(sizes, reverse=True)
    by_rank = drawing(store, seen, "en", Look(size="pagerank", colour="community"))
    biggest = max(by_rank.network.nodes, key=lambda node: node["size"])
    assert biggest["id"] == max(found.pagerank, key=lambda node: found.pagerank[node])


# --- paths


def test_a_path_goes_through_events(store: Store) -> None:
    start, end = ID + sample.LAPID, ID + sample.BOURITA
    found = paths.find(store, start, end)
    assert found.chains[0][0] == start and found.chains[0][-1] == end
    assert found.chains[0][1] == f"{ID}event/conference-negev"
    seen = paths.as_view(store, (start, end), found)
    assert seen.nodes[found.chains[0][1]] == "Event"
    assert len(seen.edges) == sum(len(chain) - 1 for chain in found.chains)
    assert {edge.kind for edge in seen.edges} == {"participant"}


def test_no_path_is_said(store: Store) -> None:
    assert paths.find(store, MA, MA).chains == ()
    lost = paths.find(store, MA, ID + "country/XX")
    assert lost.chains == () and not lost.cut


# --- files


def test_gexf_holds_places_colours_and_measures(store: Store) -> None:
    seen = view(store, [MA])
    body = exports.gexf(seen, drawing(store, seen, "ar", Look(size="degree")))
    graph = nx.read_gexf(io.BytesIO(body))
    assert set(graph.nodes) == {node.removeprefix(ID) for node in seen.nodes}
    morocco = graph.nodes[sample.MA]
    assert morocco["label"] == "المغرب"
    assert {"community", "degree", "betweenness", "pagerank"} <= morocco.keys()
    assert "position" in morocco["viz"]


# --- addresses and steps


FULL = Selection(
    (MA, US),
    MEETING,
    Filters(types=("Meeting",), countries=(ES,), since="2021", sources=("A & B",), min_sources="2"),
    hidden=(ES,),
    pins=((MEETING, 12.0, -30.0),),
    groups=("Meeting/2021",),
    layout="rings",
    colour="community",
    size="degree",
    cap=400,
)


@pytest.fixture
def page(path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("RAWABIT_STORE", str(path))
    return AppTest.from_file(str(MAIN), default_timeout=60)


def opened(page: AppTest, **query: Any) -> AppTest:
    for key, value in {"page": "explore", "lang": "en", **query}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    assert not page.error, page.error[0].value
    return page


def test_the_address_keeps_all_of_a_selection(page: AppTest) -> None:
    pairs = selection._as_dict(FULL)
    opened(page, **pairs)
    assert page.session_state["explore"] == FULL
    given = {key: page.query_params[key] for key in pairs}
    assert {k: v if isinstance(v, list) else [v] for k, v in given.items()} == {
        k: v if isinstance(v, list) else [v] for k, v in pairs.items()
    }


def test_nonsense_in_the_address_is_left_out(page: AppTest) -> None:
    bad = {"layout": "spiral", "cap": "99999999", "pin": ["x@1", "@", "a@nan,1"], "size": "<b>"}
    opened(page, node=sample.MA, min_sources="-1", since="soon", **bad)
    assert page.session_state["explore"] == Selection((MA,), MA)


def test_undo_and_redo_go_through_the_steps(page: AppTest) -> None:
    opened(page, node=sample.MA)
    page.selectbox(key="arrange_layout").select("rings").run()
    assert page.session_state["explore"].layout == "rings"
    page.button(key="undo").click().run()
    assert page.session_state["explore"].layout == "organic"
    page.button(key="redo").click().run()
    assert page.session_state["explore"].layout == "rings"
    assert page.query_params["layout"] in ("rings", ["rings"])


def test_hide_and_show_again(page: AppTest) -> None:
    opened(page, node=sample.MA, sel=sample.US)
    page.button(key="act_hide").click().run()
    assert page.session_state["explore"].hidden == (US,)
    page.button(key="unhide").click().run()
    assert page.session_state["explore"].hidden == ()


def test_the_page_shows_a_path(page: AppTest) -> None:
    opened(page, node=sample.LAPID, path=sample.BOURITA)
    body = "\n".join(one.proto.body for one in page.get("html"))
    assert "Shortest paths" in body
    assert page.session_state["explore"] == replace(
        Selection((ID + sample.LAPID,), ID + sample.LAPID), path=ID + sample.BOURITA
    )


def test_groups_have_their_details(
    page: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (selection, arranging):
        monkeypatch.setattr(module, "CAPS", (8, 150))
    group = view(store, [MA], cap=8).groups[0]
    opened(page, node=sample.MA, cap="8", sel=group.node)
    body = "\n".join(one.proto.body for one in page.get("html"))
    assert f"{len(group.events)} events drawn as one" in body
    page.button(key="act_expand").click().run()
    assert page.session_state["explore"].groups == (group.key,)
