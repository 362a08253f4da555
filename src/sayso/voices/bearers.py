"""Who bears which name: the names of a document gathered under the fullest form that it gives."""

from __future__ import annotations

import bisect
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from sayso.names import Named, all_capitals
from sayso.voices.lexicon import ARTICLES, FUNCTION_WORDS, Gender, lexicon
from sayso.voices.mention import WORD

Key = tuple[str, ...]
"""A name's words as they are compared: no case, accents, articles, titles or "Jr."."""

_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "at", "de", "la", "le", "el", "al", "an", "a", "&", "to"])
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLE = regex.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[-‐ ](?=\p{L})")
_STOP_IN_QUOTES = regex.compile(r"[,.](?=[\"”’]$)")
_CAPITALS = regex.compile(
    r"(?<![\p{L}\p{N}’'-])(?P<first>\p{Lu}\p{Ll}[\p{L}’'-]*)[ \u00a0](?:\p{Lu}\.[ \u00a0])?"
    r"(?P<last>\p{Lu}\p{Ll}[\p{L}-]+)",
)


@dataclass(slots=True, eq=False)
class Bearer:
    """Somebody or some body that the document names. `names` are all places, in text order; `key` and `full` the
    fullest form; `short` whether it is ever called by its last word alone, `in_full` how often by more; `others` the
    keys of its other names."""

    kind: str
    key: Key
    full: Named
    names: list[Named] = field(default_factory=list)
    gender: Gender | None = None
    short: bool = False
    in_full: int = 0
    others: tuple[Key, ...] = ()
    _starts: list[int] = field(default_factory=list)

    def add(self, name: Named) -> None:
        """One more place where the name stands."""
        self.names.append(name)
        bisect.insort(self._starts, name.start)

    def before(self, at: int) -> int:
        """How many of the places are before `at`."""
        return bisect.bisect_left(self._starts, at)

    def text(self, text: str) -> str:
        """The fullest name on one line, without titles and articles."""
        whole = _STOP_IN_QUOTES.sub("", text[self.full.start : self.full.end])
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
    plain = word.lower().strip(".,")
    return plain in ARTICLES or (kind == "person" and (plain in lexicon().honorifics or plain in FUNCTION_WORDS))


def key(words: str) -> Key:
    """The words of a name as they are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("‘", "'").replace("‐", "-")
    found = [_PARTICLE.sub("", w.group().strip(".'-").removesuffix("'s")) for w in WORD.finditer(plain)]
    found = [w.replace("'", "") for w in found if w and w not in ARTICLES and w not in _SUFFIXES]
    is_body = found[-1:] and found[-1] in lexicon().body_nouns  # the Interior Ministry is not just a ministry
    while len(found) > 1 and (found[0] in FUNCTION_WORDS or (found[0] in lexicon().honorifics and not is_body)):
        found = found[1:]
    return tuple(found)


def bearers(text: str, names: Sequence[Named]) -> list[Bearer]:
    """Every named person, organisation, place and people of the text, in the order of their first mention."""
    found: list[Bearer] = []
    people = [n for n in names if n.kind == "person"]
    rest = [n for n in names if n.kind != "person"]
    found += _persons(text, people)
    found += _bodies(text, rest)
    for bearer in found:
        bearer.names.sort()
    return sorted(found, key=lambda b: b.names[0])


def _persons(text: str, names: list[Named]) -> list[Bearer]:
    keys = {name: key(text[name.start : name.end]) for name in names}
    found: list[Bearer] = []
    by_word: dict[str, list[Bearer]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(keys[n]), n.start)):
        words = keys[name]
        if len(words) < 2:
            continue
        bearer = next((b for b in by_word[words[-1]] if same_person(b.key, words)), None)
        if bearer is None:
            bearer = Bearer("person", words, name)
            found.append(bearer)
            for word in {words[0], words[-1]}:
                by_word[word].append(bearer)
        bearer.add(name)
        bearer.in_full += 1
        bearer.gender = bearer.gender or _told_gender(text, name) or lexicon().first_names.get(words[0])
    unmarked = _unmarked_full_names(text)
    single = [(n, keys[n][0], _told_gender(text, n)) for n in names if len(keys[n]) == 1]
    told = {(word, gender) for _, word, gender in single if gender}
    by_first = Counter(word for _, word, _ in single)
    for name, word, gender in sorted(single, key=lambda s: s[0]):
        if gender is None and len(genders := {g for w, g in told if w == word}) == 1:
            gender = next(iter(genders))  # where the text has a "Mr Ode", Ms Ode is not plain "Ode"
        bearer = _bearer_of(by_word[word], word, name, gender, by_first)
        if bearer is None:
            bearer = _unseen(text, unmarked[word], gender, by_word[word]) or Bearer("person", (word,), name)
            found.append(bearer)
            by_word[word].append(bearer)
        bearer.add(name)
        bearer.gender = bearer.gender or gender
        bearer.short = bearer.short or bearer.key[-1] == word
    return found


def _unseen(text: str, full: Sequence[Named], gender: Gender | None, known: Sequence[Bearer]) -> Bearer | None:
    """Somebody whose full name the namer passed over: none of those `known`, and of the told gender."""
    for name in full:
        words = key(text[name.start : name.end])
        told = lexicon().first_names.get(words[0]) if words else None
        if len(words) > 1 and not (gender and told and gender != told) and all(b.key != words for b in known):
            return Bearer("person", words, name, gender=told)
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
    of it, or the shorter's words all among the longer's."""
    if longer[-1] != shorter[-1]:
        return False
    first, other = longer[0], shorter[0]
    if first == other or (min(len(first), len(other)) == 1 and first[0] == other[0]):
        return True
    return set(shorter) <= set(longer)


