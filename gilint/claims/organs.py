"""Whose numbers they are, as far as a name before them tells."""

from __future__ import annotations

import re

_ORGAN = re.compile(r"[^0-9年,，:()、]{1,30}(?:局|委|委员会|厅|办|办公室|政府|镇|乡|街道|中心|院|处|所|部|队|署|站|公司)$")
_OWN = ("我", "本", "全", "该")
_ITSELF = (
    *(own + kind for own in "我本" for kind in ("办", "局", "委", "厅", "镇", "乡", "街道", "中心", "单位", "部门")),
    "本机关",
    "我机关",
)


def names_another(lead: str, organ: str) -> bool:
    """Say whether what a clause begins with ends in the name of another organ than the one that reports."""
    if len(lead) < 2:
        return False
    for filler in ("共计", "总共", "共", "全年", "累计", "已", "依法"):
        lead = lead.removesuffix(filler)
    if not organ.endswith(("政府", "办公室", "办公厅")):
        # Of a department, its own office speaks for it; a government has organs besides its office.
        lead = lead.removesuffix("办公室")
    named = _ORGAN.search(lead[-40:])
    if named is None or named[0].startswith(_OWN) or lead.endswith(_ITSELF):
        return False
    name, own = (text.replace("人民", "") for text in (named[0], organ))
    return not own or (name not in own and own not in name and name[1:] not in own)
