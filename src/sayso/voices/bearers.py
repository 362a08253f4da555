"""Who bears which name: the names of a document gathered under the fullest form that it gives."""

from __future__ import annotations

import bisect
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from sayso.names import Named, all_capitals
from sayso.voices.lexicon import ARTICLES, FUNCTION_WORDS, Gender, lexicon
from sayso.voices.marks import WORD

Key = tuple[str, ...]
"""A name's words as they are compared: no case, accents, articles, titles or "Jr."."""

_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "at", "de", "la", "le", "el", "al", "an", "a", "&", "to"])
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLE = regex.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[-‐ ](?=\p{L})")
_STOP_IN_QUOTES = regex.compile(r"[,.](?=[\"”’]$)")
_OPEN_BRACKET = regex.compile(r"\s\([^()]*$")
_TITLES = regex.compile(r"(?:(?:\p{Lu}\p{L}*\.|[\p{L}’'-]+)(?:[^\S\n]+\n?|\n)[^\S\n]*)+$")
_OWNER = regex.compile(r"['’]s?\s")
_INITIAL = regex.compile(r"\p{Lu}\.")
_FRESH, _FORGOTTEN = 300, 800  # so many characters ago
_ABBREVIATION = regex.compile(r"(?:\p{Lu}\.?){2,6}")
_IN_BRACKETS = regex.compile(r"\s\([\"“]?(?:the\s)?(\p{Lu}[\p{Lu}\p{N}.&-]{1,8})[\"”]?\)")
_BODIES = frozenset({"organisation", "thing"})
_SORTS_OF_BODY = lexicon().body_nouns - {"state", "country", "city", "kingdom", "team", "campaign", "administration"}
_CAPITALS = regex.compile(
    r"(?<![\p{L}\p{N}’'-])(?P<first>\p{Lu}\p{Ll}[\p{L}’'-]*)[ \u00a0](?:\p{Lu}\.[ \u00a0])?"
    r"(?P<last>\p{Lu}\p{Ll}[\p{L}-]+)",
)


@dataclass(slots=True, eq=False)
class Bearer:
    """Somebody or some body that the document names. `names` are all places, in text order; `key` and `full` the
    fullest form; `introduced` where it is first named by more than one word, if it is; `others` the keys of its other
    names."""

    kind: str
    key: Key
    full: Named
    names: list[Named] = field(default_factory=list)
    gender: Gender | None = None
    introduced: int = 0
    others: tuple[Key, ...] = ()
    _starts: list[int] = field(default_factory=list)

    def add(self, name: Named) -> None:
        """One more place where the name stands."""
        self.names.append(name)
        bisect.insort(self._starts, name.start)

    def last_before(self, at: int) -> int:
        """Where the last of the places before `at` is; -1 if there is none."""
        count = bisect.bisect_left(self._starts, at)
        return self._starts[count - 1] if count else -1

    def text(self, text: str) -> str:
        """The fullest name on one line, without titles and articles."""
        whole = _OPEN_BRACKET.sub("", _STOP_IN_QUOTES.sub("", text[self.full.start : self.full.end]))
        words = whole.strip(" ,").lstrip(".").split()
        titles = [i for i, w in enumerate(words[:-1]) if _is_title(w, self.kind)]
        words = (
            words[titles[-1] + 1 :]
            if titles and self.kind == "person"
            else words[len(titles) :]
            if titles == [0]
            else words
        )
        dotted = "." in words[-1] or words[-1] in ("Jr", "Sr")
        stop = dotted and not words[-1].endswith(".") and text[self.full.end : self.full.end + 1] == "."
        return " ".join(words) + "." * stop


def _is_title(word: str, kind: str) -> bool:
    if _INITIAL.fullmatch(word):
        return False
    plain = word.lower().strip(".,")
    return plain in ARTICLES or (kind == "person" and (plain in lexicon().honorifics or plain in FUNCTION_WORDS))


def key(words: str) -> Key:
    """The words of a name as they are compared."""
    plain = words.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("‘", "'").replace("‐", "-")
    found = [_PARTICLE.sub("", w.group().strip(".'-").removesuffix("'s")) for w in WORD.finditer(plain)]
    found = [w.replace("'", "") for w in found if w and w not in ARTICLES and w not in _SUFFIXES]
    is_body = found[-1:] and found[-1] in lexicon().body_nouns  # the Interior Ministry is not just a ministry
    while len(found) > 1 and (found[0] in FUNCTION_WORDS or (found[0] in lexicon().honorifics and not is_body)):
        found = found[1:]
    return tuple(found)


def bearers(text: str, names: Sequence[Named]) -> list[Bearer]:
    """Every named person, organisation, place and people of the text, in the order of their first mention."""
    return gathered(text, names)[0]


