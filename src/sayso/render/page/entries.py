"""The list on the page: each attribution with who, how and what, whose voice that is and how it came here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.render.marks import Paragraphs, one_line
from sayso.render.page.cast import Cast
from sayso.render.page.markup import escape, excerpt
from sayso.render.page.report import direction, ground, underline
from sayso.render.wording import HEDGED, NEGATED, NO_CONTENT, NO_CUE, NO_SOURCE, gives_name, percent
from sayso.types import Attribution, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading


class Entries:
    """Writes the entries of one reading. They link to their places in the text and to each other; ids begin with
    `prefix`, and the voices are those of `cast`, if they are known."""

    def __init__(self, reading: Reading, paragraphs: Paragraphs, cast: Cast | None, prefix: str) -> None:
        self._reading = reading
        self._paragraphs = paragraphs
        self._cast = cast
        self._prefix = prefix
        self._numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}

    def entry(self, number: int, attribution: Attribution) -> str:
        """One attribution, linked to its place in the text and to the attribution it stands inside."""
        turned = direction(self._paragraphs, self._paragraphs.number(attribution.start))
        content = excerpt(self._paragraphs.words(attribution.content, " […] "))
        return f"""<li class="entry" id="{self._prefix}a{number}" data-n="{number}"{self._voices(attribution)}>
{self._number(number)}
<p class="who"{turned}>{self._source(number, attribution)} {_part(self._words(attribution.cue), "cue", NO_CUE)}</p>
{self._voice(attribution)}<p class="what"{turned}>{escape(content) or f'<span class="none">{NO_CONTENT}</span>'}</p>
<p class="meta">{" · ".join(self._notes(attribution))}</p>
</li>
"""

    def _voices(self, attribution: Attribution) -> str:
        """The attribute that tells the script whose entry this is: the speaker's rank, and of all who pass it on."""
        if not self._cast:
            return ""
        ranks = dict.fromkeys(self._cast.voice(name).rank for name in (attribution.voice, *attribution.via))
        return f' data-voice="{" ".join(map(str, ranks))}"'

    def _number(self, number: int) -> str:
        colour = f" {ground(self._cast.of(number))}" if self._cast else ""
        label = f"Attribution {number} in the text"
        return f'<a class="number{colour}" href="#{self._prefix}t{number}" aria-label="{label}">{number}</a>'

    def _source(self, number: int, attribution: Attribution) -> str:
        words = self._words(attribution.source)
        if not self._cast:
            return _part(words, "source", NO_SOURCE)
        why = _why(attribution)
        title = f' title="{escape(why)}"' if why else ""
        return _part(words, f"source {underline(self._cast.of(number))}", NO_SOURCE, title)

    def _voice(self, attribution: Attribution) -> str:
        """A line that says whose voice it is; it opens to the chain from the reader to the speaker, and to what speaks
        for its being that voice."""
        voice = self._cast.voice(attribution.voice).voice if self._cast else None
        if voice is None and not (self._cast and attribution.via):
            return ""
        speaker = NO_SOURCE if voice is None else voice.name
        names = self._reading.chain(attribution) + ((speaker,) if voice is None else ())
        shown = names if attribution.via else (speaker,)
        given = not attribution.via and gives_name(self._paragraphs.words(attribution.source, " … "), speaker)
        line = " ← ".join(f"<bdi>{escape(one_line(name))}</bdi>" for name in shown)
        why = f'<p class="meta">{escape(why)}</p>' if (why := _why(attribution)) else ""
        classes = "voice given" if given else "voice"
        return f'<details class="{classes}"><summary>{line}</summary>{_chain(names)}{why}</details>\n'

    def _notes(self, attribution: Attribution) -> Iterator[str]:
        paragraph = self._paragraphs.number(attribution.start)
        yield f'<a href="#{self._prefix}p{paragraph}">¶{paragraph}</a>'
        if attribution.stance:
            yield attribution.stance
        yield attribution.kind
        if hedged := self._words(attribution.hedged):
            yield f"{HEDGED} “{hedged}”"
        if negated := self._words(attribution.negated):
            yield f"{NEGATED} “{negated}”"
        yield percent(attribution.score)
        if parent := self._numbers.get(attribution.parent or ""):
            yield f'inside <a href="#{self._prefix}a{parent}">{parent}</a>'

    def _words(self, spans: Spans) -> str:
        return escape(excerpt(self._paragraphs.words(spans, " … ")))


def _chain(names: Sequence[str]) -> str:
    """The way from the reader to the speaker as a drawing."""
    nodes = "".join(f"<li><bdi>{escape(one_line(name))}</bdi></li>" for name in names)
    return f'<ol class="chain" aria-label="From the reader to the speaker"><li class="reader">you</li>{nodes}</ol>'


def _part(words: str, classes: str, absent: str, attributes: str = "") -> str:
    return f'<span class="{classes}"{attributes}>{words}</span>' if words else f'<span class="none">{absent}</span>'


def _why(attribution: Attribution) -> str:
    """How sure it is whose voice this is, and what speaks for it; nothing where the reading does not say."""
    score = None if attribution.voice_score is None else f"{percent(attribution.voice_score)} that it is this voice"
    return ": ".join(filter(None, (score, attribution.voice_reason)))
