"""The strip: a whole report from left to right in one line of colour, to see who speaks where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sayso.render.marks import Segment, one_line
from sayso.render.page.cast import Cast
from sayso.render.page.markup import escape
from sayso.render.wording import NO_SOURCE
from sayso.types import Span, Spans

WIDTH, HEIGHT = 1000, 24
"""In units of the drawing: its width is the length of the text, its height as many pixels."""

_MIDDLES = (12, 18, 21)  # of a content, of one inside it, of those further in: page.css has how thick they are
_MOST_LINKS = 600
_BASE = HEIGHT - 1.5  # where the lines run that are no content


def strip(size: int, segments: Iterable[Segment], unsourced: Spans, cast: Cast, prefix: str) -> str:
    """The strip of a text of `size` code points, as inline SVG.

    Every stroke lies where its words do: contents in the colour of their voice, those inside others at half the height;
    at the foot sources and cues as a line, `unsourced` narration as a dotted one; all other narration blank. Strokes
    link to their attribution's number in the text, whose id begins with `prefix`, unless there are too many to hit one.
    """
    scale = WIDTH / max(1, size)
    levels, says = _placed(segments)
    drawn = [f'<path class="own" d="{_line(unsourced, _BASE, scale)}"/>\n'] if unsourced else []
    if len(levels) > _MOST_LINKS:
        drawn += _by_colour(cast, levels, scale)
    else:
        for (level, number), spans in sorted(levels.items()):
            drawn.append(_link(cast, number, prefix, "".join(_content(cast, number, level, spans, scale))))
        for number, spans in says.items():
            drawn.append(_link(cast, number, prefix, f'<path class="says" d="{_line(spans, _BASE, scale)}"/>'))
    return (
        f'<svg class="strip" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">\n'
        f"{''.join(drawn)}</svg>\n"
    )


def _placed(segments: Iterable[Segment]) -> tuple[dict[tuple[int, int], list[Span]], dict[int, list[Span]]]:
    """Where each attribution's content lies, by how many others it lies in; and where its source and cue lie outside
    of every content."""
    levels: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    says: defaultdict[int, list[Span]] = defaultdict(list)
    for segment in segments:
        contents = [mark.number for mark in segment.marks if mark.role == "content"]
        for level, number in enumerate(contents):
            _extend(levels[min(level, len(_MIDDLES) - 1), number], segment)
        if segment.marks and not contents:
            _extend(says[segment.marks[-1].number], segment)
    return levels, says


def _extend(spans: list[Span], segment: Segment) -> None:
    """Add where `segment` lies to `spans`, in one with the last where they touch."""
    start = spans.pop().start if spans and spans[-1].end == segment.start else segment.start
    spans.append(Span(start, segment.end))


def _content(cast: Cast, number: int, level: int, spans: list[Span], scale: float) -> Iterator[str]:
    line = _line(spans, _MIDDLES[level], scale)
    if level:  # what it lies in must not show through, nor run into it
        yield f'<path class="gap in{level}" d="{line}"/>'
    hatched = " hatched" if cast.of(number).unnamed else ""
    yield f'<path class="in{level}{hatched}" d="{line}"/>'


def _by_colour(cast: Cast, levels: dict[tuple[int, int], list[Span]], scale: float) -> Iterator[str]:
    """The contents of a report so long that nobody could hit one of them: all of a colour in one stroke."""
    alike: defaultdict[tuple[int, str, bool], list[Span]] = defaultdict(list)
    for (level, number), spans in levels.items():
        speaker = cast.of(number)
        alike[level, speaker.colour, speaker.unnamed] += spans
    for (level, colour, unnamed), spans in sorted(alike.items()):
        hatched = " hatched" if unnamed else ""
        yield f'<path class="g{colour} in{level}{hatched}" d="{_line(sorted(spans), _MIDDLES[level], scale)}"/>\n'


def _line(spans: Iterable[Span], middle: float, scale: float) -> str:
    """The path that runs along `spans` at the height `middle`."""
    return "".join(f"M{start * scale:.2f} {middle:g}H{end * scale:.2f}" for start, end in spans)


def _link(cast: Cast, number: int, prefix: str, drawn: str) -> str:
    speaker = cast.of(number)
    name = escape(one_line(speaker.voice.name)) if speaker.voice else NO_SOURCE
    return (
        f'<a class="g{speaker.colour}" href="#{prefix}t{number}" data-n="{number}" tabindex="-1">'
        f"<title>{number} · {name}</title>{drawn}</a>\n"
    )
