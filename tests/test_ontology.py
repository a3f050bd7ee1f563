"""The vocabulary: complete in three languages, of one mind with the model, parsed everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

import ontology
from kg import model, reference
from kg.vocab import OFFICE_KIND, PREFIXES, RWB, TOPIC

RWBNS = Namespace(RWB)
LANGS = {"en", "ar", "fr"}
TERM_TYPES = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
)
TOPICS = frozenset(
    [
        "bilateral-relations",
        "counter-terrorism",
        "security-cooperation",
        "defence-cooperation",
        "regional-stability",
        "sahel",
        "libya",
        "sudan",
        "syria",
        "iraq",
        "yemen",
        "lebanon",
        "palestine",
        "gaza",
        "iran",
        "western-sahara",
        "ukraine",
        "trade",
        "investment",
        "energy",
        "climate",
        "migration",
        "human-rights",
        "culture",
        "education",
        "religion",
        "health",
        "humanitarian-aid",
        "organised-crime",
        "africa",
        "maghreb",
        "middle-east-peace",
        "non-proliferation",
        "water",
        "agriculture",
        "food-security",
        "transport",
        "consular-affairs",
        "technology",
        "parliamentary-cooperation",
        "judicial-cooperation",
    ]
)
OFFICE_KINDS = frozenset(
    [
        "monarch",
        "crown-prince",
        "president",
        "vice-president",
        "prime-minister",
        "deputy-prime-minister",
        "foreign-minister",
        "deputy-foreign-minister",
        "defence-minister",
        "interior-minister",
        "minister",
        "ambassador",
        "consul",
        "special-envoy",
        "spokesperson",
        "security-chief",
        "national-security-adviser",
        "adviser",
        "military-chief",
        "parliament-speaker",
        "legislator",
        "secretary-general",
        "io-official",
        "governor",
        "other",
    ]
)


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return {name: Graph().parse(ontology.path(name), format="turtle") for name in ontology.NAMES}


@pytest.fixture(scope="module")
def core(graphs: dict[str, Graph]) -> Graph:
    return graphs["rawabit"]


def terms(core: Graph) -> set[URIRef]:
    found = {s for kind in TERM_TYPES for s in core.subjects(RDF.type, kind)}
    return {term for term in found if isinstance(term, URIRef)}


def local_names(nodes: set[Node]) -> set[str]:
    return {str(node).removeprefix(RWB) for node in nodes}


def langs(graph: Graph, node: Node, predicate: URIRef) -> list[str]:
    """The languages of all non-empty values, repetitions kept."""
    return sorted(
        getattr(o, "language", "") or "" for o in graph.objects(node, predicate) if str(o)
    )


@pytest.mark.parametrize("name", ontology.NAMES)
def test_rdflib_and_pyoxigraph_read_the_same_triples(name: str) -> None:
    by_rdflib = Graph().parse(ontology.path(name), format="turtle").serialize(format="nt")
    left = ox.Dataset(ox.parse(by_rdflib, ox.RdfFormat.N_TRIPLES))
    right = ox.Dataset(ox.parse(path=str(ontology.path(name)), format=ox.RdfFormat.TURTLE))
    for dataset in (left, right):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert len(left) > 50
    assert left == right


def test_every_file_of_the_folder_has_a_name() -> None:
    folder = ontology.path("rawabit").parent
    assert {path.stem for path in folder.glob("*.ttl")} == set(ontology.NAMES)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ValueError, match="nonesuch"):
        ontology.path("nonesuch")


def test_header_has_title_licence_and_version(core: Graph) -> None:
    header = URIRef(RWB.removesuffix("#"))
    assert (header, RDF.type, OWL.Ontology) in core
    assert set(langs(core, header, DCTERMS.title)) == LANGS
    assert core.value(header, DCTERMS.license)
    assert core.value(header, OWL.versionInfo)


def test_every_term_has_one_label_and_one_comment_in_each_language(core: Graph) -> None:
    found = terms(core)
    assert len(found) > 80
    for term in found:
        assert langs(core, term, RDFS.label) == sorted(LANGS), term
        assert langs(core, term, RDFS.comment) == sorted(LANGS), term


def test_arabic_is_arabic_and_the_three_comments_differ(core: Graph) -> None:
    for term in terms(core):
        comments = {getattr(o, "language", ""): str(o) for o in core.objects(term, RDFS.comment)}
        assert len(set(comments.values())) == 3, term
        arabic = sum("\u0621" <= letter <= "\u064a" for letter in comments["ar"])
        assert arabic > len(comments["ar"]) / 3, term


def test_all_terms_stand_in_the_namespace_and_no_node_is_blank(core: Graph) -> None:
    assert all(term.startswith(RWB) for term in terms(core))
    assert all(isinstance(node, URIRef) for node in core.subjects())


def test_every_rawabit_iri_used_anywhere_is_declared(graphs: dict[str, Graph]) -> None:
    declared = terms(graphs["rawabit"])
    for name, graph in graphs.items():
        used = {node for triple in graph for node in triple if str(node).startswith(RWB)}
        used = {node for node in used if isinstance(node, URIRef) and str(node) != RWB}
        assert used <= declared, (name, used - declared)


@pytest.mark.parametrize(
    ("values", "above", "top"),
    [
        (model.EventType, (RDFS.subClassOf, RWBNS.Event), False),
        (model.Certainty, (RDF.type, RWBNS.Certainty), False),
        (model.Stance, (RDF.type, RWBNS.Stance), False),
        (model.Role, (RDFS.subPropertyOf, RWBNS.participant), True),
        (model.Predicate, (RDFS.subPropertyOf, RWBNS.relation), False),
    ],
)
def test_enumerations_of_the_model_and_terms_are_the_same(
    core: Graph, values: type[StrEnum], above: tuple[URIRef, URIRef], top: bool
) -> None:
    found = local_names(set(core.subjects(*above)))
    own = {above[1].removeprefix(RWB)} if top else set()
    assert found | own == {value.value for value in values}


def test_kinds_of_entity_are_the_classes_below_entity(core: Graph) -> None:
    below = set(core.transitive_subjects(RDFS.subClassOf, RWBNS.Entity))
    groupings = {"Entity", "Agent", "Series"}
    assert local_names(below) - groupings == {kind.value for kind in model.EntityKind}


@pytest.mark.parametrize(
    ("name", "base", "codes"), [("topics", TOPIC, TOPICS), ("offices", OFFICE_KIND, OFFICE_KINDS)]
)
def test_schemes_hold_the_codes_of_the_guidelines(
    graphs: dict[str, Graph], name: str, base: str, codes: frozenset[str]
) -> None:
    graph, scheme = graphs[name], URIRef(base.removesuffix("/"))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == {URIRef(base + code) for code in codes}
    for concept in concepts:
        code = str(concept).removeprefix(base)
        assert [str(o) for o in graph.objects(concept, SKOS.notation)] == [code]
        assert (concept, SKOS.inScheme, scheme) in graph
        assert langs(graph, concept, SKOS.prefLabel) == sorted(LANGS), concept
        assert langs(graph, concept, SKOS.definition) == sorted(LANGS), concept


@pytest.mark.parametrize("name", ["topics", "offices"])
def test_concept_links_are_mutual_and_reach_a_top(graphs: dict[str, Graph], name: str) -> None:
    graph = graphs[name]
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    tops = set(graph.objects(None, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf))
    for concept in concepts:
        assert set(graph.objects(concept, SKOS.broader)) == set(
            graph.subjects(SKOS.narrower, concept)
        )
        assert set(graph.objects(concept, SKOS.related)) == set(
            graph.subjects(SKOS.related, concept)
        )
        assert tops & set(graph.transitive_objects(concept, SKOS.broader)), concept


def test_every_kind_of_office_says_whether_it_has_a_single_holder(graphs: dict[str, Graph]) -> None:
    graph = graphs["offices"]
    marks = {
        str(s).removeprefix(OFFICE_KIND): o for s, o in graph.subject_objects(RWBNS.singleHolder)
    }
    assert set(marks) == OFFICE_KINDS
    assert marks["foreign-minister"].toPython() is True
    assert marks["ambassador"].toPython() is False


@pytest.mark.parametrize("prefix", ["sem", "schema", "prov", "org", "oa", "time"])
def test_every_neighbour_vocabulary_is_aligned(graphs: dict[str, Graph], prefix: str) -> None:
    targets = [o for o in graphs["alignments"].objects() if str(o).startswith(PREFIXES[prefix])]
    assert len(targets) >= 2


def test_plover_categories_are_codes_of_that_scheme(graphs: dict[str, Graph]) -> None:
    pairs = list(graphs["alignments"].subject_objects(RWBNS.ploverCategory))
    codes = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REQUEST", "ACCUSE", "REJECT", "SANCTION"}
    assert {str(code) for _, code in pairs} == codes
    assert (RWBNS.PhoneCall, "CONSULT") in {(term, str(code)) for term, code in pairs}


def test_every_message_of_a_shape_is_in_three_languages(graphs: dict[str, Graph]) -> None:
    shapes = graphs["shapes"]
    told = set(shapes.subjects(SH.message))
    assert set(shapes.objects(None, SH.property)) - set(shapes.objects(None, SH["not"]))
    for shape in told:
        assert langs(shapes, shape, SH.message) == sorted(LANGS)
    nested = {o for s, o in shapes.subject_objects(SH.property) if isinstance(s, URIRef)}
    assert nested <= told


def test_shapes_are_shacl() -> None:
    from pyshacl import validate

    shapes = Graph().parse(ontology.path("shapes"), format="turtle")
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_reference_page_is_current() -> None:
    page = Path(__file__).parent.parent / "docs" / "ontology.md"
    assert page.read_text(encoding="utf-8") == reference.page(), (
        "run: python -m kg.reference docs/ontology.md"
    )


def test_reference_page_has_every_term_once_as_a_row(core: Graph) -> None:
    rows = [
        line.split(" | ")[0] for line in reference.page().splitlines() if line.startswith("| `rwb:")
    ]
    named = [row.removeprefix("| `rwb:").removesuffix("`") for row in rows]
    assert sorted(named) == sorted(local_names(set(terms(core))))
