"""Finds the messages in Python code, for Babel: every Chinese text except docstrings and f-strings.

Codes are turned into words by tables whose values are message ids. Nothing marks them, so nothing
can be left unmarked; modules with Chinese texts of another kind are ignored in `babel.cfg`.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

# Ideographs, and the punctuation and full-width forms that come with them.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")

Found = tuple[int, None, str, list[str]]


def extract(
    file: BinaryIO,
    _keywords: Sequence[str],
    _comment_tags: Sequence[str],
    options: Mapping[str, str],
) -> Iterator[Found]:
    """Yield the messages of a module, as Babel's extraction wants them."""
    tree = ast.parse(file.read())
    others = {id(part) for node in ast.walk(tree) for part in _no_messages(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in others:
            continue
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield node.lineno, None, node.value, []


def _no_messages(node: ast.AST) -> list[ast.expr]:
    """Return the parts of a node that are no message ids: docstrings, and pieces of f-strings."""
    if isinstance(node, ast.Expr):
        return [node.value]
    return node.values if isinstance(node, ast.JoinedStr) else []