def gathered(text: str, names: Sequence[Named]) -> tuple[list[Bearer], Bodies]:
    """The same, and those of them that are no persons once more, to be asked for the shorter names of each."""
    people = _people(text, names)
    bodies = Bodies(text, [n for n in names if n not in people])
    found = _persons(text, sorted(people)) + bodies.all
    for bearer in found:
        bearer.names.sort()
    return sorted(found, key=lambda b: b.names[0]), bodies


def _people(text: str, names: Sequence[Named]) -> set[Named]:
    """The names of persons; among them surnames that were taken for a body's or a people's where the same word is more
    often a person's, and somebody bears it in full."""
    keys = {n: key(text[n.start : n.end]) for n in names}
    surnames = {keys[n][-1] for n in names if n.kind == "person" and len(keys[n]) > 1}
    single = Counter((keys[n][0], n.kind == "person") for n in names if len(keys[n]) == 1)

    def is_surname(name: Named) -> bool:
        words = keys[name]
        if len(words) != 1 or words[0] not in surnames or text[name.start : name.end].isupper():
            return False
        return single[words[0], True] > single[words[0], False]

    return {n for n in names if n.kind == "person" or is_surname(n)}


def _persons(text: str, names: list[Named]) -> list[Bearer]:
    keys = {name: key(text[name.start : name.end]) for name in names}
    found: list[Bearer] = []
    by_word: dict[str, list[Bearer]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(keys[n]), n.start)):
        words = keys[name]
        if len(words) < 2:
            continue
        known = by_word[words[-1]] + by_word[words[0]]
        bearer = next((b for b in known if same_person(b.key, words)), None)
        if bearer is None:
            bearer = Bearer("person", words, name, introduced=name.start)
            found.append(bearer)
            for word in {words[0], words[-1]}:
                by_word[word].append(bearer)
        bearer.add(name)
        bearer.introduced = min(bearer.introduced, name.start)
        bearer.gender = bearer.gender or _told_gender(text, name) or lexicon().first_names.get(words[0])
    unmarked = _unmarked_full_names(text)
    single = [(n, keys[n][0], _told_gender(text, n)) for n in names if len(keys[n]) == 1]
    told = {(word, gender) for _, word, gender in single if gender}
    for name, word, gender in sorted(single, key=lambda s: s[0]):
        if gender is None and len(genders := {g for w, g in told if w == word}) == 1:
            gender = next(iter(genders))  # where the text has a "Mr Ode", Ms Ode is not plain "Ode"
        bearer = _bearer_of(by_word[word], word, name, gender)
        if bearer is None:
            bearer = _unseen(text, unmarked[word], gender, by_word[word]) or Bearer(
                "person", (word,), name, introduced=name.start
            )
            found.append(bearer)
            by_word[word].append(bearer)
        bearer.add(name)
        bearer.gender = bearer.gender or gender
    return found


def _unseen(text: str, full: Sequence[Named], gender: Gender | None, known: Sequence[Bearer]) -> Bearer | None:
    """Somebody whose full name the namer passed over: none of those `known`, and of the told gender."""
    for name in full:
        words = key(text[name.start : name.end])
        told = lexicon().first_names.get(words[0]) if words else None
        if len(words) > 1 and not (gender and told and gender != told) and all(b.key != words for b in known):
            return Bearer("person", words, name, gender=told, introduced=name.start)
    return None


def _unmarked_full_names(text: str) -> dict[str, list[Named]]:
    """Two or three capitals in a row, by the last: where the namer saw but the surname, its full forms are here."""
    found: dict[str, list[Named]] = defaultdict(list)
    for pair in _CAPITALS.finditer(text):
        first = pair.group("first").lower().rstrip(".")
        if first in FUNCTION_WORDS or first in lexicon().honorifics or first in lexicon().countries:
            continue
        if not all_capitals(text, pair.start()):
            words = key(pair.group("last"))
            if words:
                found[words[0]].append(Named(pair.start(), pair.end(), "person", 0.5))
    return found


def same_person(longer: Key, shorter: Key) -> bool:
    """Whether two names of at least two words may be one person's: the same last word, and the same first, an initial
    or a short form of it, or the shorter's words all among the longer's; or the longer's first words ("Amal Ode" for
    "Amal Ode Ruhl")."""
    if longer[-1] != shorter[-1]:
        return longer[: len(shorter)] == shorter
    first, other = longer[0], shorter[0]
    if first == other or (min(len(first), len(other)) == 1 and first[0] == other[0]):
        return True
    if min(len(first), len(other)) > 2 and (first.startswith(other) or other.startswith(first)):  # Pete for Peter
        told = lexicon().first_names
        return first in told and told[first] == told.get(other)
    return set(shorter) <= set(longer)


