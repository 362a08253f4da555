"""What a source leans on: the name that is its head or stands in apposition to it, and its head word."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sayso.names import Named
from sayso.types import Span
from sayso.voices.lexicon import ARTICLES, FUNCTION_WORDS, PREPOSITIONS, lexicon
from sayso.voices.marks import WORD, Marks

GUESSED = 0.5
"""The score of a name that only capitals show."""

CALLED = regex.compile(
    r"\b(?:call(?:s|ed|ing)\s(?:itself|themselves|himself|herself)|(?:also\s|better\s)?known\s(?:only\s)?as|nicknamed"
    r"|dubbed|codenamed|going\sby(?:\sthe)?\s(?:name|handle|nickname)(?:\sof)?|(?P<plainly>called|named))\s(?:the\s)?"
    r"(?:[“\"‘'](?P<quoted>\p{Lu}[^”\"\n]{1,60}?)[,.]?[\"”’']"
    r"|(?P<bare>\p{Lu}[\p{L}’'-]*(?:\s(?:(?:of|and|for|the)\s){0,2}(?:\p{Lu}[\p{L}’'-]*|\p{N}+))*))"
)
_PREPOSITION = regex.compile(rf"\b(?:{'|'.join(sorted(PREPOSITIONS))})\b")
_BODY = regex.compile(
    r"\b(?:group|PAC|groups|organi[sz]ation|party|movement|militia|network|gang|faction|coalition|alliance|collective|campaign"
    r"|hackers|members|company|agency|front|army|brigade)s?\b",
    regex.IGNORECASE,
)
_STATE = frozenset(
    {"state", "official", "semi-official", "private", "independent", "local", "national", "country's", "country’s"}
)
_BACKED = ("-run", "-owned", "-funded", "-backed", "-controlled", "-linked", "-affiliated", "-language", "'s", "’s")
_POSSESSIVE_NEXT = regex.compile(r"['’]s?\s")
_JOINING = frozenset({"of", "for", "the", "and", "on", "to", "at"})
_AND_THE = regex.compile(r"\band\sthe\b")
_TITLED = regex.compile(r"[^.;:]{0,60}?(?:,|:|\(|[-–—]+)\s*(?:(?:\p{Lu}[\p{L}.-]*|then|former)\s)*")
_OPENING = regex.compile(r"(?:,|\s[-–—]+|--)\s(?:(?:the|an?)\s)?")
_SEGMENT_END = regex.compile(r"[,;:(“”\"]|\s[-–—]+\s|--")
_SORT_OF_BODY = regex.compile(
    r"\b(?:group|organi[sz]ation|party|movement|militia|network|coalition|alliance|company|firm|agency|union|charity"
    r"|newspaper|magazine|website|channel|station|committee|think tank|PAC|foundation|institute|site|paper|outlet"
    r"|owner|operator|maker|manufacturer|publisher|developer|sponsor)$"
)
_ASIDE = regex.compile(r"\b(?:who|which|that|of|for|with|by|to)\b[^)]*$")
_BEGINS = regex.compile(r"(?:[.!?”\"\n]|^)\s*$")
_COURTESY = regex.compile(r"(?<=\p{Lu}[\p{L}-]*\s)(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+$")
_INK = regex.compile(r"[\p{L}\p{N}]")
_NO_OFFICES = {"spokesman", "spokeswoman", "spokesperson", "candidate", "nominee"}
_OFFICES = (lexicon().honorifics.keys() | {"head"}) - _NO_OFFICES
_SINGULAR_S = ("ss", "us", "is", "ous", "news", "politics", "campus")
_PLURAL = frozenset(
    {"people", "men", "women", "children", "police", "media", "public", "others", "authorities", "many", "some"}
)


def called_name(text: str, span: Span) -> Named | None:
    """The name in "a group calling itself Lyth Now", "the man known as “the Miller”"."""
    called = CALLED.search(text, *span)
    if called is None or (called.group("plainly") and _PREPOSITION.search(text, span.start + 5, called.start())):
        return None  # "the suit of a man named Amal Ode" is the suit
    several = _BODY.search(text, span.start, called.start())
    start, end = called.span("quoted") if called.group("quoted") else called.span("bare")
    return Named(start, end, "organisation" if several else "person", 0.8)


def head_name(marks: Marks, core: Span, span: Span) -> Named | None:
    """The name that the core leans on: the one that ends its first phrase ("the minister Amal Ode of Lyth"), or the one
    that follows upon another name ("envoy to the United Nations Amal Ode")."""
    names = marks.names_in(*core)
    if not names:
        return _unmarked_name(marks, core)
    whole = capitals_with_of(marks.text, core)
    if whole is not None and not any(n.kind == "person" for n in names):
        return whole
    if names[-1].kind == "person" and _is_courteous(marks.text, core, names[-1]):
        return names[-1]
    end = _base_end(marks.text, core, names)
    if marks.body_at(names[-1].start) is None and is_kind_behind(marks.text, core, names[-1]):
        return names[-1]
    for name in names:
        body = marks.body_at(name.start)
        if body is not None and body.end == end and _leads_up(marks, core, name):
            return body
        if (name.end == end and _leads_up(marks, core, name)) or (
            name.kind == "person"
            and not _POSSESSIVE_NEXT.match(marks.text, name.end)
            and _ends_phrase(marks, name)
            and not _INK.search(marks.text, core.start, name.start)
        ):
            return name
    for name in reversed(marks.names_in(*span)):
        if name.kind == "person" and not _INK.search(marks.text, name.end, span.end):
            before = next(
                (n for n in names if n.end <= name.start and _only_titles(marks.text, n.end, name.start)), None
            )
            if before is not None and before.kind != "person":
                return name
            break
    last = names[-1]
    if last.kind == "person" and _holds_office(marks.text, core, last):
        return last
    return None if end < core.end else _unmarked_name(marks, core)


def _is_courteous(text: str, core: Span, name: Named) -> bool:
    """Whether the name ends the core behind a form of address: "undersecretary for ports Mr. Ode"."""
    return _COURTESY.search(text, core.start, name.start) is not None and not _INK.search(text, name.end, core.end)


def _only_titles(text: str, start: int, end: int) -> bool:
    """Whether nothing stands there but titles: "Lyth University | president | Amal Ode"."""
    words = [w.group() for w in WORD.finditer(text, start, end)]
    return all(w[0].isupper() or w in _OFFICES for w in words) and not _SEGMENT_END.search(text, start, end)


def _holds_office(text: str, core: Span, name: Named) -> bool:
    """Whether the core is an office with what it is an office of, and then the name: "former secretary of state Amal
    Ode", which "a spokesman for candidate Amal Ode" is not."""
    if _INK.search(text, name.end, core.end):
        return False
    before = [w.group() for w in WORD.finditer(text, core.start, name.start)]
    small = next((i for i, w in enumerate(before) if w.lower() in PREPOSITIONS), 0)
    if not small or before[0].lower() in ("a", "an") or before[small - 1].lower() not in _OFFICES:
        return False
    last = before[-1].lower()
    return last not in FUNCTION_WORDS and not last.endswith(("'s", "’s", "ing", "ed"))


