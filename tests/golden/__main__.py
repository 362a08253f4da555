"""Write anew what the shipped model reads in the examples: `python -m tests.golden`.

Read the difference before you commit it.
"""

from __future__ import annotations

from sayso.engine import Engine
from tests.golden.lines import EXAMPLES, FOLDER, lines

if __name__ == "__main__":
    engine = Engine()
    folder = FOLDER / engine.model.name
    folder.mkdir(exist_ok=True)
    for report in sorted(EXAMPLES.glob("*.txt")):
        golden = "\n".join(lines(engine.read(report.read_text("utf-8")))) + "\n"
        (folder / report.name).write_text(golden, "utf-8")
