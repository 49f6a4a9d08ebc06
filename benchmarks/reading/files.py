"""The real reports that are measured, and whether they are read right."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path

import msgspec

from loaders.read import read_report

ROOT = Path(__file__).resolve().parents[2]


class RealFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the corpus."""

    label: str
    """What a row of the table calls it."""
    name: str
    data: bytes
    truth: dict[str, Decimal]
    """The figures it prints, by key."""

    def right(self) -> str:
        """How many of the printed figures are read exactly, as ``200 of 200``."""
        cells = read_report(self.data, self.name).cells
        good = sum(key in cells and cells[key].value == value for key, value in self.truth.items())
        return f"{good} of {len(self.truth)}"


class Corpus:
    """The folder of real reports: ``OGI_CORPUS``, or ``shared/reports`` beside the checkout."""

    def __init__(self) -> None:
        self.folder = Path(os.environ.get("OGI_CORPUS", ROOT.parent / "shared" / "reports"))
        if not (self.folder / "truth").is_dir():
            raise SystemExit(f"There are no real reports at {self.folder}. Set OGI_CORPUS to the folder that holds them.")

    def file(self, label: str, pattern: str) -> RealFile:
        """The one file whose name matches."""
        found = sorted(self.folder.glob(pattern))
        if len(found) != 1:
            raise SystemExit(f"{self.folder} holds {len(found)} files named {pattern}, not one.")
        path = found[0]
        truth = json.loads((self.folder / "truth" / f"{path.name[:3]}.json").read_text(encoding="utf-8"))
        figures = {key: Decimal(str(value)) for key, value in truth["cells"].items() if isinstance(value, int | float)}
        return RealFile(label=label, name=path.name, data=path.read_bytes(), truth=figures)

    def pdfs(self) -> list[RealFile]:
        """W of WPS, C of Chromium, L of LibreOffice (printed now from the Word file, where LibreOffice is installed)."""
        found = [self.file("W (WPS)", "001_*[!d].pdf"), self.file("C (Chromium)", "004_*.chromium.pdf")]
        printed = self._printed_by_libreoffice(self.file("L (LibreOffice)", "032_*.docx"))
        return [*found, printed or self.file("L (032, Chromium: no LibreOffice here)", "032_*.pdf")]

    @staticmethod
    def _printed_by_libreoffice(file: RealFile) -> RealFile | None:
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            return None
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "report.docx")
            source.write_bytes(file.data)
            command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
            subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180)
            return msgspec.structs.replace(file, name="report.pdf", data=source.with_suffix(".pdf").read_bytes())
