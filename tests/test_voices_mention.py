"""What the words of a source say by themselves."""

from __future__ import annotations

import pytest

from sayso.types import Span
from sayso.voices.marks import Marks
from sayso.voices.mention import Mention, mention
from sayso.voices.parts import parts
from tests.marks import marks


def read(notation: str) -> tuple[Marks, Mention]:
    """The mention of a source that is the whole of a text but for what follows upon a bar."""
    source, _, rest = notation.partition(" | ")
    made = marks(f"{source} {rest}")
    length = len(marks(source).text)
    return made, mention(made, (Span(0, length),))


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        ("[person|Ilse Tamarind] | said", "Ilse Tamarind"),
        ("by [person|Ilse Tamarind] | ,", "Ilse Tamarind"),
        ("{person|Harbour master [person|Ilse Tamarind]} | said", "Ilse Tamarind"),
        ("{person|[person|Ilse Tamarind]}, {person|the harbour master}, | said", "Ilse Tamarind"),
        ("{person|The harbour master}, [person|Ilse Tamarind], | said", "Ilse Tamarind"),
        ("{organisation|the [organisation|Harbour Board]} | said", "Harbour Board"),
        ("[organisation|Northgate] spokesman [person|Dana Fel] | said", "Dana Fel"),
        ("{person|former secretary} of state [person|Dana Fel] | said", "Dana Fel"),
        ("{person|a friend}, {person|the former mayor [person|Dana Fel]}, | said", "Dana Fel"),
        ("{person|a Lyth journalist and {person|author [person|Dana Fel]}} | said", "Dana Fel"),
        ("{organisation|[organisation|Lyth University] president [person|Dana Fel]} | said", "Dana Fel"),
        ("{person|[person|Ilse Tamarind]} himself | said", "Ilse Tamarind"),
        ("{person|undersecretary} for {other|Bread} {person|Mr. [person|Fel]} | said", "Fel"),
        ("{person|one baker}, {person|retired radio host [person|Dana Fel]}, | said", "Dana Fel"),
        ("{person|director} of the [organisation|Mill Board] (MB) {person|[person|Dana Fel]} | said", "Dana Fel"),
        # A body that is called by whose it is.
        ("{organisation|the [person|Tamarind] campaign} | said", "Tamarind campaign"),
        ("{organisation|[person|Ilse Tamarind]’s office} | said", "Ilse Tamarind’s office"),
        # In apposition, or after what calls it so.
        ("{organisation|one group}, [organisation|Lyth Now], | said", "Lyth Now"),
        ("{organisation|a new party} called Harbour 45 | said", "Harbour 45"),
        ("{organisation|the broader Mill Party} | said", "Mill Party"),
    ],
)
def test_a_name(notation: str, name: str) -> None:
    made, found = read(notation)
    assert found.form == "name"
    assert found.name is not None
    assert made.text[found.name.start : found.name.end] == name


@pytest.mark.parametrize(
    ("notation", "form"),
    [
        ("{person|the mayor of [place|Lyth]} | said", "description"),
        ("{person|a spokesman for [person|Ilse Tamarind]} | said", "description"),
        ("{people|two officials} | said", "description"),
        ("{people|some [people|Lythians]} | said", "description"),
        ("{person|his lawyer} | said", "description"),
        ("she | said", "pronoun"),
        ("He | said", "pronoun"),
        ("we all | said", "pronoun"),
        ("she himself | said", "pronoun"),
        ("who | said", "pronoun"),
        ("{people|other Lythians} | said", "description"),
        ("{people|[people|Lythians]} who fear it | said", "description"),
        ("{other|the suit} of a man named Ilse Tamarind | said", "description"),
        ("{person|a spokesman} for {person|candidate [person|Ilse Tamarind]} | said", "description"),
        ("those who fear the river | said", "description"),
        ("{person|the [people|Marland Democrat]} | said", "description"),
        ("{person|an [people|Albanian]} | said", "description"),
        ("{person|one baker}, {person|hired by [person|Dana Fel]}, | said", "description"),
    ],
)
def test_no_name(notation: str, form: str) -> None:
    _, found = read(notation)
    assert (found.form, found.name) == (form, None)


def test_a_source_that_is_not_expressed() -> None:
    found = mention(marks("It fell."), ())
    assert (found.form, found.words, found.head, found.name, found.roles) == ("none", (), "", None, ())


