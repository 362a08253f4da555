"""How pictures look: the colours of the page, which those who do not see all colours tell apart."""

from __future__ import annotations

from typing import Any

INK, QUIET, RULE, PAPER = "#211f1b", "#6a645a", "#e2dccf", "#fffdf9"
"""Of words, of what is said beside, of lines, of the ground."""
AFFIRMS, DENIES = "#0a6fb5", "#c2500a"
"""Blue and orange keep apart for everybody; shapes tell the same."""
JUDGES = "#a3155f"
HUES = ("#4d54a2", "#ab6a0f", "#159487", "#f5a0c1", "#acba52", "#8c8ae3", "#47cffc", "#98374f")
"""Of voices, as on the page."""
FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"
SIZE = 12
WIDTH = 720
"""Of a picture that fills a page, in pixels."""

CONFIG: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "padding": 14,
    "title": {"anchor": "start", "color": INK, "fontSize": 15, "fontWeight": 600, "subtitleColor": QUIET,
              "subtitleFontSize": SIZE, "subtitlePadding": 5, "offset": 14},
    "view": {"stroke": None},
    "axis": {"domainColor": RULE, "tickColor": RULE, "gridColor": RULE, "labelColor": INK, "titleColor": QUIET,
             "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal", "labelLimit": 260},
    "header": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": SIZE},
    "legend": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": SIZE, "titleFontSize": SIZE,
               "titleFontWeight": "normal", "labelLimit": 260, "symbolSize": 90},
    "range": {"category": list(HUES)},
    "text": {"color": INK, "fontSize": SIZE},
}  # fmt: skip
"""Vega-Lite's configuration."""
