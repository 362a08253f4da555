"""docs/archive.ipynb: every cell runs as it is written, in order, and its charts show something."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[1] / "docs"
CELLS = json.loads((DOCS / "archive.ipynb").read_bytes())["cells"]


def test_it_goes_from_an_archive_to_three_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    import altair

    monkeypatch.chdir(DOCS)
    names: dict[str, Any] = {}
    charts = []
    for cell in CELLS:
        if cell["cell_type"] == "code":
            shown = run("".join(cell["source"]), names)
            if isinstance(shown, altair.TopLevelMixin):
                charts.append(shown.to_dict())
    assert len(charts) == 3
    assert all(len(rows) >= 8 for chart in charts for rows in chart["datasets"].values())


def test_its_charts_can_be_seen_without_running_it() -> None:
    shown = [output["data"] for cell in CELLS for output in cell.get("outputs", ()) if "data" in output]
    assert sum("image/png" in data for data in shown) == 3


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook would, and return what its last expression is."""
    for line in re.findall(r"^!(.*)$", source, re.MULTILINE):
        source = source.replace("!" + line, f"__shell(f{line!r})")
    names["__shell"] = lambda line: subprocess.run(["bash", "-o", "pipefail", "-c", line], check=True)
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
