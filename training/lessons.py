"""What the network is taught in each epoch, and the making of it ahead in other processes.

Three kinds of lesson, mixed: attributions (PolNeAR's training articles), names (Worldwide Newswire) and noun phrases
(GUM's free genres). The same seed and number of an epoch give the same lessons.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from evals.corpus import Article
from sayso.veil import veil
from sayso.windows import Windower
from training.augment import Exchanges, exchanged, renamed, requoted
from training.examples import Example, NamedExample, collate, collate_named, examples, named_examples
from training.named import Text
from training.packed import Lesson, Packed, packed

E = TypeVar("E", Example, NamedExample)

AHEAD = 3
"""So many epochs are made at once."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """`articles` with their attributions; `texts` with names, and with phrases; what may be exchanged in them; whether
    names are veiled."""

    tokenizer: Path
    articles: Sequence[Article]
    texts: tuple[Sequence[Text], Sequence[Text]]
    exchanges: Exchanges
    size: int
    seed: int
    veiled: bool

    def epoch(self, number: int) -> Packed:
        """The lessons of one epoch: batches of about equally long windows, in random order."""
        rng = random.Random(f"{self.seed}/{number}")
        windower = Windower.from_file(self.tokenizer, veil() if self.veiled else None)
        drawn = [e for article in self.articles for e in self._drawn(article, rng, windower, plain=number == 0)]
        lessons: list[Lesson] = [collate(batch) for batch in _batches(drawn, self.size, rng)]
        for head, texts in enumerate(self.texts):
            named = [e for text in texts for e in named_examples(text, head, windower)]
            lessons += [collate_named(batch) for batch in _batches(named, 2 * self.size, rng)]
        rng.shuffle(lessons)
        return packed(lessons)

    def _drawn(self, article: Article, rng: random.Random, windower: Windower, plain: bool) -> Iterator[Example]:
        """One annotator's version of an article, now and then with other names or other quotation marks."""
        version = rng.randrange(len(article.versions))
        if not plain:
            if rng.random() < 0.4:
                article = renamed(article, rng, self.exchanges)
            if rng.random() < 0.4:
                article = exchanged(article, rng, self.exchanges)
            if rng.random() < 0.35:
                article = requoted(article, rng)
        return examples(article, version, windower)


def made_ahead(lessons: Lessons, numbers: range) -> Iterator[Packed]:
    """The epochs of those numbers, in order, made in other processes while one is taught."""
    with ProcessPoolExecutor(AHEAD, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Packed]] = deque(pool.submit(lessons.epoch, number) for number in numbers[:AHEAD])
        for number in numbers:
            made = waiting.popleft().result()
            if number + AHEAD in numbers:
                waiting.append(pool.submit(lessons.epoch, number + AHEAD))
            yield made


def _batches(drawn: list[E], size: int, rng: random.Random) -> list[list[E]]:
    drawn.sort(key=lambda e: len(e.window.pieces) + rng.uniform(-24, 24))
    return [drawn[i : i + size] for i in range(0, len(drawn), size)]
