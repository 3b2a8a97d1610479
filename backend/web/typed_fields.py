"""Gives a route all text fields of a form, whatever their names; files are left to the route."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request


async def _typed_fields(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


TypedFields = Annotated[Mapping[str, str], Depends(_typed_fields)]
