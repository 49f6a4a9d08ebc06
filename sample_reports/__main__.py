"""``python -m sample_reports``: write every sample document and its truth file again."""

from __future__ import annotations

import sys

from sample_reports.catalogue import DOCUMENTS, TRUTH
from sample_reports.plan import samples
from sample_reports.sample import Sample
from sample_reports.truth import as_json, faults_of, truth_of
from sample_reports.writers.docx import write_docx
from sample_reports.writers.html import write_html
from sample_reports.writers.ofd import write_ofd
from sample_reports.writers.pdf import PdfWriter
from sample_reports.writers.scan import write_scan


def content(sample: Sample, pdf: PdfWriter) -> bytes:
    """Return the bytes of the document."""
    if sample.format == "html":
        return write_html(sample)
    if sample.format == "docx":
        return write_docx(sample)
    if sample.format == "ofd":
        return write_ofd(sample)
    return pdf.write(sample) if sample.format == "pdf" else write_scan(pdf.write(sample))


def main() -> int:
    """Write everything; old files that no longer belong are removed."""
    DOCUMENTS.mkdir(exist_ok=True)
    TRUTH.mkdir(exist_ok=True)
    made = samples()
    pdf = PdfWriter(sample for sample in made if sample.format in ("pdf", "scan"))
    names = {sample.document for sample in made} | {f"{sample.stem}.json" for sample in made} | {"faults.json"}
    for path in (*DOCUMENTS.iterdir(), *TRUTH.iterdir()):
        if path.name not in names:
            path.unlink()
    for sample in made:
        (DOCUMENTS / sample.document).write_bytes(content(sample, pdf))
        (TRUTH / f"{sample.stem}.json").write_text(as_json(truth_of(sample)), encoding="utf-8", newline="\n")
    right = {sample.stem: sample for sample in samples(with_faults=False)}
    (TRUTH / "faults.json").write_text(as_json(faults_of(made, right)), encoding="utf-8", newline="\n")
    print(f"{len(made)} documents in {DOCUMENTS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
