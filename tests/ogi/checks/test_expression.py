"""The grammar of formulas: what it takes, what it refuses, and what it means where figures are unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.checks import nodes
from ogi.checks.expression import expand, fill, parse
from ogi.checks.nodes import Node
from ogi.checks.quantity import Quantity, unknown
from ogi.form import FormError, load_form


class Given:
    """Figures said outright; every other key is unknown."""

    def __init__(self, **values: object) -> None:
        self.values = {key.replace("_", ".", 1): value for key, value in values.items()}

    def get(self, key: str) -> Quantity:
        return Quantity(self.values[key], cells=(key,)) if key in self.values else unknown(key)  # type: ignore[arg-type]

    def previous(self, key: str) -> Quantity:
        return unknown(f"prev({key})")

    def children(self, key: str) -> Quantity:
        return unknown(f"child_sum({key})")

    def about(self, question: str, key: str) -> Quantity:
        return unknown(f"{question}({key})")


def value(formula: str, **values: object) -> object:
    return parse(formula).evaluate(Given(**values)).value


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a.x + a.y + 1", 8),
        ("a.x - a.y * 2", -5),
        ("(a.x + a.y) / 2", Fraction(7, 2)),
        ("0.1 + 0.2 == 0.3", True),
        ("a.x <= 0.3 * 10", True),
        ("-a.x + 3 == 0", True),
        ("a.x != a.y and not (a.x > a.y)", True),
        ("a.x == 4 or a.y == 4", True),
        ("abs(a.x - a.y) <= 1", True),
        ("near(a.x, a.y, 0.2)", False),
        ("near(a.x, a.y, 0.25)", True),
        ("one_of(a.x, 1, 2, a.y - 1)", True),
        ("(a.x == 0) == (a.y == 0)", True),
        ("a.word == 'own'", True),
        ("a.word == 3", False),
    ],
)
def test_formula_has_its_value(formula: str, expected: object) -> None:
    assert value(formula, a_x=3, a_y=4, a_word="own") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a.x + a.unknown", None),
        ("a.x == a.unknown", None),
        ("implies(a.x == 0, a.unknown == 1)", True),
        ("implies(a.unknown == 1, a.x == 3)", True),
        ("implies(a.x == 3, a.unknown == 1)", None),
        ("a.x == 0 and a.unknown == 1", False),
        ("a.unknown == 1 and a.x == 3", None),
        ("a.x == 3 or a.unknown == 1", True),
        ("a.unknown == 1 or a.x == 0", None),
        ("not a.unknown", None),
        ("one_of(a.x, a.unknown, 3)", True),
        ("one_of(a.x, a.unknown, 4)", None),
        ("one_of(a.x, 5, 4)", False),
        ("one_of(a.unknown, 5, 4)", None),
        ("prev(a.x) == 3", None),
        ("child_sum(a.x) == 3", None),
        ("a.x / 0 == 1", None),
        ("a.word + 1 == 2", None),
        ("a.word < 2", None),
    ],
)
def test_unknown_figure_settles_nothing_it_could_change(formula: str, expected: object) -> None:
    assert value(formula, a_x=3, a_word="own") is expected


def test_unknown_result_names_what_is_missing() -> None:
    found = parse("a.x + a.unknown == prev(a.x)").evaluate(Given(a_x=3))
    assert found.missing == ("a.unknown", "prev(a.x)")


def test_settled_result_asks_for_nothing_more() -> None:
    assert parse("implies(a.x == 0, a.unknown == 1)").evaluate(Given(a_x=3)).missing == ()


REFUSED = [
    "", "   ", "a", "a.b +", "__import__('os').system('true')", "a.b.c(1)", "a.b[0]", "lambda: 1", "a.b if a.c else 1",
    "[a.b]", "{a.b}", "a.b == a.c == a.d", "a.b ** 2", "a.b // 2", "a.b % 2", "a.b is a.c", "a.b in a.c",
    "1e9", "0x10", "1_0", "3j", "9" * 40, "None", "...", "b'x'", "f'{a.b}'", "a.b := 1", "(a.b := 1)",
    "prev(1)", "prev(a.b + 1)", "prev(a.b, a.c)", "prev(k=a.b)", "implies(a.b)", "near(a.b, 1)", "unknown(a.b)", "abs()",
    "one_of(a.b)", "{row}.total == 1", "a.b\x00", "(" * 300, "-" * 900 + "1", "not " * 60 + "a.b", "a.b + " * 900 + "1",
]  # fmt: skip


@pytest.mark.parametrize("formula", REFUSED)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(FormError):
        parse(formula, rule="X01")


def test_refusal_names_the_rule() -> None:
    with pytest.raises(FormError, match="X01_demo: BinOp"):
        parse("a.b ** 2", rule="X01_demo")


@given(st.text(max_size=80) | st.text(alphabet="ab.()+-*/<>=! 01'\"\\,[]{}:\nnotandor#", max_size=60))
def test_any_text_is_a_formula_or_a_clean_error(text: str) -> None:
    try:
        tree = parse(text)
    except FormError:
        return
    assert isinstance(tree, Node)
    assert isinstance(tree.evaluate(Given(a_b=1)), Quantity)


_sums = st.recursive(
    st.integers(0, 999).map(str) | st.sampled_from(["a.x", "a.y"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=12,
)


@given(_sums, st.integers(-99, 99), st.integers(-99, 99))
def test_whole_number_arithmetic_is_that_of_python(formula: str, x: int, y: int) -> None:
    expected = eval(formula.replace("a.x", f"({x})").replace("a.y", f"({y})"))  # the oracle, on text made here
    assert value(formula, a_x=x, a_y=y) == expected


def test_tolerance_widens_equality_only() -> None:
    assert parse("a.x == a.y", tolerance=1).evaluate(Given(a_x=3, a_y=4)).value is True
    assert parse("a.x <= a.y - 2", tolerance=1).evaluate(Given(a_x=3, a_y=4)).value is False


def test_placeholders_are_filled_for_every_combination() -> None:
    assert expand({"row": "r", "col": "c"}, {"r": ("a", "b"), "c": ("x",)}) == [
        {"row": "a", "col": "x"},
        {"row": "b", "col": "x"},
    ]
    assert fill("t.{row}.{col}", {"row": "a", "col": "x"}) == "t.a.x"


def test_every_formula_of_the_dictionary_is_inside_the_grammar() -> None:
    form = load_form()
    sets = {name: keys[:1] for name, keys in form.sets.items()}
    rules = [*form.checks.values(), *form.indicators.values(), *form.derived]
    trees = [parse(fill(rule.formula, of)) for rule in rules for of in expand(rule.for_each, sets)]
    assert len(trees) == len(rules)
    assert all(any(isinstance(part, nodes.Key | nodes.Question) for part in tree.walk()) for tree in trees)
