"""The cast: the voices of a reading in order of how much of it stands on each, and the colour each goes by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.types import Voice

if TYPE_CHECKING:
    from sayso.profile import Profile
    from sayso.reading import Reading

COLOURS = 8
"""How many voices have a colour of their own: more could not be told apart. page.css has them, named by rank."""

REST, NO_VOICE = "0", "x"
"""The colour of voices beyond the first eight, and of contents that are given to no voice."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice, or what is given to none (`voice` is None): the part of all words that stands on it, the numbers of
    the attributions in which it speaks and of those that it passes on."""

    rank: int
    voice: Voice | None
    share: float
    speaks: tuple[int, ...]
    passes: tuple[int, ...]

    @property
    def unnamed(self) -> bool:
        """Whether this is somebody whose name the text does not give."""
        return self.voice is not None and self.voice.type == "unnamed"

    @property
    def colour(self) -> str:
        """What its colour is called in class names: its rank, REST or NO_VOICE."""
        if self.voice is None:
            return NO_VOICE
        return str(self.rank) if self.rank <= COLOURS else REST


class Cast:
    """The speakers of one reading: `named` and `unnamed` voices in order of share, and `nobody`, one of rank 0 if there
    are attributions to no voice."""

    def __init__(self, reading: Reading, profile: Profile) -> None:
        known = {voice.id for voice in reading.voices}
        self._voices = [a.voice if a.voice in known else None for a in reading.attributions]
        speaks: defaultdict[str | None, list[int]] = defaultdict(list)
        passes: defaultdict[str, list[int]] = defaultdict(list)
        for number, attribution in enumerate(reading.attributions, 1):
            speaks[self._voices[number - 1]].append(number)
            for passing in dict.fromkeys(attribution.via):
                passes[passing].append(number)

        shares = profile.voices
        nobody = Speaker(0, None, shares.get(None, 0.0), tuple(speaks[None]), ())
        self._speakers: dict[str | None, Speaker] = {None: nobody}
        for rank, voice in enumerate(sorted(reading.voices, key=lambda voice: -shares.get(voice.id, 0.0)), 1):
            numbers = tuple(speaks[voice.id]), tuple(passes[voice.id])
            self._speakers[voice.id] = Speaker(rank, voice, shares.get(voice.id, 0.0), *numbers)

        ranked = list(self._speakers.values())
        self.named = [speaker for speaker in ranked if speaker.voice and not speaker.unnamed]
        self.unnamed = [speaker for speaker in ranked if speaker.unnamed]
        self.nobody = [nobody] if nobody.speaks else []

    def of(self, number: int) -> Speaker:
        """Who speaks in the attribution of that number."""
        return self.voice(self._voices[number - 1])

    def voice(self, name: str | None) -> Speaker:
        """The speaker whose voice has the id `name`; nobody for an id that no voice has."""
        return self._speakers.get(name, self._speakers[None])
