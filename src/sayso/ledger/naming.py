"""What each outlet, or each voice, calls somebody or something, side by side: in its own voice, or only quoting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection

from sayso.ledger.called import DIGITS, Period, calls
from sayso.ledger.filters import EVERYTHING, Filters
from sayso.ledger.identity import folded
from sayso.ledger.table import Column, Table, limited
from sayso.pictures.naming import Called
from sayso.render.labels import MARK
from sayso.render.terminal import WHO
from sayso.render.wording import NOBODY

Side = Literal["outlet", "voice"]
_NO_OUTLET = "no outlet known"

OUTLETS = (
    Column("period", "date"),
    Column("outlet", style=WHO),
    Column("own", "list", head="in its own voice"),
    Column("quoted", "list", head="only quoting others"),
    Column("judging", "share", "wide", head="judge"),
    Column("reports", "number", "wide"),
    Column("first", "date", "hidden"),
    Column("last", "date", "hidden"),
)
VOICES = (
    Column("period", "date"),
    Column("voice", style=WHO),
    Column("own", "list", head="calls it"),
    Column("outlets", "list", head="quoted in"),
    *OUTLETS[4:],
)
"""`own` and `quoted` are labels with how often each stands there, the commonest first, and a mark at those that judge;
`quoted` are only those that the outlet never says itself; `judging` is the share of uses whose words judge."""


@dataclass(slots=True)
class _Uses:
    """What one outlet, or one voice, calls it."""

    own: Counter[tuple[str, bool]] = field(default_factory=Counter)
    quoted: Counter[tuple[str, bool]] = field(default_factory=Counter)
    spellings: dict[str, str] = field(default_factory=dict)
    outlets: Counter[str] = field(default_factory=Counter)
    reports: set[int] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)

    def add(self, row: Any, *, own: bool) -> None:
        """One more."""
        plain = folded(row.words) or row.words
        self.spellings.setdefault(plain, row.words)
        (self.own if own else self.quoted)[plain, row.loaded] += 1
        self.outlets[row.outlet or _NO_OUTLET] += 1
        self.reports.add(row.read_as)
        if row.published:
            self.dates.append(row.published)

    def listed(self, counted: Counter[tuple[str, bool]]) -> tuple[str, ...]:
        """The labels with how often, the commonest first."""
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        return tuple(f"{self.spellings[plain]}{MARK if loaded else ''} {times}" for (plain, loaded), times in ordered)

    @property
    def judging(self) -> float:
        """The share of uses whose words judge."""
        both = self.own + self.quoted
        return sum(times for (_, loaded), times in both.items() if loaded) / both.total()


def naming(
    connection: Connection, entity: str, filters: Filters = EVERYTHING, by: Side = "outlet", per: Period | None = None,
    limit: int = 50,
) -> Table:  # fmt: skip
    """What whoever `entity` means is called by each outlet or each voice; those with most reports first or, `per` year,
    month or day of publication, in their order. Of the filters the outlet and the dates count. Raises InvalidSearch."""
    found: defaultdict[tuple[str, str], _Uses] = defaultdict(_Uses)
    whom: set[str] = set()
    for row in connection.execute(calls(connection, entity, filters)):
        period = (row.published or "")[: DIGITS[per]] if per else ""
        narrated = row.attribution is None
        if by == "outlet":
            found[period, row.outlet or _NO_OUTLET].add(row, own=narrated)
        elif not narrated:
            found[period, row.voice or NOBODY].add(row, own=True)
        whom.add(row.entity)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -len(item[1].reports), item[0][1]))
    rows = [_row(period, who, uses, by) for (period, who), uses in ordered]
    nothing = f"Nothing is called anything that could be {entity}. Try a shorter name."
    if whom and not rows:
        nothing = f"No voice calls {' or '.join(sorted(whom))} anything, only reports themselves: leave --by voice out."
    table = limited(OUTLETS if by == "outlet" else VOICES, rows, limit, nothing)
    if not rows:
        return table
    marked = f"{MARK} the words judge" if any(uses.judging for uses in found.values()) else ""
    title = f"What {' and '.join(sorted(whom))} {'is' if len(whom) == 1 else 'are'} called"
    return Table(table.columns, table.rows, ". ".join(filter(None, (table.note, marked))), (title,))


def called(connection: Connection, entity: str, filters: Filters = EVERYTHING) -> list[Called]:
    """What the picture shows: each label in each outlet, the commonest label first; `sayso.pictures.naming.chart`."""
    uses: dict[tuple[str, str, bool], list[int]] = {}
    spellings: dict[str, str] = {}
    for row in connection.execute(calls(connection, entity, filters)):
        plain = folded(row.words) or row.words
        spellings.setdefault(plain, row.words)
        counts = uses.setdefault((plain, row.outlet or _NO_OUTLET, row.loaded), [0, 0])
        counts[row.attribution is not None] += 1
    common = _counted((plain, sum(counts)) for (plain, _, _), counts in uses.items())
    ordered = sorted(uses.items(), key=lambda item: (-common[item[0][0]], item[0]))
    return [
        Called(spellings[plain], outlet, own, quoted, judges) for (plain, outlet, judges), (own, quoted) in ordered
    ]  # fmt: skip


def _counted(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, number in pairs:
        counts[name] += number
    return counts


def _row(period: str, who: str, uses: _Uses, by: Side) -> tuple[Any, ...]:
    said = {plain for plain, _ in uses.own}
    quoted = Counter({label: times for label, times in uses.quoted.items() if label[0] not in said})
    beside = uses.listed(quoted) if by == "outlet" else tuple(uses.outlets)
    dates = (min(uses.dates, default=None), max(uses.dates, default=None))
    return (period or None, who, uses.listed(uses.own), beside, uses.judging, len(uses.reports), *dates)
