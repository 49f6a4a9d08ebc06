"""What a reader of its name knows of each organ: its level, what kind of organ it is, and the place it acts in, in full."""

from __future__ import annotations

STANDINGS: dict[str, tuple[str, str, str]] = {
    "shili-government": ("city", "government", "示例市"),
    "shili-office": ("city", "government_office", "示例市"),
    "shili-police": ("city", "department", "示例市"),
    "shili-natural-resources": ("city", "department", "示例市"),
    "shili-housing": ("city", "department", "示例市"),
    "shili-market": ("city", "department", "示例市"),
    "shili-human-resources": ("city", "department", "示例市"),
    "shili-education": ("city", "department", "示例市"),
    "shili-health": ("city", "department", "示例市"),
    "shili-data": ("city", "department", "示例市"),
    "shili-weather": ("city", "vertical", "示例市"),
    "donghu-government": ("county", "government", "示例市东湖区"),
    "donghu-office": ("county", "government_office", "示例市东湖区"),
    "donghu-hubin": ("township", "subdistrict", "示例市东湖区湖滨街道"),
    "donghu-liuxi": ("township", "government", "示例市东湖区柳溪镇"),
    "yunling-government": ("county", "government", "示例市云岭县"),
    "yunling-office": ("county", "government_office", "示例市云岭县"),
    "yunling-qingshi": ("township", "government", "示例市云岭县青石镇"),
    "published-zhangdian": ("county", "department", "山东省淄博市张店区"),
    "published-huaian": ("city", "government", "江苏省淮安市"),
    "published-suqian": ("city", "government", "江苏省宿迁市"),
}
"""Level, kind and region by the slug of the organ. 示例市 and what is in it is in no gazetteer, so it stands as printed."""
