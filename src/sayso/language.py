"""In what language a text is written.

English, by far the commonest here, is known by its commonest words; everything else is left to py3langid (a naive Bayes
over byte n-grams, offline), which takes a second to load.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 3000
"""Code points looked at: a report does not change its language after so many."""
_SURE = 0.9
_SURE_BY_SCRIPT = 0.5  # what is not in Latin letters is not English, whichever of its neighbours it is taken for
_LETTERS, _LETTERS_BY_SCRIPT = 40, 15
_LAST_LATIN = "\u024f"
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a that is was for on with as at by from his he be are has have it not said will an were".split()  # noqa: SIM905
)


def language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it is too short or too odd to tell."""
    sample = text[:SAMPLE].encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be classified
    letters = [character for character in sample if character.isalpha()]
    foreign = sum(letter > _LAST_LATIN for letter in letters) > len(letters) / 2
    if len(letters) < (_LETTERS_BY_SCRIPT if foreign else _LETTERS):
        return None
    if _is_plainly_english(sample):
        return "en"
    code, probability = _identifier().classify(sample)
    needed = _SURE_BY_SCRIPT if foreign else _SURE
    # Three letters stand for languages without a two-letter code, and for what is no language at all.
    return str(code) if probability >= needed and len(code) == 2 else None


def _is_plainly_english(sample: str) -> bool:
    words = _WORD.findall(sample.lower())
    common = sum(word in _ENGLISH for word in words)
    return common >= 0.25 * len(words) and words.count("the") >= 0.02 * len(words)


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loaded only where it is needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
