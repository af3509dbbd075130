"""Year, organ and title of a report, and what kind of organ a name names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.document import Paragraph
from gilint.form import Form, SectionSpec
from gilint.forms import builtin_forms
from gilint.language import Text
from gilint.organ import OrganKind
from gilint.place import Place
from gilint.recognise.identity import Identity, identify
from gilint.recognise.organs import organ_of
from gilint.recognise.sections import find_sections

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FIRST_HEADING = "一、总体情况"


def identity(*lines: str, title: str = "", name: str = "report.html") -> Identity:
    return identify(title, [Paragraph(line, Place(line=number)) for number, line in enumerate(lines, 1)], name, builtin_forms())


def organ_and_year(found: Identity) -> tuple[str | None, int | None]:
    return (found.organ.name if found.organ else None), found.year


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("昆山市2022年政府信息公开工作年度报告", "昆山市", 2022),
        ("2022年度嵊泗县人民政府办公室政府信息公开年度报告", "嵊泗县人民政府办公室", 2022),
        ("无锡市民政局关于2021年度政府信息公开工作的年度报告", "无锡市民政局", 2021),
        ("关于昆山市财政局2021年政府信息公开工作年报", "昆山市财政局", 2021),
        ("嵊泗县人民政府信息公开年度报告（2020年）", "嵊泗县人民政府", 2020),
        ("2022年上海市政府信息公开工作年度报告", "上海市", 2022),
        ("２０２２年上海市政府信息公开工作年度报告", "上海市", 2022),
        ("上海市二〇二二年政府信息公开工作年度报告", "上海市", 2022),
        ("上海市二○二二年度政府信息公开工作年度报告", "上海市", 2022),
        ("昆山市财政局 2021 年 政府信息公开 工作 年度报告", "昆山市财政局", 2021),
        ("昆山市财政局2021政府信息公开工作年度报告", "昆山市财政局", 2021),
        ("昆山市财政局政府信息公开2021年度报告", "昆山市财政局", 2021),
        ("昆山市财政局2021年度政府信息公开工作报告（文字版）", "昆山市财政局", 2021),
        ("阿拉善盟統計局2019年政府信息公開年度報告", "阿拉善盟統計局", 2019),
        ("冶金工业园（锦丰镇）2022年政府信息公开工作年度报告", "冶金工业园（锦丰镇）", 2022),
        ("自治区民委（宗教事务局）2019年度政府信息公开年度报告", "自治区民委（宗教事务局）", 2019),
        ("标题：【公开】科苑街道办事处2020年政府信息公开工作年度报告", "科苑街道办事处", 2020),
        ("附件1：昆山市财政局2021年政府信息公开工作年度报告", "昆山市财政局", 2021),
        ("无锡市2020年民政局政府信息公开工作年度报告", "无锡市民政局", 2020),
        ("XX市2022年政府信息公开工作年度报告", None, 2022),
        ("20XX年政府信息公开工作年度报告", None, None),
        ("我局2022年政府信息公开工作年度报告", None, 2022),
        ("政府信息公开工作年度报告", None, None),
    ],
)
def test_title(title: str, organ: str | None, year: int | None) -> None:
    assert organ_and_year(identity(title, FIRST_HEADING)) == (organ, year)
    assert organ_and_year(identity(FIRST_HEADING, title=f"{title}-某市人民政府")) == (organ, year)


@pytest.mark.parametrize(
    ("lines", "organ", "year"),
    [
        (("高平市人民政府办公室", "2022年政府信息公开工作年度报告"), "高平市人民政府办公室", 2022),
        (("高平市人民政府办公室", "2022年度", "政府信息公开工作年度报告"), "高平市人民政府办公室", 2022),
        (("高平市人民政府办公室2022年", "政府信息公开工作年度报告"), "高平市人民政府办公室", 2022),
        (("高平市财政局2020年政府信息", "公开工作年度报告"), "高平市财政局", 2020),
        (("高平市财政局政府信息公开工作年度报告", "（2020年）"), "高平市财政局", 2020),
        (("五常市民意乡", "2021年政府信息公开工作年度报告", "2021年政府信息公开工作年度报告"), "五常市民意乡", 2021),
    ],
)
def test_title_on_several_lines(lines: tuple[str, ...], organ: str, year: int) -> None:
    assert organ_and_year(identity("首页 > 政务公开 > 信息公开年报", *lines, "发布时间：2023-01-20", FIRST_HEADING)) == (organ, year)


@pytest.mark.parametrize("suffix", ["-昆山市人民政府", "_XX网", " | 政务公开", "——昆山市门户网站", ""])
def test_page_title_with_the_name_of_the_site(suffix: str) -> None:
    found = identity(FIRST_HEADING, title=f"昆山市财政局2021年政府信息公开工作年度报告{suffix}")
    assert (found.title, organ_and_year(found)) == ("昆山市财政局2021年政府信息公开工作年度报告", ("昆山市财政局", 2021))


@pytest.mark.parametrize("organ", ["江苏省血液中心", "新疆生产建设兵团第七师胡杨河市", "昆山市供水集团"])
def test_organ_of_an_uncommon_kind_that_the_opening_names(organ: str) -> None:
    assert organ_and_year(identity(f"本报告由{organ}根据条例编制。", FIRST_HEADING)) == (organ, None)


@pytest.mark.parametrize("author", ["政务公开科室", "相关业务处室", "办公室", "专人", "工作人员"])
def test_an_author_without_a_place_is_no_organ(author: str) -> None:
    assert organ_and_year(identity(f"本报告由{author}负责编制。", FIRST_HEADING)) == (None, None)


@pytest.mark.parametrize(
    "organ",
    [
        "常熟市住房和城乡建设局",
        "上海市公安局浦东分局",
        "青岛市自然资源和规划局崂山分局",
        "天津市规划和自然资源委员会河东分局",
        "国家税务总局昆山市税务局",
        "国家统计局昆山调查队",
        "国家统计局江苏调查总队",
        "绍兴市柯桥区平水镇人民政府",
        "新乡市财政局",
        "江苏省镇江市民政局",
        "陕西省镇安县教育局",
        "南京市江宁区人民政府东山街道办事处",
        "平水镇",
        "昆山市城乡综合管理局",
        "昆山市综合行政执法局",
        "中共昆山市委机构编制委员会",
        "湖北省人民政府国有资产监督管理委员会",
        "上海市人民政府合作交流办公室",
        "河北省人民政府参事室",
    ],
)
def test_organ_that_the_opening_names_is_whole(organ: str) -> None:
    written = f"本报告由{organ}根据条例编制，数据统计期限为2021年1月1日至2021年12月31日。"
    assert organ_and_year(identity(written, FIRST_HEADING)) == (organ, 2021)
    asked = f"如对本报告有疑问，请与{organ}办公室联系。"
    assert organ_and_year(identity(asked, FIRST_HEADING)) == (organ, None)


@pytest.mark.parametrize(
    ("sentence", "organ"),
    [
        ("本报告由湖北省人民政府政务公开办公室编制。", "湖北省人民政府"),
        ("本报告由昆山市人民政府组织各有关委员会编制。", "昆山市人民政府"),
        ("如有疑问，请与湖北省人民政府信息公开工作办公室联系。", "湖北省人民政府"),
        ("本报告由中国（安徽）自由贸易试验区合肥片区管理委员会根据条例编制。", "中国（安徽）自由贸易试验区合肥片区管理委员会"),
    ],
)
def test_organ_without_what_only_follows_its_name(sentence: str, organ: str) -> None:
    assert organ_and_year(identity(sentence, FIRST_HEADING)) == (organ, None)


@pytest.mark.parametrize(
    ("sentence", "organ", "year"),
    [
        ("根据条例，现发布《昆山市财政局2022年政府信息公开工作年度报告》。", "昆山市财政局", 2022),
        ("按《关于政府信息公开工作年度报告有关事项的通知》，现公布泰州市人民政府2020年政府信息公开工作年度报告。", "泰州市人民政府", 2020),
        ("编制形成2021年漳平市人民政府办公室政府信息公开年度报告。", "漳平市人民政府办公室", 2021),
        ("本报告由银川市网络信息化局根据条例编制，数据统计期限为2019年1月1日至2019年12月31日。", "银川市网络信息化局", 2019),
        (
            "统计期限从2021年1月1日起至12月31日止。如有疑问请与来凤县政务服务和大数据管理局（地址：某路）联系。",
            "来凤县政务服务和大数据管理局",
            2021,
        ),
        ("如有疑问请与高平市人民政府办公室信息科联系。统计期限自２０２１ 年 1 月 1 日起。", "高平市人民政府办公室", None),
    ],
)
def test_opening_sentence(sentence: str, organ: str, year: int | None) -> None:
    assert organ_and_year(identity(sentence, FIRST_HEADING)) == (organ, year)


@pytest.mark.parametrize(
    "period",
    [
        "自2020年1月1日起至2020年12月31日止",
        "自 2020 年 1 月 1 日 起 至 2020 年 12 月 31 日 止",
        "自２０２０年１月１日起至２０２０年１２月３１日止",
        "自2020年01月01日至2020年12月31日",
        "为2020年1月1日至12月31日",
        "自二〇二〇年一月一日起至二〇二〇年十二月三十一日止",
        "自20201月1日起至202012月31日止",
        "自2020 1月1日起至2020 12月31日止",
        "自2020年1月1日起至202020年12月31日止",
    ],
)
def test_period_of_the_figures(period: str) -> None:
    assert identity(f"本报告所列数据的统计期限{period}。", FIRST_HEADING).year == 2020
    assert identity(FIRST_HEADING, f"本报告所列数据的统计期限{period}。").year == 2020


def test_conflicts() -> None:
    title, period = "昆山市财政局2020年政府信息公开工作年度报告", "统计期限自2021年1月1日起至2021年12月31日止。"
    assert identity(title, period, FIRST_HEADING).year == 2020
    assert (
        identity(title, period, "现将2021年度政府信息公开工作情况报告如下", FIRST_HEADING, title="昆山市财政局2021年政府信息公开年报").year
        == 2021
    )
    assert identity("发布时间：2023-01-10", title, FIRST_HEADING).year == 2020


def test_a_title_is_outvoted_only_by_more() -> None:
    period, told = "统计期限自2021年1月1日起至2021年12月31日止。", "现将2021年度政府信息公开工作情况报告如下"
    page = "昆山市财政局2020年政府信息公开工作年度报告"
    assert identity(period, FIRST_HEADING, title=page).year == 2020
    assert identity(period, told, FIRST_HEADING, title=page).year == 2021
    assert identity(period, FIRST_HEADING, name=f"{page}.html").year == 2021
    asked = "如有疑问，请与无锡市民政局联系。"
    assert organ_and_year(identity(asked, asked, FIRST_HEADING, title=page)) == ("昆山市财政局", 2020)
    assert organ_and_year(identity(asked, asked, asked, FIRST_HEADING, title=page)) == ("无锡市民政局", 2020)
    assert organ_and_year(identity(asked, FIRST_HEADING, name=f"{page}.html")) == ("无锡市民政局", 2020)


def test_signature_and_dates() -> None:
    signed = ("昆山市财政局", "2021年1月12日")
    assert organ_and_year(identity(FIRST_HEADING, "略。", *signed, "扫一扫在手机打开当前页")) == ("昆山市财政局", 2020)
    assert organ_and_year(identity(FIRST_HEADING, "略。", "昆山市财政局　二〇二一年一月十二日")) == ("昆山市财政局", 2020)
    assert organ_and_year(identity("财政局2020年政府信息公开工作年度报告", FIRST_HEADING, *signed)) == ("昆山市财政局", 2020)
    assert identity("发布时间:2021-01-20 16:33", FIRST_HEADING).year == 2020
    assert identity(FIRST_HEADING, "2020年，我局认真贯彻条例。", *signed).year == 2020


def test_short_name_in_the_title_is_kept_where_it_names_its_kind() -> None:
    found = identity("桂花坪街道2020年政府信息公开工作年度报告", FIRST_HEADING, "长沙市天心区桂花坪街道办事处", "2021年1月20日")
    assert organ_and_year(found) == ("桂花坪街道", 2020)


def test_nothing_is_invented() -> None:
    assert identity() == Identity()
    assert identity("某某网站首页", "欢迎光临", "2020年大事记") == Identity()
    assert organ_and_year(identity("365bet网上娱乐_平台网址人民政府合作交流办公室", "2022年政府信息公开工作年度报告", FIRST_HEADING)) == (
        None,
        2022,
    )
    assert identity("根据《条例》和《中华人民共和国政府信息公开工作年度报告格式》编制。", FIRST_HEADING) == Identity()


def test_file_name_is_asked_last() -> None:
    name = "reports/昆山市财政局2021年政府信息公开工作年度报告.html"
    assert organ_and_year(identity(FIRST_HEADING, name=name)) == ("昆山市财政局", 2021)
    assert organ_and_year(identity("无锡市民政局2020年政府信息公开工作年度报告", FIRST_HEADING, name=name)) == ("无锡市民政局", 2020)


def test_title_of_another_kind_of_report() -> None:
    other = Form(
        id="budget",
        edition="1",
        title=Text("部门预算说明", "Budget"),
        source="",
        first_year=2020,
        last_year=None,
        title_words=("部门预算公开说明",),
        sections=(SectionSpec("overview", 1, Text("部门概况", "Overview")),),
        tables=(),
    )
    lines = [Paragraph(text, Place()) for text in ("昆山市财政局2021年部门预算公开说明", "一、部门概况", "略。")]
    found = identify("", lines, "a.html", [*builtin_forms(), other])
    assert (found.title, organ_and_year(found)) == ("昆山市财政局2021年部门预算公开说明", ("昆山市财政局", 2021))
    assert [section.name for section in find_sections(lines, other)] == ["", "overview"]


KINDS = {
    (
        OrganKind.STATE_DEPARTMENT,
        OrganKind.STATE_DEPARTMENT,
    ): "国家税务总局 国家能源局 教育部 中国人民银行 审计署 国务院国有资产监督管理委员会 国务院办公厅",
    (
        OrganKind.PROVINCE,
        OrganKind.PROVINCE,
    ): "江苏省 江苏省人民政府 江苏省人民政府办公厅 江苏省政府办公厅 上海市 北京市人民政府 内蒙古自治区",
    (
        OrganKind.CITY,
        OrganKind.CITY,
    ): "苏州市 无锡市人民政府 无锡市政府办 朝阳市 景德镇市 吉林市 凉山彝族自治州 恩施州 锡林郭勒盟 塔城地区行政公署 东莞市 新乡市人民政府",
    (
        OrganKind.COUNTY,
        OrganKind.COUNTY,
    ): "昆山市 高平市人民政府办公室 嵊泗县 双江拉祜族佤族布朗族傣族自治县 科尔沁右翼中旗 无锡市滨湖区 上海市浦东新区 济宁市市中区 "
    "乌鲁木齐市新市区 秦皇岛市海港区 北京市朝阳区 神农架林区 六枝特区 仙桃市 巴州区人民政府 江苏昆山市",
    (
        OrganKind.TOWNSHIP,
        OrganKind.TOWNSHIP,
    ): "锦丰镇 冶金工业园(锦丰镇) 冶金工业园（锦丰镇） 五常市民意乡 桂花坪街道 长沙市天心区桂花坪街道办事处 双塔区前进街道 "
    "驼峰路街道办事处 北京市昌平区回龙观地区办事处 哈日诺尔苏木 张家港市锦丰镇人民政府",
    (
        OrganKind.DEPARTMENT,
        OrganKind.PROVINCE,
    ): "江苏省财政厅 上海市财政局 省财政厅 广西壮族自治区财政厅 自治区民委（宗教事务局） 上海市人民政府合作交流办公室",
    (
        OrganKind.DEPARTMENT,
        OrganKind.CITY,
    ): "锡林郭勒盟工业和信息化局 双鸭山市商务局 银川市网络信息化局 无锡市市场监督管理局 无锡市国有资产监督管理委员会 "
    "国家税务总局苏州市税务局 无锡市公安局滨湖分局 无锡市城市管理局 塔城地区财政局 无锡市行政审批局 阿拉善盟統計局",
    (OrganKind.DEPARTMENT, OrganKind.COUNTY): "无锡市滨湖区民政局 昆山市财政局 张家川县财政局 巴州区财政局 县民政局 佛山市顺德区教育局",
    (OrganKind.DEPARTMENT, OrganKind.UNKNOWN): "市财政局 区民政局",
    (
        OrganKind.UNKNOWN,
        OrganKind.UNKNOWN,
    ): "商务局 市场监督管理局 苏州工业园区管理委员会 苏州工业园区 中国（安徽）自由贸易试验区合肥片区管理委员会 南京江北新区管委会 开发区财政局 无锡市经济技术开发区财政局 "
    "市人民政府办公室 市政府办公室 区人民政府 国家能源局江苏监管办公室 国家统计局昆山调查队 中共无锡市委办公室 无锡市人民政府驻北京办事处 虚构市财政局 XX市 新疆生产建设兵团 无锡市总工会 无锡市委员会",
}


@pytest.mark.parametrize(
    ("kind", "level", "name"), [(kind, level, name) for (kind, level), names in KINDS.items() for name in names.split()]
)
def test_kind_of_organ(kind: OrganKind, level: OrganKind, name: str) -> None:
    organ = organ_of(name)
    assert (organ.name, organ.kind, organ.level) == (name, kind, level)


@pytest.mark.parametrize(
    "name", ["江苏省人民政府办公厅", "无锡市人民政府办公室", "无锡市政府办", "塔城地区行政公署办公室", "滨湖区人民政府办公室"]
)
def test_office_of_a_government(name: str) -> None:
    assert organ_of(name).government_office


@pytest.mark.parametrize("name", ["无锡市民政局", "无锡市人民政府", "上海市人民政府合作交流办公室", "商务局办公室"])
def test_no_office_of_a_government(name: str) -> None:
    assert not organ_of(name).government_office


texts = st.text(alphabet="昆山市县区财政局2020年度政府信息公开工作报告《》〔〕()（）：:-_ 自至1月12日31统计期限由根据与联系", max_size=200)


@given(st.lists(st.one_of(texts, st.text(max_size=60)), max_size=12), texts)
def test_any_text_is_survived(lines: list[str], title: str) -> None:
    found = identity(*lines, title=title, name=title)
    assert found.year is None or 1999 <= found.year < 2040
    assert found.organ is None or 1 <= len(found.organ.name) <= 120


@pytest.mark.parametrize(
    "piece", ["《", "由", "与", "2020年", "政府信息公开", "统计月", "局", " ", "（", "年度", "自2020年1月1日", "-_", "现公布", "市"]
)
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    text = piece * 200_000
    begin = time.process_time()
    identity(text, text[:1000], *[text[:110]] * 300, text[:39], title=text, name=text)
    organ_of(text)
    assert time.process_time() - begin < 1.0


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample reports are not in this checkout")
@pytest.mark.parametrize(
    ("name", "organ", "year"),
    [
        ("binhu-2020", "无锡市滨湖区民政局", 2020),
        ("jinfeng-2022", "冶金工业园(锦丰镇)", 2022),
        ("shuangyashan-2020", "双鸭山市商务局", 2020),
        ("xilingol-2019", "锡林郭勒盟工业和信息化局", 2019),
        ("yinchuan-2019", "银川市网络信息化局", 2019),
    ],
)
def test_seeds(name: str, organ: str, year: int) -> None:
    lines = [line.strip() for line in (SEEDS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert organ_and_year(identity(*lines)) == (organ, year)
