"""What contents mean: vectors of texts by themselves and as they are read, and search by them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.decode import Floats
from sayso.engine import Engine
from sayso.errors import InvalidSearch, MissingWeights
from sayso.ledger import Ledger, tables
from sayso.ledger.filters import Filters
from sayso.ledger.meaning import alike, complete, keep, lacking
from sayso.meaning import FILE, Meaning, Meanings, rarities, unit
from sayso.model import Model
from sayso.tensors import tensors
from tests.desk import filled
from tests.readings import quick

REPORT = (
    "The dam at Port Aurel will hold, engineer Ilse Tamarind said on Monday. “Nobody has opened the spillway gates,” "
    "she told reporters. The mayor, Rafe Dunmore, denied that four hundred homes would be flooded by the summer. A "
    "board official said that the crack in the wall was forty years old."
)


@pytest.fixture(scope="module")
def meanings(engine: Engine) -> Meanings:
    return Meanings(engine.model)


def test_the_same_in_other_words_is_nearer_than_something_else(meanings: Meanings) -> None:
    said, same, other = meanings.vectors(
        ["the dam will hold", "there is no danger that the barrage gives way", "wages of nurses will rise in autumn"]
    )
    assert said @ same > said @ other


def test_names_count(meanings: Meanings) -> None:
    one, same, another = meanings.vectors(
        ["Rafe Dunmore had resigned", "Rafe Dunmore resigned", "Colm Vantry had resigned"]
    )
    assert one @ same > one @ another


def test_vectors_have_one_length_and_texts_without_words_none(meanings: Meanings) -> None:
    vectors = meanings.vectors(["the dam", "", " \n", "\ud800", "dam " * 2000])
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[[0, 4]] == pytest.approx([1, 1], abs=1e-3)
    assert lengths[[1, 2]].tolist() == [0, 0]
    assert meanings.vectors([]).shape == (0, vectors.shape[1])


def test_a_reading_brings_the_meaning_of_its_contents(engine: Engine, meanings: Meanings) -> None:
    ((reading, vectors),) = engine.read_meant([REPORT])
    assert reading == engine.read(REPORT)
    assert len(vectors) == len(reading.attributions) > 2
    alone = meanings.vectors([reading.words(a.content) for a in reading.attributions])
    # What stands in a report means nearly what it means alone: each is nearest to itself.
    assert (vectors @ alone.T).argmax(axis=1).tolist() == list(range(len(vectors)))


def test_a_model_without_that_part(tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(MissingWeights):
        Meaning.load(Model("bare", tmp_path, engine.model.settings, engine.model.calibration))


def test_tensors_out_of_the_graph(engine: Engine) -> None:
    path = engine.model.folder / "encoder.onnx"
    name = "model.encoder.words.weight"
    table, scale, zero = tensors(path, f"{name}_quantized", f"{name}_scale", f"{name}_zero_point")
    assert table.shape == (30522, 384)
    assert (scale.shape, zero.shape) == ((), ())
    assert 0 < scale < 1
    with pytest.raises(KeyError):
        tensors(path, "nothing")
    assert (engine.model.folder / FILE).is_file()


def test_common_words_hardly_count() -> None:
    rare = rarities(30522)
    assert rare[1996] < 0.1 < 0.5 < rare[20000] < 1  # "the"; a word that few know
    assert rare[100] < 1e-3
    assert np.linalg.norm(unit(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32)), axis=1).tolist() == [1, 0]


class Lettered:
    """Takes texts with the same letters for the same."""

    meaning = SimpleNamespace(model="letters")

    def vectors(self, texts: Sequence[str]) -> Floats:
        counts = np.zeros((len(texts), 32), np.float32)
        for row, text in zip(counts, texts, strict=True):
            for letter in text.lower():
                row[ord(letter) % 32] += 1
        return unit(counts)


LETTERED = cast(Meanings, Lettered())


def test_search_by_meaning(ledger: Ledger) -> None:
    filled(ledger)
    with ledger.writes() as connection:
        assert alike(connection, "the dam", LETTERED).rows == ()
        made = 0
        while new := complete(connection, LETTERED, limit=4):
            made += new
        assert made == 11
        assert lacking(connection, "letters", 9) == []
        assert len(lacking(connection, "another model", 99)) == 11
    with ledger.reads() as connection:
        table = alike(connection, "dlot eht mad at port aurel lliw “h”", LETTERED)
        (first, *_) = table.records()
        assert first["content"] == "“the dam at Port Aurel will hold”"
        assert first["score"] > 0.95
        assert first["copies"] == 2
        assert list(table.column("score")) == sorted(table.column("score"), reverse=True)
        assert len(table) == 8
        assert len(alike(connection, "dam", LETTERED, limit=3)) == 3
        (own,) = alike(connection, "dam", LETTERED, Filters(stance="denies")).records()
        assert own["stance"] == "denies"
        for words in ("", "…", "x" * 20_000):
            with pytest.raises(InvalidSearch):
                alike(connection, words, LETTERED)


def test_vectors_of_a_reading_are_kept_and_go_with_it(ledger: Ledger) -> None:
    filled(ledger)
    with ledger.writes() as connection:
        for _ in range(2):
            keep(connection, 1, np.eye(3, 8, dtype=np.float32), "letters")
        kept = connection.execute(tables.vectors.select().order_by(tables.vectors.c.attribution)).all()
        assert [np.frombuffer(row.vector, "<f2").argmax() for row in kept] == [0, 1, 2]
        connection.execute(tables.attributions.delete())
        assert connection.execute(tables.vectors.select()).all() == []


@quick
@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_texts_have_vectors(meanings: Meanings, texts: list[str]) -> None:
    vectors = meanings.vectors(texts)
    assert vectors.shape[0] == len(texts)
    assert np.isfinite(vectors).all()
