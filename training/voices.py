"""Train what voices are resolved with: the judge (stance, sort), the scorer of links and the scorer of sorts:

    python -m training.voices --weights src/sayso/weights/en_v2 --data ../shared/data

Learns from `annotated.jsonl`; every 8th article is held out and scored. Writes `judge.onnx` and `voices.npz`.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from evals.corpus import Voiced, VoicedArticle
from sayso.chain import parents
from sayso.decode import Floats
from sayso.encoder import Encoder
from sayso.kind import Quoted
from sayso.names import NAME_KINDS, PHRASE_KINDS, Named, named, tidied
from sayso.quotes import quotations
from sayso.stance import CIRCUMSTANCES, STANCES, circumstances
from sayso.types import Span, Spans
from sayso.veil import windower_of
from sayso.voices.bearers import key, same_person
from sayso.voices.lexicon import nations, stops
from sayso.voices.marks import Marks
from sayso.voices.naming import name
from sayso.voices.options import CONTEXT, FORMS, PAIR, Occasion, Options, form
from sayso.voices.resolve import Link, Resolver, Said
from sayso.voices.sort import SORTS, WIDTH, features
from sayso.voices.speakers import Scene, Speaker
from sayso.windows import Windower
from training import annotated, judge
from training.export import quiet

HOLDOUT_EVERY = 8
LINK_WIDTH = len(FORMS) + len(CONTEXT) + len(PAIR)
LINK_HIDDEN, LINK_SEEDS, LINK_EPOCHS = 48, 4, 25
FOLDS = 4
_ARTICLE = re.compile(r"^(the|a|an|mr\.?|mrs\.?|ms\.?) ")


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An article as the engine sees it: names, phrases, and for every attribution the pooled vectors of cue and source
    (zeros where there is none) and its circumstances."""

    article: VoicedArticle
    said: tuple[Said, ...]
    marks: Marks
    scene: Scene
    cues: Tensor
    sources: Tensor
    circumstances: Tensor


def see(article: VoicedArticle, encoder: Encoder, windower: Windower) -> Seen:
    """Run encoder and namer over an article and pool the vectors of its attributions."""
    rows = [_said(a) for a in article.attributions]
    outer = parents(rows)
    said = tuple(Said(r.source, r.cue, r.content, p) for r, p in zip(rows, outer, strict=True))
    pools = {role: torch.zeros(len(said), judge.VECTORS) for role in ("cue", "source")}
    names: list[Named] = []
    phrases: list[Named] = []
    for window in windower.windows(article.text):
        tagged = encoder.tag(window)
        name_tags, phrase_tags = encoder.name(tagged)
        names += named(name_tags, NAME_KINDS, window)
        phrases += named(phrase_tags, PHRASE_KINDS, window)
        units, words = torch.from_numpy(tagged.units), torch.from_numpy(tagged.words)
        for role, pool in pools.items():
            for index, item in enumerate(said):
                spans: Spans = getattr(item, role)
                run = window.run(spans) if spans else None
                if run is not None:
                    pool[index] = judge.pooled(units, words, torch.tensor([run]))[0]
    return Seen(
        article,
        said,
        Marks(article.text, tidied(article.text, sorted(names), stops(), nations()), sorted(phrases)),
        Scene(article.text, Quoted(article.text, quotations(article.text))),
        pools["cue"],
        pools["source"],
        torch.tensor([circumstances(article.text, s.source, s.cue, s.content) for s in said]).reshape(
            -1, CIRCUMSTANCES
        ),
    )


def _said(row: Voiced) -> Said:
    source, cue, content = (tuple(Span(*s) for s in spans) for spans in (row.source, row.cue, row.content))
    return Said(source, cue, content, None)


def plain(words: str) -> str:
    """A name as it is compared: no case, no article."""
    return _ARTICLE.sub("", words.lower().replace("’", "'")).strip()


