"""The formats: JSON that every reader takes, and one way of asking for any of them."""

from __future__ import annotations

import json
from pathlib import PurePath

import pytest
from hypothesis import given

from sayso.export import FORMATS, File, Folder, csv
from sayso.export.json import line, pretty
from sayso.reading import Reading
from sayso.render import facts, labels, ledger, page
from tests.readings import marked, quick, readings, readings_with_voices


def test_pretty_puts_each_list_of_spans_on_a_line() -> None:
    reading = marked("{what1 “No,”} {who1 Reyl} {how1 said}, {what1 “none. [1,\n2]”} {how2 Why}?")
    shown = pretty(reading)
    assert '      "source": [[6, 10]],\n      "cue": [[11, 15]],\n      "content": [[0, 5], [17, 31]],\n' in shown
    assert '      "source": [],\n' in shown
    assert shown.endswith("\n}\n")


@pytest.mark.parametrize("unsafe", ["\u2028", "\u2029", "\x85", "\x7f", "\x9b", "\ud800"])
def test_what_breaks_lines_or_files_is_escaped(unsafe: str) -> None:
    for written in (line(marked(unsafe)), pretty(marked(unsafe))):
        assert f"\\u{ord(unsafe):04x}" in written
        assert unsafe not in written


def test_other_letters_are_written_as_they_are() -> None:
    assert '"text": "Ilse 漢字 عبد 😀"' in line(marked("Ilse 漢字 عبد 😀"))


def test_halves_of_a_pair_do_not_become_one_character() -> None:
    text = json.loads(line(marked("\ud83d\ude00")))["document"]["text"]
    assert text == "\ufffd\ude00"


@quick
@given(readings())
def test_a_reading_comes_back_from_either_json(reading: Reading) -> None:
    for written in (line(reading), pretty(reading)):
        written.encode()
        assert Reading.from_dict(json.loads(written)) == reading
    assert len(line(reading).splitlines()) == 1


EXCHANGED = {
    "attributions": ["report.csv"],
    "webannotation": ["report.jsonld"],
    "schemaorg": ["report.jsonld"],
    "prov": ["report.ttl"],
    "doccano": ["report.jsonl"],
    "labelstudio": ["report.json"],
    "graphml": ["report.graphml"],
}
"""Formats that many readings are taken elsewhere in, here of one; each has tests of its own."""


def test_every_format_by_name() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    assert list(FORMATS) == ["text", "facts", "csv", "labels", "json", "jsonl", "html", "brat", *EXCHANGED]
    names = {name: [file.name for file in known.files(reading, "report")] for name, known in FORMATS.items()}
    assert names == EXCHANGED | {
        "text": ["report.ledger.txt"],
        "facts": ["report.facts.txt"],
        "csv": ["report.csv"],
        "labels": ["report.labels.txt"],
        "json": ["report.json"],
        "jsonl": ["report.jsonl"],
        "html": ["report.html"],
        "brat": ["report.txt", "report.ann"],
    }
    for name, known in FORMATS.items():
        assert known.name == name
        assert known.summary
        for file in known.files(reading, "report"):
            assert file.text.endswith("\n") or PurePath(file.name).suffix == ".txt"


def test_what_each_format_writes() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    written = {name: known.files(reading, "x")[0].text for name, known in FORMATS.items() if name not in EXCHANGED}
    assert written == {
        "text": ledger.plain(reading) + "\n",
        "facts": facts.plain(reading) + "\n",
        "csv": csv.rows(reading),
        "labels": labels.plain(reading) + "\n",
        "json": pretty(reading),
        "jsonl": line(reading),
        "html": page.page(reading),
        "brat": reading.document.text,
    }


def test_a_folder_for_brat_has_its_configuration_once() -> None:
    brat = FORMATS["brat"]
    assert isinstance(brat, Folder)
    assert [file.name for file in brat.shared] == ["annotation.conf", "visual.conf"]


def test_line_ends_are_written_as_they_are() -> None:
    assert File("a.txt", "one\r\ntwo\n").data == b"one\r\ntwo\n"


@quick
@given(readings() | readings_with_voices())
def test_every_format_can_be_written_whatever_the_text(reading: Reading) -> None:
    for known in FORMATS.values():
        for file in known.files(reading, "x"):
            assert file.data.decode() == file.text
