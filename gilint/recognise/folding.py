"""Letters made comparable: width, spacing, decoration and traditional characters folded away. For matching only, never for printing."""

from __future__ import annotations

import re

_TRADITIONAL = (
    "總总體体況况動动開开訴诉訟讼復复複复議议審审請请處处問问題题進进報报項项關关於于務务積积極极為为員员會会縣县區区鎮镇鄉乡廳厅辦办廣广"
    "東东寧宁蘭兰陝陕貴贵雲云龍龙蘇苏無无錫锡蘆芦連连門门陽阳陰阴漢汉濱滨濟济瀘泸瀋沈滬沪遼辽遙遥遠远達达運运過过鄭郑鄒邹鄧邓國国資资財财"
    "產产業业農农統统計计監监發发環环經经貿贸質质檢检驗验藥药衛卫療疗險险應应災灾當当單单雙双歲岁離离難难電电網网絡络結结維维糾纠給给編编"
    "製制據据規规範范條条決决現现廢废實实際际與与對对將将並并從从後后數数庫库館馆場场壇坛園园圓圆團团圖图執执勢势勞劳勝胜協协衝冲齊齐齡龄"
    "黃黄點点黨党兒儿內内兩两冊册凱凯劃划劉刘創创劑剂時时曉晓書书權权標标樓楼橋桥機机檔档歷历歸归殘残氣气滅灭滿满潔洁澤泽灣湾燈灯煙烟營营"
    "爭争獎奖獨独瑪玛畢毕畫画異异盜盗盡尽礦矿稅税種种穩稳筆笔簡简類类紀纪約约級级紅红納纳純纯組组終终絕绝線线練练縱纵續续羅罗義义習习聯联"
    "聲声職职聽听腦脑節节蓮莲蕭萧薩萨藝艺號号補补裝装見见視视覽览觀观訂订記记設设許许評评詢询試试話话該该詳详認认誠诚語语誤误說说課课調调"
    "談谈論论證证識识譯译護护讀读變变負负責责貢贡貨货費费賀贺賓宾購购賴赖車车軍军載载輔辅輛辆輪轮輯辑輸输轉转轄辖邊边郵邮醫医釋释鉛铅銀银"
    "銅铜鋼钢錄录錦锦鎖锁鐵铁長长閉闭間间閣阁閱阅隊队階阶隨随隸隶雜杂靜静響响頁页順顺預预領领頻频額额願愿風风飛飞養养馬马駐驻騎骑驅驱魚鱼"
    "鮮鲜鳥鸟鳳凤鹽盐麗丽麥麦麼么葉叶嶺岭島岛崗岗嶽岳廬庐彎弯徵征徑径徹彻懷怀戶户擔担擇择擬拟擴扩攝摄敗败敘叙斷断暫暂樂乐樹树檯台滄沧漁渔"
    "潛潜瓊琼參参臺台彙汇匯汇罰罚強强構构繼继準准屬属萬万舉举確确獲获幹干佈布錢钱訊讯個个織织來来讓让"
)
"""Pairs: the printed character, then what it is compared as."""
SIMPLIFIED = {ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
"""For `str.translate`: what the traditional characters of names, headings and labels are compared as."""

_IGNORED = (
    " \t\r\n\v\f\u00a0\u00ad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029"
    "\u202f\u205f\u2060\u3000\ufeff*#_>|■□●◆◇★☆▶►※【】「」『』“”\"'‘’`~"
)

_PUNCTUATION = {"〔": "(", "〕": ")", "［": "[", "］": "]", "﹙": "(", "﹚": ")", "•": "·", "・": "·", "‧": "·", "—": "-", "–": "-"}


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= SIMPLIFIED
    table |= {ord(old): new for old, new in _PUNCTUATION.items()}
    table |= {0x3220 + number: f"({numeral})" for number, numeral in enumerate("一二三四五六七八九十")}
    table |= {0x2488 + number: f"{number + 1}." for number in range(9)}
    table |= {0x2474 + number: f"({number + 1})" for number in range(9)}
    return table | dict.fromkeys(map(ord, _IGNORED), "")


FOLDED = _table()
"""For `str.translate`. Every character is folded on its own, so a prefix folds to a prefix."""

_REPLACEMENTS = {chr(code): folded for code, folded in FOLDED.items()}
_CHANGED = re.compile(f"[{re.escape(''.join(_REPLACEMENTS))}]")
_CHAINED = frozenset(character for character, folded in _REPLACEMENTS.items() if not _REPLACEMENTS.keys().isdisjoint(folded))
"""What folds to a character that is folded itself (＊ to *): replaced one after the other, such characters would be folded twice."""
_FEW = 12
"""Different characters that are replaced one after the other faster than a text is translated, which costs as much for those that stay."""
_IGNORED_ONES = re.compile(f"[{re.escape(_IGNORED)}]+")


def fold(text: str) -> str:
    """Return ``text`` as it is compared: half width, simplified, without spaces, quotation marks and decoration."""
    found = set(_CHANGED.findall(text))
    if not found:
        return text
    if len(found) > _FEW or not _CHAINED.isdisjoint(found):
        return text.translate(FOLDED)
    for character in found:
        text = text.replace(character, _REPLACEMENTS[character])
    return text


def without_ignored(text: str) -> str:
    """Return ``text`` as printed, but without the characters that folding drops: spaces, quotation marks, decoration."""
    return _IGNORED_ONES.sub("", text)


def any_printed(characters: str) -> str:
    """Return some folded characters and all that fold to one of them: what has none of these (`has_any`) need not be folded to be turned away."""
    wanted = set(characters)
    printed = (character for character, folded in _REPLACEMENTS.items() if not wanted.isdisjoint(folded))
    return "".join(sorted(wanted.union(printed)))


def has_any(text: str, characters: str) -> bool:
    """Say whether a text has any of a few characters: each is found sooner than a set of them."""
    return any(map(text.__contains__, characters))


def printed_edges(characters: str) -> frozenset[str]:
    """Return the printed characters with which a text can begin (or end) whose folded form begins (or ends) with one of ``characters``."""
    wanted = set(characters)
    return frozenset(wanted.union(printed for printed, folded in _REPLACEMENTS.items() if not folded or not wanted.isdisjoint(folded)))


def length_of_folded(text: str, length: int) -> int:
    """Return how many characters of ``text`` make up the first ``length`` characters of its folded form."""
    if length <= 0:
        return 0
    end, seen = length, len(fold(text[:length]))
    while seen < length and end < len(text):
        # What is missing was ignored; a piece never folds to more than its length, but for the numerals below.
        step = text[end : end + length - seen]
        end, seen = end + len(step), seen + len(fold(step))
    if seen <= length:
        return min(end, len(text))
    # A numeral in brackets is one character that folds to three: count them one by one.
    seen = 0
    for position, character in enumerate(text):
        seen += len(FOLDED.get(ord(character), character))
        if seen >= length:
            return position + 1
    return len(text)
