"""Every constraint of the shapes fires: each is broken on purpose, in a way that follows from the shapes file itself.

A constraint of a sort that nobody has said how to break fails here, so none is added without its test.
"""

from functools import partial
from itertools import count

import pyshacl
import pytest
import rdflib
from rdflib import RDF, XSD, BNode, Literal, URIRef

from kg.resources import ontology_folder
from kg.vocabulary import BASE
from tests.graphs import sample_store

SHAPES = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
STRANGER = URIRef("urn:x:stranger")
WORDS = {SH.path, SH.property, SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, RDF.type}
"""What a shape says that is no constraint."""


def report(graph):
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=SHAPES)
    found = {
        (
            results.value(result, SH.focusNode),
            results.value(result, SH.resultPath),
            results.value(result, SH.sourceConstraintComponent),
        )
        for result in results.subjects(RDF.type, SH.ValidationResult)
    }
    return conforms, found


def component(parameter):
    name = str(parameter).removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def constraints():
    """Every (shape, property shape or None, parameter, its value)."""
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        for parameter, value in SHAPES.predicate_objects(shape):
            if parameter not in WORDS:
                yield shape, None, parameter, value
        for prop in SHAPES.objects(shape, SH.property):
            for parameter, value in SHAPES.predicate_objects(prop):
                if parameter not in WORDS:
                    yield shape, prop, parameter, value


def order(constraint):
    shape, prop, parameter, value = constraint
    return shape, "" if prop is None else SHAPES.value(prop, SH.path), parameter, str(value) * isinstance(value, URIRef)


CONSTRAINTS = sorted(constraints(), key=order)


def name(constraint):
    return "-".join(str(part).rsplit("/", 1)[-1].rsplit("#", 1)[-1] for part in order(constraint) if part)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    store, _ = sample_store(tmp_path_factory.mktemp("store"))
    return rdflib.Graph().parse(data="\n".join(store.dump()) + "\n", format="nt")


def test_a_built_store_conforms_to_the_shapes(data):
    conforms, found = report(data)
    assert conforms, found


def test_every_shape_requires_something():
    assert len(CONSTRAINTS) >= 250
    required = {shape for shape, _, parameter, _ in CONSTRAINTS if parameter == SH.minCount}
    below = {
        rdflib.URIRef(f"{BASE}{kind}Shape") for kind in ("Method", "Model", "Benchmark", "Dataset", "Task", "Metric")
    }
    assert set(SHAPES.subjects(RDF.type, SH.NodeShape)) - required == below


def test_every_class_of_ours_in_the_data_has_a_shape(data):
    classes = {c for c in data.objects(None, RDF.type, unique=True) if str(c).startswith(BASE)}
    assert classes - set(SHAPES.objects(None, SH.targetClass)) == {URIRef(f"{BASE}Family"), URIRef(f"{BASE}Checkpoint")}


def targets(graph, shape):
    """The nodes that the shape is about."""
    yield from SHAPES.objects(shape, SH.targetNode)
    for cls in SHAPES.objects(shape, SH.targetClass):
        yield from sorted(graph.subjects(RDF.type, cls))
    for prop in SHAPES.objects(shape, SH.targetSubjectsOf):
        yield from sorted(graph.subjects(prop, None))
    for prop in SHAPES.objects(shape, SH.targetObjectsOf):
        yield from sorted(graph.objects(None, prop))


def aim(graph, shape, node):
    """The shape is about the node."""
    for cls in SHAPES.objects(shape, SH.targetClass):
        graph.add((node, RDF.type, cls))
    for prop in SHAPES.objects(shape, SH.targetObjectsOf):
        graph.add((STRANGER, prop, node))
    for prop in SHAPES.objects(shape, SH.targetSubjectsOf):
        graph.add((node, prop, STRANGER))
    return node


NUMBERS = count()


def add(graph, node, path, *values):
    for value in values:
        graph.add((node, path, value))
    return node


def too_few(graph, node, path, value):
    graph.remove((node, path, None))
    return node


def too_many(graph, node, path, value):
    return add(graph, node, path, *(Literal(f"one of {number}") for number in range(int(value) + 1)))


def beyond(graph, node, path, value, step):
    return add(graph, node, path, Literal(value.value + step, datatype=value.datatype))