@pytest.mark.parametrize(
    ("notation", "roles"),
    [
        ("[person|Ilse Tamarind] | said", []),
        ("{person|Harbour master [person|Ilse Tamarind]} | said", ["Harbour master"]),
        ("{person|The harbour master [person|Ilse Tamarind]} | said", ["harbour master"]),
        ("{person|[person|Ilse Tamarind]}, {person|the harbour master}, | said", ["harbour master"]),
        ("{person|Dr [person|Ilse Tamarind]}, {person|a vet in [place|Lyth]} | said", ["Dr", "vet in Lyth"]),
        ("{people|two officials} | said", []),
        ("she | said", []),
    ],
)
def test_roles_are_what_is_not_the_name(notation: str, roles: list[str]) -> None:
    made, found = read(notation)
    assert [made.text[a:b] for a, b in found.roles] == roles


@pytest.mark.parametrize(
    ("notation", "reference", "plural", "head"),
    [
        ("{person|the mayor} of [place|Lyth] | said", "definite", False, "mayor"),
        ("{person|this mayor} | said", "definite", False, "mayor"),
        ("{person|a mayor} | said", "indefinite", False, "mayor"),
        ("{people|two officials} at the port | said", "indefinite", True, "officials"),
        ("{people|several officials} | said", "indefinite", True, "officials"),
        ("{people|officials} | said", "bare", True, "officials"),
        ("{people|police} | said", "bare", True, "police"),
        ("{person|his lawyer} | said", "possessive", False, "lawyer"),
        ("{person|[place|Lyth]’s mayor} | said", "possessive", False, "mayor"),
        ("{person|the hostess} | said", "definite", False, "hostess"),
        ("{person|The [people|Lythian]} {people|candidates} | said", "definite", True, "candidates"),
    ],
)
def test_descriptions(notation: str, reference: str, plural: bool, head: str) -> None:
    _, found = read(notation)
    assert (found.reference, found.plural, found.head) == (reference, plural, head)


@pytest.mark.parametrize(
    ("words", "pronoun", "plural"),
    [("she", "she", False), ("They", "they", True), ("we", "we", True), ("it", "it", False)],
)
def test_pronouns(words: str, pronoun: str, plural: bool) -> None:
    _, found = read(f"{words} | said")
    assert (found.pronoun, found.plural) == (pronoun, plural)


@pytest.mark.parametrize(("words", "owner"), [("his lawyer", "his"), ("their lawyers", "their"), ("the lawyer", "")])
def test_whose_it_is(words: str, owner: str) -> None:
    _, found = read(f"{{person|{words}}} | said")
    assert (found.owner, found.pronoun) == (owner, "")


