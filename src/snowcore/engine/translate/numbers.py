"""Numbers: literals, arithmetic with Snowflake's precision and scale, numeric functions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from math import isinf
from string import hexdigits
from typing import Any

from sqlglot import exp

from ..errors import EngineError, Mistyped, compilation, too_large, unsupported
from ..types import DATE, DECFLOAT, FLOAT, INTEGER, DataType, number
from .casts import as_number, cast, constant, decfloat, double, exactly, integer, raising, text
from .core import Call, Translator, Value, function, rule
from .runtime import python


@rule(exp.Literal)
def _literal(t: Translator, node: exp.Expr) -> Value:
    if node.meta.get("stage"):
        raise unsupported("stages as arguments of functions and in expressions")
    if node.args.get("is_string"):
        return text(node.name)
    word = node.name
    try:
        value = Decimal(word)
    except InvalidOperation:
        raise compilation("001003", f"syntax error: unexpected '{word}'.") from None
    if isinf(float(value)):
        raise EngineError("100038", "22018", f"Numeric value '{word}' is not recognized")
    return constant(Decimal(f"{value:f}") if "e" in word.lower() and abs(value.adjusted()) < 40 else value)


@rule(exp.RawString, exp.National)
def _text(t: Translator, node: exp.Expr) -> Value:
    return text(node.name)


@rule(exp.HexString)
def _bytes(t: Translator, node: exp.Expr) -> Value:
    digits = node.name
    if len(digits) % 2 or not all(c in hexdigits for c in digits):
        raise EngineError("100115", "22000", f"The following string is not a legal hex-encoded value: '{digits}'")
    return Value(f"from_hex('{digits}')", DataType("BINARY", max(len(digits) // 2, 1)))


def _alone(t: Translator, value: Value) -> Value:
    """A number that has no NUMBER beside it: a text is read as a FLOAT then."""
    return cast(t, value, FLOAT) if value.type.is_text else as_number(t, value)


@rule(exp.Neg)
def _negative(t: Translator, node: exp.Expr) -> Value:
    value = _alone(t, t.value(node.this))
    if isinstance(value.literal, Decimal):
        return exactly(value.literal.copy_negate(), value.type)  # which keeps all 38 digits
    if value.type.name == "DECFLOAT":
        return Value(f"sf_decfloat_calc('-', '0', {value.sql})", DECFLOAT)
    return Value(f"(-{value.sql})", value.type)


@rule(exp.Paren)
def _paren(t: Translator, node: exp.Expr) -> Value:
    while isinstance(node, exp.Paren):
        node = node.this
    return t.value(node)


# -- arithmetic --------------------------------------------------------------------------------------------------------


@python("VARCHAR VARCHAR VARCHAR", "VARCHAR")
def _decfloat_calc(operator: str, a: str, b: str) -> str:
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 38
        x, y = Decimal(a), Decimal(b)
        if operator in "/%" and not y:
            raise EngineError("100051", "22012", "Division by zero")
        made = (
            {"+": x + y, "-": x - y, "*": x * y}[operator] if operator in "+-*" else x / y if operator == "/" else x % y
        )
    return decfloat(str(made))


def _operands(t: Translator, node: exp.Expr) -> tuple[Value, Value]:
    return t.value(node.this), t.value(node.expression)


def _pair(t: Translator, operator: str, a: Value, b: Value) -> tuple[Value, Value] | Value:
    """The operands as numbers; the result, if they aren't both NUMBERs."""
    read = _alone if a.type.is_text and b.type.is_text else as_number
    a, b = read(t, a), read(t, b)
    if "DECFLOAT" in (a.type.name, b.type.name):
        x, y = (cast(t, v, DECFLOAT).sql for v in (a, b))
        return Value(f"sf_decfloat_calc('{operator}', {x}, {y})", DECFLOAT)
    if "FLOAT" in (a.type.name, b.type.name):
        x, y = double(t, a), double(t, b)
        if operator == "%":
            return Value(f"fmod({x}, {_not_zero(b, y)})", FLOAT)
        if operator == "/":
            return _finite(f"({x} / {_not_zero(b, y)})", operator, x, y)
        return _finite(f"({x} {operator} {y})", operator, x, y)
    return a, b


