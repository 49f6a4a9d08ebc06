"""The words around published figures: our own, and only what the figures themselves say about a real organ."""

from __future__ import annotations

from sample_reports.published import Published

_OMITTED = "原报告这一部分为文字叙述，演示文件从略；请以该机关公开发布的年度报告为准。此处文字不代表该机关的意见。"


def published_narrative(source: Published) -> dict[str, list[str]]:
    """Return the narrative of a report of a real organ."""
    period = f"表中数据的统计期限自{source.year}年1月1日起至{source.year}年12月31日止。"
    scope = f"表中数据为{source.place}汇总数据。" if source.place else ""
    first = [f"本文件用于演示年度报告的读取与比较，各表数字取自{source.organ}公开发布的年度报告。{period}{scope}"]
    return {
        "s1": [*first, *_stated(source)],
        "s2": [],
        "s3": [],
        "s4": [] if source.place else ["该年度没有发生因政府信息公开引起的行政复议、行政诉讼。"],
        "s5": [_OMITTED],
        "s6": [f"信息处理费等其他事项见原报告。{_OMITTED}"],
    }


def _stated(source: Published) -> list[str]:
    """Figures the original states in its prose, or that its tables show, in our words."""
    cells = source.figures
    if source.place is None:
        return [
            "（一）主动公开。全年主动公开政府信息465条，其中：政府门户网站142条，广播电视报纸等媒体270条，微信公众号53条。",
            "（二）依申请公开。全年收到政府信息公开申请1件，已答复。",
        ]
    received, carried_in = cells["applications.received.total"], cells["applications.carried_in.total"]
    closed, carried_over = cells["applications.result_total.total"], cells["applications.carried_over.total"]
    return [
        f"依申请公开方面，新收政府信息公开申请{received}件，上年结转{carried_in}件，办结{closed}件，结转下年度继续办理{carried_over}件。"
    ]
