"""The rules that come with gilint, one family a module, and the legal texts that they rest on.

Registered through the entry-point group ``gilint`` exactly as anyone's; families do not import each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from gilint import Clause, Text

ARTICLE_20 = Text(
    "《中华人民共和国政府信息公开条例》(国务院令第711号)第二十条",
    "Regulations on Open Government Information (State Council Order 711), art. 20",
)
ARTICLE_49 = Text(
    "《中华人民共和国政府信息公开条例》(国务院令第711号)第四十九条",
    "Regulations on Open Government Information (State Council Order 711), art. 49",
)
ARTICLE_50 = Text(
    "《中华人民共和国政府信息公开条例》(国务院令第711号)第五十条",
    "Regulations on Open Government Information (State Council Order 711), art. 50",
)
NOTICE_2019 = Clause(
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2019〕60号)",
    "Format notice of 2019 (国办公开办函〔2019〕60号), report years 2019 and 2020",
    ("2019",),
)
NOTICE_2021 = Clause(
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》(国办公开办函〔2021〕30号)",
    "Format notice of 2021 (国办公开办函〔2021〕30号), report years 2021 and later",
    ("2021",),
)
FEE_MEASURES = Clause(
    "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》(国办函〔2020〕109号)",
    "Measures on information-processing fees (国办函〔2020〕109号), report years 2021 and later",
    ("2021",),
)
FORMATS = (ARTICLE_50, NOTICE_2019, NOTICE_2021)
"""What every finding about the prescribed format rests on."""
FIRST_YEAR = 2019
"""The first report year for which a national format is prescribed, by the notice of 2019."""
BOTH_NOTICES = tuple(Text(notice.zh, notice.en) for notice in (NOTICE_2019, NOTICE_2021))
"""For findings that compare one edition with the other."""


# Converters of options. Those of Python itself would do, but attrs looks for their annotations, which Python has to parse from their descriptions.
def number(given: float) -> float:
    """Return an option that is a number."""
    return float(given)


def texts(given: Iterable[str]) -> tuple[str, ...]:
    """Return an option that is several texts."""
    return tuple(given)
