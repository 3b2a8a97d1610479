"""A `curl` line for each route of an OpenAPI document, from the examples that its fields have."""

import json
import shlex
from collections.abc import Mapping
from typing import Any

from backend.web.schema_fields import Schema, Schemas, json_schema_of


class CurlExamples:
    """The examples of one document, for a server at `base_url`."""

    def __init__(self, document: Mapping[str, Any], schemas: Schemas, base_url: str) -> None:
        self._schemas = schemas
        self._base_url = base_url
        # By name, so that an example needs to be given for one of the routes only.
        self._parameters = {
            parameter["name"]: str(parameter["schema"]["examples"][0])
            for operations in document.get("paths", {}).values()
            for operation in operations.values()
            for parameter in operation.get("parameters", ())
            if parameter.get("schema", {}).get("examples")
        }

    def curl(self, method: str, path: str, operation: Mapping[str, Any]) -> str:
        """Return the command, one option a line."""
        for name, example in self._parameters.items():
            path = path.replace("{" + name + "}", example)
        verb = "" if method == "get" else f"-X {method.upper()} "
        parts = [f"curl {verb}{self._base_url}{path}"]
        if operation.get("security"):
            parts.append('-H "Authorization: Bearer $TOKEN"')
        if any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ())):
            parts.append('-H "Idempotency-Key: $(uuidgen)"')
        schema = json_schema_of(operation.get("requestBody", {}))
        if schema:
            body = json.dumps(self._body(schema), ensure_ascii=False)
            parts += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(body)}"]
        return " \\\n  ".join(parts)

    def _body(self, schema: Schema) -> dict[str, Any]:
        """Return an object of the examples that its fields have."""
        properties = self._schemas.resolve(schema).get("properties", {})
        fields = {name: self._schemas.resolve(field) for name, field in properties.items()}
        return {
            name: field["examples"][0] for name, field in fields.items() if field.get("examples")
        }
