"""A chart → SVG or PNG, in one style, without a browser (Altair, VanderPlas et al., JOSS 2018; vl-convert).

The colours are Okabe and Ito's (2008), which can be told apart with any kind of colour vision.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sayso.extras import need

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8d877b", "#b8a800")
WIDTH = 720
"""Of a picture, in CSS pixels."""

_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""What vl-convert measures texts with, and what has its measures elsewhere."""
_AROUND = {"left": 24, "right": 16, "top": 4, "bottom": 4}
_INK = {False: ("#211f1b", "#6a645a", "#e2dccf"), True: ("#e9e4da", "#a49c8e", "#38342d")}


def altair() -> Any:
    """The library that charts are made with. Raises MissingExtra."""
    return need("altair", "pictures", "a picture")


def svg(chart: Any, *, dark: bool = False) -> str:
    """The chart as an SVG image, on no ground of its own. Raises MissingExtra."""
    return _svg(_styled(chart, dark).to_json())


def png(chart: Any, *, scale: float = 2.0) -> bytes:
    """The chart as a PNG image on white. Raises MissingExtra."""
    converter = need("vl_convert", "pictures", "a picture")
    drawn: bytes = converter.vegalite_to_png(_styled(chart, dark=False, ground="white").to_json(), scale=scale)
    return drawn


@lru_cache(maxsize=256)
def _svg(specification: str) -> str:
    converter = need("vl_convert", "pictures", "a picture")
    drawn: str = converter.vegalite_to_svg(specification)
    return drawn


def _styled(chart: Any, dark: bool, ground: str | None = None) -> Any:
    ink, quiet, rule = _INK[dark]
    return (
        chart.configure(background=ground or "transparent", font=_FONT, padding=_AROUND)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=ink, titleColor=quiet, domainColor=rule, tickColor=rule, gridColor=rule, labelFontSize=12,
            titleFontSize=12, titleFontWeight="normal", labelLimit=260,
        )
        .configure_legend(labelColor=ink, titleColor=quiet, labelFontSize=12, orient="top", title=None)
        .configure_range(category=list(COLOURS))
        .configure_text(color=ink)
    )  # fmt: skip
