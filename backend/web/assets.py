"""Static files: minified once at the start, named by their content, and then never asked for again.

What is inlined into pages instead of being fetched is known here too, with its hash for the
Content-Security-Policy.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePosixPath

import rcssmin
import rjsmin
from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from backend.errors import NotFound

STATIC = files("templates") / "static"
# The resident's script is one request, and small files to read.
PARTS: Mapping[str, tuple[str, ...]] = {
    "resident.js": tuple(
        f"resident/{part}.js"
        for part in ("conditions", "answers", "draft", "checks", "controls", "pages", "sending")
    ),
}
# Inlined, so that the first paint waits for nothing.
INLINED = ("resident.css",)
MEDIA_TYPES: Mapping[str, str] = {".css": "text/css", ".js": "text/javascript"}
FOR_EVER = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    path: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Assets:
    """Every static file, by the name it is written under and by the path it is served at."""

    by_name: Mapping[str, Asset]
    by_path: Mapping[str, Asset]

    def path(self, name: str) -> str:
        """Return where `resident.js` is served; KeyError for a file that does not exist."""
        return self.by_name[name].path

    def inline(self, name: str) -> Markup:
        """Return the content of a style sheet, to stand in a page."""
        # Our own file, not anybody's input.
        return Markup(self.by_name[name].content.decode())  # noqa: S704

    @property
    def inline_style_hashes(self) -> tuple[str, ...]:
        """What the Content-Security-Policy allows inline, as `sha256-…`."""
        return tuple(_policy_hash(self.by_name[name].content) for name in INLINED)


@cache
def load_assets() -> Assets:
    """Read and minify the static files of this installation; done once in a process."""
    names = [entry.name for entry in STATIC.iterdir() if PurePosixPath(entry.name).suffix]
    assets = {name: _asset(name, _source((name,))) for name in names}
    assets |= {name: _asset(name, _source(parts)) for name, parts in PARTS.items()}
    return Assets(by_name=assets, by_path={asset.path: asset for asset in assets.values()})


@router.get("/static/{name}")
def get_static_file(name: str) -> Response:
    """Return a static file under the name that pages link it by."""
    asset = load_assets().by_path.get(f"/static/{name}")
    if asset is None:
        raise NotFound
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": FOR_EVER})


def _source(parts: tuple[str, ...]) -> str:
    return "\n".join(STATIC.joinpath(part).read_text(encoding="utf-8") for part in parts)


def _asset(name: str, source: str) -> Asset:
    written = PurePosixPath(name)
    minify: Mapping[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
    content = minify[written.suffix](source).strip().encode()
    digest = sha256(content).hexdigest()[:12]
    return Asset(
        path=f"/static/{written.stem}.{digest}{written.suffix}",
        media_type=MEDIA_TYPES[written.suffix],
        content=content,
    )


def _policy_hash(content: bytes) -> str:
    return "sha256-" + base64.b64encode(sha256(content).digest()).decode()
