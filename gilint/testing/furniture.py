"""What a government site puts around a report: head, navigation, breadcrumbs, metadata table, related links, foot."""

from __future__ import annotations

from html import escape

from gilint.testing.draft import Draft

_STYLE = """<style type="text/css">
body{margin:0;font-family:"Microsoft YaHei",SimSun,sans-serif;color:#333}
.header{height:120px;background:#1b5fa8}.nav li{float:left;width:12.5%;line-height:44px}
.xxgk-table td{border:1px solid #d2d2d2;padding:6px 10px}
p.MsoNormal{margin:0cm;text-align:justify;font-size:10.5pt;font-family:"Times New Roman",serif}
@media (max-width:768px){.sidebar{display:none}.wrap{width:100%}}
</style>"""
_SCRIPT = """<script type="text/javascript">
var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.async=true;var s=document.getElementsByTagName("script")[0];})();
function doZoom(size){document.getElementById("zoom").style.fontSize=size+"px";}
if(1<2&&3>2){var tips="<table><tr><td>0</td></tr></table>";}
</script>"""
_MENU = ("首页", "政务动态", "政府信息公开", "政务服务", "互动交流", "数据开放", "走进本地", "专题专栏")
_SIDE = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "规范性文件",
    "财政预决算",
    "行政许可/行政处罚",
    "重大建设项目",
)


def around(draft: Draft, body: str, *, charset: str = "utf-8", paragraphs: int = 1) -> str:
    """Return a whole page of a government site with ``body`` as its article.

    Args:
        draft: the report, for title, organ and dates.
        body: HTML of the article.
        charset: what the page declares.
        paragraphs: how many entries its side lists have, for pages of a wanted size.
    """
    title, organ = escape(draft.title), escape(draft.organ)
    return "\n".join(
        [
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
            f'<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={charset}" />',
            f"<title>{title}_{organ}</title>",
            f'<meta name="SiteName" content="{organ}" />\n<meta name="ArticleTitle" content="{title}" />',
            f'<meta name="PubDate" content="{draft.year + 1}-01-20 09:12:35" />\n<meta name="ColumnName" content="政府信息公开年报" />',
            f"{_STYLE}\n{_SCRIPT}\n</head>\n<body>",
            _head(organ),
            '<div class="wrap"><div class="sidebar">' + _links(_SIDE * paragraphs, "side") + "</div>",
            '<div class="content">',
            _metadata(draft),
            f'<h1 class="title">{title}</h1>',
            f'<div class="info"><span>发布日期:{draft.year + 1}-01-20 09:12</span> <span>来源:{organ}</span> <span>浏览次数:<em id="hits">1287</em></span>'
            ' <span>字体:[ <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a> ]</span></div>',
            f'<div id="zoom" class="TRS_Editor">\n{body}\n</div>',
            _related(draft),
            "</div></div>",
            _foot(organ),
            "</body>\n</html>\n",
        ]
    )


def _links(words: tuple[str, ...], name: str) -> str:
    items = "".join(
        f'<li><a href="/{name}/col{1400 + index}/index.html" target="_blank" title="{word}">{word}</a></li>'
        for index, word in enumerate(words)
    )
    return f'<ul class="{name}">{items}</ul>'


def _head(organ: str) -> str:
    cells = "".join(f'<td width="12%" align="center"><a href="/col/col{index}/">{word}</a></td>' for index, word in enumerate(_MENU))
    return (
        f'<div class="header"><a href="/"><img src="/images/logo.png" alt="{organ}" /></a></div>'
        f'<table class="nav" width="1200" cellspacing="0"><tr>{cells}</tr></table>'
        '<div class="crumbs">当前位置:<a href="/">首页</a> &gt; <a href="/xxgk/">政府信息公开</a> &gt; <a href="/xxgk/nb/">政府信息公开年报</a></div>'
    )


def _metadata(draft: Draft) -> str:
    organ = escape(draft.organ)
    rows = (
        ("索 引 号", f"0145{draft.year}77/{draft.year + 1}-00016", "主题分类", "政府信息公开年报"),
        ("发布机构", organ, "成文日期", f"{draft.year + 1}年01月19日"),
        ("名&nbsp;&nbsp;&nbsp;&nbsp;称", escape(draft.title), "文&nbsp;&nbsp;&nbsp;&nbsp;号", "无"),
        ("有 效 性", "有效", "公开方式", "主动公开"),
    )
    lines = "".join(f"<tr><th>{one}:</th><td>{two}</td><th>{three}:</th><td>{four}</td></tr>" for one, two, three, four in rows)
    return f'<table class="xxgk-table" width="100%"><tbody>{lines}</tbody></table>'


def _related(draft: Draft) -> str:
    organ = escape(draft.organ)
    items = "".join(
        f'<li><a href="/art/{year + 1}/1/20/art_3311_{year}.html">{organ}{year}年政府信息公开工作年度报告</a><span>[{year + 1}-01-20]</span></li>'
        for year in range(draft.year - 1, draft.year - 4, -1)
    )
    return f'<div class="related"><h3>相关信息</h3><ul>{items}</ul><p>扫一扫在手机打开当前页 <img src="/images/qr.png" /></p></div>'


def _foot(organ: str) -> str:
    return (
        f'<div class="footer"><p>主办单位:{organ} 承办单位:市大数据中心 地址:迎宾大道1号</p>'
        "<p>网站标识码:3101120004 公网安备31011202000123号 ICP备05012345号-1</p><p>建议使用1366*768及以上分辨率浏览本站</p></div>"
    )
