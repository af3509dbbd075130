"""What the rules of this family have in common: why it matters, and the clauses."""

from __future__ import annotations

from gilint import Text

HACKED = Text(
    "政府网页被植入赌博、色情等内容，说明网站或稿件来源已被篡改。读者会被引向违法网站，发布机关负有监测和处置的责任。",
    "Gambling or adult content in a government page means that the site, or the copy the text was taken from, was tampered with. Readers are led to illegal "
    "sites, and the publishing organ has the duty to watch its pages and to act.",
)
SITES = (
    Text("《中华人民共和国网络安全法》第四十七条", "Cybersecurity Law, art. 47: operators stop and remove prohibited information"),
    Text(
        "《国务院办公厅关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）",
        "Inspection indicators for government websites (国办秘函〔2019〕19号)",
    ),
    Text(
        "《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）",
        "Guidelines on the development of government websites (国办发〔2017〕47号)",
    ),
)
REMOVE = Text(
    "请删除，核对原稿，并检查网站是否被篡改。",
    "Remove it, compare the page with the original text, and find out whether the site was tampered with.",
)
