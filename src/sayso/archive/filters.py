"""What is read of an archive and what is passed over: by language, outlet, date, words, and copies."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from sayso.ledger.days import asked
from sayso.ledger.identity import folded
from sayso.types import Document


@dataclass(frozen=True, slots=True)
class Filters:
    """What a document must be to be read; what is empty or None is whatever.

    `languages` are ISO 639-1 codes. `outlets` are names, in whole words whatever their case ("tribune" is also the
    Aurel Bay Tribune), or hosts ("tribune.example" is also www.tribune.example). `since` and `until` are days, months
    or years, both included; a document without a date is not read where one is asked for. `keywords` are words or
    phrases of which one stands in the title or the text, whatever its case; one that ends in * is the beginning of a
    word.
    Without `copies`, a document is passed over that is a copy of one before it, or nearly.
    """

    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    keywords: tuple[str, ...] = ()
    copies: bool = True


class Screen:
    """Applies all filters but that of copies, which depends on what came before."""

    def __init__(self, filters: Filters) -> None:
        """Raises InvalidSearch for a date that is none."""
        self._filters = filters
        self._languages = frozenset(language.lower() for language in filters.languages)
        self._outlets = [frozenset(folded(name).split()) for name in filters.outlets]
        self._hosts = tuple("." + name.lower() for name in filters.outlets if "." in name)
        self._since = asked(filters.since).first if filters.since else ""
        self._until = asked(filters.until).last if filters.until else "9999-12-31"
        self._words = _pattern(filters.keywords)

    def fault(self, document: Document) -> str | None:
        """The filter that keeps a document out ("language", "outlet", "date", "keyword"), None if none does."""
        if self._languages and document.language not in self._languages:
            return "language"
        if self._outlets and not self._is_of_outlet(document):
            return "outlet"
        if not self._is_of_time(document):
            return "date"
        if self._words is not None and not self._words.search(f"{document.title or ''}\n{document.text}"):
            return "keyword"
        return None

    def _is_of_outlet(self, document: Document) -> bool:
        named = frozenset(folded(document.outlet or "").split())
        host = "." + (document.url or "").partition("://")[2].partition("/")[0].partition(":")[0].lower()
        return any(words and words <= named for words in self._outlets) or host.endswith(self._hosts or ("\n",))

    def _is_of_time(self, document: Document) -> bool:
        if self._filters.since is None and self._filters.until is None:
            return True
        return document.published is not None and self._since <= document.published[:10] <= self._until


def _pattern(keywords: tuple[str, ...]) -> regex.Pattern[str] | None:
    if not keywords:
        return None
    parts = [rf"{_spaced(word.removesuffix('*'))}{'' if word.endswith('*') else chr(92) + 'b'}" for word in keywords]
    return regex.compile(rf"\b(?:{'|'.join(parts)})", regex.IGNORECASE)


def _spaced(phrase: str) -> str:
    return r"\s+".join(map(regex.escape, phrase.split()))