class Teacher:
    """Plays the chooser: gives every source to the speaker whom the annotation means, and keeps what it chose from."""

    def __init__(self, seen: Seen) -> None:
        self.samples: list[tuple[Floats, list[int], str]] = []
        self.speakers: dict[int, str] = {}
        self._seen = seen
        self._resolver = Resolver(seen.article.text, seen.marks, seen.scene, self._choose)

    def links(self) -> list[list[Link]]:
        """The links of the whole article, as annotated."""
        return self._resolver.resolve(self._seen.said, self._note)

    def _note(self, index: int, link: Link) -> None:
        voice = self._seen.article.attributions[index].voice
        if link.speaker is not None and " & " not in voice:
            self.speakers.setdefault(id(link.speaker), voice)

    def _choose(self, index: int, occasion: Occasion, offered: Options) -> tuple[int, float]:
        if index < 0:  # whose a description is: nobody has marked that
            return 0, 1.0
        voice = self._seen.article.attributions[index].voice
        new, nobody = len(offered.speakers), len(offered.speakers) + 1
        right = [row for row, speaker in enumerate(offered.speakers) if voice and self._is(speaker, voice)]
        if not voice:
            right = [nobody]
        elif not right and form(occasion.mention) == "none":
            return nobody, 1.0
        if all(
            offered.speakers[row].kind == "phrase" and not offered.speakers[row].sources for row in right if row < new
        ):
            right.append(new)  # nobody has spoken yet under this description: it is new either way
        right = sorted(set(right)) if voice else [nobody]
        if " & " not in voice:
            self.samples.append((offered.rows, right, form(occasion.mention)))
        return right[0], 1.0

    def _is(self, speaker: Speaker, voice: str) -> bool:
        if id(speaker) in self.speakers:
            return plain(self.speakers[id(speaker)]) == plain(voice)
        if speaker.bearer is None:
            return speaker.described is not None and plain(name(self._seen.article.text, speaker)) == plain(voice)
        mine, words = speaker.bearer.key, key(voice)
        if not words or mine == words or speaker.kind != "person":
            return bool(words) and mine == words
        if min(len(mine), len(words)) == 1:
            return mine[-1] == words[-1] and len(mine) == 1
        return same_person(*sorted((mine, words), key=len, reverse=True))


class Links(nn.Module):
    """The scorer of links while it is trained: several perceptrons with two hidden layers."""

    def __init__(self, width: int, hidden: int, out: int, seeds: int, dropout: float = 0.1) -> None:
        super().__init__()
        sizes = [width, hidden, hidden, out]
        self.layers = nn.ModuleList(
            nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(sizes)) for _ in range(seeds)
        )
        self.dropout = nn.Dropout(dropout)

    def each(self, x: Tensor) -> list[Tensor]:
        """(…, width) → (…, out) of every network."""
        scores = []
        for layers in self.layers:
            y = x
            for depth, layer in enumerate(layers):
                y = layer(self.dropout(F.relu(y)) if depth else y)
            scores.append(y)
        return scores

    def arrays(self, prefix: str) -> dict[str, Floats]:
        """As `sayso.voices.scorer` reads them."""
        out: dict[str, Floats] = {}
        for depth in range(3):
            held = [layers[depth] for layers in self.layers]
            out[f"{prefix}.w{depth}"] = np.stack([layer.weight.detach().numpy().T for layer in held]).astype(np.float16)
            out[f"{prefix}.b{depth}"] = np.stack([layer.bias.detach().numpy()[None] for layer in held]).astype(
                np.float16
            )
        return out


