"""Flattens the JSON Schemas of an OpenAPI document into rows that a person can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

Schema = Mapping[str, Any]
# Deep enough for `items[].domains[].label`; what lies deeper is left to the document itself.
DEPTH = 3


@dataclass(frozen=True)
class FieldRow:
    """One field: its path such as `items[].key`, what it holds, and whether it is always there."""

    path: str
    type: str
    is_required: bool
    description: Markup


def json_schema_of(body: Mapping[str, Any]) -> Schema | None:
    """Return the schema of a JSON request body, if it has one."""
    schema: Schema | None = body.get("content", {}).get("application/json", {}).get("schema")
    return schema


def with_code(text: str) -> Markup:
    """Return a description with what stands between backticks marked up as code."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else piece
        for number, piece in enumerate(pieces)
    )


class Schemas:
    """The schemas of one document, by reference."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, Schema] = document.get("components", {}).get("schemas", {})

    def resolve(self, schema: Schema) -> Schema:
        """Return the schema behind a reference; what stands beside the reference comes first."""
        if "$ref" not in schema:
            return schema
        name = schema["$ref"].rpartition("/")[2]
        return {**self._schemas[name], **{k: v for k, v in schema.items() if k != "$ref"}}

    def fields(self, schema: Schema, prefix: str = "", depth: int = DEPTH) -> Iterator[FieldRow]:
        """Return the fields of an object, each followed by the fields inside it."""
        schema = self.resolve(schema)
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            field = self.resolve(field)
            is_list, inner = self._inner(field)
            path = f"{prefix}{name}{'[]' if is_list and inner else ''}"
            description = with_code(field.get("description", ""))
            yield FieldRow(path, self.type_of(field), name in required, description)
            if inner and depth > 1:
                yield from self.fields(inner, f"{path}.", depth - 1)

    def type_of(self, schema: Schema) -> str:
        """Say in a few words what a value is: `integer`, `string · date-time`, `list of string`."""
        schema = self.resolve(schema)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                return " | ".join(self.type_of(option) for option in schema[key])
        if "const" in schema:
            return repr(schema["const"])
        if "enum" in schema:
            return " | ".join(str(value) for value in schema["enum"])
        if "prefixItems" in schema:
            return "[" + ", ".join(self.type_of(part) for part in schema["prefixItems"]) + "]"
        return self._plain_type(schema)

    def _plain_type(self, schema: Schema) -> str:
        kind = str(schema.get("type", "any"))
        if kind == "array":
            return f"list of {self.type_of(schema.get('items', {}))}"
        if isinstance(schema.get("additionalProperties"), Mapping):
            return f"object of {self.type_of(schema['additionalProperties'])}"
        return f"{kind} · {schema['format']}" if "format" in schema else kind

    def _inner(self, field: Schema) -> tuple[bool, Schema | None]:
        """Return whether the field is a list, and the object with fields that it holds, if any."""
        for option in (field, *field.get("anyOf", ())):
            option = self.resolve(option)
            if option.get("type") == "array":
                element = self.resolve(option.get("items", {}))
                return True, element if "properties" in element else None
            if "properties" in option:
                return False, option
        return False, None
