"""Mark attributions in news that nobody has marked, by several networks together: `python -m training.selftaught …`.

PolNeAR is American politics. What several trained networks find together in the Worldwide Newswire is taught to the
next beside it, so that it meets other papers' ways of attributing (self-training: Yarowsky 1995; of many teachers:
Hinton, Vinyals & Dean 2015; here with hard labels, which can be moved with the names that are exchanged in a text).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from evals.corpus import Article, Gold, Spans
from sayso.veil import veil
from sayso.windows import Window, Windower
from training import named
from training.examples import Batch, Example, collate
from training.model import Reader

BATCH = 16
SURE = 0.5
"""The least mean probability of an attribution's four boundaries: what the networks are less sure of is not taught."""


class Cue(NamedTuple):
    """Units [first, last) of the window `row` of a batch."""

    row: int
    first: int
    last: int


def read_marked(path: Path, data: Path) -> list[Article]:
    """The articles that were marked into that file, with their texts from the corpora in `data`."""
    texts = {text.name: text.text for text in named.newswire(data / "worldwide-newswire-ner")}
    articles = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        golds = (Gold(*(tuple((a, b) for a, b in spans) for spans in found)) for found in row["found"])
        articles.append(Article(row["name"], texts[row["name"]], (tuple(golds),)))
    return articles


def marked(teachers: Sequence[Reader], windows: Sequence[Window], device: torch.device) -> Iterator[Gold]:
    """What the teachers together find in the windows of one text."""
    for at in range(0, len(windows), BATCH):
        part = windows[at : at + BATCH]
        batch = collate([Example(window, window.paragraph * 0, ()) for window in part])
        yield from _found(teachers, part, _on(batch, device))


def _on(batch: Batch, device: torch.device) -> Batch:
    return Batch(**{name: getattr(batch, name).to(device) for name in Batch.__dataclass_fields__})


def _found(teachers: Sequence[Reader], windows: Sequence[Window], batch: Batch) -> Iterator[Gold]:
    units = [teacher.encoder(batch.pieces, batch.features, batch.mask, batch.firsts)[0] for teacher in teachers]
    tags = _mean([t.tagger(u).softmax(-1) for t, u in zip(teachers, units, strict=True)]).argmax(-1).tolist()
    cues = [cue for row, window in enumerate(windows) for cue in _cues(tags[row], row, window)]
    if not cues:
        return
    rows, first, last = torch.tensor(cues, device=batch.pieces.device).T
    linked = [t.linker(u, batch.paragraph, rows, first, last) for t, u in zip(teachers, units, strict=True)]
    absent = torch.nn.functional.pad(~batch.unit_mask[rows], (0, 1))[:, None]
    roles = _mean([r.softmax(-1) for r, _ in linked]).argmax(-1).tolist()
    bounds = _mean([b.masked_fill(absent, -1e4).softmax(-1) for _, b in linked])
    sure, places = (x.tolist() for x in bounds.max(-1))
    for cue, kinds, probabilities, bound in zip(cues, roles, sure, places, strict=True):
        gold = _gold(windows[cue.row], cue, kinds, bound)
        if gold is not None and sum(probabilities) / len(probabilities) >= SURE:
            yield gold


def _cues(tags: Sequence[int], row: int, window: Window) -> Iterator[Cue]:
    """The cues among the units that the window owns."""
    index, size = window.owned, len(window.units)
    while index < size:
        last = index + 1
        if tags[index] == 1:
            while last < size and tags[last] == 2:
                last += 1
            yield Cue(row, index, last)
        index = last


def _gold(window: Window, cue: Cue, roles: Sequence[int], bounds: Sequence[int]) -> Gold | None:
    """The attribution of a cue by the role of each unit and its four boundaries; None if there is no content."""
    held = range(cue.first, cue.last)
    source, content = (
        [i for i in range(first, last + 1) if roles[i] == role and i not in held] if last < len(window.units) else []
        for role, first, last in ((1, *bounds[:2]), (2, *bounds[2:]))
    )
    return Gold(_spans(window, source), _spans(window, held), _spans(window, content)) if content else None


def _spans(window: Window, units: Sequence[int]) -> Spans:
    """Units → code points, what follows one another in one span."""
    spans: list[tuple[int, int]] = []
    previous = -2
    for index in units:
        start, end = window.units[index].tolist()
        spans = [*spans[:-1], (spans[-1][0], end)] if index == previous + 1 else [*spans, (start, end)]
        previous = index
    return tuple(spans)


def _mean(scores: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(scores)).mean(0)


def main() -> None:
    """Mark the newswire that is not held out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2, for its tokenizer")
    parser.add_argument("--weights", type=Path, nargs="+", required=True, help="of the networks, all veiled or none")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    states = [torch.load(path, weights_only=True, map_location=device) for path in args.weights]
    teachers = [Reader(dropout=0.0).to(device).eval() for _ in states]
    for teacher, state in zip(teachers, states, strict=True):
        teacher.load_state_dict(state["model"])
    windower = Windower.from_file(args.base / "tokenizer.json", veil() if states[0]["veiled"] else None)
    texts = named.split(named.newswire(args.data / "worldwide-newswire-ner"))[0]
    with torch.inference_mode(), args.out.open("w", encoding="utf-8") as out:
        for text in texts:
            found = marked(teachers, list(windower.windows(text.text)), device)
            rows = [(gold.source, gold.cue, gold.content) for gold in found]
            out.write(json.dumps({"name": text.name, "found": rows}) + "\n")


if __name__ == "__main__":
    main()
