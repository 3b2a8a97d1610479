"""What somebody adds as evidence, and what is wrong with it; storing it is left to `service`."""

import unicodedata
from dataclasses import dataclass

from backend.errors import FieldError, Invalid
from backend.ratings.evidence.sniff import ENDINGS, kind_of
from backend.ratings.forms.links import BAD_LINK, is_link

MAX_FILE_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120
LONGEST_TITLE = 200
NOTHING_GIVEN = "请选择一个文件，或填写一个链接。"
BOTH_GIVEN = "文件和链接请分两次添加，每次一项。"
EMPTY_FILE = "文件“{name}”是空的，请重新选择。"
TOO_LARGE = "文件“{name}”超过 {maximum} MB，请压缩或拆分后再上传。"
NOT_ALLOWED = "不能上传“{name}”这种文件，可以上传的有：{endings}。"
NOT_WHAT_IT_SAYS = "文件“{name}”的内容与它的扩展名 {ending} 不符，请核对后重新上传。"
TITLE_TOO_LONG = "名称不能超过 {maximum} 个字。"


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class NewEvidence:
    """What somebody adds: a file or a link; `measure` None is for the whole row."""

    title: str = ""
    measure: str | None = None
    link: str = ""
    file: Upload | None = None


def check_new(new: NewEvidence) -> None:
    """Refuse what cannot be stored; see `add_evidence`."""
    errors = []
    if len(new.title.strip()) > LONGEST_TITLE:
        errors.append(FieldError("title", TITLE_TOO_LONG, {"maximum": LONGEST_TITLE}))
    link = new.link.strip()
    if new.file is not None and link:
        errors.append(FieldError("link", BOTH_GIVEN))
    elif new.file is not None:
        errors.extend(_file_errors(new.file))
    elif not link:
        errors.append(FieldError("file", NOTHING_GIVEN))
    elif not is_link(link):
        errors.append(FieldError("link", BAD_LINK))
    if errors:
        raise Invalid(errors=tuple(errors))


def clean_name(name: str) -> str:
    """Return the last part of a name, without what confuses a file system or a reader."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        # Cc and Cf: control characters, and those that turn the direction of a name.
        if unicodedata.category(character)[0] != "C" and character not in '<>:"|?*'
    ).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return ending[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - 1 - len(ending)] or 'file'}.{ending}"[:LONGEST_NAME]


def _file_errors(file: Upload) -> list[FieldError]:
    name = clean_name(file.name)
    if not file.content:
        return [FieldError("file", EMPTY_FILE, {"name": name})]
    if len(file.content) > MAX_FILE_BYTES:
        maximum = MAX_FILE_BYTES // 1024**2
        return [FieldError("file", TOO_LARGE, {"name": name, "maximum": maximum})]
    kind = kind_of(name)
    if kind is None:
        return [FieldError("file", NOT_ALLOWED, {"name": name, "endings": ENDINGS})]
    if not kind.is_it(file.content):
        ending = "." + name.rpartition(".")[2]
        return [FieldError("file", NOT_WHAT_IT_SAYS, {"name": name, "ending": ending})]
    return []