BREAK_PROPERTY = {
    SH.minCount: too_few,
    SH.maxCount: too_many,
    SH.datatype: lambda graph, node, path, _: add(graph, node, path, Literal("x", lang="en")),
    SH["class"]: lambda graph, node, path, _: add(graph, node, path, STRANGER),
    SH["in"]: lambda graph, node, path, _: add(graph, node, path, Literal("no such word")),
    SH["or"]: lambda graph, node, path, _: add(graph, node, path, Literal("x", lang="en")),
    SH.nodeKind: lambda graph, node, path, _: add(graph, node, path, Literal("x")),
    SH.minLength: lambda graph, node, path, value: add(graph, node, path, Literal("x" * (int(value) - 1))),
    SH.minInclusive: partial(beyond, step=-1),
    SH.maxInclusive: partial(beyond, step=1),
    SH.lessThan: lambda graph, node, path, value: add(graph, node, path, graph.value(node, value)),
    SH.lessThanOrEquals: lambda graph, node, path, _: add(graph, node, path, Literal(99_999_999)),
}


def one_of_none(graph, shape, value):
    """A member of none of the classes that it must be of, or without any of the values that it must have."""
    node = next(iter(targets(graph, shape)))
    for choice in rdflib.collection.Collection(SHAPES, value):
        if (cls := SHAPES.value(choice, SH["class"])) is not None:
            graph.remove((node, RDF.type, cls))
        else:
            graph.remove((node, SHAPES.value(choice, SH.path), None))
    return node


def of_none(graph, shape, value):
    node = URIRef(f"{BASE}{next(NUMBERS)}")
    if (fixed := SHAPES.value(shape, SH.targetNode)) is not None:
        graph.remove((fixed, RDF.type, value))
        return fixed
    return aim(graph, shape, node)


BREAK_NODE = {
    SH.nodeKind: lambda graph, shape, _: aim(graph, shape, BNode(f"b{next(NUMBERS)}")),
    SH.pattern: lambda graph, shape, _: aim(graph, shape, URIRef(f"https://elsewhere.org/{next(NUMBERS)}")),
    SH["class"]: of_none,
    SH["or"]: one_of_none,
    SH.xone: one_of_none,
}


@pytest.fixture(scope="module")
def broken(data):
    """All constraints of one sort broken at once, and what is found; each looks for its own break."""
    reports = {}

    def find(sort):
        if sort not in reports:
            of_node, parameter = sort
            graph = rdflib.Graph()
            graph += data
            done = {}
            for constraint in CONSTRAINTS:
                shape, prop, held, value = constraint
                if (prop is None, held) != sort:
                    continue
                if of_node:
                    done[constraint] = BREAK_NODE[parameter](graph, shape, value)
                    continue
                path = SHAPES.value(prop, SH.path)
                nodes = list(targets(graph, shape))
                node = next((one for one in nodes if (one, path, None) in graph), nodes[0])
                done[constraint] = BREAK_PROPERTY[parameter](graph, node, path, value)
            reports[sort] = done, report(graph)[1]
        return reports[sort]

    return find


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=map(name, CONSTRAINTS))
def test_constraint_fires(broken, constraint):
    _, prop, parameter, _ = constraint
    done, found = broken((prop is None, parameter))
    path = None if prop is None else SHAPES.value(prop, SH.path)
    fired = {focus for focus, where, what in found if where == path and what == component(parameter)}
    assert done[constraint] in fired


def test_two_kinds_at_once_are_refused(data):
    graph = rdflib.Graph()
    graph += data
    node = URIRef(f"{BASE}method/lora")
    graph.add((node, RDF.type, URIRef(f"{BASE}Model")))
    assert (node, None, SH.XoneConstraintComponent) in report(graph)[1]


def test_a_value_that_is_wrong_for_its_type_is_refused(data):
    graph = rdflib.Graph()
    graph += data
    node = min(graph.subjects(RDF.type, URIRef(f"{BASE}Result")))
    graph.set((node, URIRef(f"{BASE}value"), Literal("fifty", datatype=XSD.decimal)))
    assert (node, URIRef(f"{BASE}value"), SH.DatatypeConstraintComponent) in report(graph)[1]
