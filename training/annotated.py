"""Voices marked for this project, by the rules of `shared/data/voices/GUIDE.md`, in articles of the training corpora.

`annotated.jsonl` holds spans and labels only; the texts come from the corpora. A voice is given by where its name
stands in the text, or, where it stands nowhere in one piece ("Ode & Ruhl"), by the name; `via` is outermost first, as
in a reading. The marking was done by language models that read each article whole, in November 2026; nobody has gone
over it by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.corpus import Voiced, VoicedArticle
from training.named import gum, newswire

FILE = Path(__file__).parent / "annotated.jsonl"


def read(data: Path) -> list[VoicedArticle]:
    """Every annotated article, with its text from the corpora in `data`."""
    known = {("newswire", t.name): t.text for t in newswire(data / "worldwide-newswire-ner")}
    known |= {("gum", t.name): t.text for t in gum(data / "gum")}
    articles = []
    for line in FILE.read_text("utf-8").splitlines():
        article = json.loads(line)
        corpus, name = article["corpus"], article["name"]
        text = known.get((corpus, name)) or _polnear(data / "polnear" / "train" / "text", name)
        rows = tuple(_voiced(row, text) for row in article["attributions"])
        articles.append(VoicedArticle(f"{corpus}:{name}", text, rows))
    return articles


def _polnear(folder: Path, name: str) -> str:
    path = folder / name
    return (path if path.is_file() else folder / f"{name}.txt").read_text("utf-8")


def _voiced(row: dict[str, Any], text: str) -> Voiced:
    source, cue, content = (tuple(sorted((a, b) for a, b in row[role])) for role in ("source", "cue", "content"))
    via = tuple(_name(v, text) for v in row["via"])
    return Voiced(source, cue, content, _name(row["voice"], text), row["type"], row["stance"], "", via)


def _name(value: str | list[int], text: str) -> str:
    return value if isinstance(value, str) else text[slice(*value)]
