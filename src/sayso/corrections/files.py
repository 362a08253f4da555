"""Files that came back from a tool, corrected → corrections. What cannot be used is a sentence, and the rest goes
on."""

from __future__ import annotations

import itertools
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.corrections import brat, labelstudio, uima
from sayso.corrections.differ import Returned, differences
from sayso.corrections.outgoing import Readings, went_out
from sayso.corrections.values import Correction
from sayso.errors import UnreadableSource
from sayso.export.plain import stored, utf8, xml
from sayso.export.uima import ATTRIBUTION, TYPE_SYSTEM, type_system
from sayso.extras import need

if TYPE_CHECKING:
    from sayso.reading import Reading

Item = Correction | UnreadableSource

LARGEST = 256 * 2**20
"""Bytes of one file: more is held to be no file of corrections."""


def corrections(path: Path, readings: Readings, *, who: str | None = None, when: str | None = None) -> Iterator[Item]:
    """The corrections in `path`: a brat .ann file beside its text, a UIMA .xmi, a Label Studio .json, or a folder of
    such.

    `readings` gives what went out. `who` and `when` stand in every correction whose file does not say itself. What
    cannot be used is yielded as UnreadableSource in its place: a file that is none of these, a report that is not
    known, a text that was changed, a span that no text has. Raises MissingExtra where a library is not installed.
    """
    return itertools.chain.from_iterable(returned(path, readings, who=who, when=when))


def returned(
    path: Path, readings: Readings, *, who: str | None = None, when: str | None = None
) -> Iterator[list[Item]]:
    """The same by what came back of one document at a time, each compared with its reading when it is asked for: what
    the one before it corrected can be made first, and is then no difference any more."""
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in _FORMS and file.is_file())
        if not found:
            yield [UnreadableSource(str(path), "there is no .ann, .xmi or .json file in this folder")]
    elif not path.exists():
        yield [UnreadableSource(str(path), "there is no such file or folder")]
        return
    else:
        found = [path]
    for file in found:
        form = _FORMS.get(file.suffix.lower())
        if form is None:
            yield [UnreadableSource(str(file), "it is no .ann, .xmi or .json file")]
            continue
        try:
            yield from form(file, _Known(readings, who, when))
        except UnreadableSource as error:
            yield [error]


class _Known:
    """What the caller knows: the readings that went out, and who corrected them when."""

    def __init__(self, readings: Readings, who: str | None, when: str | None) -> None:
        self.readings, self.who, self.when = readings, who, when


def _brat(file: Path, known: _Known) -> Iterator[list[Item]]:
    text_file = file.with_suffix(".txt")
    annotations, text = _text(file), _text(text_file)
    try:
        reading = went_out(known.readings, file.stem, text, utf8)
    except ValueError as error:
        raise UnreadableSource(str(text_file), str(error)) from error
    yield [*_told(str(file), reading, lambda say: brat.returned(reading, annotations, say), known.who, known.when)]


def _uima(file: Path, known: _Known) -> Iterator[list[Item]]:
    cas = _cas(file)
    text = cas.sofa_string
    if not isinstance(text, str):
        raise UnreadableSource(str(file), "it holds no text")
    try:
        reading = went_out(known.readings, file.stem, text, xml)
    except ValueError as error:
        raise UnreadableSource(str(file), str(error)) from error
    yield [*_told(str(file), reading, lambda say: uima.returned(reading, cas, say), known.who, known.when)]


def _cas(file: Path) -> Any:
    """The `cassis.Cas` in a file, whose types stand in the type system beside it, or are Sayso's."""
    cassis = need("cassis", "exchange", "reading UIMA CAS")
    beside = file.with_name(TYPE_SYSTEM)
    data = _text(file)
    types_data = _text(beside) if beside.is_file() else None
    for name, written in ((file, data), (beside, types_data)):
        if written is not None and "<!DOCTYPE" in written:  # what entities could be declared in; UIMA writes none
            raise UnreadableSource(str(name), "it declares a document type, which no UIMA file does")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cassis warns of what is unknown to it; what matters is checked here
            types = type_system() if types_data is None else cassis.load_typesystem(BytesIO(types_data.encode()))
            cas = cassis.load_cas_from_xmi(BytesIO(data.encode()), types, lenient=True)
            cas.select(ATTRIBUTION)  # raises where the type is not known
            return cas
    except Exception as error:  # whatever cassis and lxml make of a broken file
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableSource(str(file), f"it is no UIMA CAS with Sayso’s types ({reason})") from error


def _label_studio(file: Path, known: _Known) -> Iterator[list[Item]]:
    try:
        tasks = json.loads(_text(file))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(str(file), "it is no JSON") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        name = f"{file}, task {number}"
        try:
            yield [*_task(name, task, known)]
        except UnreadableSource as error:
            yield [error]


def _task(name: str, task: Any, known: _Known) -> Iterator[Item]:
    data = task.get("data") if isinstance(task, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise UnreadableSource(name, "it is no task of Label Studio with a text")
    document = data.get("document")
    try:
        reading = went_out(known.readings, "", data["text"], stored, document if isinstance(document, str) else None)
    except ValueError as error:
        raise UnreadableSource(name, str(error)) from error
    annotations = [a for a in _list(task.get("annotations")) if isinstance(a, Mapping) and not a.get("was_cancelled")]
    if not annotations:
        return  # nobody has looked at it yet
    if len(annotations) > 1:
        yield UnreadableSource(name, f"it was annotated {len(annotations)} times; the latest is taken")
    latest = max(annotations, key=lambda a: str(a.get("updated_at") or a.get("created_at") or ""))
    results = _list(latest.get("result"))
    who, when = _person(latest.get("completed_by")), latest.get("updated_at") or latest.get("created_at")
    yield from _told(
        name,
        reading,
        lambda say: labelstudio.returned(reading, results, say),
        who or known.who,
        when if isinstance(when, str) else known.when,
    )


def _person(said: Any) -> str | None:
    """Who completed an annotation: Label Studio gives an address, or a number."""
    if isinstance(said, Mapping):
        said = said.get("email") or said.get("id")
    return str(said) if isinstance(said, (str, int)) and not isinstance(said, bool) else None


def _told(
    name: str,
    reading: Reading,
    take: Callable[[Callable[[str], None]], Returned],
    who: str | None,
    when: str | None,
) -> Iterator[Item]:
    """What could not be used, then the corrections."""
    sentences: list[str] = []
    returned = take(sentences.append)
    yield from (UnreadableSource(name, sentence) for sentence in sentences)
    yield from differences(reading, returned, who, when)


def _text(file: Path) -> str:
    """The text of a file, line ends as they are. Raises UnreadableSource."""
    try:
        if file.stat().st_size > LARGEST:
            raise UnreadableSource(str(file), f"it is larger than {LARGEST // 2**20} MB, too large for corrections")
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise UnreadableSource(str(file), (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(str(file), "it is not in UTF-8") from error


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else []


_FORMS: Mapping[str, Callable[[Path, _Known], Iterator[list[Item]]]] = {
    ".ann": _brat,
    ".xmi": _uima,
    ".json": _label_studio,
}
