"""What language a text is in, or that it cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given

from sayso.language import language
from tests.texts import texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said on Monday that the bridge would stay closed because of cracks in the concrete.", "en"),
        ("THE MINISTER SAID ON MONDAY THAT THE BRIDGE WOULD STAY CLOSED, AND THE ROAD WITH IT.", "en"),
        ("I think we should leave now, she told me, before anybody sees us here together.", "en"),
        ("The minister said\0 on Monday that \ud800 the bridge would be closed to the public.", "en"),
        ("Der Minister erklärte am Montag, die Brücke bleibe gesperrt, weil Risse gefunden worden seien.", "de"),
        ("Le ministre a déclaré lundi que le pont resterait fermé, des fissures ayant été découvertes.", "fr"),
        ("El ministro dijo el lunes que el puente permanecería cerrado porque se encontraron grietas.", "es"),
        ("Министр заявил в понедельник, что мост останется закрытым из-за трещин в бетоне.", "ru"),
        ("قال الوزير يوم الاثنين إن الجسر سيظل مغلقا بعد العثور على شقوق في الخرسانة", "ar"),
        ("", None),
        ("No comment.", None),
        ("12 34 56 78 90 %%% 1,000.00 2031-03-12 …", None),
        ("asdf qwer zxcv uiop hjkl bnm wert sdfg xcvb rtyu fghj vbnm", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "headline",
    [
        "Police: two held after harbour fire, says mayor Anna Kowalski in Gdansk",
        "Kurdish commander Masoud Karim denied shelling Sinjar district hospital",
        "MAYOR VOWS INQUIRY INTO BRIDGE COLLAPSE, CALLS DELAYS UNACCEPTABLE",
        "SMITH: Thank you, senator. JONES: We never said so, and you know it, Mr Smith.",
    ],
)
def test_short_english_is_not_called_foreign(headline: str) -> None:
    assert language(headline) in ("en", None)


@given(text=texts)
def test_any_text_has_a_two_letter_code_or_none(text: str) -> None:
    code = language(text)
    assert code is None or len(code) == 2
