"""Reads a YAML text into plain values and remembers the line of each; judges nothing but YAML.

Lists become tuples, dates stay texts, and mapping keys are always the text as written. Anchors
(&name, *name) work; what they multiply is counted, so that a small text cannot grow without end.
"""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from survey_forms.findings import Finding, finding

SIZE_LIMIT = 1_000_000
NODE_LIMIT = 50_000
DEPTH_LIMIT = 40

Path = tuple[str | int, ...]

# PyYAML's words for a sign that means something to YAML inside a text without quotes.
_UNEXPECTED = re.compile(r"(?:but got|found character) '(.+?)'")

_PREFIX = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    _PREFIX + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says, where each part of it stands, and what is wrong with its YAML.

    `data` is None when the text could not be read at all. `written` has the scalars as written,
    to tell `no` from `false`.
    """

    data: object
    positions: dict[Path, Position] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def position(self, path: Path) -> Position:
        """Return where `path` stands, or the nearest part around it that exists."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.positions:
                return self.positions[path[:length]]
        return Position(1, 1)


def read_document(text: str) -> Document:
    """Return the document in `text`; never raises."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > SIZE_LIMIT:
        limit, kilobytes = str(SIZE_LIMIT // 1000), str(size // 1000)
        return _unread("too_large", Position(1, 1), kilobytes=kilobytes, limit=limit)
    reader = _Reader()
    try:
        root = _Composer(text).get_single_node()
        data = None if root is None else reader.value(root, ())
    except _Refused as refusal:
        return Document(None, findings=(refusal.finding,))
    except yaml.reader.ReaderError as error:
        return _unread_character(text, error)
    except yaml.MarkedYAMLError as error:
        return _unread_syntax(error)
    if data is None:
        return _unread("empty_document", Position(1, 1))
    return Document(data, reader.positions, reader.written, tuple(reader.findings))


def yaml_finding(code: str, position: Position, **arguments: str) -> Finding:
    """Make a finding that belongs to no item."""
    return finding(code, position.line, position.column, None, arguments)


class _Refused(Exception):
    """The document is given up: it is of a size or shape that no definition has."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class _Budget:
    """Counts what is spent on one document; refuses what no definition needs."""

    def __init__(self) -> None:
        self.depth = 0
        self.nodes = 0

    @contextmanager
    def spend(self, here: Position) -> Iterator[None]:
        self.depth += 1
        self.nodes += 1
        if self.depth > DEPTH_LIMIT:
            raise _Refused(yaml_finding("too_deep", here, limit=str(DEPTH_LIMIT)))
        if self.nodes > NODE_LIMIT:
            raise _Refused(yaml_finding("too_many_nodes", here, limit=str(NODE_LIMIT)))
        yield
        self.depth -= 1


class _Composer(yaml.SafeLoader):
    """PyYAML's composer within a budget."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.budget = _Budget()

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """Compose one node."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        with self.budget.spend(_place(mark)):
            return super().compose_node(parent, index)


class _Reader:
    """Turns nodes into plain values, noting positions and what is wrong on the way."""

    def __init__(self) -> None:
        self.budget = _Budget()
        self.positions: dict[Path, Position] = {}
        self.written: dict[Path, str] = {}
        self.findings: list[Finding] = []

    def value(self, node: Node, path: Path) -> object:
        with self.budget.spend(_place(node.start_mark)):
            return self._value(node, path)

    def _value(self, node: Node, path: Path) -> object:
        here = _place(node.start_mark)
        self.positions.setdefault(path, here)
        if node.tag not in _PLAIN_TAGS:
            self.findings.append(yaml_finding("yaml_tag", here, tag=node.tag))
        if isinstance(node, MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, SequenceNode):
            return tuple(
                self.value(entry, (*path, number)) for number, entry in enumerate(node.value)
            )
        self.written[path] = node.value
        return _scalar(node)

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[str, object]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.findings.append(yaml_finding("yaml_key", _place(key_node.start_mark)))
                continue
            key, here = key_node.value, _place(key_node.start_mark)
            if key in first_lines:
                first_line = str(first_lines[key])
                self.findings.append(
                    yaml_finding("duplicate_yaml_key", here, key=key, first_line=first_line)
                )
                continue
            first_lines[key] = here.line
            self.positions[(*path, key)] = here
            yield key, self.value(value_node, (*path, key))


def _scalar(node: Node) -> object:
    """Return a scalar's value; a date as the text written, what YAML cannot convert likewise."""
    kind = node.tag.removeprefix(_PREFIX)
    if kind not in {"int", "float", "bool", "null"}:
        return node.value
    try:
        made: object = yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        return node.value
    is_finite = not isinstance(made, float) or math.isfinite(made)
    return made if is_finite else node.value


def _place(mark: yaml.Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _unread(code: str, position: Position, **arguments: str) -> Document:
    return Document(None, findings=(yaml_finding(code, position, **arguments),))


def _unread_character(text: str, error: yaml.reader.ReaderError) -> Document:
    before = text[: error.position]
    here = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return _unread("yaml_character", here, character=f"U+{ord(text[error.position]):04X}")


def _unread_syntax(error: yaml.MarkedYAMLError) -> Document:
    mark = error.problem_mark or error.context_mark
    here = Position(1, 1) if mark is None else _place(mark)
    problem = str(error.problem or error.context)
    if "single document" in str(error.context):
        return _unread("several_documents", here)
    if "found character '\\t'" in problem:
        return _unread("yaml_tab", here)
    if "mapping values are not allowed" in problem:
        return _unread("yaml_colon", here)
    if (found := _UNEXPECTED.search(problem)) is not None:
        return _unread("yaml_unquoted", here, character=found[1])
    return _unread("yaml_syntax", here, problem=problem)
