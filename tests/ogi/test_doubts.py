"""What a person should look at: marked readings, by place."""

from __future__ import annotations

from ogi.doubts import marked_readings, places_to_check
from ogi.report import Document, OrganName, Reading, Report, Source


def report(*readings: Reading) -> Report:
    return Report(
        document=Document(name="a.pdf", sha256="0", media_type="application/pdf"),
        organ=OrganName(name=None),
        report_year=None,
        scope="unknown",
        tables={},
        cells={reading.key: reading for reading in readings},
    )


def lost(key: str, line: int, raw: str = "3 | 3") -> Reading:
    return Reading(key=key, raw=raw, value=None, state="unreadable", source=Source(line=line), confidence=0.0)


def number(key: str, value: int, **more) -> Reading:
    return Reading(key=key, raw=str(value), value=value, state="reported", source=Source(line=9), **more)


def test_only_doubtful_readings_are_to_be_looked_at() -> None:
    sure, unsure = number("a.x", 1, confidence=0.9), number("a.y", 2, confidence=0.89)
    doubted = number("a.z", 3, doubts=("sum_differs",))
    assert marked_readings(report(sure, unsure, doubted)) == (unsure, doubted)


def test_cells_of_a_row_that_could_not_be_split_are_one_place() -> None:
    row = [lost("a.x", 4), lost("a.y", 4), lost("a.z", 4)]
    other_row, other_text = lost("b.x", 5), lost("b.y", 5, "1")
    places = places_to_check(report(*row, other_row, other_text))
    assert [place.keys for place in places] == [("a.x", "a.y", "a.z"), ("b.x",), ("b.y",)]
    assert (places[0].first, places[0].confidence) == (row[0], 0.0)


def test_every_number_is_a_place_of_its_own() -> None:
    readings = [number(key, 0, doubts=(code, "order")) for key, code in (("a.x", "order"), ("a.y", "sum_differs"))]
    places = places_to_check(report(*readings))
    assert [place.keys for place in places] == [("a.x",), ("a.y",)]
    assert [place.codes for place in places] == [("order",), ("sum_differs", "order")]
