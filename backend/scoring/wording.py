"""The words of an estimate from files: what its reader must know."""

from backend.cli.language import Translate
from backend.scoring.result import Note

NOTES = {
    "left_out": "{count} 份答卷缺少加权变量，未用于估计。",
    "without_wave": "{count} 份答卷没有填写轮次，未用于估计。",
    "category_merged": "变量 {variable} 的类别“{category}”答卷不足，已并入“{into}”。",
    "category_dropped": "变量 {variable} 只剩一个类别“{category}”，未用于加权。",
    "negative_weights": "线性校准得到了负的权数（最小 {minimum}）；可改用 rake，或用 --trim 限制。",
    "high_deff": "权数的设计效应达到 {deff}，精度损失较大；请检查样本结构，或用 --trim 限制权数。",
    "no_interval": "项目 {item} 的答卷不足以计算区间。",
}


def note_sentence(note: Note, translate: Translate) -> str:
    """One sentence about a note."""
    return translate(NOTES[note.code]).format(**note.arguments)
