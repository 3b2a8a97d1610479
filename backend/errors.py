"""What can go wrong in a way that the person or program on the other side is to be told.

A feature raises one of these; `backend.web.error_pages` turns it into problem+json (RFC 9457) or a
page. Titles and details are Simplified Chinese and at once the message ids of the catalogue.

    MinshengError
    ├── BrokenRequest 400
    ├── NotSignedIn 401
    ├── Forbidden 403
    │   └── CrossOriginRefused 403
    ├── NotFound 404
    │   └── SurveyClosed 404
    │       └── QuotaReached 404
    ├── MethodNotAllowed 405
    ├── Conflict 409
    │   ├── IdempotencyConflict 409
    │   └── AlreadyAnswered 409
    ├── TooLarge 413
    ├── UnsupportedMediaType 415
    └── Invalid 422
        └── InvalidAnswers 422
"""

import dataclasses
from collections.abc import Mapping
from typing import ClassVar

from survey_forms.answers import Faults


@dataclasses.dataclass(frozen=True)
class FieldError:
    """One bad field: its name as the sender knows it, and a message id with its arguments."""

    field: str
    message: str
    arguments: Mapping[str, object] = dataclasses.field(default_factory=dict)


class MinshengError(Exception):
    """The common part: a code for programs, a status, and a title and detail for people.

    Parameters
    ----------
    detail
        Message id of one sentence about this occurrence; None takes that of the class.
    arguments
        What its `{placeholders}` stand for.
    errors
        The bad fields.
    headers
        HTTP headers that belong to the error, such as `WWW-Authenticate`.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "系统出错了"
    detail: str = "请稍后再试。"
    # Where a person's browser is sent instead of a page about the error.
    location: str | None = None

    def __init__(
        self,
        detail: str | None = None,
        *,
        arguments: Mapping[str, object] | None = None,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if detail is not None:
            self.detail = detail
        self.arguments = dict(arguments or {})
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(self.detail)


class BrokenRequest(MinshengError):
    """The request cannot be read at all."""

    code, status, title = "broken-request", 400, "请求无法识别"
    detail = "请求内容的格式不正确。"


class NotSignedIn(MinshengError):
    """Nobody is signed in, or the token is not valid."""

    code, status, title = "not-signed-in", 401, "请先登录"
    detail = "请登录后再试。"


class Forbidden(MinshengError):
    """Whoever is signed in may not do this."""

    code, status, title = "forbidden", 403, "没有权限"
    detail = "您没有进行此项操作的权限。"


class CrossOriginRefused(Forbidden):
    """Another site made the visitor's browser send this."""

    code, title = "cross-origin", "请求来源不符"
    detail = "请从本站页面提交。"


class NotFound(MinshengError):
    """There is nothing at this address."""

    code, status, title = "not-found", 404, "没有找到"
    detail = "您访问的内容不存在，请核对地址。"


class SurveyClosed(NotFound):
    """The survey exists, and takes no responses now."""

    code, title = "survey-closed", "问卷未开放"
    detail = "这份问卷目前不接受填写，感谢您的关注。"


class QuotaReached(SurveyClosed):
    """The survey holds as many responses as it may, which closes it."""

    code, title = "quota-reached", "问卷已收满"
    detail = "这份问卷已收到足够的答卷，感谢您的关注。"


class MethodNotAllowed(MinshengError):
    """The address exists, but not for this method."""

    code, status, title = "method-not-allowed", 405, "不支持此操作"
    detail = "这个地址不支持此种访问方式。"


class Conflict(MinshengError):
    """The request contradicts what is stored."""

    code, status, title = "conflict", 409, "与已有内容冲突"
    detail = "请求与已保存的内容冲突。"


class IdempotencyConflict(Conflict):
    """The idempotency key came before with other content."""

    code, title = "idempotency-conflict", "重复的提交编号"
    detail = "相同的 Idempotency-Key 已用于提交不同的内容。"


class AlreadyAnswered(Conflict):
    """This respondent's one response is already stored."""

    code, title = "already-answered", "您已填写过"
    detail = "您已填写过这份问卷，每人只需填写一次，感谢您的参与。"


class TooLarge(MinshengError):
    """The body is larger than any form that Minsheng serves."""

    code, status, title = "too-large", 413, "提交的内容过大"
    detail = "提交的内容超过了允许的大小，请删减后再提交。"


class UnsupportedMediaType(MinshengError):
    """The body is of a type that this address does not read."""

    code, status, title = "unsupported-media-type", 415, "不支持的内容类型"
    detail = "请以 {expected} 格式提交。"


class Invalid(MinshengError):
    """Fields hold what they cannot; `errors` names each."""

    code, status, title = "invalid", 422, "填写的内容有误"
    detail = "请修改标出的各项后再提交。"


class InvalidAnswers(Invalid):
    """Answers do not fit the questionnaire; `faults` are the findings of `survey_forms`."""

    code, title = "invalid-answers", "答案有误"

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.faults = faults
