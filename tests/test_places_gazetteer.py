"""The gazetteer that ships, and the keys under which it is asked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.grounding.places.gazetteer import Gazetteer, gazetteer
from sayso.grounding.places.keys import key, without_article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Hawl", "Al Ḩawl"),
        ("St. Paul", "Saint Paul"),
        ("the U.S.", "US"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Sāmarrā’", "Samarra"),
        ("ŁÓDŹ", "Lodz"),
        ("Mt. Vernon", "Mount Vernon"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("N'Djamena", "Ndjamena"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


def test_names_that_differ_have_keys_that_differ() -> None:
    assert len({key(name) for name in ("Paris", "Pärnu", "New York", "York", "St", "Saint-Denis", "Saint-Dizier")}) == 7


@given(st.text())
def test_a_key_is_plain(name: str) -> None:
    assert key(name) == " ".join(key(name).split())
    assert not set(key(name)) & set("\t\n|'’-.")


def test_the_arabic_article_is_known() -> None:
    assert without_article("ar ramadi") == "ramadi"
    assert without_article("ramadi") is without_article("al") is None


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Mosul", "town", "IQ", 36.3, 43.1),
        ("Nineveh", "province", "IQ", 36.0, 42.3),
        ("Al Hawl", "town", "SY", 36.4, 41.1),
        ("Iraq", "country", "IQ", 33.0, 44.0),
        ("Licking County", "county", "US", 40.1, -82.5),
        ("Texas", "province", "US", 31.3, -98.5),
        ("Middle East", "region", None, 29.3, 42.6),
        ("Gaza Strip", "region", "PS", 31.4, 34.4),
        ("Iraqi", "country", "IQ", 33.0, 44.0),
        ("Britain", "country", "GB", 54.0, -2.0),
    ],
)
def test_a_name_is_found(name: str, kind: str, country: str | None, lat: float, lon: float) -> None:
    entry = gazetteer().find(key(name))[0]
    assert (entry.kind, entry.country) == (kind, country)
    assert (entry.lat, entry.lon) == (pytest.approx(lat, abs=0.7), pytest.approx(lon, abs=0.7))


def test_every_town_lies_in_a_province_of_its_country() -> None:
    places = gazetteer()
    for number in range(0, len(places), 97):
        entry = places.entry(number)
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        if entry.province is not None:
            assert places.entry(entry.province).country == entry.country
            assert places.entry(entry.province).kind == "province"


def test_every_name_finds_its_place() -> None:
    places = gazetteer()
    for number in range(0, len(places), 101):
        entry = places.entry(number)
        same = places.find(key(entry.name))
        assert any(e.number == number for e in same) or len(same) >= 100


@given(st.text(max_size=30))
def test_what_is_not_there_is_not_found(name: str) -> None:
    places = gazetteer()
    for entry in places.find(key(name)):
        assert 0 <= entry.number < len(places)
    assert places.find("\t") == places.find("\n") == places.find("|") == ()


def test_it_loads_in_no_time() -> None:
    path_read = gazetteer()
    data = path_read._data
    start = time.process_time()
    Gazetteer(data)
    assert time.process_time() - start < 0.25  # 15 ms on an idle core
