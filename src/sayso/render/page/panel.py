"""The panel: the voices of a reading in order of share, with all that the text says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.render.marks import Paragraphs, one_line
from sayso.render.page.cast import Cast, Speaker
from sayso.render.page.markup import escape, excerpt
from sayso.render.wording import NO_SOURCE, NOBODY, counted, people, share
from sayso.types import Span, Voice, Withheld

_ROLES = 4  # of one voice, shown at most
_LONGEST = 90  # characters of a role or a reason
_BAR = 100


def panel(cast: Cast, paragraphs: Paragraphs, prefix: str) -> str:
    """The voices as HTML, those without a name apart; each links to its first attribution, whose number in the text has
    an id that begins with `prefix`."""
    writer = _Writer(cast, paragraphs, prefix)
    unnamed = f"{len(cast.unnamed)} of them" if cast.named else counted(len(cast.unnamed), "voice")
    sections = (
        *writer.section(cast.named, counted(len(cast.named) + len(cast.unnamed), "voice")),
        *writer.section(cast.unnamed, f"{unnamed} without a name"),
        *writer.section(cast.nobody, f"On {NOBODY}"),
    )
    return f'<section class="voices" aria-label="Voices">\n{"".join(sections)}</section>\n' if sections else ""


class _Writer:
    """Writes the speakers of one reading: their bars have one scale."""

    def __init__(self, cast: Cast, paragraphs: Paragraphs, prefix: str) -> None:
        everybody = cast.named + cast.unnamed + cast.nobody
        self._most = max((speaker.share for speaker in everybody), default=0.0) or 1.0
        self._paragraphs = paragraphs
        self._prefix = prefix

    def section(self, speakers: Sequence[Speaker], heading: str) -> Iterator[str]:
        """`speakers` under their heading; nothing if there are none."""
        if speakers:
            yield f'<h2 class="count">{heading}</h2>\n<ol class="speakers" role="list">\n'
            yield from map(self._speaker, speakers)
            yield "</ol>\n"

    def _speaker(self, speaker: Speaker) -> str:
        voice = speaker.voice
        name = f"<bdi>{escape(one_line(voice.name))}</bdi>" if voice else NO_SOURCE
        first = min(speaker.speaks + speaker.passes, default=None)
        if first:
            name = f'<a class="pick" href="#{self._prefix}t{first}" data-voice="{speaker.rank}">{name}</a>'
        known = filter(None, (*self._counts(speaker), *self._said_of(voice)))
        return f"""<li class="speaker g{speaker.colour}">
<p class="called">{name} <span class="share">{escape(share(speaker.share))}</span></p>
{self._bar(speaker)}
<p class="meta">{" · ".join(known)}</p>
</li>
"""

    def _bar(self, speaker: Speaker) -> str:
        """A bar as long as the share, the greatest share filling the line."""
        hatched = ' class="hatched"' if speaker.unnamed else ""
        length = _BAR * speaker.share / self._most
        return (
            f'<svg class="bar" viewBox="0 0 {_BAR} 4" preserveAspectRatio="none" aria-hidden="true">'
            f'<path{hatched} d="M0 2H{length:.1f}"/></svg>'
        )

    def _counts(self, speaker: Speaker) -> Iterator[str]:
        if speaker.voice and not speaker.unnamed:
            yield speaker.voice.type
        if speaker.speaks:
            yield counted(len(speaker.speaks), "attribution")
        if speaker.passes:
            yield f"passes on {len(speaker.passes)}"

    def _said_of(self, voice: Voice | None) -> Iterator[str]:
        """What the text says of the voice, in its own words."""
        if voice is None:
            return
        if voice.withheld is not None:
            yield from self._withheld(voice.withheld)
        roles = dict.fromkeys(filter(None, map(self._quoted, voice.roles)))
        yield from list(roles)[:_ROLES]

    def _withheld(self, withheld: Withheld) -> Iterator[str]:
        if withheld.number is not None:
            yield people(withheld.number)
        if withheld.affiliation is not None:
            yield f"of {self._quoted(withheld.affiliation)}"
        if withheld.why is not None:
            yield f"unnamed: {self._quoted(withheld.why)}"

    def _quoted(self, span: Span) -> str:
        words = escape(excerpt(self._paragraphs.words((span,), " … "), _LONGEST))
        return f"“{words}”" if words else ""
