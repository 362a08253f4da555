"""`sayso.spacy`: what a pipeline's docs know, exact to the code point, across processes and on disk."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from sayso.documents import document
from sayso.engine import Engine
from tests.golden.lines import EXAMPLES
from tests.needed import needed

needed("spacy", "spacy")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what spaCy's own imports say of each other
    import spacy

    import sayso.spacy

TEXTS = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = spacy.blank("en")
    made.add_pipe("sayso")
    return made


def test_a_doc_knows_what_an_engine_reads(nlp: Any, engine: Engine) -> None:
    for text, doc in zip(TEXTS[:3], nlp.pipe(TEXTS[:3]), strict=True):
        reading = engine.read(text)
        assert doc.text == text
        assert doc._.attributions == reading.attributions
        assert doc._.voices == reading.voices
        assert doc._.reading == reading
    assert nlp(TEXTS[0])._.reading == engine.read(TEXTS[0])


def test_spans_hold_the_words(nlp: Any) -> None:
    doc = nlp(TEXTS[0])
    for group, part in sayso.spacy.GROUPS.items():
        wanted = [(a.id, start, end) for a in doc._.attributions for start, end in getattr(a, part)]
        assert len(wanted) == len(doc.spans[group]) > 20
        for (name, start, end), span in zip(wanted, doc.spans[group], strict=True):
            assert span.label_ == name
            inside = (doc[span.start].idx, doc[span.end - 1].idx + len(doc[span.end - 1]))
            assert inside == (span.start_char, span.end_char)
            assert span.start_char <= start < span.start_char + len(doc[span.start])
            assert span.end_char - len(doc[span.end - 1]) < end <= span.end_char


def test_what_is_known_of_a_report_is_used(nlp: Any) -> None:
    doc = nlp.make_doc("On Tuesday, the mayor said, the dam broke.")
    doc._.report = {"published": "2031-03-07", "outlet": "Harbour Wire"}
    reading = nlp(doc)._.reading
    assert reading.document == document(
        "On Tuesday, the mayor said, the dam broke.", published="2031-03-07", outlet="Harbour Wire"
    )
    assert [time.value for time in reading.times] == ["2031-03-04"]


def test_several_processes_read_the_same(nlp: Any) -> None:
    alone = [doc._.reading for doc in nlp.pipe(TEXTS)]
    assert [doc._.reading for doc in nlp.pipe(TEXTS, n_process=2, batch_size=3)] == alone


def test_a_pipeline_and_a_doc_survive_the_disk(nlp: Any, tmp_path: Path) -> None:
    doc = nlp(TEXTS[1])
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again(TEXTS[1])._.reading == doc._.reading
    doc.to_disk(tmp_path / "doc")
    assert spacy.tokens.Doc(nlp.vocab).from_disk(tmp_path / "doc")._.reading == doc._.reading
    assert spacy.blank("en").from_bytes(nlp.to_bytes(), exclude=["sayso"]) is not None


def test_a_doc_that_was_not_read_knows_nothing(nlp: Any) -> None:
    doc = nlp.make_doc("The dam will hold, the mayor said.")
    assert (doc._.reading, doc._.attributions, doc._.voices) == (None, (), ())
    assert nlp("")._.attributions == ()
