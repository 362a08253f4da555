"""The measures of voices: by hand, and the same as the project's reference scorer where that is present."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evals.attributions import as_gold
from evals.corpus import Voiced, VoicedArticle, read_voices
from evals.score import marked as prepared
from evals.score import match
from evals.voices import Case, by_form, cases, chains, figures, plain
from sayso.reading import Reading
from tests.readings import marked, with_voices

REFERENCE = Path(__file__).parents[2] / "shared" / "scoring" / "voices.py"
NOTATION = (
    "{who1 The mayor} {how1 said} {what1 it held}. {who2 Amal Ode} {how2 denied} {what2 that it did}. "
    "{who3 She} {how3 added} {what3 that it had fallen}. {how4 Reportedly} {what4 it stands}. "
    "{who5 Two officials} {how5 asked} {what5 who had seen it}."
)


def annotated(reading: Reading, *given: tuple[str, str, str, str, tuple[str, ...]]) -> tuple[Voiced, ...]:
    """What an annotator gives to the attributions: voice, type, stance, kind and via."""
    return tuple(
        Voiced(
            *(tuple((a, b) for a, b in role) for role in (found.source, found.cue, found.content)),
            voice=voice,
            type=sort,
            stance=stance,
            kind=kind,
            via=via,
        )
        for found, (voice, sort, stance, kind, via) in zip(reading.attributions, given, strict=True)
    )


FOUND = with_voices(
    marked(NOTATION), ("mayor", "person", "a1"), ("Amal Ode", "person", "a2 a3"), ("officials", "unnamed", "a5")
)
FOUND = replace(FOUND, attributions=tuple(replace(a, stance="asserts") for a in FOUND.attributions))
GOLD = annotated(
    FOUND,
    ("The mayor", "unnamed", "asserts", "mixed", ()),
    ("Amal Ode", "person", "denies", "mixed", ("Vessport Courier",)),
    ("Amal Ode", "person", "asserts", "indirect", ()),
    ("", "none", "asserts", "mixed", ()),
    ("Two officials", "unnamed", "questions", "mixed", ()),
)
CASES = cases(VoicedArticle("a", FOUND.document.text, GOLD), FOUND, [(i, i) for i in range(5)])


def test_figures_by_hand() -> None:
    assert figures([CASES]) == {
        "link": 100.0,
        "name": 80.0,
        "type": 80.0,
        "stance": 60.0,
        "kind": 80.0,
        "via": 0.0,
    }


def test_of_nothing_all_figures_are_nought() -> None:
    assert set(figures([]).values()) == set(figures([[]]).values()) == {0.0}


def test_voices_are_told_apart_within_an_article_only() -> None:
    apart = [replace(case, found=replace(case.found, voice=None)) for case in CASES]
    assert figures([apart])["link"] == 0.0
    assert figures([[case] for case in CASES])["link"] == 0.0
    one = [replace(case, found=replace(case.found, voice="v1")) for case in CASES]
    assert figures([one])["link"] == round(200 / 11, 1)  # one pair of ten is one voice


def test_names_are_compared_without_article_case_and_kind_of_apostrophe() -> None:
    assert plain("The Mayor’s Office") == plain("mayor's office") == "mayor's office"
    assert plain("Mr. Ode") == plain("Ode")
    assert plain("") == ""


def test_the_table_by_form() -> None:
    head, *rows = by_form([CASES])
    assert head.split() == ["source", "there", "precision", "recall"]
    assert [re.split(r"\s{2,}|\s(?=\d)", row.strip()) for row in rows] == [
        ["name", "1", "100.0 %", "100.0 %"],
        ["pronoun", "1", "100.0 %", "100.0 %"],
        ["role", "0", "0.0 %", "0.0 %"],
        ["unnamed", "2", "50.0 %", "50.0 %"],
        ["implied", "0", "0.0 %", "0.0 %"],
    ]


def test_the_line_of_chains() -> None:
    assert chains([CASES]).split() == ["via", "1", "0.0", "%", "0.0", "%"]
    right = replace(CASES[1], via=("vessport courier",))
    spurious = replace(CASES[2], via=("Vessport Courier",))
    assert chains([[right, spurious]]).split() == ["via", "1", "50.0", "%", "100.0", "%"]


def test_annotated_chains_are_turned_outermost_first(tmp_path: Path) -> None:
    row = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]], "voice": "Ode", "source_type": "person"}
    row |= {"stance": "asserts", "kind": "indirect", "via": ["Dana Fel", "Vessport Courier"]}
    (tmp_path / "a.json").write_text(json.dumps({"attributions": [row]}))
    (tmp_path / "a.txt").write_text("Ode says it")
    (article,) = read_voices(tmp_path)
    assert article.attributions[0].via == ("Vessport Courier", "Dana Fel")


def test_the_reference_gives_the_same_figures(tmp_path: Path) -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference scorer is not here")
    rng = random.Random(5)
    names = ["Amal Ode", "Dana Fel", "the mayor", "Two officials"]
    groups: list[list[Case]] = []
    lines = []
    (tmp_path / "gold").mkdir()
    for number in range(6):
        plain_reading = marked(NOTATION)
        spoken: dict[str, list[str]] = {name: [] for name in names}
        for attribution in plain_reading.attributions:
            if rng.random() < 0.8:
                spoken[rng.choice(names)].append(attribution.id)
        voiced = with_voices(
            plain_reading, *((name, rng.choice(["person", "unnamed"]), " ".join(ids)) for name, ids in spoken.items())
        )
        found = replace(
            voiced,
            attributions=tuple(
                replace(
                    a,
                    stance=rng.choice(["asserts", "denies"]),
                    via=tuple(rng.sample(["v1", "v2"], rng.choice([0, 0, 1]))),
                )
                for a in voiced.attributions
            ),
        )
        gold = annotated(
            found,
            *(
                (
                    rng.choice([*names, ""]),
                    rng.choice(["person", "unnamed", "none"]),
                    rng.choice(["asserts", "denies"]),
                    rng.choice(["mixed", "indirect"]),
                    tuple(rng.sample(names, rng.choice([0, 1]))),
                )
                for _ in found.attributions
            ),
        )
        gold = tuple(row for row in gold if rng.random() < 0.9)
        text = found.document.text
        pairs = match(prepared(text, gold), prepared(text, [as_gold(a) for a in found.attributions]))
        groups.append(cases(VoicedArticle(str(number), text, gold), found, pairs))
        rows = [
            {"source": g.source, "cue": g.cue, "content": g.content, "voice": g.voice, "source_type": g.type}
            | {"stance": g.stance, "kind": g.kind, "via": g.via}
            for g in gold
        ]
        (tmp_path / "gold" / f"{number}.json").write_text(json.dumps({"name": str(number), "attributions": rows}))
        data = found.to_dict()
        data["document"]["path"] = f"{number}.txt"
        lines.append(json.dumps(data))
    (tmp_path / "readings.jsonl").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [sys.executable, str(REFERENCE), str(tmp_path / "readings.jsonl"), str(tmp_path / "gold")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    ours = figures(groups)
    expected = json.loads(done.stdout[: done.stdout.index("}") + 1].replace("'", '"'))
    assert {name: ours[name] for name in expected} == expected
    right, chained = map(int, re.findall(r"via \[(\d+), (\d+)\]", done.stdout)[0])
    assert ours["via"] == round(100 * right / max(1, chained), 1)
