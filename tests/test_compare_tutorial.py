"""docs/compare-tutorial.md: its commands run as written and print what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.test_tutorial import LEDGER, ROOT, Desk, check

TUTORIAL = (ROOT / "docs" / "compare-tutorial.md").read_text("utf-8")
PICTURE = ROOT / "docs" / "pictures" / "whence.svg"


def test_its_commands_run_as_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", str(tmp_path / "desk" / LEDGER))
    ran = 0
    for block in re.findall(r"```console\n(.*?)```", TUTORIAL, re.DOTALL):
        command, _, shown = block.removeprefix("$ ").partition("\n")
        check(shown, desk.run(command))
        ran += 1
    assert ran == 9
    (program,) = re.findall(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "Meridian Press has it from senior official at the Transport Ministry" in done.stdout
    assert (desk.folder / "wordings.csv").read_text("utf-8").startswith("published,outlet,chain,")
    drawn = (desk.folder / "whence.svg").read_text("utf-8")
    texts = [re.findall(r"<text[^>]*>([^<]*)", picture) for picture in (drawn, PICTURE.read_text("utf-8"))]
    assert texts[0] == texts[1], "the picture is out of date: copy what its command draws to docs/pictures"
