"""The words for decision support: further responses, fake ones, differences, comparisons."""

FAKES_BELOW = (
    "要使结果跌破 {line}：如果虚假答卷的人群结构与现有答卷相同、全部选最低一档，至少需要 "
    "{spread} 份（占全部答卷的 {spread_share}）；如果了解权数并有针对性地投放，{aimed} 份"
    "（{aimed_share}）就够。"
)
FAKES_ABOVE = (
    "要使结果达到 {line}：如果虚假答卷的人群结构与现有答卷相同、全部选最高一档，至少需要 "
    "{spread} 份（占全部答卷的 {spread_share}）；如果了解权数并有针对性地投放，{aimed} 份"
    "（{aimed_share}）就够。"
)
FAKES_UNKNOWN = "无法算出要多少份虚假答卷才能越过 {line}：加权未能满足人口总数。"
EVERYBODY_NOW = "现在"
NOBODY_YET = "还没有答卷，无法推算"
LARGEST_GAP = "{variable}“{category}”，{difference} 个百分点"
DISTRICTS_ALT = (
    "各县（市、区）满意度和区间的图：全体 {whole}，最高 {highest}，最低 {lowest}。全部数值见下表。"
)
ITEMS_ALT = "各项满意度和区间的图：综合 {whole}，最高 {highest}，最低 {lowest}。全部数值见下表。"
STRUCTURE_ALT = "答卷结构与人口结构对比图：相差最大的是 {largest}。全部数值见下表。"
EMPTY_ALT = "还没有可以计算满意度的答卷。"
