"""PROV-O: rdflib reads it, and every chain ends in what its speaker said."""

from __future__ import annotations

from hypothesis import given
from rdflib import FOAF, PROV, RDF, XSD, Graph, Literal, URIRef

from sayso.export import prov
from sayso.reading import Reading
from tests.exchanged import dam
from tests.linked import conforms
from tests.readings import marked, quick, readings_with_voices

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:hadPrimarySource ; sh:class prov:Entity ;
  sh:property [ sh:path prov:hadPrimarySource ; sh:class prov:Entity ; sh:maxCount 1 ] ;
  sh:property [ sh:path [ sh:alternativePath ( prov:wasQuotedFrom prov:wasDerivedFrom ) ] ;
    sh:class prov:Entity ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetObjectsOf prov:wasAttributedTo ; sh:class prov:Agent .
[] a sh:NodeShape ; sh:targetObjectsOf prov:wasDerivedFrom ; sh:class prov:Entity .
"""


def read(*readings: Reading) -> Graph:
    return Graph().parse(data="".join(prov.texts(readings)), format="turtle")


def name(*inside: str) -> URIRef:
    return URIRef(":".join((f"urn:sayso:{dam().document.id}", *inside)))


def test_a_chain() -> None:
    found = read(dam())
    said = found.value(name("a2"), PROV.wasDerivedFrom)  # indirect: not quoted
    assert found.value(found.value(said, PROV.wasAttributedTo), FOAF.name) == Literal("Radio Velmoor")
    origin = found.value(said, PROV.wasDerivedFrom)
    assert origin == found.value(name("a2"), PROV.hadPrimarySource)
    council = found.value(origin, PROV.wasAttributedTo)
    assert found.value(council, FOAF.name) == Literal("valley council")
    assert (council, RDF.type, PROV.Organization) in found


def test_a_quotation_and_its_report() -> None:
    found = read(dam())
    assert found.value(name("a1"), PROV.value) == Literal("“There is no crack,” […] “and there\n\nwas none.”")
    assert found.value(name("a1"), PROV.wasQuotedFrom) == found.value(name("a1"), PROV.hadPrimarySource)
    outlet = found.value(name(), PROV.wasAttributedTo)
    assert found.value(outlet, FOAF.name) == Literal("Harbour Wire")
    issued = found.value(name(), URIRef("http://purl.org/dc/terms/issued"))
    assert issued == Literal("2031-03-07T18:30:00+02:00", datatype=XSD.dateTime)


def test_a_day_and_what_is_no_date() -> None:
    for published, datatype in (("2031-03-07", XSD.date), ("in spring", None)):
        found = read(marked("x", published=published))
        ((_, issued),) = found.subject_objects(URIRef("http://purl.org/dc/terms/issued"))
        assert (str(issued), issued.datatype) == (published, datatype)


def test_all_terms_are_provs() -> None:
    for term in {*read(dam()).predicates(), *read(dam()).objects(predicate=RDF.type)}:
        assert not str(term).startswith(str(PROV)) or term in PROV  # raises for one that PROV has not


def test_it_conforms() -> None:
    conforms(read(dam()), SHAPES)


@quick
@given(readings_with_voices())
def test_any_reading_can_be_read_and_conforms(reading: Reading) -> None:
    "".join(prov.texts([reading])).encode("utf-8")
    found = read(reading)
    assert len(list(found.subject_objects(PROV.hadPrimarySource))) == len(reading.attributions)
