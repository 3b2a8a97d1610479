"""Sensible whole things for tests to start from; each test changes only what it is about."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from survey_forms.definition import Questionnaire
from survey_forms.loading import parse_questionnaire

_QUESTIONNAIRE: dict[str, Any] = {
    "format": 1,
    "key": "example",
    "languages": ["zh-CN", "en"],
    "title": {"zh-CN": "示例调查", "en": "An example"},
    "organiser": {"zh-CN": "大数据中心", "en": "Data centre"},
    "notice": {
        "purpose": {"zh-CN": "改进服务", "en": "To improve services"},
        "collected": {"zh-CN": "您的答案", "en": "Your answers"},
        "retention_months": 12,
        "contact": {"zh-CN": "12345", "en": "12345"},
    },
    "estimated_minutes": 2,
    "sections": [
        {
            "key": "main",
            "title": {"zh-CN": "感受", "en": "Experience"},
            "items": [
                {
                    "key": "overall",
                    "kind": "scale",
                    "title": {"zh-CN": "总体满意吗？", "en": "Satisfied overall?"},
                    "required": True,
                },
                {
                    "key": "fields",
                    "kind": "matrix",
                    "title": {"zh-CN": "各方面满意吗？", "en": "Satisfied with each?"},
                    "not_applicable": True,
                    "rows": [
                        {"key": "government", "label": {"zh-CN": "政务", "en": "Government"}},
                        {"key": "health", "label": {"zh-CN": "医疗", "en": "Health"}},
                    ],
                },
                {
                    "key": "improve",
                    "kind": "multiple",
                    "title": {"zh-CN": "改进什么？", "en": "Improve what?"},
                    "show_if": {"<=": [1, {"var": "overall"}, 3]},
                    "choices": [
                        {"code": "queues", "label": {"zh-CN": "排队", "en": "Queues"}},
                        {"code": "websites", "label": {"zh-CN": "网站", "en": "Websites"}},
                        {"code": "other", "label": {"zh-CN": "其他", "en": "Other"}, "other": True},
                        {"code": "none", "label": {"zh-CN": "无", "en": "No"}, "exclusive": True},
                    ],
                    "max_selected": 2,
                },
                {
                    "key": "district",
                    "kind": "division",
                    "title": {"zh-CN": "住在哪里？", "en": "Where do you live?"},
                    "root": "370800",
                    "level": "county",
                    "required": True,
                },
                {
                    "key": "sex",
                    "kind": "single",
                    "title": {"zh-CN": "性别", "en": "Sex"},
                    "required": True,
                    "choices": [
                        {"code": "male", "label": {"zh-CN": "男", "en": "Male"}},
                        {"code": "female", "label": {"zh-CN": "女", "en": "Female"}},
                    ],
                },
            ],
        }
    ],
    "satisfaction": {
        "official_method": "share_from_4",
        "rule": "shandong-2023-city",
        "dimensions": [
            {
                "key": "overall",
                "title": {"zh-CN": "总体", "en": "Overall"},
                "weight": 0.4,
                "items": [{"item": "overall", "weight": 1}],
            },
            {
                "key": "services",
                "title": {"zh-CN": "服务", "en": "Services"},
                "weight": 0.6,
                "items": [
                    {"item": "fields", "row": "government", "weight": 0.5},
                    {"item": "fields", "row": "health", "weight": 0.5},
                ],
            },
        ],
    },
    "weighting": {"margins": "jining-adults-2020", "variables": ["district", "sex"]},
}


def a_questionnaire_text(
    *, items: Sequence[Mapping[str, Any]] | None = None, **changes: Any
) -> str:
    """Return a definition as YAML, with whole top-level fields changed (None removes one).

    `items` replaces all items, and then there is no satisfaction or weighting unless given.
    """
    definition = deepcopy(_QUESTIONNAIRE)
    if items is not None:
        definition["sections"][0]["items"] = list(items)
        del definition["satisfaction"], definition["weighting"]
    definition.update(changes)
    kept = {name: value for name, value in definition.items() if value is not None}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def a_questionnaire(
    *, items: Sequence[Mapping[str, Any]] | None = None, **changes: Any
) -> Questionnaire:
    """Return the questionnaire of `a_questionnaire_text`."""
    return parse_questionnaire(a_questionnaire_text(items=items, **changes))


def an_item(kind: str, key: str = "asked", **fields: Any) -> dict[str, Any]:
    """Return an item of a kind as its definition has it, with what that kind cannot be without."""
    needed: dict[str, dict[str, Any]] = {
        "single": {"choices": [a_choice("a"), a_choice("b")]},
        "multiple": {"choices": [a_choice("a"), a_choice("b"), a_choice("c")]},
        "matrix": {"rows": [a_row("first"), a_row("second")]},
        "division": {"root": "370800", "level": "county"},
    }
    title = {"zh-CN": "问题", "en": "Question"}
    return {"key": key, "kind": kind, "title": title, **needed.get(kind, {}), **fields}


def a_choice(code: str, **fields: Any) -> dict[str, Any]:
    """Return a choice as a definition has it."""
    return {"code": code, "label": {"zh-CN": f"选项{code}", "en": f"Choice {code}"}, **fields}


def a_row(key: str) -> dict[str, Any]:
    """Return a matrix row as a definition has it."""
    return {"key": key, "label": {"zh-CN": f"行{key}", "en": f"Row {key}"}}
