"""The one place where configuration is read: `MINSHENG_*` variables, or `.env`."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from backend.db.url import normalise_url

PREFIX = "MINSHENG_"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("wants a time zone such as Asia/Shanghai") from error
    return name


def _served_url(url: str) -> str:
    if url:
        try:
            normalise_url(url)
        except ValueError as error:
            raise ValueError(
                f"{error}; wants sqlite:///PATH or postgresql://USER@HOST/NAME"
            ) from error
    return url


def _http_url(url: str) -> str:
    try:
        has_host = bool(urlsplit(url).hostname)
    except ValueError:
        has_host = False
    if not has_host or not url.startswith(("http://", "https://")):
        raise ValueError("wants an address such as https://survey.example")
    return url.rstrip("/")


def _long_enough(secret: str) -> str:
    if secret and len(secret) < 32:
        raise ValueError("wants at least 32 characters")
    return secret


def _interval(value: object) -> object:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise ValueError("wants a number of seconds from 0 (never) to 3600")
    return seconds


def _listed(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _addresses(proxies: tuple[str, ...]) -> tuple[str, ...]:
    for proxy in proxies:
        try:
            ip_network(proxy)
        except ValueError as error:
            raise ValueError(
                "wants addresses or networks separated by commas, such as 10.0.0.5,10.1.0.0/16"
            ) from error
    return proxies


class Settings(BaseSettings):
    """What an operator can set; every field is documented in `docs/configuration.md`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: Annotated[str, AfterValidator(_served_url)] = ""
    secret_key: Annotated[str, AfterValidator(_long_enough)] = Field(default="", repr=False)
    base_url: Annotated[str, AfterValidator(_http_url)] = "http://127.0.0.1:8000"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    rollup_seconds: Annotated[float, BeforeValidator(_interval)] = 5.0
    # NoDecode: a plain list of addresses separated by commas, not JSON.
    trusted_proxies: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_listed), AfterValidator(_addresses)
    ] = ()

    def model_post_init(self, _context: Any) -> None:
        """Fill in what has no fixed default."""
        if not self.database_url:
            self.database_url = f"sqlite:///{(self.data_dir / 'minsheng.sqlite3').resolve()}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which people read times."""
        return ZoneInfo(self.timezone)


class WrongSettings(Exception):
    """A variable holds what it cannot; the text names it and says what it wants."""


def load_settings() -> Settings:
    """Read the environment, and keep a generated secret in the data folder when none is set.

    Raises
    ------
    WrongSettings
        With one line that names the variable and what it wants.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise WrongSettings(f"{name} {reason}") from error
    _make_folder(settings.data_dir)
    if not settings.secret_key:
        settings.secret_key = _kept_secret(settings.data_dir)
    return settings


def _make_folder(data_dir: Path) -> None:
    """Make the data folder, for its owner only: the answers of residents lie there."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSettings(
            f"{PREFIX}DATA_DIR wants a folder that can be written: {data_dir}: {error.strerror}"
        ) from error


def _kept_secret(data_dir: Path) -> str:
    """Read the secret of this installation, making it at the first start.

    The file appears with its content or not at all: of two processes that start together one
    makes it, and neither can read it half written.
    """
    path = data_dir / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, content: str) -> None:
    """Write a file that only its owner can read, unless it is there by now."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces what another process put there first.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
