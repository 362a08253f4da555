"""W3C Web Annotations: triples of the model, targets that annotation tools find."""

from __future__ import annotations

import json

from hypothesis import given
from rdflib import Namespace

from sayso.export import webannotation
from sayso.reading import Reading
from tests.exchanged import dam
from tests.linked import conforms, graph
from tests.readings import quick, readings_with_voices

OA = Namespace("http://www.w3.org/ns/oa#")

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass oa:Annotation ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:node [
    sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path oa:hasSelector ; sh:minCount 2 ; sh:maxCount 2 ] ] ] ;
  sh:property [ sh:path oa:hasBody ; sh:minCount 2 ] ;
  sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ; sh:hasValue oa:tagging ] .
[] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
  sh:property [ sh:path oa:prefix ; sh:maxCount 1 ] ; sh:property [ sh:path oa:suffix ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
  sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ;
  sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] .
[] a sh:NodeShape ; sh:targetClass oa:TextualBody ;
  sh:property [ sh:path rdf:value ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


_TERMS = (
    "hasBody", "hasTarget", "hasSource", "hasSelector", "motivatedBy", "hasPurpose", "exact", "prefix", "suffix",
    "start", "end",
)  # fmt: skip


def test_one_annotation_a_role_one_target_a_piece() -> None:
    text = dam().document.text
    (content,) = [a for a in webannotation.annotated(dam()) if a["id"].endswith(":a1:content")]
    assert [body["value"] for body in content["body"] if body["type"] == "TextualBody"] == [
        "content",
        "Harbour Wire ← Ilse Tamarind · asserts · direct",
    ]
    first, second = content["target"]
    assert first["source"] == "https://harbourwire.example/2031/dam?p=%C3%A4%20b"
    quotation, position = second["selector"]
    assert text[position["start"] : position["end"]] == quotation["exact"] == "“and there\n\nwas none.”"
    assert text.index(quotation["prefix"] + quotation["exact"] + quotation["suffix"]) == position["start"] - 32


def test_a_report_without_an_address_has_a_name() -> None:
    page = json.loads("".join(webannotation.texts([dam(), dam()])))
    assert len(page["items"]) == 2 * 9
    assert page["items"][0]["id"] == f"urn:sayso:{dam().document.id}:a1:source"


def test_the_triples_are_those_of_the_model() -> None:
    found = graph("".join(webannotation.texts([dam()])))
    assert len(set(found.subjects(predicate=OA.hasTarget))) == 9
    assert {term for term in found.predicates() if term.startswith(OA)} == {OA[term] for term in _TERMS}
    conforms(found, SHAPES)


@quick
@given(readings_with_voices())
def test_any_reading_conforms(reading: Reading) -> None:
    written = "".join(webannotation.texts([reading]))
    written.encode("utf-8")
    found = graph(written)
    assert len(set(found.subjects(predicate=OA.hasTarget))) == len(json.loads(written)["items"])