def _finite(sql: str, name: str, *operands: str) -> Value:
    """A FLOAT that is calculated of others: infinite or no number only if one of them is."""
    if len(sql) > 1_000:  # each operand stands here several times, and so would what it is made of
        return Value(sql, FLOAT)
    given = " AND ".join(f"isfinite({one})" for one in operands)
    error = raising(EngineError("100183", "22023", f"Invalid floating point operation: {name.lower()}"), FLOAT)
    return Value(f"CASE WHEN NOT isfinite({sql}) AND {given} THEN {error.sql} ELSE {sql} END", FLOAT)


def _not_zero(divisor: Value, sql: str) -> str:
    """SQL of a DOUBLE to divide by; DuckDB itself takes zero."""
    if isinstance(divisor.literal, Decimal) and divisor.literal:
        return sql
    error = raising(EngineError("100051", "22012", "Division by zero"), FLOAT)
    return f"CASE WHEN {sql} = 0 THEN {error.sql} ELSE {sql} END"


def _fit(sql: str, have: int, kind: DataType) -> Value:
    """A DECIMAL that has `have` digits after the point, as this type."""
    return Value(sql, kind) if have == kind.scale else Value(f"CAST({sql} AS {kind.physical})", kind)


def _roomy(value: Value, precision: int) -> str:
    """SQL of an operand whose result has so many digits. DuckDB gives two DECIMALs of 18 digits or fewer no result
    with more."""
    if precision <= 18 or value.type.precision > 18:
        return value.sql
    return f"CAST({value.sql} AS DECIMAL(19,{value.type.scale}))"


def add(t: Translator, operator: str, a: Value, b: Value) -> Value:
    pair = _pair(t, operator, a, b)
    if isinstance(pair, Value):
        return pair
    x, y = pair
    scale = max(x.type.scale, y.type.scale)
    lead = max(x.type.precision - x.type.scale, y.type.precision - y.type.scale) + 1
    return Value(f"({_roomy(x, lead + scale)} {operator} {y.sql})", number(min(38, lead + scale), scale))


def multiply(t: Translator, a: Value, b: Value) -> Value:
    pair = _pair(t, "*", a, b)
    if isinstance(pair, Value):
        return pair
    x, y = pair
    s1, s2 = x.type.scale, y.type.scale
    scale = min(s1 + s2, max(s1, s2, 12))
    digits = x.type.precision + y.type.precision
    kind = number(min(38, digits - s1 - s2 + scale), scale)
    quick = _fit(f"({_roomy(x, digits)} * {y.sql})", s1 + s2, kind)
    if digits <= 38 or s1 + s2 == scale:
        return quick
    # The product may have more than 38 digits before it is rounded.
    slow = _by_python("*", x, y, kind)
    if s1 + s2 > 37:
        return slow
    size = f"abs(CAST({x.sql} AS DOUBLE) * CAST({y.sql} AS DOUBLE))"
    return Value(f"CASE WHEN {size} < 1e{37 - s1 - s2} THEN {quick.sql} ELSE {slow.sql} END", kind)


def _by_python(operator: str, x: Value, y: Value, kind: DataType) -> Value:
    """What Python makes of two NUMBERs: slower, but its numbers have no end."""
    sql = f"sf_exactly('{operator}', CAST({x.sql} AS VARCHAR), CAST({y.sql} AS VARCHAR), {kind.scale})"
    return Value(f"CAST({sql} AS {kind.physical})", kind)


