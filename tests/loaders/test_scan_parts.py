"""The steps of reading a scan one by one: rules to cells, pieces of ink to lines, digits and their distances."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from loaders.scan import cells
from loaders.scan.gather import gather
from loaders.scan.ink import find_ink
from loaders.scan.lines import LineOfInk, lines_of, words_of
from loaders.scan.page import better_turned
from loaders.scan.recognise import Char, Line
from loaders.scan.rules import dark_pixels, rule_masks
from loaders.scan.sheet import grey_pair, skew, straightened, without_half_tones
from loaders.scan.spacing import pitch, spacing_fits
from loaders.scan.splits import divided, possible_splits
from loaders.scan.tables import Field, find_tables
from ogi.report import SURE

WIDTH, HEIGHT = 900, 700


def page() -> np.ndarray:
    return np.full((HEIGHT, WIDTH), 255, np.uint8)


def rule(picture: np.ndarray, x0: int, y0: int, x1: int, y1: int) -> None:
    """A rule of three pixels."""
    picture[y0 - 1 : y1 + 2, x0 - 1 : x1 + 2] = 0


def grid(picture: np.ndarray, xs: list[int], ys: list[int]) -> np.ndarray:
    for x in xs:
        rule(picture, x, ys[0], x, ys[-1])
    for y in ys:
        rule(picture, xs[0], y, xs[-1], y)
    return picture


def fields(picture: np.ndarray) -> list[tuple[int, int, int, int]]:
    tables = find_tables(*rule_masks(dark_pixels(picture), 200))
    assert len(tables) == 1
    return [(f.row, f.column, f.rowspan, f.colspan) for f in tables[0].fields]


XS, YS = [100, 300, 450, 600], [100, 160, 220, 280]


def test_every_field_of_a_grid_is_a_cell() -> None:
    assert fields(grid(page(), XS, YS)) == [(r, c, 1, 1) for r in range(3) for c in range(3)]


def test_a_rule_that_is_not_there_merges_cells() -> None:
    picture = grid(page(), XS, YS)
    picture[102:159, 447:454] = 255  # between the second and the third cell of the first row
    assert fields(picture)[:3] == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 1)]


def test_a_piece_of_a_rule_lost_between_two_that_are_there_is_put_back_and_doubted() -> None:
    picture = grid(page(), XS, YS)
    picture[157:164, 303:447] = 255
    (table,) = find_tables(*rule_masks(dark_pixels(picture), 200))
    assert len(table.fields) == 9
    assert [(f.row, f.column) for f in table.fields if not f.certain] == [(0, 1), (1, 1)]


def test_no_rule_is_put_where_print_stands() -> None:
    picture = grid(page(), XS, YS)
    picture[157:164, 303:447] = 255
    letters = np.array([[360, 150, 380, 172]], float)
    (table,) = find_tables(*rule_masks(dark_pixels(picture), 200), letters)
    assert (0, 1, 2, 1) in [(f.row, f.column, f.rowspan, f.colspan) for f in table.fields]


HEAD_XS, HEAD_YS = [100, 200, 300, 400, 500], [100, 160, 240, 300, 360]


def head() -> np.ndarray:
    """A head over three columns beside one over two rows (总计 beside 法人或其他组织), and two rows of figures below."""
    picture = grid(page(), HEAD_XS, HEAD_YS)
    for x in (200, 300):
        picture[103:158, x - 3 : x + 4] = 255
    picture[157:164, 403:497] = 255
    return picture


def test_a_head_that_runs_into_the_figure_below_and_the_head_beside_it_leaves_the_figure_alone() -> None:
    picture = head()
    assert (0, 3, 2, 1) in fields(picture)
    picture[103:158, 397:404] = 255  # the rule left of the head over two rows is lost beside the other head
    picture[237:244, 403:497] = 255  # and the one above its first figure
    (table,) = find_tables(*rule_masks(dark_pixels(picture), 200))
    figure = next(f for f in table.fields if (f.row, f.column) == (2, 3))
    assert (figure.rowspan, figure.colspan) == (1, 1)
    assert not figure.certain


def test_the_rules_of_a_ragged_cell_are_carried_on_where_no_print_stands() -> None:
    picture = head()
    picture[103:158, 397:404] = 255
    # The head over two rows stands on the line between them, the other one on the two between its columns.
    letters = np.array([[430, 150, 470, 176], [180, 120, 320, 140]], float)
    (table,) = find_tables(*rule_masks(dark_pixels(picture), 200), letters)
    assert [(f.row, f.column, f.rowspan, f.colspan) for f in table.fields][:2] == [(0, 0, 1, 3), (0, 3, 2, 1)]


def test_a_table_cut_by_the_page_end_keeps_its_last_row() -> None:
    picture = page()
    for x in XS:
        rule(picture, x, 100, x, 320)  # beyond the last horizontal rule
    for y in YS:
        rule(picture, 100, y, 600, y)
    assert max(row for row, *_ in fields(picture)) == 3


def test_a_frame_and_an_underlined_heading_are_no_tables() -> None:
    picture = page()
    rule(picture, 100, 300, 500, 300)
    grid(picture, [100, 600], [400, 500])
    assert find_tables(*rule_masks(dark_pixels(picture), 200)) == []


@pytest.mark.parametrize("degrees", [-2.0, 0.7])
def test_skew_is_measured_and_boxes_are_led_back(degrees: float) -> None:
    slope = np.tan(np.radians(degrees))
    picture = page()
    for y in (200, 300, 400):
        for x in range(100, 800):
            at = round(y + (x - 450) * slope)
            picture[at - 1 : at + 2, x] = 0
    assert skew(picture) == pytest.approx(degrees, abs=0.1)
    sheet = straightened(picture)
    place = sheet.origin(np.array([[700.0, 300.0]]))[0]
    assert place[1] == pytest.approx(300 + 250 * slope, abs=3)


@pytest.mark.parametrize(
    ("turns", "shown"), [(1, (WIDTH - 300, 100)), (2, (WIDTH - 100, HEIGHT - 300)), (3, (300, HEIGHT - 100))]
)
def test_boxes_of_a_page_on_its_side_or_head_fit_the_page_as_shown(turns: int, shown: tuple[int, int]) -> None:
    """Of a point 100 from the left and 300 from the top of the upright sheet."""
    place = straightened(page(), turns).origin(np.array([[100.0, 300.0]]))[0]
    assert tuple(place) == shown


def test_red_ink_is_gone_from_one_picture_and_stays_in_the_other() -> None:
    picture = np.full((400, 400, 3), 255, np.uint8)
    picture[100:140, 100:300] = (200, 40, 50)
    picture[110:130, 150:160] = (25, 10, 10)  # black print under the stamp
    black, all_ink = grey_pair(picture)
    assert black[120, 200] > 230
    assert black[120, 155] < 80
    assert all_ink[120, 200] < 120


def test_broad_grey_strokes_are_taken_for_a_copied_stamp_and_thin_black_ones_are_not() -> None:
    picture = page()
    picture[200:212, 100:500] = 120
    for y in range(300, 600, 12):
        picture[y : y + 3, 100:500] = 40
    lean = without_half_tones(picture)
    assert lean[206, 300] == 255
    assert lean[301, 300] == 40


def digit(x: int, top: int = 100, height: int = 20, width: int = 12) -> tuple[int, int, int, int]:
    return (x, top, x + width, top + height)


@pytest.mark.parametrize(
    ("pieces", "text", "fits"),
    [
        ([digit(0), digit(15)], "57", True),
        ([digit(0), (13, 117, 15, 120), digit(15)], "5.7", False),  # dust: the digits stand as close as without a point
        ([digit(0), (14, 117, 17, 120), digit(20)], "5.7", True),
        ([digit(0), digit(24)], "57", False),  # a lost point, or two numbers
        ([digit(0), digit(24)], "5.7", True),
        ([digit(0), digit(29), digit(58)], "329", True),  # full-width digits stand wide, and evenly
        ([digit(0, width=27)], "57", True),  # they touch: nothing can be measured
    ],
)
def test_distances_of_digits_question_a_point_that_is_there_or_not(pieces, text: str, fits: bool) -> None:
    assert spacing_fits(LineOfInk(tuple(pieces)), text) is fits


def test_pitch_of_a_number_is_from_middle_to_middle() -> None:
    assert pitch(LineOfInk((digit(0), digit(15), digit(30))), "123") == 15


def test_two_strokes_of_one_character_are_one_line_and_two_lines_are_two() -> None:
    strokes = [(0, 100, 20, 103), (0, 109, 22, 112)]  # 二
    assert len(lines_of(strokes, 22)) == 1
    assert len(lines_of([digit(0), digit(0, top=128)], 20)) == 2


def test_numbers_far_apart_are_two_words() -> None:
    assert len(words_of(LineOfInk((digit(0), digit(15), digit(80))), 20)) == 2


def gathered(*pieces: tuple[int, int, int, int]):
    """The cell (100, 100)–(300, 180) of a page on which black boxes stand."""
    picture = page()
    grid(picture, [100, 300, 500], [100, 180, 260])
    for x0, top, x1, bottom in pieces:
        picture[top:bottom, x0:x1] = 0
    dark = dark_pixels(picture)
    masks = rule_masks(dark, 200)
    ink = find_ink(picture, dark, masks[0] | masks[1])
    field = Field(0, 0, 1, 1, (100.0, 100.0, 300.0, 180.0))
    xs, ys = ink.middles
    owners = np.where((xs > 100) & (xs < 300) & (ys > 100) & (ys < 180), 0, -1)
    return gather([field], ink, owners, 20.0)[0]


def test_a_minus_belongs_to_its_number() -> None:
    cell = gathered((180, 138, 188, 142), (195, 130, 206, 150))
    assert [line.pieces for line in cell.lines] == [((180, 138, 188, 142), (195, 130, 206, 150))]


def test_a_lone_dash_is_print_and_dust_at_the_border_is_not() -> None:
    assert len(gathered((195, 138, 203, 142)).lines) == 1
    assert gathered((195, 106, 198, 109)).lines == []


def test_an_unexplained_blot_beside_a_number_makes_it_doubtful() -> None:
    assert gathered((195, 130, 206, 150), (215, 136, 221, 142)).is_stained
    assert not gathered((195, 130, 206, 150), (240, 110, 242, 112)).is_stained


def test_ink_that_runs_on_beyond_the_border_is_no_digit_of_the_cell() -> None:
    assert gathered((280, 130, 320, 138)).is_crossed
    assert not gathered((270, 130, 282, 150)).is_crossed


def page_of(words: str) -> np.ndarray:
    """Ten lines of print that look the same on their head, or do not."""
    sheet = Image.new("L", (1000, 800), 255)
    for line in range(10):
        ImageDraw.Draw(sheet).text((120, 80 + 60 * line), words, fill=0, font=ImageFont.load_default(30))
    return np.asarray(sheet)


@pytest.mark.parametrize("turns", [0, 2])
def test_a_page_that_reads_as_well_on_its_head_stays_as_it_is(turns: int) -> None:
    assert better_turned(np.rot90(page_of("0880 8008 18081 00800"), turns)) == 0


def test_a_page_is_turned_by_as_many_quarters_as_it_reads_best() -> None:
    words = page_of("Report of the year 2347 on open files")
    assert [better_turned(np.rot90(words, turns)) for turns in range(4)] == [0, 3, 2, 1]


def split_places(*pieces: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """Places and spans of the fields of a grid of rows and columns whose middle four fields have no rule between them."""
    picture = grid(page(), [100, 200, 300, 400], [100, 160, 220, 280])
    picture[103:218, 103:298] = 255
    for x0, top, x1, bottom in pieces:
        picture[top:bottom, x0:x1] = 0
    dark = dark_pixels(picture)
    masks = rule_masks(dark, 200)
    tables = find_tables(*masks)
    assert (tables[0].fields[0].rowspan, tables[0].fields[0].colspan) == (2, 2)
    (table,) = [divided(table, possible_splits(tables, find_ink(picture, dark, masks[0] | masks[1]), 20.0)) for table in tables]
    assert all(not f.certain for f in table.fields if f.row < 2 and f.column < 2 and f.rowspan * f.colspan < 4)
    return [(f.row, f.column, f.rowspan, f.colspan) for f in table.fields if f.row < 2 and f.column < 2]


def test_print_in_the_middle_of_each_row_and_column_shows_that_rules_are_lost() -> None:
    places = [(145, 120), (245, 120), (145, 180), (245, 180)]
    assert split_places(*[digit(x, top) for x, top in places]) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert split_places(digit(190, 120), digit(190, 180)) == [(0, 0, 1, 2), (1, 0, 1, 2)]


def test_a_figure_below_a_head_of_two_rows_is_a_cell_of_its_own() -> None:
    picture = grid(page(), [100, 200, 300], [100, 160, 220, 280])
    picture[103:278, 203:298] = 255  # the right column is one field
    for x0, top, x1, bottom in (digit(245, 150), digit(245, 240)):
        picture[top:bottom, x0:x1] = 0
    dark = dark_pixels(picture)
    masks = rule_masks(dark, 200)
    (table,) = find_tables(*masks)
    (split,) = possible_splits([table], find_ink(picture, dark, masks[0] | masks[1]), 20.0)
    assert [(f.row, f.column, f.rowspan, f.colspan) for f in split.parts] == [(0, 1, 2, 1), (2, 1, 1, 1)]
    assert split.needs_figure


def test_lines_of_a_cell_over_two_rows_close_to_its_middle_are_no_cells() -> None:
    assert split_places(digit(190, 134), digit(190, 166)) == [(0, 0, 2, 2)]
    assert split_places(digit(190, 150)) == [(0, 0, 2, 2)]


def test_thin_strokes_around_a_copied_stamp_are_gone_and_black_ones_under_it_stay() -> None:
    picture = page()
    picture[200:240, 100:500] = 130
    picture[250:252, 100:500] = 130  # close to the stamp
    picture[190:260, 300:303] = 20
    picture[500:540, 100:500] = 20  # other print
    lean = without_half_tones(picture)
    assert (lean[251, 110], lean[220, 301], lean[255, 301]) == (255, 0, 0)
    assert without_half_tones(picture, thin_too=False)[251, 110] == 130


def test_words_right_in_the_middle_of_their_own_rows_are_two_cells_and_a_label_of_two_lines_is_one() -> None:
    def lines(*tops: int) -> list[tuple[int, int, int, int]]:
        return [digit(x, top) for top in tops for x in range(161, 230, 16)]

    assert split_places(*lines(120, 180)) == [(0, 0, 1, 2), (1, 0, 1, 2)]
    assert split_places(*lines(134, 166)) == [(0, 0, 2, 2)]


def test_the_border_of_a_single_low_cell_is_a_grid_line() -> None:
    picture = page()
    for y in (100, 250, 297):
        rule(picture, 100, y, 600, y)
    for x in (100, 600):
        rule(picture, x, 100, x, 297)
    rule(picture, 300, 250, 300, 297)
    assert fields(picture) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


class Saying:
    """A recogniser that says the same of every line."""

    def __init__(self, *chars: tuple[str, float]) -> None:
        self.line = tuple(Char(text, sure, 0.5, text, sure) for text, sure in chars)

    def read(self, pictures: list[np.ndarray], squeeze: float = 1.0) -> list[Line]:
        return [self.line for _ in pictures]


def test_a_point_before_a_number_is_no_part_of_it_and_makes_it_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = gathered((195, 130, 206, 150))
    ink = find_ink(page(), dark_pixels(page()), np.zeros_like(page()))
    monkeypatch.setattr(cells, "recogniser", lambda: Saying((".", 0.9), ("3", 0.99)))
    (reading,) = cells.read_cells([cell], ink, 20.0)
    assert reading.text == "3"
    assert reading.confidence < SURE
    monkeypatch.setattr(cells, "recogniser", lambda: Saying(("3", 0.99)))
    (reading,) = cells.read_cells([cell], ink, 20.0)
    assert (reading.text, reading.confidence) == ("3", 0.99)
