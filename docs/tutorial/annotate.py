"""Plays somebody who works through a Label Studio project: accepts what Sayso read, but for one stance in one report.

    python docs/tutorial/annotate.py PROJECT.json OUTLET

PROJECT.json becomes what Label Studio exports as JSON: each task with an annotation beside the predictions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def annotated(task: dict[str, Any], outlet: str) -> dict[str, Any]:
    """The task as it comes back; of a report of that outlet, what asserts first is held instead."""
    result = [dict(item) for item in task["predictions"][0]["result"]]
    mine = outlet.casefold() in str(task["data"].get("outlet", "")).casefold()
    asserting = [item for item in result if item.get("value", {}).get("choices") == ["asserts"]]
    for item in asserting[:1] if mine else ():
        item["value"] = {**item["value"], "choices": ["holds"]}
    made = {"result": result, "completed_by": {"email": "noor@desk.example"}, "updated_at": "2035-11-20T09:00:00Z"}
    return {**task, "annotations": [made]}


def main() -> None:
    path, outlet = Path(sys.argv[1]), sys.argv[2]
    tasks = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps([annotated(task, outlet) for task in tasks], ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
