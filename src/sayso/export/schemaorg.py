"""Readings as schema.org claims and quotations (JSON-LD), each claim with a ClaimReview for the fact-checker to fill.

What somebody asserts is a Claim, what they say in quotation marks is a Quotation, and may be both. What they deny is
a Claim too, but not theirs: it has no author, and says in words who denies it. Questions, orders and beliefs are no
claims: they are here only where they are quoted. Rating, reviewer and date are null: Sayso rates nobody's truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sayso.export import iri, jsons
from sayso.export.described import Described
from sayso.types import Attribution, Voice, VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading

CONTEXT = "https://schema.org"

_SORTS: dict[VoiceType, str] = {"person": "Person", "organisation": "Organization", "outlet": "NewsMediaOrganization"}
"""Voices that schema.org has a type for. Of the others (somebody unnamed, a crowd, a poll) it is not known whether they
are one person, so each is a thing with a name."""


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """One JSON-LD document: the reports, and in them what is claimed and quoted."""
    return jsons.within(
        {"@context": CONTEXT}, "@graph", (found for reading in readings for found in statements(reading))
    )


def statements(reading: Reading) -> Iterator[dict[str, Any]]:
    """The report, its voices, its claims and quotations, each claim followed by its open review."""
    yield _article(reading)
    described = Described(reading)
    spoken = {a.voice for a in reading.attributions if _types(a)}
    for voice in reading.voices:
        if voice.id in spoken:
            yield _voice(described, voice)
    for attribution in reading.attributions:
        types = _types(attribution)
        if types:
            yield _statement(described, attribution, types)
        if "Claim" in types:
            yield _review(described, attribution)


def _types(attribution: Attribution) -> list[str]:
    """What of schema.org an attribution is: a claim, a quotation, both or nothing."""
    if not attribution.content:
        return []
    claimed = ["Claim"] if attribution.stance in (None, "asserts", "denies") else []
    return claimed + (["Quotation"] if attribution.kind == "direct" else [])


def _article(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return _known(
        {
            "@type": "NewsArticle",
            "@id": iri.named(document),
            "identifier": document.id,
            "headline": document.title,
            "url": iri.web(document.url),
            "datePublished": document.published,
            "inLanguage": document.language,
            "author": {"@type": "Person", "name": document.author} if document.author else None,
            "publisher": {"@type": _SORTS["outlet"], "@id": iri.outlet(document.outlet), "name": document.outlet}
            if document.outlet
            else None,
        }
    )


def _voice(described: Described, voice: Voice) -> dict[str, Any]:
    roles = list(dict.fromkeys(described.parts(voice.roles)))
    return _known(
        {
            "@type": _SORTS.get(voice.type, "Thing"),
            "@id": iri.named(described.reading.document, voice.id),
            "name": voice.name,
            "description": ", ".join(roles) or None,
        }
    )


def _statement(described: Described, attribution: Attribution, types: list[str]) -> dict[str, Any]:
    document, voice = described.reading.document, described.voice(attribution)
    theirs = voice is not None and attribution.stance != "denies" and not attribution.negated
    report = {"@id": iri.named(document)}
    return _known(
        {
            "@type": types if len(types) > 1 else types[0],
            "@id": iri.named(document, attribution.id),
            "text": described.words(attribution.content),
            "author": {"@id": iri.named(document, voice.id)} if voice is not None and theirs else None,
            "appearance": report if "Claim" in types else None,
            "isPartOf": report,
            "description": _said(described, attribution),
            "keywords": [word for word in (attribution.stance, attribution.kind) if word],
        }
    )


def _said(described: Described, attribution: Attribution) -> str | None:
    """On whose word, and by which cue: "Harbour Wire ← Nerys Hadoun: denied"."""
    chain = " ← ".join(described.chain(attribution))
    cue = " ".join(described.words(attribution.cue).split())
    return ": ".join(filter(None, (chain, cue))) or None


def _review(described: Described, attribution: Attribution) -> dict[str, Any]:
    """A review of the claim, in which everything that a reviewer finds is left open."""
    document = described.reading.document
    return {
        "@type": "ClaimReview",
        "@id": iri.named(document, attribution.id, "review"),
        "itemReviewed": {"@id": iri.named(document, attribution.id)},
        "claimReviewed": described.words(attribution.content),
        "reviewRating": None,
        "author": None,
        "datePublished": None,
        "url": None,
    }


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """`said` without what is not known."""
    return {name: value for name, value in said.items() if value not in (None, [])}
