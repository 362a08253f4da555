"""The legend: what each mark on the page means, and only of those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.render.marks import Segment
from sayso.render.page.cast import COLOURS, NO_VOICE, REST, Cast
from sayso.render.wording import NOBODY, UNSOURCED

_ROLES = '<span class="source{0}">source</span> <span class="cue">cue</span> <span class="content{1}">content</span>'


def legend(cast: Cast | None, segments: Sequence[Segment]) -> str:
    """The key to a text of these `segments`, in the colours of `cast`, if the voices are known."""
    if cast is None:
        plain = "What carries no tint, the report says in its own voice."
        return f'<p class="key">{_ROLES.format("", "")} {plain}</p>\n'
    items = "".join(f'<span class="item">{item}</span> ' for item in _items(cast, segments))
    return f'<details class="legend" open><summary>What the marks mean</summary><p class="key">{items}</p></details>\n'


def _items(cast: Cast, segments: Sequence[Segment]) -> Iterator[str]:
    speakers = cast.named + cast.unnamed
    if speakers or cast.nobody:
        yield _ROLES.format(" s1", " g1") + "in the colour of the voice"
    if cast.unnamed:
        yield '<span class="content g1 hatched">hatched</span>a voice without a name'
    if any(speaker.colour == REST for speaker in speakers):
        yield f'<span class="content g{REST}">grey</span>beyond the first {COLOURS} voices'
    if cast.nobody:
        yield f'<span class="content g{NO_VOICE}">framed</span>on {NOBODY}'
    if any(sum(mark.role == "content" for mark in segment.marks) > 1 for segment in segments):
        yield '<span class="content nested g2 o1">nested</span>in another’s content, whose colour runs below'
    if any(segment.unsourced for segment in segments):
        yield f'<span class="unsourced">dotted</span>the report’s own sentences {UNSOURCED}'
    if speakers or cast.nobody:
        yield "what has no tint says who (thin lines in the strip) or is the report’s own (blank)"