def capitals_with_of(text: str, core: Span) -> Named | None:
    """A core like "the Union of Rationalist Atheists and Agnostics": capitals that small words join. "The Union of
    Bakers and the League of Millers" are two."""
    words = list(WORD.finditer(text, *core))
    if words and words[0].group().lower() in ARTICLES:
        words = words[1:]
    small = [w.group() for w in words[1:-1] if w.group() in _JOINING]
    capitals = sum(w.group()[0].isupper() for w in words)
    if not small or len(words) > 12 or capitals + len(small) < len(words):
        return None
    if small[0] in ("and", "the", "to") or not {"of", "for"} & set(small) or _AND_THE.search(text, *core):
        return None
    if words[0].group().lower() in lexicon().honorifics:
        return None
    return Named(words[0].start(), words[-1].end(), "organisation", 0.6)


def is_kind_behind(text: str, core: Span, name: Named) -> bool:
    """Whether all that follows the name says what sort of body it is ("the Lythpress news agency")."""
    behind = [w.group() for w in WORD.finditer(text, name.end, core.end)]
    if name.kind not in ("organisation", "thing") or not 0 < len(behind) < 4 or not all(map(str.islower, behind)):
        return False
    before = [w.group().lower() for w in WORD.finditer(text, core.start, name.start)]
    known = (lexicon().media_nouns | lexicon().body_nouns) - {"media", "press"}
    if behind[-1] in lexicon().media_nouns:  # "Lyth's state-run Lythpress news agency"
        before = [w for w in before if not (w in _STATE or w.endswith(_BACKED) or w in lexicon().countries)]
    return (
        behind[-1] in known
        and set(behind[:-1]) <= known | {"news"}
        and not set(before) - ARTICLES
        and not text[name.end : name.end + 2].startswith(("'", "’"))
    )


def _base_end(text: str, core: Span, names: Sequence[Named]) -> int:
    """Where the core's first phrase ends: before its first preposition that is in no name."""
    for index, word in enumerate(WORD.finditer(text, *core)):
        inside = any(n.start <= word.start() < n.end for n in names)
        if index and not inside and word.group().lower() in PREPOSITIONS:
            end = word.start()
            while end > core.start and not text[end - 1].isalnum():
                end -= 1
            return end
    return core.end


def _leads_up(marks: Marks, core: Span, name: Named) -> bool:
    """Whether all that stands before the name leads up to it: titles, a phrase that ends where it begins, a name. In
    "two delegates supporting Amal Ode" it does not."""
    phrase = marks.phrase_at(name.start)
    start = min(phrase.start if phrase else name.start, name.start)
    if start <= core.start:
        return True
    before = [w for w in WORD.finditer(marks.text, core.start, start) if w.group().lower() not in ARTICLES]
    if not before or before[-1].group()[0].isupper() or before[-1].group().lower() in lexicon().honorifics:
        return True
    if len(before) > 1 and before[-1].group() == "and":  # "journalist and author Amal Ode"
        before = before[:-1]
    return marks.phrase_at(before[-1].start()) is not None


