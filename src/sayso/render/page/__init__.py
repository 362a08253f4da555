"""A reading as HTML that needs nothing else: `page`, a document; `fragment`, a piece of one for a notebook."""

from sayso.render.page.document import fragment, page

__all__ = ["fragment", "page"]
