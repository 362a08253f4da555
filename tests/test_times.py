"""Time expressions: what is found in a report, what it stands for, and why."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time as clock
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.grounding.times import times
from sayso.types import Time
from tests.texts import texts

FRIDAY = "2031-03-07"


def found(text: str, published: str | None = FRIDAY) -> list[tuple[str, str, str | None]]:
    """The words, type and value of each expression."""
    return [(text[slice(*t.span)], t.type, t.value) for t in times(text, published)]


def only(text: str, published: str | None = FRIDAY) -> Time:
    """The one expression of a text."""
    (one,) = times(text, published)
    return one


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The convoy left on May 24, 2030.", "May 24, 2030", "2030-05-24"),
        ("The convoy left on Friday, May 24, 2030, at dusk.", "Friday, May 24, 2030", "2030-05-24"),
        ("The base was hit on January 8th, 2030, they say.", "January 8th, 2030", "2030-01-08"),
        ("It was signed on the 24th of May 2029.", "the 24th of May 2029", "2029-05-24"),
        ("It was signed on 24 May 2029.", "24 May 2029", "2029-05-24"),
        ("The letter is dated 2030-05-24.", "2030-05-24", "2030-05-24"),
        ("The letter is dated 24/05/2030.", "24/05/2030", "2030-05-24"),
        ("The letter is dated 5/24/30.", "5/24/30", "2030-05-24"),
        ("The letter is dated 24.05.2030.", "24.05.2030", "2030-05-24"),
        ("It began in March 2029.", "March 2029", "2029-03"),
        ("It began in January nineteen ninety-seven.", "January nineteen ninety-seven", "1997-01"),
        ("It began in May of last year.", "May of last year", "2030-05"),
        ("It began in late November.", "late November", "2030-11"),
        ("Shells fell on the harbour on Sunday.", "Sunday", "2031-03-02"),
        ("Shells fell on the harbour on Friday.", "Friday", "2031-03-07"),
        ("Shells fell on the harbour last Friday.", "last Friday", "2031-02-28"),
        ("Shells fell on the harbour yesterday.", "yesterday", "2031-03-06"),
        ("Shells fell on Tuesday of last week.", "Tuesday of last week", "2031-02-25"),
        ("Lawmakers passed it early last year.", "early last year", "2030"),
        ("Lawmakers passed it earlier this month.", "earlier this month", "2031-03"),
        ("Lawmakers passed it last week.", "last week", "2031-W09"),
        ("Lawmakers passed it over the weekend.", "the weekend", "2031-W09-WE"),
        ("Lawmakers passed it this past week.", "this past week", "2031-W09"),
        ("Lawmakers passed it this past Tuesday.", "this past Tuesday", "2031-03-04"),
        ("Lawmakers passed it at the end of 2029.", "the end of 2029", "2029"),
        ("Lawmakers passed it in the third quarter.", "the third quarter", "2030-Q3"),
        ("Lawmakers passed it in last year's fourth quarter.", "last year's fourth quarter", "2030-Q4"),
        ("Lawmakers passed it in the 3rd quarter of 2029.", "the 3rd quarter of 2029", "2029-Q3"),
        ("Lawmakers passed it in Q2 2029.", "Q2 2029", "2029-Q2"),
        ("Lawmakers passed it in the first half of 2029.", "the first half of 2029", "2029-H1"),
        ("Lawmakers passed it last summer.", "last summer", "2030-SU"),
        ("Lawmakers passed it in the spring of 2029.", "the spring of 2029", "2029-SP"),
        ("Lawmakers passed it in the 1990s.", "1990s", "199X"),
        ("Lawmakers passed it in the early '80s.", "early '80s", "198X"),
        ("Lawmakers passed it in the 19th century.", "the 19th century", "18"),
        ("Lawmakers passed it in fiscal 2029.", "fiscal 2029", "2029"),
        ("Lawmakers passed it in 1848.", "1848", "1848"),
        ("Lawmakers passed it two weeks ago.", "two weeks ago", "2031-W08"),
        ("Lawmakers passed it three days ago.", "three days ago", "2031-03-04"),
        ("Lawmakers passed it a decade ago.", "a decade ago", "2021"),
        ("Lawmakers passed it several years ago.", "several years ago", "PAST_REF"),
        ("Lawmakers passed it on Thanksgiving.", "Thanksgiving", "2030-11-28"),
        ("Lawmakers passed it on Easter Monday 2030.", "Easter Monday 2030", "2030-04-22"),
        ("Lawmakers passed it on New Year’s Eve.", "New Year’s Eve", "2030-12-31"),
        ("The strikes have gone on for years now.", "now", "PRESENT_REF"),
        ("Nobody can say what the future holds.", "the future", "FUTURE_REF"),
    ],
)
def test_dates(text: str, words: str, value: str) -> None:
    assert (words, "DATE", value) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The ministry will answer on Sunday.", "Sunday", "2031-03-09"),
        ("On Sunday, engineers will open the gates.", "Sunday", "2031-03-09"),
        ("The envoys meet again next Sunday.", "next Sunday", "2031-03-09"),
        ("The envoys have until Tuesday to answer.", "Tuesday", "2031-03-11"),
        ("The mayor said on Sunday that the dam will hold.", "Sunday", "2031-03-02"),
        ("The dam will hold, the mayor said on Sunday.", "Sunday", "2031-03-02"),
        ("The talks are due to resume on May 24.", "May 24", "2031-05-24"),
        ("The talks broke down on May 24.", "May 24", "2030-05-24"),
        ("The bridge is to be opened in June.", "June", "2031-06"),
        ("The bridge was closed in June.", "June", "2030-06"),
        ("They were told to leave by January 3.", "January 3", "2031-01-03"),  # nobody means a day ten months off
    ],
)
def test_the_sentence_tells_what_is_over_from_what_is_to_come(text: str, words: str, value: str) -> None:
    assert (words, "DATE", value) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Sirens sounded at 9 a.m. AEST on Tuesday.", "9 a.m. AEST on Tuesday", "2031-03-04T09:00"),
        ("Sirens sounded at 10:35 p.m.", "10:35 p.m.", "2031-03-07T22:35"),
        ("Sirens sounded on May 24, 2030, at 18:30.", "18:30", "2030-05-24T18:30"),
        ("Sirens sounded at 0735 GMT.", "0735 GMT", "2031-03-07T07:35"),
        ("Sirens sounded at noon on Monday.", "noon on Monday", "2031-03-03T12:00"),
        ("Sirens sounded Thursday night.", "Thursday night", "2031-03-06TNI"),
        ("Sirens sounded this morning.", "this morning", "2031-03-07TMO"),
        ("Sirens sounded last night.", "last night", "2031-03-06TNI"),
        ("Sirens sounded yesterday afternoon.", "yesterday afternoon", "2031-03-06TAF"),
        ("Sirens sounded at 4 in the morning.", "4 in the morning", "2031-03-07T04:00"),
        ("The log has 2030-05-24T18:30:00Z.", "2030-05-24T18:30:00Z", "2030-05-24T18:30"),
    ],
)
def test_times_of_day(text: str, words: str, value: str) -> None:
    assert (words, "TIME", value) in found(text)


def test_hours_are_counted_from_the_time_of_publication() -> None:
    assert only("Sirens sounded three hours ago.", "2031-03-07T01:30:00+02:00").value == "2031-03-06T22:30"
    unknown = only("Sirens sounded three hours ago.")
    assert unknown.value is None
    assert unknown.reason == "the time of day of the publication is not known"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The 11-day siege is over.", "11-day", "P11D"),
        ("They held out for 20 years.", "20 years", "P20Y"),
        ("They held out for twenty-four hours.", "twenty-four hours", "PT24H"),
        ("They held out for five and a half hours.", "five and a half hours", "PT5H30M"),
        ("They held out for 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
        ("They held out for half an hour.", "half an hour", "PT30M"),
        ("They held out for 2,500 years.", "2,500 years", "P2500Y"),
        ("They held out for a hundred days.", "a hundred days", "P100D"),
        ("They held out for a couple of weeks.", "a couple of weeks", "P2W"),
        ("They held out for two decades.", "two decades", "P20Y"),
        ("They held out for several months.", "several months", "PXM"),
        ("They held out for weeks.", "weeks", "PXW"),
        ("Prices rose over the past three months.", "the past three months", "P3M"),
        ("Prices rose in recent weeks.", "recent weeks", "PXW"),
        ("Prices will rise over the next 12 to 18 months.", "the next 12 to 18 months", "PXM"),
        ("An eight-week-old truce has failed.", "eight-week-old", "P8W"),
    ],
)
def test_lengths_of_time(text: str, words: str, value: str) -> None:
    assert (words, "DURATION", value) in found(text)


def test_a_length_counted_from_an_event_says_so() -> None:
    month = only("The first strike came a month after she assumed office.")
    assert (month.type, month.value) == ("DURATION", "P1M")
    assert month.reason == "counted from what stands after “after”, which has no date of its own"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The market opens every week.", "every week", "P1W"),
        ("The market opens every two weeks.", "every two weeks", "P2W"),
        ("The market opens every Monday.", "every Monday", "XXXX-WXX-1"),
        ("The market opens on Mondays.", "Mondays", "XXXX-WXX-1"),
        ("The market opens each July.", "each July", "XXXX-07"),
        ("The market opens three times a week.", "a week", "P1W"),
        ("The market is inspected daily.", "daily", "P1D"),
    ],
)
def test_what_recurs(text: str, words: str, value: str) -> None:
    assert (words, "SET", value) in found(text)


def test_what_was_told_before_is_referred_to() -> None:
    text = "The invasion began in early 2003. Since then the money has gone. That year the mint burned down."
    assert found(text) == [
        ("early 2003", "DATE", "2003"),
        ("then", "DATE", "2003"),
        ("That year", "DATE", "2003"),
    ]
    text = "On May 24, 2030, the base was hit. The next day it was empty. A year earlier it had been full."
    assert [value for _, _, value in found(text)] == ["2030-05-24", "2030-05-25", "2029"]


def test_days_of_one_month_are_told_once() -> None:
    text = "They met on May 10, 12 and 14, 2030; again from 3-5 June 2030; and 20 of them stayed."
    assert [value for _, _, value in found(text)] == [
        *("2030-05-10", "2030-05-12", "2030-05-14"),
        *("2030-06-03", "2030-06-05"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A 20-year-old man was led away.",
        "She is 44 years old.",
        "His six-month-old daughter was unhurt.",
        "He is in his 30s.",
        "You may march, and the sun will sit on the fall of the house.",
        "May Tarrow and Jan Kowalik spoke to the Sunday Times.",
        "A second official, room 1408, $1999, No. 1984, call 555-2031.",
        "Some 2000 people and 1,999 sheep were counted.",
        "He quarters oranges; a quarter of them are ripe.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("He signed it on 31 February 2030.", "there is no 31 February 2030"),
        ("He signed it on February 31.", "there is no 31 February"),
        ("He signed it on February 29, 2030.", "there is no 29 February 2030"),
        ("He signed it on 2030-02-31.", "there is no 31 February 2030"),
        ("He signed it on 2030-13-01.", "there is no 1 month 13 2030"),
        ("He signed it on 13/13/2030.", "there is no month 13"),
        ("He signed it in 44 BC.", "years before 1 have no value"),
        ("He signed it in the year 12000.", "years after 9999 have no value"),
        ("He signed it 5,000 years ago.", "that is out of the calendar's range"),
        (f"He signed it {'9' * 6000} years ago.", "the number is too large to count with"),
        ("He signed it at 25:10.", "that is no time of day"),
        ("He signed it at 14 p.m.", "that is no time of day"),
        ("He signed it during Ramadan.", "its day is not told by the common calendar"),
    ],
)
def test_what_has_no_value_says_why(text: str, reason: str) -> None:
    time = only(text)
    assert (time.value, time.reason) == (None, reason)


def test_an_ambiguous_order_says_what_was_taken() -> None:
    slash, dots = only("Signed on 5/6/2030."), only("Signed on 5.6.2030.")
    assert (slash.value, slash.reason) == ("2030-05-06", "day/month order ambiguous: taken as month first")
    assert (dots.value, dots.reason) == ("2030-06-05", "day/month order ambiguous: taken as day first")
    assert only("Signed on 25/6/2030.").reason is None


def test_a_weekday_is_held_against_its_date() -> None:
    assert only("He signed it on Friday, May 24, 2030.").reason is None
    assert only("He signed it on Friday, May 24, 2029.").reason == "2029-05-24 is no Friday"
    ahead = only("He signed it on Saturday, May 24.")  # which is a Saturday in 2031, not in 2030
    assert ahead.value == "2031-05-24"


def test_holidays_say_whose_custom_is_followed() -> None:
    assert only("He signed it on Easter Monday 2030.").reason == "as the Western churches reckon it"
    thanksgiving = "counted from the publication date, 2031-03-07; as the United States keep it"
    assert only("He signed it on Thanksgiving.").reason == thanksgiving


def test_without_a_date_what_is_relative_keeps_what_is_known() -> None:
    text = "They met on Sunday, on May 24, on May 25, 2030, last week, in June, and for two days."
    assert found(text, None) == [
        ("Sunday", "DATE", "XXXX-WXX-7"),
        ("May 24", "DATE", "XXXX-05-24"),
        ("May 25, 2030", "DATE", "2030-05-25"),
        ("last week", "DATE", None),
        ("June", "DATE", "XXXX-06"),
        ("two days", "DURATION", "P2D"),
    ]
    assert {t.reason for t in times(text, None) if t.value is None} == {"no publication date is known"}


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT AUREL, March 7, 2031 — ",
        "Port Aurel, 7 March 2031 (Harbour Wire) — ",
        "Published on March 7, 2031\n\n",
        "Friday, March 7, 2031\n",
        "By Ana Reyl\n2031-03-07\n",
    ],
)
def test_a_dateline_is_counted_from(dateline: str) -> None:
    text = dateline + "Shells fell on the harbour on Sunday."
    last = times(text, None)[-1]
    assert last.value == "2031-03-02"
    assert last.reason == "the latest Sunday up to the dateline, 2031-03-07"


def test_a_dateline_without_a_year_tells_the_day() -> None:
    text = "LISSAR, May 24 (Harbour Wire) -- It fell yesterday, this month, on May 3, and last year."
    assert [value for _, _, value in found(text, None)] == [
        *("XXXX-05-24", "XXXX-05-23", "XXXX-05", "XXXX-05-03"),
        None,
    ]
    at_the_edge = "LISSAR, March 1 (Harbour Wire) -- It fell yesterday."
    assert [value for _, _, value in found(at_the_edge, None)] == ["XXXX-03-01", None]


@pytest.mark.parametrize(
    "opening",
    [
        "The base was hit on January 8, 2030, in the night. ",
        "Who Fired On The Base On January 8, 2030\n\n",
        "January 8, 2030 was a cold night. ",
    ],
)
def test_a_date_in_a_sentence_or_headline_is_no_dateline(opening: str) -> None:
    assert found(opening + "It was hit again on Sunday.", None)[-1] == ("Sunday", "DATE", "XXXX-WXX-7")


def test_a_guess_scores_less_than_a_date() -> None:
    scores = {text[slice(*t.span)]: t.score for text in ["On May 24, 2030, or Tuesday."] for t in times(text, FRIDAY)}
    assert 0 < scores["Tuesday"] < scores["May 24, 2030"] <= 1


def test_the_publication_date_must_be_iso() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        times("It rained.", "yesterday")


@given(texts, st.sampled_from([None, FRIDAY, "0001-01-01", "9999-12-31", "2032-02-29T23:59:59+14:00"]))
def test_any_text_is_read(text: str, published: str | None) -> None:
    before = 0
    for time in times(text, published):
        assert before <= time.span.start < time.span.end <= len(text)
        assert not text[time.span.start].isspace()
        assert not text[time.span.end - 1].isspace()
        assert 0 < time.score <= 1
        assert time.value or time.reason
        before = time.span.end


_WORDS = """
    the a last next this that past early late end of in on by until since for every other May March Jan. June Sunday
    Tuesdays Sept 31 29 February 0 1 12 99 2030 0001 9999 1066 1990s '90s 3rd 99th 24:00 25:61 5/6/30 31/31/2031
    0000-00-00 9999-12-31T24:00 a.m. p.m. GMT noon midnight morning night tonight today tomorrow week weeks year years
    month days hours decade century centuries quarter fiscal half summer fall winter weekend two twenty - hundred
    thousand couple few dozen ago earlier later before after old Easter Ramadan BC , . and to 1/2 period then time
    year's Q3 first second seconds 999999 1000000 1,000 1.5 ended corresponding same following ’s
