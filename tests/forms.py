"""Reads a page as a browser without JavaScript does: its form fields, its ids, its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FormPage:
    """What is on a page.

    Attributes
    ----------
    hidden
        The hidden fields, by name.
    typed
        Text fields and selected or checked controls, by name; several values for checkboxes.
    invalid
        Names, or ids of fieldsets' descriptions, of what is marked `aria-invalid`.
    """

    hidden: dict[str, str] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    text_by_id: dict[str, str] = field(default_factory=dict)

    def answer(self, **answers: str | list[str]) -> dict[str, str | list[str]]:
        """Return what a browser would send: the hidden fields, consent, and these answers."""
        return {**self.hidden, "page-consent": "yes", **answers}


def read_page(html: str) -> FormPage:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = FormPage()
        self._open: list[tuple[str, str | None]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.append(values["id"])
            self.page.text_by_id[values["id"]] = ""
        if tag == "a":
            self.page.links.append(values.get("href", ""))
        if values.get("aria-invalid") == "true":
            self.page.invalid.append(values.get("name") or values.get("data-field", ""))
        if tag in {"input", "textarea", "select"}:
            self._control(tag, values)
        elif tag == "option" and "selected" in values:
            self.page.typed.setdefault(self._select, []).append(values["value"])
        if tag not in {"input", "meta", "link", "option"}:
            self._open.append((tag, values.get("id") or values.get("name")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag, name in self._open:
            if name in self.page.text_by_id:
                self.page.text_by_id[name] += data
            if tag == "textarea" and name:
                control = name.removeprefix("f-")
                # The first line break after the tag is markup.
                self.page.typed[control] = [data.removeprefix("\n")]

    def _control(self, tag: str, values: dict[str, str]) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if kind == "hidden":
            self.page.hidden[name] = values.get("value", "")
            return
        self.page.names.append(name)
        if tag == "select":
            self._select = name
        elif tag == "input":
            is_button = kind in {"radio", "checkbox"}
            if "checked" in values or (not is_button and values.get("value")):
                self.page.typed.setdefault(name, []).append(values["value"])
