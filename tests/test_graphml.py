"""GraphML: networkx reads it; who is one is one node, and who is not named is nobody else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import networkx
from hypothesis import given

from sayso.export import graphml
from sayso.reading import Reading
from tests.exchanged import dam, known
from tests.readings import marked, quick, readings_with_voices, with_voices


def read(*readings: Reading, key: graphml.Key = graphml.by_name) -> Any:
    return networkx.read_graphml(BytesIO("".join(graphml.texts(readings, key)).encode("utf-8")))


def edges(graph: Any) -> dict[tuple[str, str], int]:
    names = graph.nodes(data="name")
    return {(names[a], names[b]): said["attributions"] for a, b, said in graph.edges(data=True)}


def other() -> Reading:
    """Another outlet's report in which two of the dam's voices speak, and an engineer who is not the same."""
    reading = marked(
        "{who1 ILSE  TAMARIND} {how1 asked} {what1 why}. {who2 A senior engineer} {how2 said} {what2 no}.",
        outlet="Radio Velmoor",
    )
    return known(with_voices(reading, ("ILSE  TAMARIND", "person", "a1"), ("senior engineer", "unnamed", "a2")))


def test_who_hands_on_whose_words() -> None:
    assert edges(read(dam(), other(), dam())) == {
        ("Harbour Wire", "Ilse Tamarind"): 2,
        ("Harbour Wire", "Radio Velmoor"): 2,
        ("Radio Velmoor", "valley council"): 2,
        ("Harbour Wire", "senior engineer"): 2,
        ("Radio Velmoor", "Ilse Tamarind"): 1,
        ("Radio Velmoor", "senior engineer"): 1,
    }


def test_nodes_and_edges_say_how_often() -> None:
    graph = read(dam(), other())
    by_name = {said["name"]: said for _, said in graph.nodes(data=True) if said["type"] != "unnamed"}
    assert by_name["Ilse Tamarind"] == {"name": "Ilse Tamarind", "type": "person", "attributions": 2, "documents": 2}
    assert by_name["Radio Velmoor"] == {"name": "Radio Velmoor", "type": "outlet", "attributions": 0, "documents": 0}
    denied = [said for _, _, said in graph.edges(data=True) if "denies" in said]
    assert [said["denies"] for said in denied] == [1, 1]  # to the radio, and from it to the council
    assert sum(said["type"] == "unnamed" for _, said in graph.nodes(data=True)) == 2


def test_a_ledger_may_say_who_is_one() -> None:
    graph = read(dam(), other(), key=lambda reading, voice: voice.name.split()[-1].casefold())
    assert sum(name == "senior engineer" for _, name in graph.nodes(data="name")) == 1


def test_a_report_whose_outlet_is_not_known_stands_for_it() -> None:
    reading = replace(dam(), document=replace(dam().document, outlet=None))
    assert ("Dam will hold, says board", "Ilse Tamarind") in edges(read(reading))


@quick
@given(readings_with_voices())
def test_any_reading_is_a_graph(reading: Reading) -> None:
    read(reading, reading)
