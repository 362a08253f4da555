"""Reading → files: the formats that Sayso writes, by the name a person gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sayso.export import (
    attributions,
    brat,
    csv,
    doccano,
    graphml,
    html,
    json,
    labelstudio,
    prov,
    schemaorg,
    text,
    webannotation,
)

if TYPE_CHECKING:
    from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class File:
    """One file to write: a name without folders, and its text."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """What to write, byte for byte: line ends as they are, or offsets into the text would shift on Windows."""
        return self.text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class OneText:
    """A format that puts a reading in one text, to print or to save.

    `render` gives the text, newline at its end. `joins`: the texts of several readings may follow one another in one
    stream or file.
    """

    name: str
    summary: str
    suffix: str
    render: Callable[[Reading], str]
    joins: bool

    def files(self, reading: Reading, stem: str) -> tuple[File, ...]:
        """The file of one reading, named after its report."""
        return (File(stem + self.suffix, self.render(reading)),)


@dataclass(frozen=True, slots=True)
class Folder:
    """A format that needs several files for a reading, in a folder which also holds `shared`, once for all readings.

    `render` gives the files of one reading: for each its suffix and its text.
    """

    name: str
    summary: str
    render: Callable[[Reading], Mapping[str, str]]
    shared: tuple[File, ...]

    def files(self, reading: Reading, stem: str) -> tuple[File, ...]:
        """The files of one reading, named after its report."""
        return tuple(File(stem + suffix, content) for suffix, content in self.render(reading).items())


Format = OneText | Folder


def _one(texts: Callable[[Iterable[Reading]], Iterator[str]]) -> Callable[[Reading], str]:
    """How one reading is written in a form that many readings are taken elsewhere in."""
    return lambda reading: "".join(texts([reading]))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        known.name: known
        for known in (
            OneText("text", "the ledger, for people", ".ledger.txt", text.ledger, joins=True),
            OneText("facts", "a table of what can be checked", ".facts.txt", text.facts, joins=True),
            OneText("csv", "the same for a spreadsheet, a row a statement", ".csv", csv.rows, joins=False),
            OneText("labels", "a table of what each voice calls whom", ".labels.txt", text.labels, joins=True),
            OneText("json", "one reading, indented", ".json", json.pretty, joins=False),
            OneText("jsonl", "one reading a line", ".jsonl", json.line, joins=True),
            OneText("html", "the report with every span marked, in one page", ".html", html.page, joins=False),
            Folder(
                "brat",
                "text and stand-off annotations, for brat and INCEpTION",
                brat.files,
                tuple(File(name, content) for name, content in brat.CONFIGURATION.items()),
            ),
            OneText(
                "attributions", "a flat table, a row an attribution", ".csv", _one(attributions.texts), joins=False
            ),
            OneText("webannotation", "W3C Web Annotations", ".jsonld", _one(webannotation.texts), joins=False),
            OneText(
                "schemaorg", "claims and open reviews for schema.org", ".jsonld", _one(schemaorg.texts), joins=False
            ),
            OneText("prov", "each statement's chain, PROV-O in Turtle", ".ttl", _one(prov.texts), joins=True),
            OneText("doccano", "spans and relations for doccano", ".jsonl", _one(doccano.texts), joins=False),
            OneText("labelstudio", "a task for Label Studio", ".json", _one(labelstudio.texts), joins=False),
            OneText("graphml", "a graph of who hands on whose words", ".graphml", _one(graphml.texts), joins=False),
        )
    }
)
