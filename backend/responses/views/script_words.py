"""Every word that the page's script says; it holds none of its own."""

import json
from collections.abc import Mapping

from backend.web.wording import FAULT_WORDS, translate

CONSENT_MISSING = "请先阅读说明，并勾选同意。"
SCRIPT_WORDS: Mapping[str, str] = {
    "start": "开始填写",
    "next": "下一页",
    "submit": "提交",
    "step": "第 {page} 页，共 {pages} 页",
    "sending": "正在提交…",
    "offline": "网络不通，答卷已保存在本机，恢复后自动提交。",
    "full": "已选满 {maximum} 项。如需改选，请先取消一项。",
    "consent": CONSENT_MISSING,
    "township": "乡镇（街道）",
    "choose": "请选择",
}
# What the script finds wrong by itself, in the words of the server.
CHECKED = ("required", "row_required", "too_long", "too_few")


def script_words(language: str) -> str:
    """Return the words as JSON, with their placeholders, for a data attribute."""
    ids = {**SCRIPT_WORDS, **{code: FAULT_WORDS[code] for code in CHECKED}}
    words = {name: translate(message_id, language) for name, message_id in ids.items()}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
