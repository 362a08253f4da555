"""The annotated corpora as articles: a text and, for each annotator, the attributions found in it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution; spans in code points of the article's text, in text order."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Article:
    """`versions` holds one tuple of attributions per annotator who marked the whole article."""

    name: str
    text: str
    versions: tuple[tuple[Gold, ...], ...]


def read_brat(folder: Path) -> list[Article]:
    """PolNeAR's layout (Newell, Margolin & Ruths, LREC 2018): `text/NAME`, `attributions/NAME_annotator.ann`."""
    annotated: dict[str, list[tuple[Gold, ...]]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotated[path.stem.rsplit("_", 1)[0]].append(tuple(_events(path)))
    texts = {p.name.removesuffix(".txt"): p for p in sorted((folder / "text").iterdir())}
    return [Article(name, path.read_text("utf-8"), tuple(annotated[name])) for name, path in texts.items()]


def read_json(folder: Path) -> list[Article]:
    """The layout of `voices/wikinews-dev`: `NAME.txt` beside `NAME.json` with the spans of each attribution."""
    articles = []
    for path in sorted(folder.glob("*.json")):
        golds = tuple(
            Gold(*(_ordered(a[role]) for role in ("source", "cue", "content")))
            for a in json.loads(path.read_text("utf-8"))["attributions"]
        )
        articles.append(Article(path.stem, path.with_suffix(".txt").read_text("utf-8"), (golds,)))
    return articles


def contents(folder: Path) -> list[str]:
    """The contents of four words and more that are annotated in a folder of PolNeAR's layout, each once, in order."""
    found = (
        " ".join(" ".join(article.text[start:end] for start, end in gold.content).split())
        for article in read_brat(folder)
        for gold in article.versions[0]
    )
    return [content for content in dict.fromkeys(found) if content.count(" ") > 2]


def _events(path: Path) -> Iterator[Gold]:
    spans: dict[str, list[list[int]]] = {}
    for line in path.read_text("utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) < 2:  # the quoted text of a span may run over lines
            continue
        if columns[0].startswith("T"):
            spans[columns[0]] = [[int(n) for n in pair.split()] for pair in columns[1].split(" ", 1)[1].split(";")]
        elif columns[0].startswith("E"):
            roles: dict[str, list[list[int]]] = defaultdict(list)
            for part in columns[1].split():
                role, span = part.split(":")
                roles[re.sub(r"\d+$", "", role)] += spans.get(span, [])
            gold = Gold(_ordered(roles["Source"]), _ordered(roles["Cue"]), _ordered(roles["Content"]))
            if gold.cue or gold.content:
                yield gold


def _ordered(spans: list[list[int]]) -> Spans:
    return tuple(sorted((a, b) for a, b in spans))


@dataclass(frozen=True, slots=True)
class Voiced(Gold):
    """An annotated attribution with its voice, as `voices/GUIDE.md` defines it; `voice` is "" where there is none, and
    `via` goes from the reader to the speaker, outermost first."""

    voice: str
    type: str
    stance: str
    kind: str
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoicedArticle:
    """An article with all its attributions and their voices."""

    name: str
    text: str
    attributions: tuple[Voiced, ...]


def read_voices(folder: Path, texts: Path | None = None) -> list[VoicedArticle]:
    """The layout of `voices/`: a JSON file an article. Its text lies beside it as `NAME.txt`, or in the folder `texts`,
    which defaults to that of PolNeAR's dev part where `shared/data` has it."""
    texts = texts or folder.parent.parent / "polnear" / "dev" / "text"
    articles = []
    for path in sorted(folder.glob("*.json")):
        rows = json.loads(path.read_text("utf-8"))["attributions"]
        places = (path.with_suffix(".txt"), texts / path.stem, texts / f"{path.stem}.txt")
        text = next(place for place in places if place.is_file()).read_text("utf-8")
        articles.append(VoicedArticle(path.stem, text, tuple(_voiced(row) for row in rows)))
    return articles


def _voiced(row: dict[str, Any]) -> Voiced:
    source, cue, content = (_ordered(row[role]) for role in ("source", "cue", "content"))
    via = tuple(
        reversed(row["via"])
    )  # these files list the voices from the speaker outwards, design.md from the reader in
    return Voiced(source, cue, content, row["voice"], row["source_type"], row["stance"], row["kind"], via)
