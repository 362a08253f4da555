"""docs/formats.md: every format is there, and its sample is what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow.parquet
import pytest

from sayso.corrections import Correction, among, corrections
from sayso.exchange import EXCHANGES
from tests.exchanged import sample

_PAGE = (Path(__file__).parent.parent / "docs/formats.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^##? (\w+)\n(.*?)(?=^##? |\Z)", _PAGE, re.MULTILINE | re.DOTALL))


def written(name: str, folder: Path) -> str:
    form = EXCHANGES[name]
    path = folder / f"out{form.suffix}"
    form.write([sample()], path)
    if name == "parquet":
        return str(pyarrow.parquet.read_table(path).to_pylist()[0])
    files = [path] if form.suffix else sorted(path.iterdir())
    return "\n".join(file.read_bytes().decode("utf-8") for file in files)


def holds(shown: str, text: str) -> bool:
    """Whether the parts of a line between the ellipses stand in `text` in their order."""
    at = 0
    for part in filter(None, (part.strip() for part in shown.split("…"))):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def test_every_format_has_its_paragraph_and_no_other_has() -> None:
    assert [name for name in SECTIONS if name not in ("Formats", "Corrections")] == list(EXCHANGES)
    assert sample().document.text in _PAGE


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_sample_is_what_is_written(name: str, tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```\w*\n(.*?)^```", SECTIONS[name], re.MULTILINE | re.DOTALL)
    text = written(name, tmp_path)
    for line in shown.splitlines():
        assert holds(line, text), line


def test_the_correction_is_one(tmp_path: Path) -> None:
    EXCHANGES["brat"].write([sample()], tmp_path)
    (file,) = tmp_path.glob("*.ann")
    file.write_text(file.read_text("utf-8").replace("Stance E1 denies", "Stance E1 questions"), "utf-8")
    (found,) = corrections(tmp_path, among([sample()]), who="I. Nwade", when="2031-03-09")
    assert isinstance(found, Correction)
    shown = re.findall(r"^```json\n(.*?)^```", SECTIONS["Corrections"], re.MULTILINE | re.DOTALL)[0]
    assert holds(shown.strip(), json.dumps(found.to_dict()))