def divide(t: Translator, a: Value, b: Value) -> Value:
    """a / b, exact at the scale that Snowflake gives it: DuckDB's own division of DECIMALs is a DOUBLE."""
    pair = _pair(t, "/", a, b)
    if isinstance(pair, Value):
        return pair
    x, y = pair
    s1, s2 = x.type.scale, y.type.scale
    scale = max(s1, min(s1 + 6, 12))
    kind = number(min(38, x.type.precision - s1 + s2 + scale), scale)
    # Whole numbers: the quotient with one digit more than asked for, by which the cast then rounds.
    more = scale + 1 - s1 + s2
    digits = f"{_unscaled(x)} * CAST({10**more} AS HUGEINT) // {_unscaled(y)}"
    quick = f"CAST(CAST({digits} AS DECIMAL(38,0)) * {_unit(scale + 1)} AS {kind.physical})"
    if x.type.precision + more <= 38:
        return Value(quick, kind)
    # What has more than 38 digits on the way is left to Python, whose numbers have no end.
    slow = _by_python("/", x, y, kind)
    room = 37 - more - s1
    if room < 0:
        return slow
    return Value(f"CASE WHEN abs({x.sql}) < CAST({10**room} AS DECIMAL(38,0)) THEN {quick} ELSE {slow.sql} END", kind)


def _unscaled(value: Value) -> str:
    """SQL of a NUMBER without its point, as a whole number."""
    scale = value.type.scale
    if scale == 0:
        return f"CAST({value.sql} AS HUGEINT)"
    if value.type.precision + scale <= 38:
        return f"CAST({value.sql} * CAST({10**scale} AS DECIMAL({max(19, scale + 1)},0)) AS HUGEINT)"
    return f"CAST(replace(CAST({value.sql} AS VARCHAR), '.', '') AS HUGEINT)"


def _unit(scale: int) -> str:
    """SQL of the smallest DECIMAL with so many digits after the point."""
    return f"CAST({Decimal(1).scaleb(-scale):f} AS DECIMAL({scale + 1},{scale}))"


@python("VARCHAR VARCHAR VARCHAR BIGINT", "VARCHAR")
def _exactly(operator: str, a: str, b: str, scale: int) -> str:
    from decimal import ROUND_HALF_UP, localcontext

    with localcontext() as context:
        context.prec = 160
        x, y = Decimal(a), Decimal(b)
        if operator in "/%" and not y:
            raise EngineError("100051", "22012", "Division by zero")
        made = x * y if operator == "*" else x / y if operator == "/" else x % y
        made = made.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
    if len(made.as_tuple().digits) > 38:
        raise too_large(f"{made:.8e}")
    return f"{made:f}"


def modulo(t: Translator, a: Value, b: Value) -> Value:
    pair = _pair(t, "%", a, b)
    if isinstance(pair, Value):
        return pair
    x, y = pair
    scale = max(x.type.scale, y.type.scale)
    lead_x, lead_y = x.type.precision - x.type.scale, y.type.precision - y.type.scale
    kind = number(min(38, max(1, min(lead_x, lead_y) + scale)), scale)
    if max(lead_x, lead_y) + scale > 38:
        return _by_python("%", x, y, kind)
    return Value(f"({x.sql} % {y.sql})", kind)


def _is_moment(value: Value) -> bool:
    return value.type.name in ("DATE", "TIME") or value.type.is_timestamp


def _dates() -> Any:
    from . import dates  # which needs this module

    return dates


@rule(exp.Add, exp.Sub)
def _add(t: Translator, node: exp.Expr) -> Value:
    operator = "+" if isinstance(node, exp.Add) else "-"
    if isinstance(node.expression, exp.Interval):
        return _dates().add_interval(t, t.value(node.this), node.expression, 1 if operator == "+" else -1)
    if isinstance(node.this, exp.Interval) and operator == "+":
        return _dates().add_interval(t, t.value(node.expression), node.this, 1)
    a, b = _operands(t, node)
    if a.type.name == "DATE" and b.type.name == "DATE" and operator == "-":
        return Value(f"CAST(({a.sql} - {b.sql}) AS DECIMAL(9,0))", number(9, 0))
    if a.type.name == "DATE" and (b.type.is_number or b.type.name == "NULL"):
        return Value(f"CAST({a.sql} {operator} to_days(CAST({integer(t, b)} AS INTEGER)) AS DATE)", DATE)
    if b.type.name == "DATE" and a.type.is_number and operator == "+":
        return Value(f"CAST({b.sql} + to_days(CAST({integer(t, a)} AS INTEGER)) AS DATE)", DATE)
    if _is_moment(a) and _is_moment(b) and operator == "-" and a.type.name != "TIME":
        return unsupported_interval()
    if _is_moment(a) or _is_moment(b):
        raise Mistyped
    return add(t, operator, a, b)