"""


@given(
    st.lists(st.sampled_from(_WORDS.split()), max_size=14), st.sampled_from([None, FRIDAY, "0001-01-01", "9999-12-31"])
)
def test_any_words_of_the_grammar_are_read(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    assert all(text[slice(*time.span)].strip() for time in times(text, published))


@given(
    st.dates(datetime.date(1000, 1, 1), datetime.date(2199, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%Y-%m-%d"]),
)
def test_a_whole_date_is_itself_whatever_the_report_counts_from(day: datetime.date, form: str) -> None:
    text = day.strftime(form)
    assert {only(text, published).value for published in (None, FRIDAY)} == {str(day)}


def test_the_day_and_zone_of_the_reading_do_not_matter() -> None:
    script = (
        "from sayso.grounding.times import times;"
        "text = 'It fell yesterday, two weeks ago, on May 24, in June and at 9 a.m.';"
        "print(times(text, '2031-03-07T23:30:00+02:00'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent.parent,
        ).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "America/Adak")
    }
    assert len(outputs) == 1
    assert "2031-03-06" in outputs.pop()


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "9",
        "the end of ",
        "last year's ",
        "twenty-",
        "May 5 and ",
        "New Year's ",
        "a.m.",
        "10:",
        "the past ",
        "Jan. ",
    ],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def seconds(text: str) -> float:
        start = clock.process_time()
        times(text, FRIDAY)
        return clock.process_time() - start

    seconds(piece)
    small, large = piece * (10_000 // len(piece)), piece * (80_000 // len(piece))
    assert seconds(large) < 8 * 4 * max(seconds(small), 0.02)
