"""schema.org: claims are whose they are, and a review has no rating before somebody gives one."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given
from rdflib import RDF, SDO

from sayso.export import schemaorg
from sayso.reading import Reading
from tests.exchanged import dam
from tests.linked import graph
from tests.readings import quick, readings_with_voices

_REFERENCE = {"type": "object", "required": ["@id"], "properties": {"@id": {"type": "string", "format": "uri"}}}
_TEXT = {"type": "string", "minLength": 1}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@type", "@id"],
                "allOf": [
                    {
                        "if": {"properties": {"@type": {"const": "ClaimReview"}}},
                        "then": {
                            "required": ["itemReviewed", "claimReviewed", "reviewRating", "author"],
                            "properties": {
                                "itemReviewed": _REFERENCE,
                                "claimReviewed": _TEXT,
                                "reviewRating": {"type": "null"},
                                "author": {"type": "null"},
                                "datePublished": {"type": "null"},
                            },
                        },
                    },
                    {
                        "if": {"properties": {"@type": {"enum": ["Claim", "Quotation", ["Claim", "Quotation"]]}}},
                        "then": {
                            "required": ["text", "isPartOf"],
                            "properties": {"text": _TEXT, "isPartOf": _REFERENCE, "author": _REFERENCE},
                        },
                    },
                ],
            },
        },
    },
}


def statements(*readings: Reading) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads("".join(schemaorg.texts(readings)))["@graph"]
    return found


def by_id(name: str) -> dict[str, Any]:
    (found,) = [s for s in statements(dam()) if s["@id"] == f"urn:sayso:{dam().document.id}:{name}"]
    return found


def test_what_is_asserted_in_quotation_marks_is_a_claim_and_a_quotation() -> None:
    assert by_id("a1") == {
        "@type": ["Claim", "Quotation"],
        "@id": f"urn:sayso:{dam().document.id}:a1",
        "text": "“There is no crack,” […] “and there\n\nwas none.”",
        "author": {"@id": f"urn:sayso:{dam().document.id}:v1"},
        "appearance": {"@id": f"urn:sayso:{dam().document.id}"},
        "isPartOf": {"@id": f"urn:sayso:{dam().document.id}"},
        "description": "Harbour Wire ← Ilse Tamarind: said",
        "keywords": ["asserts", "direct"],
    }


def test_what_is_denied_is_not_the_claim_of_who_denies_it() -> None:
    denied = by_id("a2")
    assert denied["text"] == "the dam had leaked"
    assert "author" not in denied
    assert denied["description"] == "Harbour Wire ← Radio Velmoor ← valley council: denied"


def test_a_review_is_left_open() -> None:
    review = by_id("a1:review")
    assert review["itemReviewed"]["@id"] == by_id("a1")["@id"]
    assert [review[name] for name in ("reviewRating", "author", "datePublished", "url")] == [None] * 4


def test_every_word_is_schema_orgs() -> None:
    found = graph("".join(schemaorg.texts([dam()])))
    used = {*found.predicates(), *found.objects(predicate=RDF.type)} - {RDF.type}
    for term in used:
        assert str(term).startswith(str(SDO))
        assert term in SDO, term  # rdflib knows schema.org's vocabulary
    assert not list(found.triples((None, SDO.reviewRating, None)))


@quick
@given(readings_with_voices())
def test_any_reading_is_as_the_schema_says(reading: Reading) -> None:
    written = "".join(schemaorg.texts([reading, reading]))
    written.encode("utf-8")
    jsonschema.validate(json.loads(written), SCHEMA)
    graph(written)
