"""Where paragraphs, sentences and words lie in a text: every function returns offsets, none changes a character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

Offsets = tuple[int, int]
"""`(start, end)` in code points of the document's text; `end` is exclusive."""

Unit = tuple[int, int]
"""The offsets of a word, a clitic or a mark of punctuation: the smallest thing a span may begin or end with."""

_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# White space is what str.isspace calls so: \s of `regex` leaves out four control characters.
_INK = regex.compile(r"[^\s\x1c-\x1f]")

# A word keeps what belongs inside it (al-Waeli, O'Brien, U.S, 3.5, AT&T, example.com) and gives up what English
# merely leans on it ('s, ’ll), so that a source may be "Waeli" in "Waeli's claim".
_CLITIC = r"(?<=[\p{L}\p{N}])['’](?i:s|ll|re|ve|d|m)(?![\p{L}\p{M}\p{N}_])"
_CORE = r"[\p{L}\p{M}\p{N}_]"
_WORD = rf"""
    {_CLITIC}
  | (?<!{_CORE})(?:\p{{L}}\.){{2,}}(?!{_CORE})
  | {_CORE}+ (?:
        (?!{_CLITIC})
        (?: [-\u2010\u2011&@\u200c\u200d\u00ad]
          | (?<=\p{{L}})['’](?=\p{{L}})
          | (?<=\p{{N}})[.,:](?=\p{{N}})
          | (?<=\p{{Ll}})[.](?=\p{{Ll}})
          | (?<=(?<!{_CORE})\p{{L}})[.](?=\p{{L}})
        ){_CORE}+
    )*
"""
# A mark is one character with all that modifies it; an emoji is one, however many joiners make it up. That is nearly a
# grapheme, but \X would also take in letters, digits or blanks that follow, in a few scripts.
_LEANS = r"[\p{Mn}\p{Me}\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_MARK = rf"""
    \p{{Regional_Indicator}}{{2}}
  | [^\s\x1c-\x1f] {_LEANS}* (?: (?<=\u200d) \p{{Extended_Pictographic}} {_LEANS}* )*
"""
_UNIT = regex.compile(rf"{_WORD}|\.\.\.+|--+|{_MARK}", regex.VERBOSE)
_STOP = regex.compile(r"[.!?…。؟]")
_CLOSER = regex.compile(r"[\"'”’»)\]]")
_ABBREVIATED = regex.compile(
    r"(?:\b\p{L}|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Brig|Maj|Adm|Cmdr|Rev|Hon|St|Mt|Jr|Sr|No|vs"
    r"|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|al|etc|approx|est|Art|Fig|Vol|pp|p))$"
)


def paragraphs(text: str) -> list[Offsets]:
    """The paragraphs of `text` in order, without the white space around them.

    A line is a paragraph, unless the text is hard-wrapped (long runs of lines of much the same width between blank
    lines, as in mails and old wire copy): then a block between blank lines is one.
    """
    lines = [line for match in _LINE.finditer(text) if (line := trimmed(text, *match.span()))]
    return _unwrap(text, lines)


def units(text: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """The words and marks of `text[start:end]`, in order; white space belongs to none."""
    return [match.span() for match in _UNIT.finditer(text, start, len(text) if end is None else end)]


def sentence_ends(text: str, words: Sequence[Unit]) -> Iterator[int]:
    """For the units of one paragraph, the index after each unit that closes a sentence (closing quotes included)."""
    last = len(words)
    for index, (start, end) in enumerate(words):
        if not _STOP.match(text, end - 1):
            continue
        after = index + 1
        while after < last and _CLOSER.match(text, words[after][0]) and words[after][0] == words[after - 1][1]:
            after += 1
        if after >= last:
            continue
        lower = text[words[after][0]].islower()
        glued = words[after][0] == words[after - 1][1]
        if not lower and not glued and not _ABBREVIATED.search(text, words[max(0, index - 1)][0], start):
            yield after
    yield last


def trimmed(text: str, start: int, end: int) -> Offsets | None:
    """The offsets without the white space around what stands there; None if nothing else does."""
    first = _INK.search(text, start, end)
    if first is None:
        return None
    while text[end - 1].isspace():
        end -= 1
    return first.start(), end


def _unwrap(text: str, lines: list[Offsets]) -> list[Offsets]:
    """Join the lines of each block if the text is hard-wrapped; otherwise return `lines` as they are."""
    joins = [_wraps(text, a, b) for a, b in pairwise(lines)]
    adjacent = sum(text.count("\n", a[1], b[0]) == 1 for a, b in pairwise(lines))
    if sum(joins) < 3 or sum(joins) < 0.6 * adjacent:
        return lines
    out = lines[:1]
    for line, join in zip(lines[1:], joins, strict=True):
        if join:
            out[-1] = (out[-1][0], line[1])
        else:
            out.append(line)
    return out


def _wraps(text: str, line: Offsets, following: Offsets) -> bool:
    """Whether `line` looks broken off at a right margin, to go on in the `following` one."""
    if text.count("\n", line[1], following[0]) != 1 or not 45 <= line[1] - line[0] <= 100:
        return False
    return not _STOP.match(text, line[1] - 1) or line[1] - line[0] >= 60
