"""Where else what a report says stands: its copies, for a view beside the report."""

from __future__ import annotations

from sayso.ledger.copied import copied
from sayso.render.page.markup import escape
from sayso.web.room import Room
from sayso.web.shown import share


def elsewhere(room: Room, key: int) -> str:
    """HTML of the list of the copies of a document, or of what it is a copy of; empty if there are none."""
    table = room.ask(lambda connection: copied(connection, key))
    items = []
    for copy in table.records():
        known = (
            copy["outlet"],
            (copy["published"] or "")[:10],
            f"{share(copy['alike'])} alike" if copy["alike"] else "",
        )
        said = escape(" · ".join(filter(None, known)))
        items.append(f'<li><a href="/documents/{copy["document"]}">{escape(copy["title"])}</a><br>{said}</li>\n')
    return f'<ul class="elsewhere" role="list">\n{"".join(items)}</ul>\n' if items else ""