def unsupported_interval() -> Value:
    raise unsupported("values of INTERVAL")


@rule(exp.Mul)
def _multiply(t: Translator, node: exp.Expr) -> Value:
    return multiply(t, *_operands(t, node))


@rule(exp.Div)
def _divide_rule(t: Translator, node: exp.Expr) -> Value:
    return divide(t, *_operands(t, node))


@rule(exp.Mod)
def _modulo(t: Translator, node: exp.Expr) -> Value:
    return modulo(t, *_operands(t, node))


@function("MOD", args=(2, 2))
def _mod(c: Call) -> Value:
    return modulo(c.t, c[0], c[1])


def _zero_unless(zero: str, dividend: Value, made: Value) -> str:
    return f"CASE WHEN {zero} AND {dividend.sql} IS NOT NULL THEN CAST(0 AS {made.type.physical}) ELSE {made.sql} END"


@function("DIV0", args=(2, 2))
def _div0(c: Call) -> Value:
    zero = as_number(c.t, c[1])
    made = divide(c.t, c[0], Value(f"nullif({zero.sql}, 0)", zero.type))
    return Value(_zero_unless(f"{zero.sql} = 0", c[0], made), made.type)


@function("DIV0NULL", args=(2, 2))
def _div0null(c: Call) -> Value:
    zero = as_number(c.t, c[1])
    made = divide(c.t, c[0], Value(f"nullif({zero.sql}, 0)", zero.type))
    return Value(_zero_unless(f"coalesce({zero.sql}, 0) = 0", c[0], made), made.type)


# -- rounding ----------------------------------------------------------------------------------------------------------


def _digits(c: Call) -> int | None:
    """The constant second argument; 0 if there is none; None if it isn't constant."""
    if len(c) < 2:
        return 0
    value = c[1]
    if isinstance(value.literal, Decimal):
        return int(value.literal)
    return None


def _rounding(c: Call, name: str, how: Callable[[str, DataType, int], Value]) -> Value:
    value, digits = (_alone if len(c) == 1 else as_number)(c.t, c[0]), _digits(c)
    if value.type.name == "DECFLOAT":
        value = cast(c.t, value, FLOAT)
    if value.type.name == "FLOAT":
        places = integer(c.t, c[1]) if len(c) > 1 else "0"
        return Value(_round_float(name, value.sql, places, digits), FLOAT)
    if digits is None:
        places = integer(c.t, c[1])
        kind = number(38, value.type.scale)
        return Value(f"CAST(sf_round(CAST({value.sql} AS VARCHAR), {places}, '{name}') AS {kind.physical})", kind)
    return how(value.sql, value.type, digits)


def _round_float(name: str, sql: str, places: str, digits: int | None) -> str:
    if name in ("ROUND", "EVEN"):
        return f"round{'' if name == 'ROUND' else '_even'}({sql}, CAST({places} AS INTEGER))"
    if digits == 0:
        return f"{name.lower()}({sql})"
    return f"({name.lower()}({sql} * power(10, {places})) / power(10, {places}))"


@python("VARCHAR BIGINT VARCHAR", "VARCHAR")
def _round(value: str, places: int, name: str) -> str:
    import decimal

    how = {
        "ROUND": decimal.ROUND_HALF_UP,
        "EVEN": decimal.ROUND_HALF_EVEN,
        "TRUNC": decimal.ROUND_DOWN,
        "CEIL": decimal.ROUND_CEILING,
        "FLOOR": decimal.ROUND_FLOOR,
    }[name]
    with decimal.localcontext() as context:
        context.prec = 80
        return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), how):f}"


