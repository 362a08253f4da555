"""A reading as HTML that needs nothing else: `page`, a document; `main`, what is in it, for a page of others;
`fragment`, a piece of one for a notebook."""

from sayso.render.page.document import SCRIPT, STYLE, View, fragment, main, page

__all__ = ["SCRIPT", "STYLE", "View", "fragment", "main", "page"]
