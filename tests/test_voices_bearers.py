"""Who bears which name: the names of a text gathered under the fullest form."""

from __future__ import annotations

import pytest

from sayso.voices.bearers import bearers, key, same_person
from tests.marks import marks


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ilse Tamarind", ("ilse", "tamarind")),
        ("ILSE TAMARIND", ("ilse", "tamarind")),
        ("Mr. Orin Castellane", ("orin", "castellane")),
        ("Transport Minister Havel Ormond", ("transport", "minister", "havel", "ormond")),
        ("Minister Havel Ormond", ("havel", "ormond")),
        ("Rurik Moss Jr.", ("rurik", "moss")),
        ("Rurik Moss III", ("rurik", "moss")),
        ("Zoë Bäckrud", ("zoe", "backrud")),
        ("the Harbour Board", ("harbour", "board")),
        ("Tamarind’s", ("tamarind",)),
        ("Tamarind's", ("tamarind",)),
        ("O’Dell", ("odell",)),
        ("O'Dell", ("odell",)),
        ("Yusar al-Mazzun", ("yusar", "mazzun")),
        ("Minister", ("minister",)),
        ("", ()),
        ("…", ()),
    ],
)
def test_key(name: str, expected: tuple[str, ...]) -> None:
    assert key(name) == expected


@pytest.mark.parametrize(
    ("longer", "shorter", "same"),
    [
        ("Ilse Tamarind", "Ilse Tamarind", True),
        ("Ilse Marit Tamarind", "Ilse Tamarind", True),
        ("Ilse Tamarind", "I. Tamarind", True),
        ("Ilse Marit Tamarind", "Marit Tamarind", True),
        ("Ilse Tamarind", "Orin Tamarind", False),
        ("Ilse Tamarind", "Ilse Groll", False),
        ("Ilse Tamarind", "O. Tamarind", False),
        ("Peter Tamarind", "Pete Tamarind", True),
        ("Robert Tamarind", "Rob Tamarind", True),
        ("Daniel Tamarind", "Danielle Tamarind", False),
    ],
)
def test_same_person(longer: str, shorter: str, same: bool) -> None:
    assert same_person(key(longer), key(shorter)) is same


