"""How far it is, as it is shown."""

from __future__ import annotations

import io
from collections import Counter

from loaders.ingest.progress import Progress, duration, line
from loaders.ingest.run import Tally
from ogi.labels import Labels


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_line_tells_rate_remaining_time_and_failures() -> None:
    """60 files of this start in 20 seconds are 3 a second; the 30 that are left take 10."""
    tally = Tally(total=100, counts=Counter(new=65, failed=3, unplaced=2))
    assert line(tally, 60, 20.0, Labels("en")) == "70 of 100 done, 3.0 a second, 0:00:10 left, 5 failed"
    assert line(tally, 60, 20.0, Labels("zh")) == "已处理 70/100，每秒 3.0 份，还需 0:00:10，失败 5"


def test_before_anything_is_done_no_time_is_promised() -> None:
    assert line(Tally(total=10), 0, 0.0, Labels("en")) == "0 of 10 done, 0.0 a second, ? left, 0 failed"


def test_duration_is_rounded_up() -> None:
    assert [duration(seconds) for seconds in (0, 0.2, 60, 3725.0)] == ["0:00:00", "0:00:01", "0:01:00", "1:02:05"]


def test_terminal_gets_a_bar() -> None:
    screen = Terminal()
    progress = Progress(screen, Labels("zh"))
    for done in (0, 4):
        progress(Tally(total=8, counts=Counter(new=done)))
    progress.close()
    shown = screen.getvalue().split("\r")[-1]
    assert "50%" in shown
    assert "4/8" in shown
    assert "失败 0" in shown


def test_file_gets_no_bar() -> None:
    log = io.StringIO()
    progress = Progress(log, Labels("zh"))
    for done in range(5):
        progress(Tally(total=8, counts=Counter(new=done)))
    progress.close()
    assert log.getvalue() == ""
