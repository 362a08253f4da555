"""HTML that is all text, as in an entry of a feed or a message → its paragraphs; nothing is taken for boilerplate."""

from __future__ import annotations

from sayso.intake.trees import html_tree, lines

MAX_HTML = 8 * 1024 * 1024
"""The longest HTML that is read, in characters; what comes after is left out."""


def plain(html: str, name: str, left_out: frozenset[str] = frozenset()) -> str:
    """The text that a person would see, its paragraphs apart by an empty line.

    Elements of the classes `left_out` are passed over with all that is in them. `name` is what a person calls the
    original. Raises UnreadableSource where there are too many elements, or they are nested too deep; MissingExtra where
    lxml is missing.
    """
    if not html.strip():
        return ""
    tree = html_tree(html[:MAX_HTML], name)
    for element in tree.xpath("//*[@class]") if left_out else ():
        if not left_out.isdisjoint(element.get("class").split()) and element.getparent() is not None:
            element.drop_tree()
    return "\n\n".join(lines(tree.body))