@function("ROUND", args=(1, 3), named="EXPR SCALE ROUNDING_MODE")
def _round_function(c: Call) -> Value:
    mode = (c.constant(2, "") or "HALF_AWAY_FROM_ZERO").strip().upper()
    if mode not in ("HALF_AWAY_FROM_ZERO", "HALF_TO_EVEN"):
        raise compilation("001023", f"invalid value [{mode}] for the rounding mode of ROUND", "22023")
    even = mode == "HALF_TO_EVEN"

    def exact(sql: str, kind: DataType, digits: int) -> Value:
        if digits >= kind.scale:
            return Value(sql, kind)
        scale = max(0, digits)
        to = number(min(38, kind.precision - kind.scale + scale + 1), scale)
        if digits >= 0 and not even:
            return Value(f"CAST({sql} AS {to.physical})", to)
        how = "EVEN" if even else "ROUND"
        return Value(f"CAST(sf_round(CAST({sql} AS VARCHAR), {digits}, '{how}') AS {to.physical})", to)

    return _rounding(c, "EVEN" if even else "ROUND", exact)


def _directed(name: str, shift: str) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        def exact(sql: str, kind: DataType, digits: int) -> Value:
            if digits >= kind.scale:
                return Value(sql, kind)
            scale = max(0, digits)
            to = number(min(38, kind.precision - kind.scale + scale + (0 if name == "TRUNC" else 1)), scale)
            if digits == 0 and kind.precision < 38:
                return Value(f"CAST({name.lower()}({sql}) AS {to.physical})", to)
            return Value(f"CAST(sf_round(CAST({sql} AS VARCHAR), {digits}, '{name}') AS {to.physical})", to)

        return _rounding(c, name, exact)

    return translate


function("CEIL", "CEILING", args=(1, 2))(_directed("CEIL", "+"))
function("FLOOR", args=(1, 2))(_directed("FLOOR", "-"))


@function("TRUNC", "TRUNCATE", args=(1, 2))
def _trunc(c: Call) -> Value:
    if _is_moment(c[0]) or (len(c) == 2 and isinstance(c[1].literal, str) and c[0].type.name != "NUMBER"):
        return _dates().truncate(c.t, c.word(1) if len(c) > 1 else "DAY", c[0])
    return _directed("TRUNC", "")(c)


# -- functions ---------------------------------------------------------------------------------------------------------


@function("ABS", args=(1, 1))
def _abs(c: Call) -> Value:
    value = _alone(c.t, c[0])
    if value.type.name == "DECFLOAT":
        return Value(f"ltrim({value.sql}, '-')", DECFLOAT)
    return Value(f"abs({value.sql})", value.type)


@function("SIGN", args=(1, 1))
def _sign(c: Call) -> Value:
    value = _alone(c.t, c[0])
    return Value(f"CAST(sign({value.sql}) AS DECIMAL(1,0))", number(1, 0))


def _floating(name: str, template: str, least: int = 1, most: int | None = None) -> None:
    """A function of FLOATs that is one of DuckDB's."""

    @function(name, args=(least, most or least))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        operands = [double(c.t, v) for v in c.values]
        made = template.format(*operands)
        return _finite(made, name, *operands) if name in _BOUNDLESS else Value(made, FLOAT)


_BOUNDLESS = {"EXP", "SINH", "COSH", "POWER", "POW", "SQUARE", "ATANH", "ACOSH", "LOG", "DEGREES"}
"""Functions that DuckDB makes infinite, or no number, of numbers."""

for _name, _template in (
    ("SQRT", "sqrt({0})"),
    ("CBRT", "CASE WHEN round(cbrt({0})) ** 3 = {0} THEN round(cbrt({0})) ELSE cbrt({0}) END"),
    ("EXP", "exp({0})"),
    ("LN", "ln({0})"),
    ("SIN", "sin({0})"),
    ("COS", "cos({0})"),
    ("TAN", "tan({0})"),
    ("COT", "CASE WHEN {0} = 0 THEN CAST('inf' AS DOUBLE) ELSE cot({0}) END"),
    ("ASIN", "asin({0})"),
    ("ACOS", "acos({0})"),
    ("ATAN", "atan({0})"),
    ("SINH", "sinh({0})"),
    ("COSH", "cosh({0})"),
    ("TANH", "tanh({0})"),
    ("ASINH", "asinh({0})"),
    ("ACOSH", "acosh({0})"),
    ("ATANH", "atanh({0})"),
    ("RADIANS", "radians({0})"),
    ("DEGREES", "degrees({0})"),
    ("SQUARE", "power({0}, 2)"),
    ("PI", "pi()"),
):
    _floating(_name, _template, 0 if _name == "PI" else 1)