def _bearer_of(candidates: list[Bearer], word: str, name: Named, gender: Gender | None) -> Bearer | None:
    """Who of several is meant by a single word: one of the told gender; one who was named in full a moment ago, where
    the others have not been heard of for long; the one named in full first: the others keep their first names."""
    fitting = [b for b in candidates if not (gender and b.gender and b.gender != gender)]
    if not fitting:
        return None
    surname = [b for b in fitting if b.key[-1] == word] or fitting
    last = {id(b): b.last_before(name.start) for b in surname}
    heard = sorted(last.values())[-2:]  # where the two are that were heard of last

    def rank(bearer: Bearer) -> tuple[bool, bool, int]:
        fresh = last[id(bearer)] > name.start - _FRESH and heard[0] < name.start - _FORGOTTEN
        return bool(gender and bearer.gender == gender), fresh, -bearer.introduced

    return max(surname, key=rank)


def _told_gender(text: str, name: Named) -> Gender | None:
    """The gender that the forms of address before a name, or at its head, tell ("Mrs", "Congresswoman")."""
    titles = _TITLES.search(text, max(0, name.start - 40), name.start)
    before = [w.group().lower().rstrip(".") for w in WORD.finditer(titles.group())] if titles else []
    inside = [w.group().lower().rstrip(".") for w in WORD.finditer(text, name.start, name.end)][:1]
    for word in [*(w for w in inside if w in lexicon().honorifics), *reversed(before)]:
        if word not in lexicon().honorifics:
            return None
        gender = lexicon().honorifics[word]
        if gender:
            return gender
    return None


class Bodies:
    """The bodies, places and things that a text names, to be asked which of them a name is short for."""

    def __init__(self, text: str, names: Sequence[Named]) -> None:
        self._text = text
        self._by_key: dict[Key, Bearer] = {}
        self._by_word: dict[str, list[Bearer]] = defaultdict(list)
        self._by_letters: dict[str, Bearer] = {}
        self.all: list[Bearer] = []
        keyed = {name: key(text[name.start : name.end]) for name in names}
        for name in sorted(names, key=lambda n: (-len(keyed[n]), _is_owned(text, n), n.start)):
            if keyed[name]:
                self._enter(name, keyed[name])

    def _enter(self, name: Named, words: Key) -> None:
        bearer = self.bearer_of(name)
        if bearer is None:
            bearer = Bearer(name.kind, words, name)
            self.all.append(bearer)
            for word in set(words):
                self._by_word[word].append(bearer)
        if len(words) > 1:
            for letters in _initials(words, self._text[name.start : name.end]):
                self._by_letters.setdefault(letters, bearer)
            short = _IN_BRACKETS.match(self._text, name.end)
            if short is not None and not lexicon().is_known_outlet(short.group(1)):  # "(AP)" is whose report it is
                self._by_letters[_letters(short.group(1))] = bearer
        self._by_key.setdefault(words, bearer)
        if len(words) > 2 and words[1] == "of" and words[0] in _SORTS_OF_BODY:
            self._by_key.setdefault((*words[2:], words[0]), bearer)  # the Bread Ministry for the Ministry of Bread
        bearer.add(name)

    def bearer_of(self, name: Named) -> Bearer | None:
        """Who bears a name, which need not be one of those that were gathered: in these words, in longer ones that it
        shortens, or as its initials; None where nobody or more than one does."""
        surface = self._text[name.start : name.end]
        words = key(surface)
        if words in self._by_key:
            return self._by_key[words]
        if len(words) == 1 and _ABBREVIATION.fullmatch(surface):
            return self._by_letters.get(_letters(surface))
        if name.kind not in ("organisation", "thing") or not words:
            return None
        fitting = [b for b in self._by_word[words[-1]] if b.kind in _BODIES and self._shortens(words, b)]
        return fitting[0] if len(fitting) == 1 else None

    def _shortens(self, words: Key, longer: Bearer) -> bool:
        """Whether these are the longer name's first words, or its last ("the Post"); one last word is enough only if it
        says what sort of body it is: "the House" is not the White House."""
        if longer.key[: len(words)] == words:
            return longer.kind == "organisation"
        if longer.key[-len(words) :] != words:
            return False
        return len(words) > 1 or words[0] in _SORTS_OF_BODY or lexicon().is_outlet(longer.text(self._text))


def _is_owned(text: str, name: Named) -> bool:
    """Whether a name says whose it is: "the Ode campaign" is rather the name of "Ode’s campaign"."""
    return _OWNER.search(text, name.start, name.end) is not None


def _initials(words: Key, surface: str) -> set[str]:
    """What a name may be shortened to: its initials, with those of its small words and without."""
    every = (w.lower()[0] for w in WORD.findall(surface) if w.lower() not in ARTICLES)
    return {"".join(w[0] for w in words if w not in _SMALL), "".join(every)}


def _letters(short: str) -> str:
    return short.replace(".", "").lower()
