"""``python -m deploy.bundle``: makes the zip, on a machine with a network and the Python it is meant for."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import ogi
from deploy.bundle.assemble import Parts, assemble
from deploy.bundle.wheels import PLATFORMS, fetch
from loaders.picture.png import font_path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Fetch the wheels, write the zip and say what it holds."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser = argparse.ArgumentParser(prog="python -m deploy.bundle", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / f"ogi-dashboard-{ogi.__version__}-py{python}.zip")
    parser.add_argument("--without-windows", action="store_true", help="leave out the wheels for Windows")
    parser.add_argument("--font", type=Path, default=font_path(), help="a font with Chinese characters that goes along")
    parser.add_argument("--wheels", type=Path, help="folder to keep the fetched wheels in, for the next time")
    options = parser.parse_args()
    systems = [system for system in PLATFORMS if not (system == "windows" and options.without_windows)]
    with tempfile.TemporaryDirectory(prefix="ogi-bundle-") as name:
        folder = options.wheels or Path(name)
        for system in systems:
            fetch(ROOT, system, folder / system, python)
        wheels = {system: folder / system for system in systems}
        parts = Parts(root=ROOT, version=ogi.__version__, python=python, wheels=wheels, font=options.font)
        about = assemble(parts, options.output)
    print(f"{options.output}\n{int(str(about['bytes'])) / 1e6:.0f} MB · sha256 {about['sha256']}")
    print(" · ".join(f"{key} {value}" for key, value in about.items() if key not in ("bytes", "sha256")))
    if options.font is None:
        print("没有找到中文字体，安装包里不含字体 · no font with Chinese characters was found, so none goes along")
    return 0


if __name__ == "__main__":
    sys.exit(main())
