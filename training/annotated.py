"""Voices marked for this project, by the rules of `shared/data/voices/GUIDE.md`, in articles of the training corpora.

Most have the attributions of PolNeAR or those that the engine found; those that are `complete` have every attribution,
also those inside others.

`annotated.jsonl` holds spans and labels only; the texts come from the corpora. A voice is given by where its name
stands in the text, or, where it stands nowhere in one piece ("Ode & Ruhl"), by the name; `via` is outermost first, as
in a reading. The marking was done by language models that read each article whole, in November 2026; nobody has gone
over it by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.corpus import Article, Gold, Voiced, VoicedArticle
from evals.corpus import Spans as Pairs
from sayso.chain import parents
from sayso.types import Span, Spans
from sayso.voices.resolve import Said
from training.named import gum, newswire

FILE = Path(__file__).parent / "annotated.jsonl"


HOLDOUT_EVERY = 8
"""Every 8th complete article is held out."""


def complete(data: Path) -> list[Article]:
    """The articles in which every attribution is marked, with the outermost ones: PolNeAR marks no others."""
    chosen = {f"{row['corpus']}:{row['name']}" for row in _rows() if row.get("complete")}
    return [_outermost(article) for article in read(data) if article.name in chosen]


def split(articles: list[Article]) -> tuple[list[Article], list[Article]]:
    """The articles to train on and those held out."""
    return [a for i, a in enumerate(articles) if i % HOLDOUT_EVERY], articles[::HOLDOUT_EVERY]


def read(data: Path) -> list[VoicedArticle]:
    """Every annotated article, with its text from the corpora in `data`."""
    known = {("newswire", t.name): t.text for t in newswire(data / "worldwide-newswire-ner")}
    known |= {("gum", t.name): t.text for t in gum(data / "gum")}
    articles = []
    for article in _rows():
        corpus, name = article["corpus"], article["name"]
        text = known.get((corpus, name)) or _polnear(data / "polnear" / "train" / "text", name)
        rows = tuple(_voiced(row, text) for row in article["attributions"])
        articles.append(VoicedArticle(f"{corpus}:{name}", text, rows))
    return articles


def _rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def _outermost(article: VoicedArticle) -> Article:
    golds = [Gold(a.source, a.cue, a.content) for a in article.attributions]
    outer = parents([Said(_spans(g.source), _spans(g.cue), _spans(g.content), None) for g in golds])
    return Article(article.name, article.text, (tuple(g for g, p in zip(golds, outer, strict=True) if p is None),))


def _spans(pairs: Pairs) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _polnear(folder: Path, name: str) -> str:
    path = folder / name
    return (path if path.is_file() else folder / f"{name}.txt").read_text("utf-8")


def _voiced(row: dict[str, Any], text: str) -> Voiced:
    source, cue, content = (tuple(sorted((a, b) for a, b in row[role])) for role in ("source", "cue", "content"))
    via = tuple(_name(v, text) for v in row["via"])
    return Voiced(source, cue, content, _name(row["voice"], text), row["type"], row["stance"], "", via)


def _name(value: str | list[int], text: str) -> str:
    return value if isinstance(value, str) else text[slice(*value)]