def _ends_phrase(marks: Marks, name: Named) -> bool:
    phrase = marks.phrase_at(name.start)
    return phrase is not None and phrase.end == name.end


def _unmarked_name(marks: Marks, core: Span) -> Named | None:
    """A core of capitals that the namer passed over ("DealBook", "the Sentinel-Argus", "the broader Mill Party")."""
    text = marks.text
    words = list(WORD.finditer(text, *core))
    if words and words[0].group().lower() in ARTICLES:
        words = words[1:]
        while len(words) > 2 and words[0].group()[0].islower() and words[-1].group().lower() in lexicon().body_nouns:
            words = words[1:]
    kind = "thing"
    while words and words[0].group().lower() in lexicon().honorifics:
        kind = "person"
        words = words[1:]
    if not words or len(words) > 5 or not all(w.group()[0].isupper() for w in words):
        return None
    if words[0].group().lower() in FUNCTION_WORDS:
        return None  # "Other Bakers" are described
    phrase = text[words[0].start() : words[-1].end()]
    if len(words) == 1 and phrase.lower() not in marks.known and not any(c.isupper() for c in phrase[1:]):
        at_start = (
            core.start == 0 or text[core.start - 1] == "\n" or _BEGINS.search(text, max(0, core.start - 3), core.start)
        )
        if at_start or phrase.lower() in lexicon().honorifics:
            return None
    return Named(words[0].start(), words[-1].end(), kind, GUESSED)


def apposed_name(marks: Marks, core: Span, span: Span) -> Named | None:
    """The name in "the minister, Amal Ode, …" and in "one group, Lyth Now, …": of a person, or of a body where the core
    says what sort of body it is."""
    text = marks.text
    for name in marks.names_in(core.end, span.end):
        if name.kind == "person":
            return name if _is_apposed(marks, core, name) else None
    opening = _OPENING.match(text, core.end, span.end)
    if opening is None or not _SORT_OF_BODY.search(text, *core):
        return None
    following = _SEGMENT_END.search(text, opening.end(), span.end)
    rest = Span(opening.end(), following.start() if following else span.end)
    whole = capitals_with_of(text, rest)
    first = next(iter(marks.names_in(*rest)), None)
    if whole is None and first is not None and first.start == rest.start and not _INK.search(text, first.end, rest.end):
        return first
    return whole or (_unmarked_name(marks, rest) if first is None else None)


def _is_apposed(marks: Marks, core: Span, name: Named) -> bool:
    """Whether a person's name is set beside the core, behind titles ("the minister, Dr Amal Ode") or at the end of a
    phrase of its own ("an ally, the former mayor Amal Ode")."""
    between = marks.text[core.end : name.start]
    if _TITLED.fullmatch(between):
        return not _ASIDE.search(between)
    opening = _OPENING.match(marks.text, core.end, name.start)
    if opening is None:
        return False
    lead = [w.group().lower() for w in WORD.finditer(marks.text, opening.end(), name.start)]
    small = (set(lead) & FUNCTION_WORDS) - {"of", "and", "former"} - ARTICLES
    doing = lead[0].endswith("ing") or (lead[0].endswith("ed") and lead[-1] not in _OFFICES | lexicon().media_people)
    return not small and len(lead) < 8 and not doing and "," not in between[1:]


def head_word(marks: Marks, core: Span) -> Span:
    """The last word of the core's first phrase, or the last before a preposition."""
    words = [Span(*w.span()) for w in WORD.finditer(marks.text, *core)]
    if not words:
        return core
    phrase = next((p for p in marks.phrases_in(*core) if p.end <= core.end), None)
    if phrase is not None and phrase.start <= words[0].end:
        end = _last_in_a_row(marks, phrase, core)
        inside = [w for w in words if w.end <= end]
        last = marks.text[slice(*inside[-1])] if inside else ""
        # A phrase that ends with an adjective of nations, or with whose it is, has no noun: "the Lythian | regime"
        # and "Lyth's | minister".
        leans = last.lower() in lexicon().countries or last.endswith(("'s", "’s"))
        cut_short = len(inside) < len(words) and leans
        if inside and last.lower() not in ARTICLES and not cut_short:
            return inside[-1]
    for index, word in enumerate(words):
        if index and marks.text[word.start : word.end].lower() in PREPOSITIONS:
            return words[index - 1]
    return words[-1]


def _last_in_a_row(marks: Marks, phrase: Named, core: Span) -> int:
    """Where the last of the phrases ends that follow upon one another: "the Lythian | candidates"."""
    end = phrase.end
    for following in marks.phrases_in(end, core.end):
        if following.start > end + 1 or following.end > core.end:
            break
        end = following.end
    return end


def is_plural(marks: Marks, head: Span) -> bool:
    """Whether the head word stands for several."""
    word = marks.text[head.start : head.end].lower()
    phrase = marks.phrase_at(head.start)
    if word in _PLURAL or (phrase is not None and phrase.kind == "people"):
        return True
    return word.endswith("s") and not word.endswith(_SINGULAR_S)
