"""Corrections: what was changed in a tool comes back as what it is, and makes the corrected reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cassis
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.corrections import Correction, Marked, Speaker, among, applied, corrections, unfitting
from sayso.corrections.outgoing import stem
from sayso.errors import InvalidCorrection, UnreadableSource
from sayso.exchange import EXCHANGES
from sayso.export.plain import xml
from sayso.export.uima import ATTRIBUTION, PART, SLOT, type_system
from sayso.narration import narration
from sayso.reading import Reading
from sayso.types import Span, Spans
from tests.exchanged import corrected, dam, inked, known
from tests.readings import marked, with_facts, with_voices

RETURNING = [name for name, form in EXCHANGES.items() if form.returns]
quick = settings(max_examples=40, deadline=None)

Items = list[Correction | UnreadableSource]


def sent(reading: Reading, form: str, folder: Path) -> Path:
    """The path to which `reading` went out."""
    path = folder / ("out" + EXCHANGES[form].suffix)
    EXCHANGES[form].write([reading], path)
    if form == "labelstudio":
        tasks = json.loads(path.read_text("utf-8"))
        for task in tasks:  # as if somebody had accepted the predictions
            task["annotations"] = [{"result": task.pop("predictions")[0]["result"], "was_cancelled": False}]
        path.write_text(json.dumps(tasks), "utf-8")
    return path


def taken_back(reading: Reading, path: Path) -> tuple[list[Correction], list[str]]:
    items: Items = list(corrections(path, among([reading]), who="I. Tamarind", when="2031-03-09"))
    found = [item for item in items if isinstance(item, Correction)]
    return found, [str(item) for item in items if isinstance(item, UnreadableSource)]


def edited(file: Path, change: Callable[[str], str]) -> None:
    file.write_bytes(change(file.read_bytes().decode()).encode())


@pytest.mark.parametrize("form", RETURNING)
def test_what_nobody_changed_is_no_correction(form: str, tmp_path: Path) -> None:
    assert taken_back(dam(), sent(dam(), form, tmp_path)) == ([], [])


def test_brat(tmp_path: Path) -> None:
    reading = dam()
    folder = sent(reading, "brat", tmp_path)
    (annotations,) = folder.glob("*.ann")
    text = reading.document.text
    leaked = text.index("leaked")
    span = f"{text.index('the dam')} {leaked + 6}"
    edited(
        annotations,
        lambda ann: (
            ann.replace(f"{span}\tthe dam had leaked", f"{leaked} {leaked + 6}\tleaked")
            .replace("Stance E1 asserts", "Stance E1 holds")
            .replace("voice: senior engineer", "voice: Ilse Tamarind; via: Radio Velmoor, Brakka Post")
        ),
    )
    found, said = taken_back(reading, folder)
    assert said == []
    assert [(c.attribution, c.field, c.new) for c in found] == [
        ("a1", "stance", "holds"),
        ("a2", "content", (Span(leaked, leaked + 6),)),
        ("a3", "voice", Speaker("Ilse Tamarind", "person", "v1")),
        ("a3", "via", (Speaker("Radio Velmoor", "outlet", "v4"), Speaker("Brakka Post"))),
    ]
    assert {(c.who, c.when, c.document) for c in found} == {("I. Tamarind", "2031-03-09", reading.document.id)}
    after = applied(reading, found)
    assert [after.chain(a) for a in after.attributions] == [
        ("Harbour Wire", "Ilse Tamarind"),
        ("Harbour Wire", "Radio Velmoor", "valley council"),
        ("Harbour Wire", "Radio Velmoor", "Brakka Post", "Ilse Tamarind"),
    ]
    assert after.words(after.attributions[1].content) == "leaked"
    assert [voice.id for voice in after.voices] == ["v1", "v2", "v4", "v5"]  # nothing is the engineer's any more
    assert Reading.from_dict(after.to_dict()) == after


def test_brat_an_event_that_is_gone_and_one_that_is_new(tmp_path: Path) -> None:
    reading = dam()
    folder = sent(reading, "brat", tmp_path)
    (annotations,) = folder.glob("*.ann")
    start = reading.document.text.index("Radio")

    def change(ann: str) -> str:
        kept = [line for line in ann.splitlines() if "E2" not in line]
        bound = [f"T90\tSource {start} {start + 13}\tRadio Velmoor", f"T91\tCue {start + 14} {start + 22}\treported"]
        return "\n".join([*kept, *bound, "E9\tAttribution:T91 Cue:T91 Source:T90", "A9\tStance E9 asserts", ""])

    edited(annotations, change)
    found, said = taken_back(reading, folder)
    assert said == []
    gone, new = found
    assert (gone.attribution, gone.field, gone.new) == ("a2", "attribution", None)
    assert new.attribution is None
    assert new.new == Marked(source=(Span(start, start + 13),), cue=(Span(start + 14, start + 22),), stance="asserts")
    after = applied(reading, found)
    assert [a.id for a in after.attributions] == ["a1", "a4", "a3"]
    assert after.attributions[1].kind == "indirect"
    assert after.narration == narration(after.document.text, after.attributions)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda ann: ann.replace("T1\tSource", "T1\tSource 3 2;Source"), "line 1: it is none of an attribution"),
        (lambda ann: ann.replace("Source 2", "Source 99999", 1), "is none of a text of"),
        (lambda ann: ann.replace("Content:T3", "Content:T3 Content2:T3"), "of one role overlap; E1 is left as it was"),
        (lambda ann: ann.replace("Content:T3", "Content:T99"), "line 5: the span 'T99' is not there; E1 is left"),
        (lambda ann: ann.replace("Kind E1 direct", "Kind E1 loud"), "line 6: loud is no kind, and passed over"),
    ],
)
def test_brat_what_cannot_be_used_is_a_sentence(change: Callable[[str], str], sentence: str, tmp_path: Path) -> None:
    reading = dam()
    folder = sent(reading, "brat", tmp_path)
    (annotations,) = folder.glob("*.ann")
    edited(annotations, lambda ann: change(ann).replace("Stance E3 asserts", "Stance E3 holds"))
    found, said = taken_back(reading, folder)
    assert any(sentence in one for one in said), said
    assert [(c.attribution, c.field) for c in found] == [("a3", "stance")]  # the rest goes on


def test_a_text_that_was_changed_and_a_report_that_is_not_known(tmp_path: Path) -> None:
    other = marked("{who1 Reyl} {how1 said} {what1 no}.")
    EXCHANGES["brat"].write([dam(), known(other)], tmp_path)
    edited(tmp_path / f"{stem(dam())}.txt", lambda text: text.replace("crack", "cleft"))
    found, (changed, unknown) = taken_back(dam(), tmp_path)
    assert found == []
    assert changed.endswith("its text is not the one that went out, so its spans cannot be placed")
    assert unknown.endswith("no report with this text is known")


def test_inception(tmp_path: Path) -> None:
    reading = dam()
    folder = sent(reading, "uima", tmp_path)
    (file,) = folder.glob("*.xmi")
    types = cassis.load_typesystem((folder / "TypeSystem.xml").read_text())
    cas = cassis.load_cas_from_xmi(file.read_text("utf-8"), types)
    first, second, third = cas.select(ATTRIBUTION)
    first.set("kind", "mixed")
    second.set("voice", "The Valley Council")
    cas.remove(third)
    start = reading.document.text.index("Radio")
    radio = types.get_type(PART)(begin=start, end=start + 13)
    slots = types.get_type("uima.cas.FSArray")(elements=[types.get_type(SLOT)(role="source", target=radio)])
    cas.add(radio)
    cas.add(types.get_type(ATTRIBUTION)(begin=start + 14, end=start + 22, parts=slots, voice="radio velmoor"))
    cas.to_xmi(file)
    found, said = taken_back(reading, folder)
    assert said == []
    assert [(c.attribution, c.field, c.new) for c in found[:3]] == [
        ("a1", "kind", "mixed"),
        ("a2", "voice", Speaker("The Valley Council", "organisation")),
        ("a3", "attribution", None),
    ]
    assert found[3].new == Marked(
        source=(Span(start, start + 13),),
        cue=(Span(start + 14, start + 22),),  # the annotation itself
        voice=Speaker("Radio Velmoor", "outlet", "v4"),
    )


def test_inception_what_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    reading = dam()
    folder = sent(reading, "uima", tmp_path)
    (file,) = folder.glob("*.xmi")
    cas = cassis.load_cas_from_xmi(file.read_text("utf-8"), type_system())
    first, second, third = cas.select(ATTRIBUTION)
    first.parts.elements[0].set("role", "witness")
    second.set("identifier", "a99")
    third.set("stance", "holds")
    cas.to_xmi(file)
    found, said = taken_back(reading, folder)
    assert [s.partition(": ")[2] for s in said] == [
        "attribution a1: a slot has the role 'witness'; it is left as it was",
        "attribution 2: 'a99' is no attribution that went out; it counts as a new one",
    ]
    assert [(c.attribution, c.field) for c in found] == [("a3", "stance")]  # the second stands where it stood


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<xmi",
        b"<a/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        "\ufeff".encode("utf-16"),
        b'<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"/>',
    ],
)
def test_what_is_no_cas_is_a_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.xmi").write_bytes(data)
    found, said = taken_back(dam(), tmp_path)
    assert (found, len(said)) == ([], 1)


def test_label_studio(tmp_path: Path) -> None:
    reading = dam()
    file = sent(reading, "labelstudio", tmp_path)
    tasks = json.loads(file.read_text("utf-8"))
    annotation = tasks[0]["annotations"][0]
    annotation |= {"completed_by": {"id": 7, "email": "ilse@velmoor.example"}, "updated_at": "2031-03-10T09:00:00Z"}
    for result in annotation["result"]:
        if result.get("id") == "a3.1" and result["from_name"] == "stance":
            result["value"]["choices"] = ["directs"]
        if result.get("id") == "a1.2":
            result["value"]["start"] += 5
    start = reading.document.text.index("Radio")
    value = {"start": start, "end": start + 13, "labels": ["Source"]}
    annotation["result"] += [
        {"type": "labels", "id": "x", "value": value},
        {"type": "labels", "id": "y", "value": {"start": start + 14, "end": start + 22, "labels": ["Cue"]}},
        {"type": "relation", "from_id": "x", "to_id": "y", "direction": "right"},  # drawn the other way round
        {"type": "relation", "from_id": "y", "to_id": "a2.3", "direction": "right"},  # a content that two share
    ]
    file.write_text(json.dumps(tasks), "utf-8")
    found, said = taken_back(reading, file)
    assert said == []
    assert {(c.who, c.when) for c in found} == {("ilse@velmoor.example", "2031-03-10T09:00:00Z")}
    assert [(c.attribution, c.field) for c in found] == [("a1", "source"), ("a3", "stance"), (None, "attribution")]
    assert reading.words(found[0].new) == "Tamarind"  # type: ignore[arg-type]
    assert found[2].new == Marked(
        source=(Span(start, start + 13),),
        cue=(Span(start + 14, start + 22),),
        content=reading.attributions[1].content,
    )


def test_label_studio_gives_new_ids_and_keeps_no_notes(tmp_path: Path) -> None:
    reading = dam()
    file = sent(reading, "labelstudio", tmp_path)
    names: dict[str, str] = {}
    tasks = json.loads(file.read_text("utf-8"))
    for result in tasks[0]["annotations"][0]["result"]:
        result.pop("meta", None)
        for key in {"id", "from_id", "to_id"} & result.keys():
            result[key] = names.setdefault(result[key], f"r{len(names)}")
        if result["type"] == "labels" and result["value"]["text"] == "the dam had leaked":
            result["value"]["end"] -= 7
    file.write_text(json.dumps(tasks), "utf-8")
    found, said = taken_back(reading, file)
    assert said == []
    assert [(c.attribution, c.field, reading.words(c.new)) for c in found] == [("a2", "content", "the dam had")]


@pytest.mark.parametrize(
    "tasks",
    [
        "{",
        "7",
        "[7]",
        '[{"data": {}}]',
        '[{"data": {"text": "Nobody said this."}}]',
        "[" * 100_000,
    ],
)
def test_what_is_no_task_is_a_sentence(tasks: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(tasks)
    found, said = taken_back(dam(), tmp_path)
    assert (found, len(said)) == ([], 1)


def test_label_studio_what_cannot_be_used_takes_nothing_away(tmp_path: Path) -> None:
    reading = dam()
    file = sent(reading, "labelstudio", tmp_path)
    tasks = json.loads(file.read_text("utf-8"))
    results = tasks[0]["annotations"][0]["result"]
    for result in results:
        result.pop("meta", None)
        if result.get("id") == "a2.1" and result["type"] == "labels":
            result["value"]["end"] = 10**9
    results += [7, {"type": "labels", "id": "z", "value": {"start": 0, "end": 1, "labels": ["Content"]}}]
    file.write_text(json.dumps(tasks), "utf-8")
    found, said = taken_back(reading, file)
    assert found == []
    assert [one.partition(": ")[2] for one in said] == [
        "a result cannot be read (TypeError 'int' object is not subscriptable), and is passed over",
        "region z: a Content that is tied to nothing belongs to no attribution",
        f"region a2.1: a span from {reading.attributions[1].cue[0].start} to 1000000000 is none of a text of "
        f"{len(reading.document.text)} characters; its attribution is left as it was",
    ]


def test_a_path_that_holds_nothing_to_take_back(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    for path in (tmp_path, tmp_path / "x.txt", tmp_path / "none.ann"):
        assert taken_back(dam(), path)[0] == []
        assert len(taken_back(dam(), path)[1]) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.floats() | st.sampled_from(["Cue", "a1.1", "labels", "a1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["labels", "text", "start"]), inner),
    max_leaves=6,
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(way for key, item in inside for way in leaves(item, (*path, key)))]


@quick
@given(st.data())
def test_no_task_of_label_studio_is_too_strange(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = sent(dam(), "labelstudio", Path(folder))
        tasks = json.loads(file.read_text("utf-8"))
        for _ in range(data.draw(st.integers(1, 4))):
            *way, last = data.draw(st.sampled_from([way for way in leaves(tasks) if way]))
            holder = tasks
            for key in way:
                holder = holder[key]
            holder[last] = data.draw(_JSON)
        file.write_text(json.dumps(tasks), "utf-8")
        found, _ = taken_back(dam(), file)
    Reading.from_dict(applied(dam(), found).to_dict())


@pytest.mark.parametrize("form", ["brat", "uima"])
@quick
@given(data=st.data())
def test_no_file_is_too_strange(form: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = sent(dam(), form, Path(folder))
        (file,) = path.glob("*.ann" if form == "brat" else "*.xmi")
        written = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(written) - 1))
            junk = data.draw(
                st.binary(max_size=3) | st.sampled_from([b"9", b'"', b"<", b"\n", b"\t", b" ", b"E1", b"T2"])
            )
            written[at : at + data.draw(st.integers(0, 3))] = junk
        file.write_bytes(bytes(written))
        found, _ = taken_back(dam(), path)
    Reading.from_dict(applied(dam(), found).to_dict())


def seen(reading: Reading, form: str) -> list[tuple[object, ...]]:
    """The attributions as far as the form can tell them apart: brat knows no white space and no types of voices."""
    text, voices = reading.document.text, {voice.id: voice for voice in reading.voices}

    def place(spans: Spans) -> object:
        return tuple(sorted(inked(text, spans))) if form == "brat" else spans

    def named(voice: str | None) -> object:
        found = voices.get(voice or "")
        return found and xml(" ".join(found.name.split())).casefold()

    return sorted(
        (
            (
                place(a.source),
                place(a.cue),
                place(a.content),
                a.kind,
                a.stance,
                named(a.voice),
                [named(v) for v in a.via],
            )
            for a in reading.attributions
            if form != "brat" or inked(text, a.source + a.cue + a.content)
        ),
        key=repr,
    )


@pytest.mark.parametrize("form", RETURNING)
@quick
@given(both=corrected())
@example(both=(known(marked("{who1 :}")), replace(known(marked("{who1 :}")), attributions=())))
def test_what_a_person_makes_of_a_reading_comes_back(form: str, both: tuple[Reading, Reading]) -> None:
    before, after = both
    if form == "brat":  # whose notes part names by commas
        before, after = (
            replace(r, voices=tuple(replace(v, name=v.name.translate({44: "x", 59: "x"})) for v in r.voices))
            for r in both
        )
    with TemporaryDirectory() as folder:
        found, _ = taken_back(before, sent(after, form, Path(folder)))
    assert [Correction.from_dict(json.loads(json.dumps(c.to_dict()))) for c in found] == found
    made = applied(before, found)
    assert unfitting(before, found) == ()
    assert seen(made, form) == seen(after, form)
    assert made.narration == (before.narration if not found else made.narration)
    assert Reading.from_dict(made.to_dict()) == made


def test_applying_works_out_what_follows() -> None:
    reading = with_voices(
        marked("{who1 Reyl} {how1 said} {what1 {who2 the mayor} {how2 denied} {what2 eleven had died on Monday}}."),
        ("Reyl", "person", "a1"),
        ("mayor", "unnamed", "a2"),
    )
    first, second = reading.attributions
    reading = replace(reading, attributions=(first, replace(second, parent="a1")))
    reading = known(with_facts(reading, times={"Monday": "2031-03-03"}, quantities={"eleven": 11}))
    assert [time.attribution for time in reading.times] == ["a2"]
    base = Correction(reading.document.id, reading.model, "a2", (), "attribution", None, None)
    gone = applied(reading, [base])
    assert [time.attribution for time in gone.times + gone.quantities] == ["a1", "a1"]
    assert [voice.id for voice in gone.voices] == ["v1"]
    assert [a.parent for a in gone.attributions] == [None]
    moved = applied(reading, [replace(base, attribution="a1", field="content", new=second.content)])
    assert [a.parent for a in moved.attributions] == [None, None]
    assert moved.attributions[0].score == 1.0
    assert reading.attributions[0].score == 0.9


def test_what_does_not_fit_is_passed_over_and_told() -> None:
    reading = dam()
    document, model = reading.document.id, reading.model
    first = reading.attributions[0]
    wrong = [
        Correction(document, model, "a9", (), "stance", None, "holds"),
        Correction(document, model, "a1", (), "content", first.content, (Span(0, 10**6),)),
        Correction(document, model, None, (), "attribution", None, Marked()),
        Correction(document, model, None, (), "attribution", None, Marked(first.source, first.cue, first.content)),
    ]
    elsewhere = Correction("sha256:other", model, "a1", (), "stance", None, "holds")
    assert unfitting(reading, [*wrong, elsewhere]) == tuple(wrong)
    assert applied(reading, [*wrong, elsewhere]) == reading


def test_a_correction_finds_its_attribution_in_another_models_reading() -> None:
    reading = dam()
    first, _second, _third = reading.attributions
    extent = Marked(first.source, first.cue, first.content).extent
    correction = Correction(reading.document.id, "older", "a7", extent, "stance", None, "holds")
    moved = replace(correction, field="cue", new=(Span(0, 1),))
    assert applied(reading, [moved, correction]).attributions[0].stance == "holds"
    far = replace(correction, extent=(Span(0, 1),))
    assert unfitting(reading, [far]) == (far,)


@pytest.mark.parametrize(
    "change",
    [
        {"field": "mood"},
        {"document": None},
        {"new": "loud"},
        {"field": "cue", "new": [[3, 2]]},
        {"field": "voice", "new": {"name": 7, "type": None, "id": None}},
        {"field": "attribution", "new": {"source": []}},
    ],
)
def test_what_is_no_correction_is_a_sentence(change: dict[str, object]) -> None:
    good = Correction("sha256:0", "m", "a1", (Span(0, 2),), "kind", "direct", "mixed").to_dict()
    assert Correction.from_dict(good).new == "mixed"
    with pytest.raises(InvalidCorrection, match="not a correction"):
        Correction.from_dict(good | change)
