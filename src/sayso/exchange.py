"""Many readings → what other tools read: the formats by name, and how one is written, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from sayso.corrections.outgoing import stem
from sayso.errors import UnwritableOutput
from sayso.export import (
    attributions,
    brat,
    doccano,
    graphml,
    json,
    labelstudio,
    parquet,
    prov,
    schemaorg,
    uima,
    webannotation,
)
from sayso.output import whole

if TYPE_CHECKING:
    from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class Exchange:
    """A form that many readings are taken elsewhere in.

    `suffix` is that of its file, "" where it is a folder; `extra` the one of Sayso's that it needs, if any. `write`
    puts the readings at a path, which appears whole or not at all (in a folder each file does), and raises
    UnwritableOutput or MissingExtra. `returns`: corrections can be taken back from it.
    """

    name: str
    summary: str
    suffix: str
    write: Callable[[Iterable[Reading], Path], None]
    extra: str | None = None
    returns: bool = False


def write_graph(readings: Iterable[Reading], path: Path, key: graphml.Key) -> None:
    """The GraphML of a body of readings whose keeper knows which voices are one: those with the same `key`."""
    _texts(lambda found: graphml.texts(found, key))(readings, path)


def _texts(texts: Callable[[Iterable[Reading]], Iterator[str]]) -> Callable[[Iterable[Reading], Path], None]:
    def write(readings: Iterable[Reading], path: Path) -> None:
        with whole(path) as stream:
            for text in texts(readings):
                stream.write(text.encode("utf-8"))

    return write


def _bytes(put: Callable[[Iterable[Reading], BinaryIO], None]) -> Callable[[Iterable[Reading], Path], None]:
    def write(readings: Iterable[Reading], path: Path) -> None:
        with whole(path) as stream:
            put(readings, stream)

    return write


def _folder(
    files: Callable[[Reading], Mapping[str, str]], shared: Callable[[], Mapping[str, str]]
) -> Callable[[Iterable[Reading], Path], None]:
    def write(readings: Iterable[Reading], path: Path) -> None:
        common = shared()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnwritableOutput(
                path, f"it cannot be made a folder ({(error.strerror or str(error)).lower()})"
            ) from error
        for name, text in common.items():
            _save(path / name, text)
        for reading in readings:
            name = stem(reading)
            for suffix, text in files(reading).items():
                _save(path / (name + suffix), text)

    return write


def _save(path: Path, text: str) -> None:
    with whole(path, empty=True) as stream:  # brat wants an .ann for every text
        stream.write(text.encode("utf-8"))


def _lines(readings: Iterable[Reading]) -> Iterator[str]:
    return map(json.line, readings)


def _label_studio(readings: Iterable[Reading], path: Path) -> None:
    _texts(labelstudio.texts)(readings, path)
    _save(path.with_suffix(".labels.xml"), labelstudio.CONFIG)


EXCHANGES: Mapping[str, Exchange] = MappingProxyType(
    {
        form.name: form
        for form in (
            Exchange("csv", "a flat table, a row an attribution", ".csv", _texts(attributions.texts)),
            Exchange("parquet", "the same with typed columns", ".parquet", _bytes(parquet.write), "exchange"),
            Exchange("jsonl", "one whole reading a line (sayso/1)", ".jsonl", _texts(_lines)),
            Exchange(
                "brat",
                "text and stand-off annotations, to be corrected in brat",
                "",
                _folder(brat.files, lambda: brat.CONFIGURATION),
                returns=True,
            ),
            Exchange(
                "uima",
                "UIMA CAS (XMI), to be corrected in INCEpTION",
                "",
                _folder(uima.files, uima.shared),
                "exchange",
                returns=True,
            ),
            Exchange(
                "labelstudio",
                "tasks with predictions, to be corrected in Label Studio",
                ".json",
                _label_studio,
                returns=True,
            ),
            Exchange("doccano", "spans and relations for doccano", ".jsonl", _texts(doccano.texts)),
            Exchange("webannotation", "W3C Web Annotations, JSON-LD", ".jsonld", _texts(webannotation.texts)),
            Exchange(
                "schemaorg", "claims, open claim reviews and quotations, JSON-LD", ".jsonld", _texts(schemaorg.texts)
            ),
            Exchange("prov", "through whose hands each statement came, PROV-O in Turtle", ".ttl", _texts(prov.texts)),
            Exchange("graphml", "a graph of who hands on whose words", ".graphml", _texts(graphml.texts)),
        )
    }
)
"""The formats of `sayso export`, by the name a person gives them."""