@pytest.mark.parametrize(
    ("notation", "described"),
    [
        ("{people|two officials} at the port | said", "two officials at the port"),
        ("{person|an official}, who asked not to be named, | said", "an official"),
        ("{person|a man} who saw it fall | said", "a man who saw it fall"),
        ("{other|a new [organisation|Harbour Board] poll} released on Friday | found", "Harbour Board poll"),
        ("{other|the results} of the latest [organisation|Harbour Board] poll | show", "Harbour Board poll"),
        ("{other|New Lyth surveys} | show", "New Lyth surveys"),
        ("{people|officials} in [place|Lyth], the capital, | said", "officials in Lyth"),
        ("{people|pupils} at a school in [place|Lyth], Marland, | said", "pupils at a school in Lyth, Marland"),
        ("{people|bakers, millers and carters} | said", "bakers, millers and carters"),
        ("{people|two bakers}, including [person|Dana Fel], | said", "two bakers"),
        ("{person|a miller} who wasn’t authorized to speak | said", "a miller"),
        ("{people|three millers} who spoke on condition of anonymity | said", "three millers"),
        ("even {people|the bakers} themselves | said", "the bakers"),
        ("those who fear the river | said", "those who fear the river"),
        ("none of {people|the bakers} | said", "the bakers"),
        ("{person|a baker} who | said", "a baker"),
        ("{people|the mill records} compiled by {organisation|the Bakers’ Union} | show", "the mill records"),
        ("{people|the mill records} compiled on Monday | show", "the mill records compiled on Monday"),
        ("{other|a survey} released by the mayor | shows", "a survey released by the mayor"),
    ],
)
def test_a_description_with_all_that_belongs_to_it(notation: str, described: str) -> None:
    made, found = read(notation)
    assert made.text[slice(*found.described)] == described


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[person|Dana Fel]", ["Dana Fel"]),
        ("[person|Dana Fel] and [person|Rurik Moss]", ["Dana Fel", "Rurik Moss"]),
        ("both [person|Dana Fel] and [person|Rurik Moss]", ["Dana Fel", "Rurik Moss"]),
        ("neither [person|Dana Fel] nor [person|Rurik Moss]", ["Dana Fel", "Rurik Moss"]),
        ("[person|Dana Fel], [person|Amal Ode] and [person|Rurik Moss]", ["Dana Fel", "Amal Ode", "Rurik Moss"]),
        ("she and [person|Rurik Moss]", ["she", "Rurik Moss"]),
        ("{people|the residents} and {people|the police}", ["the residents", "the police"]),
        ("{people|two bakers}, [person|Dana Fel] and [person|Rurik Moss]", ["Dana Fel", "Rurik Moss"]),
        ("[person|Dana Fel] (Lyth) and [person|Rurik Moss] (Marland)", ["Dana Fel (Lyth)", "Rurik Moss (Marland)"]),
        ("[person|Dana Fel], 25, and {person|his wife}, [person|Amal Ode]", ["Dana Fel, 25", "his wife, Amal Ode"]),
        ("[person|Dana Fel] and {people|other bakers}", ["Dana Fel", "other bakers"]),
        ("[person|Dana Fel] and the [organisation|Harbour Board]", ["Dana Fel", "the Harbour Board"]),
        (
            "the [organisation|Mill Board] and the [organisation|Board of Bakers]",
            ["the Mill Board", "the Board of Bakers"],
        ),
        ("{people|residents} and {people|police officers}", ["residents", "police officers"]),
        (
            "{people|two bakers}, {people|four millers} and {person|a carter}",
            ["two bakers", "four millers", "a carter"],
        ),
        (
            "[person|Dana Fel] and [person|Rurik Moss], and {person|Governor [person|Amal Ode]}",
            ["Dana Fel", "Rurik Moss", "Governor Amal Ode"],
        ),
        (
            "{organisation|The Mill Department} and {organisation|the [organisation|Board of Bakers]}",
            ["The Mill Department", "the Board of Bakers"],
        ),
        ("[people|Marlanders] and {people|independents}", ["Marlanders", "independents"]),
        ("[person|Fel], [person|Moss]", ["Fel", "Moss"]),
        # One voice.
        ("{people|many bakers} and {people|millers}", ["many bakers and millers"]),
        ("{people|bakers} and {people|their allies}", ["bakers and their allies"]),
        ("{people|bakers} and {people|others}", ["bakers and others"]),
        ("{people|past and current bakers}", ["past and current bakers"]),
        ("[person|Ode] and {people|[person|Moss] supporters}", ["Ode and Moss supporters"]),
        ("[organisation|Fel and Moss]", ["Fel and Moss"]),
        ("[person|Dana Fel], {person|a baker and mother of two}", ["Dana Fel, a baker and mother of two"]),
        ("{person|the minister} for ports and rivers", ["the minister for ports and rivers"]),
        ("the Union of Sailors and Fishers", ["the Union of Sailors and Fishers"]),
    ],
)
def test_parts(notation: str, expected: list[str]) -> None:
    made = marks(f"{notation} said so.")
    found = parts(made, (Span(0, len(made.text) - len(" said so.")),))
    assert [made.text[part[0].start : part[-1].end] for part in found] == expected


def test_what_is_not_expressed_has_one_part() -> None:
    assert parts(marks("It fell."), ()) == [()]


def test_marks_know_what_lies_where() -> None:
    made = marks("{person|Harbour master [person|Ilse Tamarind]} met {person|[person|Amal Ode]} in [place|Lyth].")
    names = [made.text[n.start : n.end] for n in made.names_in(0, len(made.text))]
    assert names == ["Ilse Tamarind", "Amal Ode", "Lyth"]
    assert made.names_in(0, 20) == []  # a name that only begins there does not lie there
    assert [p.start for p in made.phrases_in(0, 5)] == [0]
    phrase = made.phrase_at(16)
    assert phrase is not None
    assert made.text[phrase.start : phrase.end] == "Harbour master Ilse Tamarind"
    assert made.phrase_at(made.text.index("met")) is None