def gathered(notation: str) -> dict[str, list[str]]:
    """Each bearer's full name with the words of all its places."""
    made = marks(notation)
    return {
        bearer.text(made.text): [made.text[n.start : n.end] for n in bearer.names]
        for bearer in bearers(made.text, made.names)
    }


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("", {}),
        (
            "[person|Ilse Tamarind] left. [person|Tamarind] came back. [person|Ilse] slept.",
            {"Ilse Tamarind": ["Ilse Tamarind", "Tamarind", "Ilse"]},
        ),
        # The fullest form, wherever it stands, without titles.
        (
            "[person|Tamarind] left. [person|Mrs Tamarind] slept. [person|Dr. Ilse Marit Tamarind] woke.",
            {"Ilse Marit Tamarind": ["Tamarind", "Mrs Tamarind", "Dr. Ilse Marit Tamarind"]},
        ),
        ("[person|Ilse\nTamarind] left.", {"Ilse Tamarind": ["Ilse\nTamarind"]}),
        ("[person|Rurik Moss Jr.] left.", {"Rurik Moss Jr.": ["Rurik Moss Jr."]}),
        ("[person|Rurik Moss (Lab] left.", {"Rurik Moss": ["Rurik Moss (Lab"]}),
        (
            "[person|Marta Ruiz] left. [person|Marta Ruiz Velarde] woke.",
            {"Marta Ruiz Velarde": ["Marta Ruiz", "Marta Ruiz Velarde"]},
        ),
        # Two with one surname.
        (
            "[person|Anya Brodeck] met [person|Colm Brodeck]. [person|Anya] left. [person|Colm] stayed.",
            {"Anya Brodeck": ["Anya Brodeck", "Anya"], "Colm Brodeck": ["Colm Brodeck", "Colm"]},
        ),
        # He whom the text calls by his first name is not meant by the surname.
        (
            "[person|Anya Brodeck] met [person|Colm Brodeck]. [person|Colm] left. [person|Brodeck] stayed.",
            {"Anya Brodeck": ["Anya Brodeck", "Brodeck"], "Colm Brodeck": ["Colm Brodeck", "Colm"]},
        ),
        # The one named in full first bears the surname alone; the others keep their first names.
        (
            "[person|Anya Brodeck] met [person|Colm Brodeck]. [person|Colm Brodeck] left. [person|Brodeck] stayed.",
            {"Anya Brodeck": ["Anya Brodeck", "Brodeck"], "Colm Brodeck": ["Colm Brodeck", "Colm Brodeck"]},
        ),
        # A middle initial is no title, and a party or a lady at the end of the line before tells nothing.
        (
            "[person|Rurik A. Moss] (Lab) left, said the first lady.\n\n[person|Moss] slept.",
            {"Rurik A. Moss": ["Rurik A. Moss", "Moss"]},
        ),
        # A surname that was taken for a place.
        (
            "[person|Dana Fel] left. [person|Fel] slept. [person|Fel] woke. [place|Fel] sang.",
            {"Dana Fel": ["Dana Fel", "Fel", "Fel", "Fel"]},
        ),
        # The form of address tells them apart.
        (
            "[person|Anna Brodeck] met [person|John Brodeck]. [person|Mr Brodeck] left. [person|Mrs Brodeck] stayed.",
            {"Anna Brodeck": ["Anna Brodeck", "Mrs Brodeck"], "John Brodeck": ["John Brodeck", "Mr Brodeck"]},
        ),
        # Where the namer saw but the surname, the full name is what stands there in capitals.
        ("Dana Fel left early that day. [person|Fel] slept.", {"Dana Fel": ["Fel"]}),
        # Bodies: initials, first words, last words of an outlet.
        (
            "the [organisation|Harbour Works Board] met. The [organisation|HWB] left.",
            {"Harbour Works Board": ["Harbour Works Board", "HWB"]},
        ),
        (
            "the [organisation|Ministry of Bread] met. The [organisation|Bread Ministry] left.",
            {"Ministry of Bread": ["Ministry of Bread", "Bread Ministry"]},
        ),
        (
            "[organisation|Northgate Ferries] lost. [organisation|Northgate] won.",
            {"Northgate Ferries": ["Northgate Ferries", "Northgate"]},
        ),
        (
            "the [organisation|Vessport Courier] wrote. The [organisation|Courier] lied.",
            {"Vessport Courier": ["Vessport Courier", "Courier"]},
        ),
        (
            "the [organisation|Blue House] wrote. The [organisation|House] met.",
            {"Blue House": ["Blue House"], "House": ["House"]},
        ),
        (
            "the [organisation|Lyth Mill Commission] met. The [organisation|Commission] left.",
            {"Lyth Mill Commission": ["Lyth Mill Commission", "Commission"]},
        ),
        # A short form in brackets that is no row of initials.
        (
            "the [organisation|Harbour Works] (HWX) met. The [organisation|HWX] left.",
            {"Harbour Works": ["Harbour Works", "HWX"]},
        ),
        # A place is nobody's short form.
        (
            "[organisation|Lyth Ferries] lost. [place|Lyth] slept.",
            {"Lyth Ferries": ["Lyth Ferries"], "Lyth": ["Lyth"]},
        ),
        # Two that it may shorten: neither.
        (
            "[organisation|Northgate Ferries] and [organisation|Northgate Mills] lost. [organisation|Northgate] won.",
            {
                "Northgate Ferries": ["Northgate Ferries"],
                "Northgate Mills": ["Northgate Mills"],
                "Northgate": ["Northgate"],
            },
        ),
    ],
)  # fmt: skip
def test_bearers(notation: str, expected: dict[str, list[str]]) -> None:
    assert gathered(notation) == expected


@pytest.mark.parametrize("title", ["[person|Mr Brodeck]", "Mr [person|Brodeck]"])
def test_the_form_of_address_may_stand_before_the_name(title: str) -> None:
    made = gathered(f"[person|Anna Brodeck] met [person|John Brodeck]. [person|Anna Brodeck] slept. {title} left.")
    assert "Brodeck" in made["John Brodeck"][-1]
    assert len(made["John Brodeck"]) == 2


def test_bearers_come_in_the_order_of_their_first_names() -> None:
    made = marks("[place|Lyth] slept. [person|Fel] met the [organisation|Harbour Board]. [person|Dana Fel] left.")
    found = bearers(made.text, made.names)
    assert [b.kind for b in found] == ["place", "person", "organisation"]
    assert [b.names[0].start for b in found] == sorted(b.names[0].start for b in found)
    assert sum(len(b.names) for b in found) == len(made.names)


@pytest.mark.parametrize(
    ("notation", "gender"),
    [
        ("[person|Anna Brodeck] left.", "female"),
        ("[person|John Brodeck] left.", "male"),
        ("[person|Ysolt Brodeck] left.", None),
        ("[person|Mrs Ysolt Brodeck] left.", "female"),
        ("[person|Congressman Ysolt Brodeck] left.", "male"),
        ("[person|Dr Ysolt Brodeck] left.", None),
    ],
)
def test_gender_where_the_text_tells_it(notation: str, gender: str | None) -> None:
    made = marks(notation)
    (found,) = bearers(made.text, made.names)
    assert found.gender == gender
