"""Accuracy of voices on the annotated articles: with the annotated spans given, and end to end from raw text.

    python -m evals.voices --corpus ../shared/data/voices/polnear-dev
    python -m evals.voices --corpus ../shared/data/voices/wikinews-dev --check

The end-to-end figures are those of the project's reference scorer. `--check` fails where a figure is under its floor;
`--pin` makes the figures the floors.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import floors
from evals.attributions import as_gold
from evals.corpus import Voiced, VoicedArticle, read_voices
from evals.score import marked, match
from sayso.engine import Engine
from sayso.reading import Reading
from sayso.types import Attribution, Span
from sayso.voices.lexicon import PRONOUNS

_ARTICLE = re.compile(r"^(the|a|an|mr\.?|mrs\.?|ms\.?) ")
FORMS = ("name", "pronoun", "role", "unnamed", "implied")
"""How a source is worded: a name, a pronoun, a description of somebody who has a name, one of somebody who has none, or
not at all."""


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated attribution beside what was found for it."""

    text: str
    gold: Voiced
    found: Attribution
    name: str
    sort: str
    via: tuple[str, ...]


def plain(name: str) -> str:
    """A name as it is compared: no case, no article, one kind of apostrophe."""
    return _ARTICLE.sub("", name.lower().replace("’", "'")).strip()


def cases(article: VoicedArticle, reading: Reading, pairs: Iterable[tuple[int, int]]) -> list[Case]:
    """The pairs of one article, with the names of the voices found."""
    voices = {voice.id: voice for voice in reading.voices}
    out = []
    for i, j in pairs:
        found = reading.attributions[j]
        voice = voices.get(found.voice or "")
        via = tuple(voices[v].name for v in found.via)
        out.append(
            Case(
                article.text,
                article.attributions[i],
                found,
                voice.name if voice else "",
                voice.type if voice else "none",
                via,
            )
        )
    return out


def figures(groups: Sequence[Sequence[Case]]) -> dict[str, float]:
    """In percent, over the cases of all articles: pairwise F1 of "one voice", exact names, types, stances, kinds, and
    exact chains over the attributions that have one."""
    together = found = right = 0
    for group in groups:
        for one, other in itertools.combinations(group, 2):
            same = one.gold.voice != "" and one.gold.voice == other.gold.voice
            linked = one.found.voice is not None and one.found.voice == other.found.voice
            together += same
            found += linked
            right += same and linked
    every = [case for group in groups for case in group]
    chained = [case for case in every if case.gold.via]
    return {
        "link": _percent(2 * right, together + found),
        "name": _percent(sum(plain(c.gold.voice) == plain(c.name) for c in every), len(every)),
        "type": _percent(sum(c.gold.type == c.sort for c in every), len(every)),
        "stance": _percent(sum(c.gold.stance == c.found.stance for c in every), len(every)),
        "kind": _percent(sum(c.gold.kind == c.found.kind for c in every), len(every)),
        "via": _percent(sum(map(has_right_chain, chained)), len(chained)),
    }


def has_right_chain(case: Case) -> bool:
    """Whether the chain found is the annotated one, link by link."""
    return [*map(plain, case.gold.via)] == [*map(plain, case.via)]


def chains(groups: Sequence[Sequence[Case]]) -> str:
    """A line: how often a chain that was found is the annotated one (precision, over the attributions that were given
    one) and how often the annotated one is found (recall, over those that have one)."""
    every = [case for group in groups for case in group]
    there, given = (sum(map(bool, vias)) for vias in ([c.gold.via for c in every], [c.via for c in every]))
    right = sum(has_right_chain(c) for c in every if c.via)
    precision, recall = _percent(right, given), _percent(right, there)
    return f"{'via':9s} {there:6d}  {precision:7.1f} %  {recall:.1f} %"


def by_form(groups: Sequence[Sequence[Case]]) -> list[str]:
    """A table: for each way of wording a source, how often the voice found is the annotated one (precision, over the
    sources that were given a voice) and how often the annotated one is found (recall, over those that have one)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in (case for group in groups for case in group):
        held = counts[_form(case)]
        right = bool(case.gold.voice) and plain(case.gold.voice) == plain(case.name)
        held["right"] += right
        held["given"] += case.name != ""
        held["there"] += case.gold.voice != ""
    rows = ["source     there  precision  recall"]
    for form in FORMS:
        c = counts[form]
        precision, recall = _percent(c["right"], c["given"]), _percent(c["right"], c["there"])
        rows.append(f"{form:9s} {c['there']:6d}  {precision:7.1f} %  {recall:.1f} %")
    return rows


def _form(case: Case) -> str:
    source = case.gold.source
    if not source:
        return "implied"
    words = case.text[source[0][0] : source[-1][1]].lower().split()
    if len(words) == 1 and words[0] in PRONOUNS:
        return "pronoun"
    if case.gold.type in ("unnamed", "group"):
        return "unnamed"
    last = plain(case.gold.voice).split()[-1:]
    return "name" if last and last[0] in plain(" ".join(words)) else "role"


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


@dataclass(frozen=True, slots=True)
class _Given:
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def with_spans(engine: Engine, article: VoicedArticle) -> list[Case]:
    """The cases of an article whose annotated spans are given to the engine."""
    rows = [
        _Given(*(tuple(Span(*s) for s in spans) for spans in (a.source, a.cue, a.content)))
        for a in article.attributions
    ]
    kept = [i for i, row in enumerate(rows) if row.cue or row.content]
    reading = engine.read_given(article.text, [rows[i] for i in kept])
    return cases(article, reading, [(i, j) for j, i in enumerate(kept)])


def end_to_end(engine: Engine, article: VoicedArticle) -> list[Case]:
    """The cases of an article that is read from its text: the annotated attributions that were found."""
    reading = engine.read(article.text)
    found = marked(article.text, [as_gold(a) for a in reading.attributions])
    gold = marked(article.text, article.attributions)
    return cases(article, reading, match(gold, found))


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="where the texts are that do not lie beside the annotations")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    parser.add_argument(
        "--errors", type=int, default=0, help="print so many cases whose voice is not the annotated one"
    )
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    articles = read_voices(args.corpus, args.texts)
    engine = Engine()
    failures = []
    for label, run in (("gold spans", with_spans), ("end to end", end_to_end)):
        groups = [run(engine, article) for article in articles]
        measured = figures(groups)
        total = sum(len(a.attributions) for a in articles)
        print(
            f"{args.corpus.name}, {label}: {sum(map(len, groups))} of {total} attributions in {len(articles)} articles"
        )
        print("  " + "  ".join(f"{name} {value}" for name, value in measured.items()))
        print_tables(groups)
        print_errors(groups, args.errors)
        name = f"voices-{args.corpus.name}, {label}"
        if args.pin:
            floors.pin(name, measured, args.lower)
        failures += floors.below(name, measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def print_tables(groups: Sequence[Sequence[Case]]) -> None:
    """Print precision and recall by the form of the source, and those of the chains."""
    print("\n".join(f"  {row}" for row in (*by_form(groups), chains(groups))))


def print_errors(groups: Sequence[Sequence[Case]], most: int) -> None:
    """Print the first cases whose voice is not the annotated one, at most `most`."""
    wrong = (c for group in groups for c in group if plain(c.gold.voice) != plain(c.name))
    for case in itertools.islice(wrong, most):
        source = " … ".join(case.text[a:b] for a, b in case.gold.source)
        print(f"    {source!r}: {case.name!r}, annotated {case.gold.voice!r} ({case.found.voice_reason})")


if __name__ == "__main__":
    sys.exit(main())
