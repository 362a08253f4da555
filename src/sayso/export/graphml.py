"""Readings as a graph (GraphML, for Gephi, Cytoscape, networkx): who hands on whose words.

A node is a voice, an outlet, or a report whose outlet is not known; an edge leads from who hands words on to whose
they are, one for every two neighbours in a chain, and says how often. The graph is held in memory; the readings are
not.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from sayso.export.described import Described
from sayso.export.plain import xml
from sayso.types import Stance, Voice

if TYPE_CHECKING:
    from sayso.reading import Reading

Key = Callable[["Reading", Voice], str]
"""Says which voices of different documents are one: those with one key."""

_OWN = frozenset({"unnamed", "group", "author", "document"})
"""Voices whose name does not tell who they are: "a senior official" of one report is nobody else's."""

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_STANCES: tuple[Stance, ...] = ("asserts", "denies", "questions", "directs", "holds", "quotes", "other")
_NODE = {"name": "string", "type": "string", "attributions": "int", "documents": "int"}
_EDGE = dict.fromkeys(("attributions", "documents", *_STANCES), "int")


def by_name(reading: Reading, voice: Voice) -> str:
    """The key of a voice by its type and name, whatever their case; of one that is not named, its own."""
    if voice.type in _OWN:
        return f"{reading.document.id} {voice.id}"
    return _key(voice.type, voice.name)


def texts(readings: Iterable[Reading], key: Key = by_name) -> Iterator[str]:
    """One GraphML document. Two voices with the same `key` are one node, under the name of the first."""
    graph = _Graph()
    for reading in readings:
        graph.add(reading, key)
    yield _HEAD
    for target, attributes in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in attributes.items():
            yield f'<key id="{target}_{name}" for="{target}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="sayso" edgedefault="directed">\n'
    for number, node in enumerate(graph.nodes.values(), 1):
        node.number = number
        yield f'<node id="n{number}">{_data("node", node.counted())}</node>\n'
    for (source, target), edge in graph.edges.items():
        ends = f'source="n{graph.nodes[source].number}" target="n{graph.nodes[target].number}"'
        yield f"<edge {ends}>{_data('edge', edge.counted())}</edge>\n"
    yield "</graph>\n</graphml>\n"


@dataclass(slots=True)
class _Count:
    """How often, in how many documents, and with what stance."""

    attributions: int = 0
    documents: int = 0
    last: str | None = None
    stances: dict[str, int] = field(default_factory=dict)

    def add(self, document: str, stance: Stance | None) -> None:
        self.attributions += 1
        if self.last != document:
            self.documents += 1
            self.last = document
        if stance is not None:
            self.stances[stance] = self.stances.get(stance, 0) + 1

    def counted(self) -> dict[str, object]:
        return {"attributions": self.attributions, "documents": self.documents, **self.stances}


@dataclass(slots=True)
class _Node:
    name: str
    type: str
    count: _Count = field(default_factory=_Count)
    number: int = 0

    def counted(self) -> dict[str, object]:
        """Of a voice, how often it speaks itself; of what only hands on, nought."""
        count = self.count
        return {
            "name": self.name,
            "type": self.type,
            "attributions": count.attributions,
            "documents": count.documents,
        }


class _Graph:
    """Nodes by their keys, edges by the keys of their ends, each in the order in which they came up."""

    def __init__(self) -> None:
        self.nodes: dict[str, _Node] = {}
        self.edges: dict[tuple[str, str], _Count] = {}

    def add(self, reading: Reading, key: Key) -> None:
        document, described = reading.document, Described(reading)
        first = self._publisher(reading)
        keys = {voice.id: key(reading, voice) for voice in reading.voices}
        for attribution in reading.attributions:
            speaker = described.voice(attribution)
            way = [*described.via(attribution), *([speaker] if speaker else [])]
            for voice in way:
                self.nodes.setdefault(keys[voice.id], _Node(voice.name, voice.type))
            if speaker:
                self.nodes[keys[speaker.id]].count.add(document.id, attribution.stance)
            steps = [first, *(keys[voice.id] for voice in way)]
            for outer, inner in itertools.pairwise(steps):
                if outer != inner:
                    self.edges.setdefault((outer, inner), _Count()).add(document.id, attribution.stance)

    def _publisher(self, reading: Reading) -> str:
        """The key of who publishes the report: its outlet, or the report where that is not known."""
        document = reading.document
        key = _key("outlet", document.outlet) if document.outlet else document.id
        node = (document.outlet, "outlet") if document.outlet else (document.title or document.id, "report")
        self.nodes.setdefault(key, _Node(*node))
        return key


def _key(sort: str, name: str) -> str:
    return f"{sort} {' '.join(name.casefold().split())}"


def _data(target: str, values: dict[str, object]) -> str:
    return "".join(f'<data key="{target}_{name}">{escape(xml(str(value)))}</data>' for name, value in values.items())
