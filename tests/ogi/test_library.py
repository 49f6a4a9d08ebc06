"""The library: identity, replacement within a collection, and reports that cannot be identified."""

from __future__ import annotations

from ogi.library import Collection, Entry, Library, entry_from
from ogi.organs import organ_id
from ogi.report import Document, OrganName, Report


def report(name: str | None = "示例市财政局", year: int | None = 2024, sha256: str = "a") -> Report:
    return Report(
        document=Document(name=f"{name}.pdf", sha256=sha256 * 64, media_type="application/pdf"),
        organ=OrganName(name=name, level="city", kind="department", region="示例市"),
        report_year=year,
        scope="own",
        tables={},
        cells={},
    )


def entry(
    name: str | None = "示例市财政局", year: int | None = 2024, sha: str = "a", collection: Collection = "uploads"
) -> Entry:
    return entry_from(report(name, year, sha), (), collection)


def test_entry_takes_its_identity_from_the_report() -> None:
    found = entry()
    assert found.organ_id == organ_id("示例市财政局")
    assert (found.organ_name, found.level, found.kind, found.region) == ("示例市财政局", "city", "department", "示例市")
    assert found.report_id == f"{organ_id('示例市财政局')}.2024.own"


def test_corrected_identity_is_shown_and_the_report_stays_as_read() -> None:
    found = entry_from(report(), (), "uploads", organ_name="宿迁市人民政府", report_year=2023, scope="region_total")
    assert found.report_id == f"{organ_id('宿迁市人民政府')}.2023.region_total"
    assert (found.level, found.kind) == ("city", "government")
    assert (found.report.organ.name, found.report.report_year, found.report.scope) == ("示例市财政局", 2024, "own")


def test_spelling_of_a_name_does_not_make_another_organ() -> None:
    assert entry("示例市 财政局（本级）").organ_id == entry("示例市财政局").organ_id


def test_newer_report_of_the_same_identity_replaces_the_older_and_says_so() -> None:
    older, newer = entry(sha="a"), entry(sha="b")
    library = Library.of([older]).add(newer)
    assert library.entries == (newer,)
    assert library.replaced == (older,)


def test_same_document_again_replaces_nothing() -> None:
    library = Library.of([entry(), entry()])
    assert (len(library), library.replaced) == (1, ())


def test_same_identity_in_another_collection_stays_beside() -> None:
    library = Library.of([entry(collection="published"), entry(sha="b")])
    assert [e.collection for e in library] == ["published", "uploads"]
    assert library.collection("uploads")[0].report.document.sha256 == "b" * 64
    assert library.collections == ("published", "uploads")


def test_reports_without_organ_or_year_are_kept_apart() -> None:
    nameless, yearless = entry(name=None, sha="c"), entry(year=None, sha="d")
    library = Library.of([entry(), nameless, yearless])
    assert library.unidentified == (nameless, yearless)
    assert library.collection("uploads") == (entry(),)
    assert library.entry("uploads", nameless.report_id) == nameless


def test_blank_name_is_no_name() -> None:
    assert entry(name="  ").organ_id is None
    assert entry_from(report(), (), "uploads", organ_name=" ").organ_name == "示例市财政局"


def test_correcting_an_unidentified_report_moves_it_into_the_figures() -> None:
    nameless = entry(name=None)
    named = entry_from(nameless.report, (), "uploads", organ_name="示例市财政局")
    library = Library.of([nameless]).correct(nameless, named)
    assert (library.entries, library.unidentified, library.replaced) == ((named,), (), ())


def test_would_replace_tells_before_adding() -> None:
    older = entry(sha="a")
    library = Library.of([older])
    assert library.would_replace(entry(sha="b")) == older
    assert library.would_replace(entry(year=2023)) is None


def test_removed_entry_is_gone_and_the_old_library_is_unchanged() -> None:
    library = Library.of([entry(), entry(year=2023)])
    assert [e.report_year for e in library.remove(entry())] == [2023]
    assert len(library) == 2


def test_fingerprint_follows_documents_and_identities_not_their_order() -> None:
    one, two = entry(), entry(year=2023)
    assert Library.of([one, two]).fingerprint == Library.of([two, one]).fingerprint
    assert Library.of([one]).fingerprint != Library.of([entry(sha="b")]).fingerprint