def _bearer_of(
    candidates: list[Bearer], word: str, name: Named, gender: Gender | None, by_first: Mapping[str, int]
) -> Bearer | None:
    """Who of several is meant by a single word: one of the told gender; one whom the text names more often in
    full than by the first name alone; one who is called by it already; the one named most often before."""
    fitting = [b for b in candidates if not (gender and b.gender and b.gender != gender)]
    if not fitting:
        return None
    surname = [b for b in fitting if b.key[-1] == word] or fitting

    def rank(bearer: Bearer) -> tuple[bool, int, bool, int]:
        before = bearer.before(name.start)
        full = bearer.in_full - by_first.get(bearer.key[0], 0) if bearer.key[-1] == word else 0
        return bool(gender and bearer.gender == gender), full, bool(before) and bearer.short, before

    return max(surname, key=rank)


def _told_gender(text: str, name: Named) -> Gender | None:
    """The gender that the forms of address before a name, or at its head, tell ("Mrs", "Congresswoman")."""
    before = [w.group().lower().rstrip(".") for w in WORD.finditer(text, max(0, name.start - 40), name.start)]
    inside = [w.group().lower().rstrip(".") for w in WORD.finditer(text, name.start, name.end)][:1]
    for word in [*(w for w in inside if w in lexicon().honorifics), *reversed(before)]:
        if word not in lexicon().honorifics:
            return None
        gender = lexicon().honorifics[word]
        if gender:
            return gender
    return None


def _bodies(text: str, names: list[Named]) -> list[Bearer]:
    found: list[Bearer] = []
    by_key: dict[Key, Bearer] = {}
    by_word: dict[str, list[Bearer]] = defaultdict(list)
    by_letters: dict[str, Bearer] = {}
    keyed = {name: key(text[name.start : name.end]) for name in names}
    for name in sorted(names, key=lambda n: (-len(keyed[n]), n.start)):
        words = keyed[name]
        if not words:
            continue
        bearer = by_key.get(words) or _fuller(words, name, by_word, by_letters, text)
        if bearer is None:
            bearer = Bearer(name.kind, words, name)
            found.append(bearer)
            for word in set(words):
                by_word[word].append(bearer)
        if len(words) > 1:
            for letters in _initials(words, text[name.start : name.end]):
                by_letters.setdefault(letters, bearer)
        by_key.setdefault(words, bearer)
        bearer.add(name)
    return found


def _initials(words: Key, surface: str) -> set[str]:
    """What a name may be shortened to: its initials, with those of its small words and without."""
    every = (w.lower()[0] for w in WORD.findall(surface) if w.lower() not in ARTICLES)
    return {"".join(w[0] for w in words if w not in _SMALL), "".join(every)}


def _fuller(
    words: Key, name: Named, by_word: dict[str, list[Bearer]], by_letters: dict[str, Bearer], text: str
) -> Bearer | None:
    """The longer name that this one shortens: its initials, or its first or last words."""
    surface = text[name.start : name.end]
    letters = surface.replace(".", "")
    if len(words) == 1 and 2 <= len(letters) <= 6 and letters.isupper():
        return by_letters.get(letters.lower())
    if name.kind not in ("organisation", "thing"):
        return None
    fitting = [b for b in by_word[words[-1]] if b.kind == "organisation" and _shortens(words, b, text)]
    return fitting[0] if len(fitting) == 1 else None


def _shortens(words: Key, longer: Bearer, text: str) -> bool:
    """Whether these are the longer name's first words, or its last ("the Post"); one last word is enough for an outlet
    only: "the House" is not the White House."""
    if longer.key[: len(words)] == words:
        return True
    last = longer.key[-len(words) :] == words
    return last and (len(words) > 1 or lexicon().is_outlet(longer.text(text)))
