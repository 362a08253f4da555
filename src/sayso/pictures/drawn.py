"""A chart → SVG, PNG or its JSON (Vega-Lite), all in one look; no browser and no network is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from sayso.errors import UnwritableOutput
from sayso.extras import need
from sayso.pictures.theme import CONFIG

if TYPE_CHECKING:
    import altair

Form = Literal["svg", "png", "json"]
"""`json` is Vega-Lite, which pages and papers take."""
FORMS: tuple[Form, ...] = get_args(Form)

_DENSITY = 2.0
"""Pixels of a PNG for each of the chart's."""


def library() -> Any:
    """Altair; raises MissingExtra with the sentence that says how to install it."""
    return need("altair", "pictures", "a picture")


def drawn(chart: altair.TopLevelMixin, form: Form) -> bytes:
    """The chart as a file of that form. Raises MissingExtra."""
    described = described_by(chart)
    if form == "json":
        return json.dumps(described, ensure_ascii=False, indent=1).encode()
    converter = need("vl_convert", "pictures", "a picture")
    if form == "svg":
        made: str = converter.vegalite_to_svg(described, allowed_base_urls=[])
        return made.encode()
    png: bytes = converter.vegalite_to_png(described, scale=_DENSITY, allowed_base_urls=[])
    return png


def described_by(chart: altair.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite, in our look."""
    described: dict[str, Any] = chart.to_dict()
    return {**described, "config": CONFIG | {"view": CONFIG["view"] | described.get("config", {}).get("view", {})}}


def form_of(path: Path) -> Form:
    """The form that the name of a file means. Raises UnwritableOutput for one that means none."""
    suffix = path.suffix.lower().removeprefix(".")
    for form in FORMS:
        if form == suffix:
            return form
    raise UnwritableOutput(path, "a picture is called .svg, .png or .json")