for _name in ("POWER", "POW"):
    _floating(_name, "power({0}, {1})", 2)
_floating("ATAN2", "atan2({0}, {1})", 2)
_floating("LOG", "(ln({1}) / ln({0}))", 2)
_floating(
    "HAVERSINE",
    "(2 * 6371 * asin(sqrt(power(sin(radians({2} - {0}) / 2), 2) "
    "+ cos(radians({0})) * cos(radians({2})) * power(sin(radians({3} - {1}) / 2), 2))))",
    4,
)


@function("FACTORIAL", args=(1, 1))
def _factorial(c: Call) -> Value:
    return Value(f"CAST(factorial(CAST({integer(c.t, c[0])} AS INTEGER)) AS DECIMAL(38,0))", INTEGER)


@function("WIDTH_BUCKET", args=(4, 4))
def _width_bucket(c: Call) -> Value:
    x, low, high = (double(c.t, v) for v in c.values[:3])
    return Value(f"CAST(sf_width_bucket_of({x}, {low}, {high}, {integer(c.t, c[3])}) AS DECIMAL(38,0))", INTEGER)


@python("DOUBLE DOUBLE DOUBLE BIGINT", "BIGINT")
def _width_bucket_of(x: float, low: float, high: float, count: int) -> int:
    if count <= 0:
        raise EngineError("100183", "22023", f"The number of buckets of WIDTH_BUCKET must be positive, not {count}")
    if low >= high:
        raise EngineError("100183", "22023", "The bounds of WIDTH_BUCKET must go from the lesser to the greater")
    return 0 if x < low else count + 1 if x >= high else int((x - low) * count / (high - low)) + 1


@function("RANDOM", args=(0, 1))
def _random(c: Call) -> Value:
    if len(c):
        return Value(f"CAST(hash(row_number() OVER (), {integer(c.t, c[0])}) >> 1 AS DECIMAL(19,0))", number(19, 0))
    # The hash has 64 random bits; `random()` has 53.
    return Value(f"CAST(CAST({c.t.draw('hash(random())')} AS HUGEINT) - {2**63} AS DECIMAL(19,0))", number(19, 0))


@function("UNIFORM", args=(3, 3))
def _uniform(c: Call) -> Value:
    low, high = as_number(c.t, c[0]), as_number(c.t, c[1])
    source = c[2]
    seed = (
        c.t.draw("random()")
        if isinstance(c.nodes[2], exp.Anonymous) and c.nodes[2].name.upper() == "RANDOM" and not c.nodes[2].expressions
        else (f"(hash({source.sql}) / 18446744073709551616)")
    )
    if low.type.name == "NUMBER" and low.type.scale == 0 and high.type.scale == 0 and high.type.name == "NUMBER":
        a, b = integer(c.t, low), integer(c.t, high)
        return Value(f"CAST(CAST(floor({seed} * ({b} - {a} + 1)) AS BIGINT) + {a} AS DECIMAL(38,0))", INTEGER)
    a, b = double(c.t, low), double(c.t, high)
    return Value(f"({seed} * ({b} - {a}) + {a})", FLOAT)


@function("NORMAL", args=(3, 3))
def _normal(c: Call) -> Value:
    mean, deviation = double(c.t, c[0]), double(c.t, c[1])
    return Value(
        f"({mean} + {deviation} * sqrt(-2 * ln(1 - {c.t.draw('random()')})) * cos(2 * pi() * {c.t.draw('random()')}))",
        FLOAT,
    )
