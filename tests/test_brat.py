"""brat stand-off: what is written is what brat, INCEpTION and readers of PolNeAR take in, and gives the spans back."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from hypothesis import given

from sayso.export.brat import ANNOTATION_CONF, VISUAL_CONF, standoff
from sayso.reading import Reading
from sayso.types import Span, Spans, Voice
from tests.readings import marked, quick, readings

Roles = dict[str, list[Span]]

# As INCEpTION reads them; its `.` stops at the same line ends.
_LINE = re.compile(
    r"T\d+\t[A-Za-z]+ \d+ \d+(;\d+ \d+)*\t[^\n\r\x85\u2028\u2029]*"
    r"|E\d+\tAttribution:T\d+( [A-Za-z]+:T\d+)*"
    r"|A\d+\t[A-Za-z]+ E\d+ [a-z]+"
    r"|#\d+\tAnnotatorNotes E\d+\t.*"
)


def parsed(text: str, annotations: str) -> list[Roles]:
    """The attributions, read as PolNeAR's are; every line is checked as brat would check it."""
    spans: dict[str, list[Span]] = {}
    events: list[Roles] = []
    for line in annotations.splitlines():
        assert _LINE.fullmatch(line)
        columns = line.split("\t")
        assert columns[0] not in spans
        if line.startswith("T"):
            offsets = [Span(*map(int, pair.split())) for pair in columns[1].split(" ", 1)[1].split(";")]
            assert columns[2] == " ".join(text[start:end] for start, end in offsets)
            assert columns[2].strip()
            assert all(a.end <= b.start for a, b in pairwise(offsets))
            spans[columns[0]] = offsets
        elif line.startswith("E"):
            roles: Roles = defaultdict(list)
            for part in columns[1].split():
                role, name = part.split(":")
                roles[role] += spans[name]
            events.append(roles)
    return events


def inked(text: str, spans: Spans | list[Span]) -> set[int]:
    """The offsets that `spans` cover, white space apart: all that cutting at line breaks may lose."""
    return {index for start, end in spans for index in range(start, end) if not text[index].isspace()}


def test_whole_file() -> None:
    reading = marked(
        "{what1 “No crack,}\n\n{what1 none,”} {who1 the board} {how1 said}. {how2 Reportedly} {what2 it leaks}."
    )
    first, second = reading.attributions
    first = replace(first, kind="direct", stance="denies", score=0.9876)
    text, annotations = standoff(replace(reading, attributions=(first, second)))
    assert text == "“No crack,\n\nnone,” the board said. Reportedly it leaks."
    assert annotations == (
        "T1\tSource 19 28\tthe board\n"
        "T2\tCue 29 33\tsaid\n"
        "T3\tContent 0 10;12 18\t“No crack, none,”\n"
        "T4\tAttribution 29 33\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
        "A1\tKind E1 direct\n"
        "A2\tStance E1 denies\n"
        "#1\tAnnotatorNotes E1\tscore 0.988\n"
        "T5\tCue 35 45\tReportedly\n"
        "T6\tContent 46 54\tit leaks\n"
        "T7\tAttribution 35 45\tReportedly\n"
        "E2\tAttribution:T7 Content:T6 Cue:T5\n"
        "A3\tKind E2 mixed\n"
        "#2\tAnnotatorNotes E2\tscore 0.900\n"
    )


def test_the_note_says_whose_voice_it_is_and_through_whom_it_came() -> None:
    reading = marked("{who1 She} {how1 said} {what1 no}. {who2 They} {how2 said} {what2 yes}.")
    first, second = reading.attributions
    voices = tuple(
        Voice(name[0], name, "person", (), (), 0.9) for name in ("Ilse\tTamarind\n", "Radio\u2028Velmoor", "\ud800")
    )
    reading = replace(
        reading,
        attributions=(replace(first, voice="I", via=("R", "\ud800")), replace(second, voice="no such voice")),
        voices=voices,
    )
    text, annotations = standoff(reading)
    assert "#1\tAnnotatorNotes E1\tscore 0.900; voice: Ilse Tamarind; via: Radio Velmoor, \ufffd\n" in annotations
    assert "#2\tAnnotatorNotes E2\tscore 0.900\n" in annotations
    assert len(parsed(text, annotations)) == 2


def test_a_span_is_cut_where_a_line_or_a_column_ends() -> None:
    _, annotations = standoff(marked("{what1 One\r\n \ntwo\tthree\u2028four} {how1 said}"))
    assert "T2\tContent 0 3;7 10;11 16;17 21\tOne two three four\n" in annotations


def test_offsets_count_code_points() -> None:
    _, annotations = standoff(marked("😀🇫 {who1 Reyl} {how1 said} {what1 no}"))
    assert "T1\tSource 3 7\tReyl\n" in annotations


def test_what_has_no_cue_is_triggered_by_its_source_or_content() -> None:
    _, annotations = standoff(marked("{who1 Reyl}: {what1 no}. {what2 Yes}."))
    assert "T3\tAttribution 0 4\tReyl\nE1\tAttribution:T3 Content:T2 Source:T1\n" in annotations
    assert "T5\tAttribution 10 13\tYes\nE2\tAttribution:T5 Content:T4\n" in annotations


@quick
@given(readings())
def test_every_attribution_comes_back(reading: Reading) -> None:
    text, annotations = standoff(reading)
    assert len(text) == len(reading.document.text)
    text.encode()
    annotations.encode()
    expected = [
        {"Source": inked(text, a.source), "Cue": inked(text, a.cue), "Content": inked(text, a.content)}
        for a in reading.attributions
    ]
    found = [
        {role: inked(text, roles.get(role, [])) for role in ("Source", "Cue", "Content")}
        for roles in parsed(text, annotations)
    ]
    assert found == [roles for roles in expected if any(roles.values())]


def test_the_configuration_knows_everything_that_is_written() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    (found,) = reading.attributions
    _, annotations = standoff(replace(reading, attributions=(replace(found, stance="asserts"),)))
    for kind in re.findall(r"^[TA]\d+\t(\w+)", annotations, re.MULTILINE):
        assert re.search(rf"^{kind}\b", ANNOTATION_CONF, re.MULTILINE)
    for kind in re.findall(r"^T\d+\t(\w+)", annotations, re.MULTILINE):
        assert re.search(rf"^{kind}\tbgColor:#", VISUAL_CONF, re.MULTILINE)