def train_links(samples: Sequence[tuple[Floats, list[int], str]], seed: int = 0) -> Links:
    """The scorer of links: of all options of a sample the right ones together should have all the probability."""
    torch.manual_seed(seed)
    rows, mask, gold = _padded(samples)
    model = Links(LINK_WIDTH, LINK_HIDDEN, 1, LINK_SEEDS)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    steps = LINK_EPOCHS * -(-len(samples) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for _ in range(LINK_EPOCHS):
        for batch in torch.randperm(len(samples)).split(64):
            each = [s.squeeze(-1) + mask[batch] for s in model.each(rows[batch])]
            losses = [(s.logsumexp(1) - (s + gold[batch]).logsumexp(1)).mean() for s in each]
            loss = torch.stack(losses).sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return model.eval()


def _padded(samples: Sequence[tuple[Floats, list[int], str]]) -> tuple[Tensor, Tensor, Tensor]:
    most = max(len(rows) for rows, _, _ in samples)
    out = torch.zeros(len(samples), most, LINK_WIDTH)
    mask, gold = torch.full((len(samples), most), -1e9), torch.full((len(samples), most), -1e9)
    for index, (rows, right, _) in enumerate(samples):
        out[index, : len(rows)] = torch.from_numpy(rows)
        mask[index, : len(rows)] = 0
        gold[index, right] = 0
    return out, mask, gold


def link_accuracy(model: Links, samples: Sequence[tuple[Floats, list[int], str]]) -> dict[str, str]:
    """By form, how often a right option comes first."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for rows, right, shape in samples:
        with torch.no_grad():
            best = int(torch.stack(model.each(torch.from_numpy(rows))).mean(0).argmax())
        counts[shape][best in right] += 1
        counts["all"][best in right] += 1
    return {shape: f"{100 * c[True] / c.total():.1f} of {c.total()}" for shape, c in sorted(counts.items())}


def train_judge(seen: Sequence[Seen]) -> tuple[judge.Head, judge.Head]:
    """The heads of stance and of sort; a source that is not expressed teaches nothing about sorts."""
    circumstances_, cues, sources = (
        torch.cat([getattr(s, n) for s in seen]) for n in ("circumstances", "cues", "sources")
    )
    rows = [a for s in seen for a in s.article.attributions]
    stances = torch.tensor([[str(s) for s in STANCES].index(a.stance) for a in rows])
    sorts = torch.tensor([SORTS.index(a.type) for a in rows])
    worded = torch.tensor([bool(a.source) for a in rows])
    return (
        judge.train(cues, circumstances_, stances, len(STANCES)),
        judge.train(sources[worded], circumstances_[worded], sorts[worded], len(SORTS)),
    )


def sort_rows(seen: Sequence[Seen], head: judge.Head) -> tuple[Tensor, Tensor]:
    """For every annotated speaker of these articles its features and its sort. `head` must not have seen them."""
    rows, labels = [], []
    for item in seen:
        with torch.no_grad():
            judged = head(item.sources, item.circumstances).numpy()
        held: dict[int, tuple[Speaker, list[Floats], Counter[str]]] = {}
        for index, links in enumerate(Teacher(item).links()):
            speaker = links[0].speaker
            kind = item.article.attributions[index].type
            if speaker is None or speaker.kind == "author" or len(links) > 1 or kind == "none":
                continue
            _, scores, kinds = held.setdefault(id(speaker), (speaker, [], Counter()))
            kinds[kind] += 1
            if links[0].mention.form not in ("pronoun", "none"):
                scores.append(judged[index])
        for speaker, scores, kinds in held.values():
            rows += [features(name(item.article.text, speaker), speaker, scores)] * kinds.total()
            labels += [SORTS.index(kinds.most_common(1)[0][0])] * kinds.total()
    return torch.from_numpy(np.stack(rows)), torch.tensor(labels)


def train_sorts(rows: Tensor, labels: Tensor, seed: int = 0) -> Links:
    """The scorer of sorts."""
    torch.manual_seed(seed)
    model = Links(WIDTH, 32, len(SORTS), 3, dropout=0.2)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=15 * -(-len(labels) // 64))
    for _ in range(15):
        for batch in torch.randperm(len(labels)).split(64):
            each = model.each(rows[batch])
            loss = torch.stack([F.cross_entropy(s, labels[batch], label_smoothing=0.02) for s in each]).sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return model.eval()


def main() -> None:
    """Train everything, score it on the held-out articles, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder; what is learnt goes there")
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    quiet()
    torch.set_num_threads(1)  # small matrices: more threads only wait for each other
    encoder, windower = Encoder(args.weights), windower_of(args.weights)
    with ThreadPoolExecutor() as pool:
        seen = list(pool.map(lambda a: see(a, encoder, windower), annotated.read(args.data)))
    random.Random(0).shuffle(seen)
    held, kept = seen[::HOLDOUT_EVERY], [s for i, s in enumerate(seen) if i % HOLDOUT_EVERY]
    print(f"{len(kept)} articles to learn from, {len(held)} held out")

    stance, sort = train_judge(kept)
    for label, head, vectors, classes in (("stance", stance, "cues", STANCES), ("sort", sort, "sources", SORTS)):
        hits = [
            classes[int(row.argmax())] == getattr(a, "stance" if label == "stance" else "type")
            for s in held
            for row, a in zip(head(getattr(s, vectors), s.circumstances), s.article.attributions, strict=True)
            if label == "stance" or a.source
        ]
        print(f"held out, {label} of each attribution alone: {100 * sum(hits) / len(hits):.1f} of {len(hits)}")

    teachers = [Teacher(s) for s in kept]
    for teacher in teachers:
        teacher.links()
    links = train_links([sample for t in teachers for sample in t.samples])
    checks = [Teacher(s) for s in held]
    for teacher in checks:
        teacher.links()
    print("held out, links:", link_accuracy(links, [sample for t in checks for sample in t.samples]))

    rows, labels = [], []
    for fold in range(FOLDS):  # what the scorer of sorts learns from must not have taught the judge
        _, other = train_judge([s for i, s in enumerate(kept) if i % FOLDS != fold])
        part = sort_rows([s for i, s in enumerate(kept) if i % FOLDS == fold], other)
        rows.append(part[0])
        labels.append(part[1])
    sorts = train_sorts(torch.cat(rows), torch.cat(labels))
    rows_held, labels_held = sort_rows(held, sort)
    with torch.no_grad():
        right = torch.stack(sorts.each(rows_held)).mean(0).argmax(-1) == labels_held
    print(f"held out, sorts of voices: {100 * right.float().mean():.1f} of {len(right)}")

    judge.export(stance, sort, args.weights / "judge.onnx")
    np.savez_compressed(args.weights / "voices.npz", **links.arrays("link"), **sorts.arrays("sort"))


if __name__ == "__main__":
    main()
