"""Libraries that find dates in English, in the shape of `evals.times`. Imported only when asked for; none ships."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Sequence
from typing import Any

from evals.timeml import Timex


def _date(created: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(created[:10])


def _module(name: str) -> Any:
    return importlib.import_module(name)


def dateparser() -> Callable[[str, str], Sequence[Timex]]:
    """scrapinghub/dateparser, `search_dates`: a datetime for each fragment; taken as a day."""
    search = _module("dateparser.search")

    def find(text: str, created: str) -> list[Timex]:
        settings = {"RELATIVE_BASE": _date(created), "PREFER_DATES_FROM": "past"}
        rows = search.search_dates(text, languages=["en"], settings=settings) or []
        out: list[Timex] = []
        at = 0
        for words, moment in rows:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                out.append(Timex(start, at, "DATE", moment.date().isoformat()))
        return out

    return find


def parsedatetime() -> Callable[[str, str], Sequence[Timex]]:
    """bear/parsedatetime, `Calendar.nlp`."""
    calendar = _module("parsedatetime").Calendar()

    def find(text: str, created: str) -> list[Timex]:
        rows = calendar.nlp(text, sourceTime=_date(created)) or ()
        out: list[Timex] = []
        for moment, flag, start, end, _ in rows:
            kind, form = ("TIME", "%Y-%m-%dT%H:%M") if flag == 2 else ("DATE", "%Y-%m-%d")
            out.append(Timex(start, end, kind, moment.strftime(form)))
        return out

    return find


def timefhuman() -> Callable[[str, str], Sequence[Timex]]:
    """alvinwan/timefhuman, with the places of what it matched."""
    package = _module("timefhuman")

    def find(text: str, created: str) -> list[Timex]:
        out: list[Timex] = []
        config = package.tfhConfig(now=_date(created), return_matched_text=True, direction=package.Direction.previous)
        for line_start, line in _lines(text):
            try:
                rows = package.timefhuman(line, config=config)
            except Exception:  # it fails on some sentences; those count as not read
                continue
            for _, (start, end), moment in rows:
                value = moment.date().isoformat() if isinstance(moment, datetime.datetime) else str(moment)
                out.append(Timex(line_start + start, line_start + end, "DATE", value))
        return out

    return find


def recognizers() -> Callable[[str, str], Sequence[Timex]]:
    """microsoft/Recognizers-Text, date-time, whose results carry TIMEX."""
    package = _module("recognizers_date_time")
    types = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME", "timerange": "TIME"}

    def find(text: str, created: str) -> list[Timex]:
        out: list[Timex] = []
        for line_start, line in _lines(text):
            try:
                rows = package.recognize_datetime(line, "en-us", reference=_date(created))
            except Exception:  # it fails on some sentences; those count as not read
                continue
            for row in rows:
                values = (row.resolution or {}).get("values") or [{}]
                kind = row.type_name.rsplit(".", 1)[-1]
                first = next((v for v in values if v.get("value", "9999") <= created[:10]), values[-1])
                timex = first.get("timex", "")
                value = first.get("value", timex) if "X" in timex and "value" in first else timex
                value = timex if kind in ("duration", "set") else value
                out.append(Timex(line_start + row.start, line_start + row.end + 1, types.get(kind, "DATE"), value))
        return out

    return find


def _lines(text: str) -> list[tuple[int, str]]:
    """The paragraphs of a text and where each begins, with single line ends made blanks: these libraries read lines."""
    out, at = [], 0
    for part in text.split("\n\n"):
        out.append((at, part.replace("\n", " ")))
        at += len(part) + 2
    return out


RIVALS: dict[str, Callable[[], Callable[[str, str], Sequence[Timex]]]] = {
    "dateparser": dateparser,
    "parsedatetime": parsedatetime,
    "timefhuman": timefhuman,
    "recognizers": recognizers,
}
