"""What is asked for in an address: the words and filters of a question, checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sayso.ledger.filters import Filters
from sayso.ledger.table import Table
from sayso.types import Kind, Stance, VoiceType

MOST = 1000
"""So many answers at once."""


def _given(value: Any) -> Any:
    """A form sends its empty fields too: they ask nothing."""
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[Annotated[str, Field(max_length=500)] | None, BeforeValidator(_given)]
_Day = Annotated[str, Field(max_length=10, pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
Date = Annotated[_Day | None, BeforeValidator(_given)]


class Documents(BaseModel):
    """Filters on documents, and how many answers."""

    model_config = ConfigDict(extra="ignore")

    outlet: Text = Field(None, description="Published there: a name, or whole words of one.")
    since: Date = Field(None, description="Published then or later: 2031, 2031-03 or 2031-03-07.")
    until: Date = Field(None, description="Published then or before.")
    limit: Annotated[int, Field(ge=1, le=MOST, description="At most so many answers.")] = 50

    def filters(self) -> Filters:
        """The filters of the ledger that this asks for."""
        return Filters(outlet=self.outlet, since=self.since, until=self.until)

    def more(self, table: Table) -> str:
        """The query of an address that shows more than these answers; empty if there are none."""
        return self.address(limit=min(MOST, 4 * self.limit)) if len(table) >= self.limit < MOST else ""

    def address(self, **changed: object) -> str:
        """The query of an address that asks the same, but for what is changed."""
        asked = self.model_dump(exclude_defaults=True) | changed
        return urlencode({name: value for name, value in asked.items() if value not in (None, False, "")})


class Statements(Documents):
    """Filters on attributions as well."""

    voice: Text = Field(None, description="Said by whoever is called so.")
    type: Annotated[VoiceType | None, BeforeValidator(_given)] = Field(None, description="Said by such a voice.")
    stance: Annotated[Stance | None, BeforeValidator(_given)] = Field(None, description="What is done with it.")
    kind: Annotated[Kind | None, BeforeValidator(_given)] = Field(None, description="How it is quoted.")
    about: Text = Field(None, description="Mentions whoever or whatever is called so.")
    via: Text = Field(None, description="Came through whoever is called so.")
    unnamed: bool = Field(False, description="Said by an unnamed voice, or by nobody.")
    dated: Literal["published", "told"] = Field("published", description="Whose dates `since` and `until` are.")

    def filters(self) -> Filters:
        """The filters of the ledger that this asks for."""
        return Filters(
            voice=self.voice,
            type=self.type,
            stance=self.stance,
            kind=self.kind,
            outlet=self.outlet,
            about=self.about,
            via=self.via,
            unnamed=self.unnamed,
            since=self.since,
            until=self.until,
            dated=self.dated,
        )


class Question(Statements):
    """A search: words, or what means the same, and where."""

    words: Annotated[str, Field(max_length=500, description="Words, “phrases” and beginnings*.")] = ""
    like: Text = Field(None, description="What means the same, or nearly; instead of words.")
    inside: Literal["content", "text"] = Field("content", description="In what is said, or in whole reports.")
    limit: Annotated[int, Field(ge=1, le=MOST, description="At most so many answers.")] = 20


class Naming(Documents):
    """Whom to ask the names of."""

    of: Annotated[str, Field(max_length=200, description="Somebody or something, by any name.")] = ""
    voice: Text = Field(None, description="By whoever is called so.")
    per: Annotated[Literal["year", "month", "day"] | None, BeforeValidator(_given)] = Field(
        None, description="Counted apart for each."
    )

    def filters(self) -> Filters:
        """The filters of the ledger that this asks for."""
        return replace(super().filters(), voice=self.voice)
