"""Turns a name, attributes and content into an HTML element; attribute values are escaped here, content is HTML already."""

from html import escape as escape_markup

from tawazun.present.texts import harmless


def escape(text: str) -> str:
    """Returns text for a place in the page: no markup, no control character that works."""
    return escape_markup(harmless(text))


def tag(name: str, content: str, cls: str = "", **attributes: str) -> str:
    """Returns an element; an underscore in an attribute's name stands for a hyphen, a trailing one is left out."""
    given = {"class": cls, **attributes} if cls else attributes
    words = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{words}>{content}</{name}>"


def faint(text: str) -> str:
    """Returns text for what stands in the background."""
    return tag("span", escape(text), "faint")


def code(text: str) -> str:
    """Returns an actor's or a country's code."""
    return tag("span", escape(text), "code", dir="ltr")
