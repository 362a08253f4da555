"""An engine for tests of what is done with readings: it reads "Ilse Tamarind said X." and nothing else, at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import cast

from sayso.documents import document, text_id
from sayso.engine import Engine
from sayso.model import Model
from sayso.reading import Reading
from sayso.types import Attribution, Document, Entity, Span, Voice

_SAID = re.compile(r"([A-Z]\w+(?: [A-Z]\w+)*) (said) ([^.]+)\.")


def read(text: str | Document, model: str = "en_v2", **known: str | None) -> Reading:
    """The reading of a text: each who said something is a voice, and a person who is talked about."""
    read = Document(text_id(text), text, language="en", **known) if isinstance(text, str) else text
    found = list(_SAID.finditer(read.text))
    names = list(dict.fromkeys(match[1] for match in found))
    mentions = {name: tuple(Span(*match.span(1)) for match in found if match[1] == name) for name in names}
    return Reading(
        read,
        model,
        tuple(
            Attribution(
                f"a{number}",
                (Span(*match.span(1)),),
                (Span(*match.span(2)),),
                (Span(*match.span(3)),),
                "indirect",
                0.9,
                stance="asserts",
                voice=f"v{names.index(match[1]) + 1}",
            )
            for number, match in enumerate(found, 1)
        ),
        tuple(Voice(f"v{n}", name, "person", (), mentions[name], 0.9) for n, name in enumerate(names, 1)),
        entities=tuple(
            Entity(f"e{n}", name, "PERSON", (name,), mentions[name], 0.9, f"v{n}") for n, name in enumerate(names, 1)
        ),
    )


class Ready(Engine):
    """An Engine whose model has that name; `texts` are those it was given."""

    knows_meaning = False

    def __init__(self, name: str = "en_v2") -> None:
        self.model = cast(Model, SimpleNamespace(name=name))
        self.texts: list[str] = []

    def read_many(self, reports: Iterable[str | Document]) -> Iterator[Reading]:
        """The readings, in order; it takes a few reports in ahead, as an engine does."""
        waiting: list[Document] = []
        for report in reports:
            waiting.append(document(report) if isinstance(report, str) else report)
            self.texts.append(waiting[-1].text)
            if len(waiting) > 3:
                yield read(waiting.pop(0), self.model.name)
        for report in waiting:
            yield read(report, self.model.name)
