"""Linked data as others read it, without a network: contexts are those in tests/contexts."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import Graph

CONTEXTS: dict[str, Any] = {
    "http://www.w3.org/ns/anno.jsonld": json.loads((Path(__file__).parent / "contexts/anno.json").read_text())[
        "@context"
    ],
    "https://schema.org": {"@vocab": "https://schema.org/"},
}


def graph(json_ld: str) -> Graph:
    """The triples of a JSON-LD document, read by rdflib."""
    data = json.loads(json_ld)
    data["@context"] = CONTEXTS[data["@context"]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's reader of JSON-LD uses what rdflib deprecates
        return Graph().parse(data=json.dumps(data), format="json-ld")


def conforms(data: Graph, shapes: str) -> None:
    """Fail unless `data` is as these SHACL shapes (in Turtle) say."""
    good, _, report = pyshacl.validate(data, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    assert good, report
