"""Snowflake's grammar, as sqlglot reads it, with one difference: a function call stays what was written.

sqlglot's own dialect turns each function into a node of its own kind, with arguments moved and defaults filled in for
other databases. Here a call is a name and its arguments, so that the table of functions in translate/ decides what it
means and how many arguments it takes.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, ClassVar

from sqlglot import Expr, exp
from sqlglot.dialects.snowflake import Snowflake
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parser import Parser as BaseParser
from sqlglot.parsers.snowflake import SnowflakeParser
from sqlglot.tokenizer_core import Token, TokenType

from . import grammar
from .errors import EngineError, compilation, unsupported

_SPECIAL = ("CAST", "TRY_CAST")
_OF_OTHERS = ("ARRAY", "MAP", "OBJECT", "VECTOR")
"""Types that have others in parentheses."""


def _by(method: str, *arguments: str) -> Callable[[Any], Any]:
    """A parser's function that is a method of ours."""

    def parse(parser: Any) -> Any:
        return getattr(parser, method)(*arguments)

    return parse


def _word(name: str) -> Callable[[], exp.Expr]:
    return lambda: exp.Anonymous(this=name, expressions=[])


def _hybrid(parser: Any) -> exp.Expr:
    return exp.HybridProperty()


def _temporary(parser: Any) -> exp.Expr | None:
    """After LOCAL, GLOBAL or VOLATILE, which all mean the same."""
    volatile = parser._prev.text.upper() == "VOLATILE"
    return exp.TemporaryProperty() if volatile or parser._match_texts(("TEMP", "TEMPORARY")) else None


_theirs: Any = SnowflakeParser


def _bytes(parser: Any, token: Token) -> exp.Expr:
    if parser.sql[token.start] == "0":
        raise unsupported("numbers written as 0x…")
    return exp.HexString(this=token.text)


def _mark(parser: Any) -> exp.Expr:
    made = exp.Placeholder()
    made.meta["at"] = parser._prev.start
    return made


_CLAUSES = ("where", "group", "having", "qualify", "order", "limit", "offset")
"""The order in which a query has its clauses."""


class _Parser(SnowflakeParser):
    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    FUNCTION_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
        **{name: _theirs.FUNCTION_PARSERS[name] for name in _SPECIAL},
        "EXTRACT": _by("_parse_part_from", "EXTRACT"),
        "DATE_PART": _by("_parse_part_from", "DATE_PART"),
        "POSITION": _by("_parse_position_in"),
        "TRIM": _by("_parse_plain", "TRIM"),
    }
    STATEMENT_PARSERS: ClassVar[dict[Any, Callable[..., Any]]] = {
        **{kind: parse for kind, parse in _theirs.STATEMENT_PARSERS.items() if kind.name not in grammar.STATEMENTS},
        TokenType.GET: _by("_parse_get_files"),
    }
    ALTER_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
        **_theirs.ALTER_PARSERS,
        "ALTER": _by("_parse_altered_columns"),
        "MODIFY": _by("_parse_altered_columns"),
        "DROP": _by("_parse_dropped"),
        "RENAME": _by("_parse_renamed"),
    }
    KEY_CONSTRAINT_OPTIONS: ClassVar[dict[str, Any]] = {
        **_theirs.KEY_CONSTRAINT_OPTIONS,
        **dict.fromkeys(("ENFORCED", "VALIDATE", "NOVALIDATE", "ENABLE", "DISABLE", "DEFERRABLE"), ()),
        "NOT": ("ENFORCED", "DEFERRABLE"),
    }
    PROPERTY_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
        **{name: parse for name, parse in _theirs.PROPERTY_PARSERS.items() if name in grammar.PROPERTIES},
        "HYBRID": _hybrid,
        **dict.fromkeys(("LOCAL", "GLOBAL", "VOLATILE"), _temporary),
    }
    CONSTRAINT_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
        name: parse for name, parse in _theirs.CONSTRAINT_PARSERS.items() if name in grammar.CONSTRAINTS
    }
    QUERY_MODIFIER_PARSERS: ClassVar[dict[Any, Any]] = {
        kind: parse for kind, parse in _theirs.QUERY_MODIFIER_PARSERS.items() if kind.name not in grammar.CLAUSES
    }
    SCHEMA_UNNAMED_CONSTRAINTS: ClassVar[set[str]] = {"PRIMARY KEY", "UNIQUE", "FOREIGN KEY"}
    COLUMN_OPERATORS: ClassVar[dict[Any, Any]] = {
        token: parse
        for token, parse in _theirs.COLUMN_OPERATORS.items()
        if token in (TokenType.DOT, TokenType.DCOLON, TokenType.EXCLAMATION)
    }
    NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
        name: parse for name, parse in _theirs.NO_PAREN_FUNCTION_PARSERS.items() if name != "IF"
    }
    PRIMARY_PARSERS: ClassVar[dict[Any, Any]] = {**_theirs.PRIMARY_PARSERS, TokenType.HEX_STRING: _bytes}
    PLACEHOLDER_PARSERS: ClassVar[dict[Any, Any]] = {**_theirs.PLACEHOLDER_PARSERS, TokenType.PLACEHOLDER: _mark}
    NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {token: _word(token.name) for token in _theirs.NO_PAREN_FUNCTIONS}

    def _whole(self, node: Any, *parts: str) -> Any:
        """A node of which sqlglot lets these parts be missing, and Snowflake doesn't."""
        if isinstance(node, exp.Command) or all(node.args.get(part) for part in parts):
            return node
        self.raise_error("incomplete")
        return node

    def _parse_create(self) -> Any:
        node: Any = super()._parse_create()
        return self._whole(node, "expression") if str(node.args.get("kind")).upper() == "VIEW" else node

    def _parse_as_command(self, start: Token) -> Any:
        kinds = {token.text.upper() for token in self._tokens[1 : self._index][:5]}
        here: Any = self._curr
        known = not here or here.text.upper() in grammar.UNREAD
        if start.text.upper() == "CREATE" and not known and kinds & {"TABLE", "VIEW", "SEQUENCE"}:
            self.raise_error("more than there may be", here)
        return super()._parse_as_command(start)

    def _parse_update(self) -> Any:
        node: Any = self._whole(super()._parse_update(), "expressions")
        if not all(isinstance(one, exp.EQ) for one in node.expressions):
            self.raise_error("no assignment")
        return node

    def _parse_copy(self) -> Any:
        if self._match_text_seq("FILES"):
            whole = self._parse_as_command(self._prev)
            return exp.Command(this="COPY FILES", expression=whole.expression)
        node: Any = self._whole(super()._parse_copy(), "this")
        if isinstance(node, exp.Copy) and not node.args.get("files"):  # COPY INTO t: from the stage of the table
            table: Any = node.this.this if isinstance(node.this, exp.Schema) else node.this
            from_nothing = self._prev.token_type == TokenType.FROM
            if from_nothing or not isinstance(table, exp.Table) or table.name.startswith("@"):
                self.raise_error("incomplete")
            parts = [part.sql("snowflake") for part in table.parts]
            stage = ".".join([*parts[:-1], f"%{parts[-1]}"])
            node.set("files", [exp.Table(this=exp.Var(this=f"@{stage}"))])
        for one in node.args.get("params") or ():
            self._whole(one, "expressions" if one.expressions else "expression")
        return node

    def _parse_file_location(self) -> Any:
        return super()._parse_file_location() if self._curr else None

    def _parse_truncate_table(self) -> Any:
        node: Any = super()._parse_truncate_table()
        if isinstance(node, exp.TruncateTable) and not all(isinstance(one, exp.Table) for one in node.expressions):
            self.raise_error("no table")
        return node

    def _parse_changes(self) -> Any:
        node: Any = super()._parse_changes()
        return node and self._whole(node, "at_before")

    def _parse_column_constraint(self) -> Any:
        node: Any = super()._parse_column_constraint()
        if isinstance(node, exp.Identifier):  # its name alone
            self.raise_error("no constraint")
        return node

    def _parse_alias(self, this: Any, explicit: bool = False) -> Any:
        node: Any = super()._parse_alias(this, explicit)
        if self._prev.token_type == TokenType.ALIAS:
            self.raise_error("no name")
        return node

    def _parse_query_modifiers(self, this: Any) -> Any:
        known = [key for key in _CLAUSES if this is not None and this.args.get(key)]
        for key in _CLAUSES:
            if this is not None and key not in known:
                this.args.pop(key, None)  # so that they come in the order in which they are written
        made: Any = super()._parse_query_modifiers(this)
        args: dict[str, Any] = {} if made is None else made.args
        said = [key for key in args if key in _CLAUSES and key not in known and args[key]]
        for before, after in pairwise(said):
            if _CLAUSES.index(before) > _CLAUSES.index(after) and {before, after} != {"limit", "offset"}:
                raise compilation("001003", f"syntax error: unexpected '{after.upper()}' behind {before.upper()}.")
        return made

    def raise_error(self, message: str, token: Any = None) -> None:
        if not token and not self._curr:
            lines = self.sql.split("\n")
            raise ParseError.new(message, description=message, line=len(lines), col=len(lines[-1]))
        super().raise_error(message, token or self._curr)

    def _parse_expression(self) -> Any:
        # A column without an alias is called by its text, as it was written.
        start: Any = self._curr
        node = super()._parse_expression()
        if node is not None and start is not None and not isinstance(node, (exp.Alias, exp.Column, exp.Star)):
            node.meta["text"] = self._find_sql(start, self._prev)
        return node

    def _parse_types(self, *args: Any, **kwargs: Any) -> Any:
        # Inside of ARRAY(…) and MAP(…) a type may be NOT NULL; elsewhere that is told of a column.
        self._inside: int = getattr(self, "_inside", 0) + 1
        try:
            node: Any = super()._parse_types(*args, **kwargs)
        finally:
            self._inside -= 1
        if self._inside and isinstance(node, exp.DataType) and self._match_text_seq("NOT", "NULL"):
            node.set("nullable", False)
        return node

    def _parse_ordered(self, parse_method: Any = None) -> Any:
        # Where NULLs come if that isn't said depends on DEFAULT_NULL_ORDERING.
        node: Any = super()._parse_ordered(parse_method)
        if node is not None and self._prev.text.upper() not in ("FIRST", "LAST"):
            node.set("nulls_first", None)
        return node

    def _parse_from(self, joins: bool = False, skip_from_token: bool = False, consume_pipe: bool = False) -> Any:
        if consume_pipe and self._match(TokenType.FROM, advance=False):
            self.raise_error("FROM without SELECT")
        return super()._parse_from(joins, skip_from_token, consume_pipe)

    def _parse_join(self, *args: Any, **kwargs: Any) -> Any:
        node: Any = super()._parse_join(*args, **kwargs)
        if node is None and self._prev.token_type == TokenType.COMMA:
            self.raise_error("no table")
        return node

    def _parse_limit(self, *args: Any, **kwargs: Any) -> Any:
        node: Any = super()._parse_limit(*args, **kwargs)
        first = isinstance(node, exp.Limit) and node.meta.get("top") and self._match_texts(("ALL", "DISTINCT"))
        if first or (isinstance(node, exp.Limit) and node.args.get("offset")):
            self.raise_error("TOP before DISTINCT, LIMIT a, b")
        return node

    def _parse_merge(self) -> Any:
        here = [token.text.upper() for token in self._tokens[self._index :]]
        if here[:1] != ["INTO"] or any(pair == ("MATCHED", "BY") for pair in pairwise(here)):
            self.raise_error("no clause of MERGE")
        return self._whole(super()._parse_merge(), "on")

    def _parse_insert(self) -> Any:
        start: Any = self._curr
        words = [token.text.upper() for token in self._tokens[self._index : self._index + 3]]
        words = words[1:] if words[:1] == ["OVERWRITE"] else words
        if words[:1] not in (["INTO"], ["ALL"], ["FIRST"]) or (words[1:2] == ["TABLE"] and words[2:] != ["("]):
            self.raise_error("INTO")
        node: Any = super()._parse_insert()
        if start is not None and start.text.upper() == "OVERWRITE" and isinstance(node, exp.MultitableInserts):
            node.set("overwrite", True)
        if isinstance(node, exp.Insert) and isinstance(node.expression, exp.Values) and "SET" in words:
            self.raise_error("SET")
        return node

    def _parse_get_files(self) -> Any:
        # sqlglot leaves a URL without quotes unread.
        start: Any = self._curr
        if start is None or start.token_type == TokenType.L_PAREN:
            return self._parse_get()
        target = self._parse_location_path()
        url = self._parse_string() or exp.Literal.string(self._parse_location_path().name)
        return self.expression(exp.Get(this=url, target=target, properties=self._parse_properties()))

    def _parse_parameter(self) -> Any:
        # A stage, as an argument of a function about files, is a text.
        if self._prev.text != "@":
            return super()._parse_parameter()
        self._retreat(self._index - 1)
        stage = exp.Literal.string(self._parse_location_path().name)
        stage.meta["stage"] = True
        return stage

    def _parse_alter(self) -> Any:
        if not self._match_texts(("SEQUENCE", "FILE FORMAT")):
            return super()._parse_alter()
        kind: str = self._prev.text.upper()
        exists, this = self._parse_exists(), self._parse_table_parts()
        if self._match_text_seq("RENAME"):
            actions: list[Any] = [self._parse_renamed()]
        elif self._match_text_seq("UNSET", "COMMENT"):
            actions = [exp.SchemaCommentProperty(this=exp.Literal.string(""))]
        else:
            self._match_text_seq("SET")
            numbers: Any = self._parse_sequence_properties() if kind == "SEQUENCE" else None
            properties: Any = self._parse_properties()
            actions = [*([numbers] if numbers else ()), *(properties.expressions if properties else ())]
        return self.expression(exp.Alter(this=this, kind=kind, exists=exists, actions=actions))

    def _parse_table_parts(self, *args: Any, **kwargs: Any) -> Any:
        node: Any = super()._parse_table_parts(*args, **kwargs)
        if isinstance(node, exp.Table) and node.args.get("catalog") and node.args.get("db") == "":
            node.set("db", exp.to_identifier("PUBLIC"))  # db..t
        return node

    def _parse_constraint(self) -> Any:
        # INDEX name (columns) INCLUDE (columns) in CREATE HYBRID TABLE; a column may be called INDEX, too.
        ahead = self._tokens[self._index : self._index + 4]
        texts = [token.text.upper() for token in ahead]
        is_index = texts[::2] == ["INDEX", "("] and ahead[0].token_type != TokenType.IDENTIFIER
        if not is_index or len(ahead) < 4 or ahead[3].token_type == TokenType.NUMBER or texts[1] in _OF_OTHERS:
            return super()._parse_constraint()
        self._advance()
        name, columns = self._parse_id_var(), self._parse_wrapped_id_vars()
        included: Any = self._parse_wrapped_id_vars() if self._match_text_seq("INCLUDE") else []
        return exp.Index(this=name, params=exp.IndexParameters(columns=columns, include=included))

    def _parse_altered_columns(self) -> Any:
        """ALTER COLUMN a …, COLUMN b …: one or several, perhaps in parentheses."""

        def one() -> Any:
            self._match_texts(("ALTER", "MODIFY"))
            if (key := self._parse_key()) is None:
                return self._parse_alter_table_alter()
            if not (options := self._parse_key_constraint_options()):
                self.raise_error("no property")
            return exp.AlterIndex(this=key, visible=exp.var(" ".join(options)))  # for which sqlglot has no node

        if not self._match(TokenType.L_PAREN):
            return self._parse_csv(one)
        actions = self._parse_csv(one)
        self._match_r_paren()
        return actions

    def _parse_dropped(self) -> Any:
        """DROP of columns, of a constraint, or of the clustering key."""
        key = self._parse_key("CLUSTERING KEY")
        if key is None:
            self._match(TokenType.COLUMN)
            exists = self._parse_exists()
            return exp.Drop(kind="COLUMN", tables=self._parse_csv(self._parse_column), exists=exists)
        self._match_texts(("CASCADE", "RESTRICT"))
        return key

    def _parse_key(self, *more: str) -> Any:
        """PRIMARY KEY, UNIQUE (columns) … CONSTRAINT name, as what is dropped; None for anything else."""
        kinds = ("PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CONSTRAINT", *more)
        kind = next((one for one in kinds if self._match_texts((one,)) or self._match_text_seq(*one.split())), None)
        if kind is None:
            return None
        name: Any = self._parse_id_var() if kind == "CONSTRAINT" else None
        if kind == "CONSTRAINT" and name is None:
            self.raise_error("no name")
        columns: Any = self._parse_wrapped_id_vars(optional=True) if kind in ("UNIQUE", "FOREIGN KEY") else None
        return exp.Drop(this=name, kind=kind, expressions=columns)

    def _parse_renamed(self) -> Any:
        if not self._match(TokenType.CONSTRAINT):
            return self._parse_alter_table_rename()
        old = self._parse_id_var()
        self._match_text_seq("TO")
        return self._whole(exp.RenameIndex(this=old, to=self._parse_id_var()), "this", "to")

    def _parse_interval(self, *args: Any, **kwargs: Any) -> Any:
        # sqlglot takes INTERVAL '1 day' + '2024-01-01' for a sum of two intervals.
        start = self._index
        node: Any = super()._parse_interval(*args, **kwargs)
        if not isinstance(node, exp.Add):
            return node
        self._retreat(start)
        self._match(TokenType.INTERVAL)
        amount: Any = self._parse_primary()
        return self._parse_interval_span(amount)

    def _parse_star(self) -> Any:
        if not self._match_text_seq("ALL", "BY", "NAME"):
            return super()._parse_star()
        star = exp.Star()
        star.meta["by_name"] = True
        return star

    def _parse_plain(self, name: str) -> exp.Expr:
        return self.expression(exp.Anonymous(this=name, expressions=self._parse_function_args(False)))

    def _parse_part_from(self, name: str) -> exp.Expr:
        """EXTRACT(part FROM x), DATE_PART(part, x): the part is a word or a text."""
        part = self._parse_string() or self._parse_var(any_token=True)
        self._match_set((TokenType.FROM, TokenType.COMMA))
        return self._called(name, part, self._parse_bitwise())

    def _called(self, name: str, *arguments: Any) -> exp.Expr:
        return self.expression(exp.Anonymous(this=name, expressions=[one for one in arguments if one is not None]))

    def _parse_position_in(self) -> exp.Expr:
        """POSITION(a IN b), POSITION(a, b [, start])."""
        first = self._parse_bitwise()
        if self._match(TokenType.IN):
            return self._called("POSITION", first, self._parse_bitwise())
        self._match(TokenType.COMMA)
        return self._called("POSITION", first, *self._parse_csv(self._parse_bitwise))

    def _parse_window(self, this: Any, alias: bool = False) -> Any:
        # Snowflake's own parser writes a default frame into ranking functions here; ours are written where they are
        # translated. NTH_VALUE counts from the first row, which may be said.
        if isinstance(this, exp.Anonymous) and this.name.upper() == "NTH_VALUE":
            if self._match_text_seq("FROM", "LAST"):
                this.append("expressions", exp.var("LAST"))
            else:
                self._match_text_seq("FROM", "FIRST")
        return BaseParser._parse_window(self, this, alias)


class _Tokenizer(Snowflake.Tokenizer):
    KEYWORDS: ClassVar[dict[str, TokenType]] = {
        word: kind for word, kind in Snowflake.Tokenizer.KEYWORDS.items() if word not in grammar.NO_KEYWORDS
    }


class _Generator(Snowflake.Generator):
    def datatype_sql(self, expression: exp.DataType) -> str:
        written = super().datatype_sql(expression)
        return f"{written} NOT NULL" if expression.args.get("nullable") is False else written


class Dialect(Snowflake):
    """Snowflake, with function calls as they were written."""

    Tokenizer = _Tokenizer
    Parser = _Parser
    Generator = _Generator


DIALECT = Dialect()
_GLUED = re.compile(r"(\d+\.?\d*e\d+)([+-])(\d.*)", re.IGNORECASE)


def tokenize(text: str) -> list[Token]:
    return apart(DIALECT.tokenize(text), text)


def apart(tokens: list[Token], text: str) -> list[Token]:
    """The tokens, with `2e0-1` in three, of which sqlglot makes one number."""
    if not _GLUED.search(text):
        return tokens
    found: list[Token] = []
    for token in tokens:
        glued = _GLUED.fullmatch(token.text) if token.token_type == TokenType.NUMBER else None
        if glued is None:
            found.append(token)
            continue
        end = token.start
        for kind, piece in zip((TokenType.NUMBER, _SIGNS[glued[2]], TokenType.NUMBER), glued.groups(), strict=True):
            found.append(Token(kind, piece, token.line, token.col, end, end + len(piece) - 1))
            end += len(piece)
    return found


_SIGNS = {"+": TokenType.PLUS, "-": TokenType.DASH}


DEEPEST = 1_000
"""How deeply parentheses, brackets and CASEs may be nested."""
MOST_JOINED = 5_000
"""How many queries UNION, EXCEPT and INTERSECT may join: DuckDB needs minutes and all memory for more."""

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE}
_JOINING = {TokenType.UNION, TokenType.EXCEPT, TokenType.INTERSECT}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END}
_TOO_DEEP = "The statement is too deeply nested."
_room = threading.Lock()
_rooms: list[int] = []


@contextmanager
def room(frames: int) -> Generator[None]:
    """Let Python call so many functions inside of each other. The limit is the process's, so the widest of those who
    are inside counts."""
    plain = sys.getrecursionlimit()
    if frames <= plain - 500:
        yield
        return
    with _room:
        if not _rooms:
            _rooms.append(plain)
        _rooms.append(frames)
        sys.setrecursionlimit(max(_rooms))
    try:
        yield
    finally:
        with _room:
            _rooms.remove(frames)
            if len(_rooms) == 1:
                sys.setrecursionlimit(_rooms.pop())


def frames(found: Sequence[Token]) -> int:
    """How many functions parsing and translating a statement may call inside of each other. EngineError if it is too
    deeply nested."""
    depth = deepest = joined = 0
    for token in found:
        joined += token.token_type in _JOINING
        if token.token_type in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif token.token_type in _CLOSING:
            depth -= 1
    if deepest > DEEPEST:
        raise compilation("001003", _TOO_DEEP)
    if joined > MOST_JOINED:
        raise unsupported(f"more than {MOST_JOINED:,} UNION, EXCEPT and INTERSECT in a statement")
    return min(500 + 50 * deepest + 12 * len(found), 100_000)


_NOTHING_BETWEEN = (
    (TokenType.COMMA, TokenType.COMMA),
    (TokenType.L_PAREN, TokenType.COMMA),
    (TokenType.COMMA, TokenType.R_PAREN),
)


def _check_commas(found: Sequence[Token]) -> None:
    """EngineError where nothing stands before or after a comma, which sqlglot overlooks in lists."""
    for before, token in pairwise(found):
        kinds = before.token_type, token.token_type
        if kinds in _NOTHING_BETWEEN:
            text = f"syntax error line {token.line} at position {token.col - 1} unexpected '{token.text}'."
            raise compilation("001003", text)


def _grants_first(found: list[Token]) -> list[Token]:
    """The tokens of CREATE … CLONE … COPY GRANTS with its end before CLONE, where sqlglot reads it."""
    words = [token.text.upper() for token in found[-2:]]
    if words == ["COPY", "GRANTS"] and found[0].text.upper() == "CREATE":
        for at, token in enumerate(found[:-2]):
            if token.text.upper() == "CLONE" and token.token_type != TokenType.IDENTIFIER:
                return [*found[:at], *found[-2:], *found[at:-2]]
    return found


def _number(statement: Expr) -> None:
    """Have each `?` know the how manieth it is, in the order of the text, in which nothing else looks at them."""
    marks = [one for one in statement.find_all(exp.Placeholder) if "at" in one.meta]
    places = {at: str(number) for number, at in enumerate(sorted({one.meta["at"] for one in marks}), 1)}
    for one in marks:
        one.set("this", places[one.meta["at"]])


def statements(text: str) -> list[Expr]:
    """The statements of a text. EngineError 001003 for what is none, and for what is too deeply nested."""
    try:
        found = _grants_first(tokenize(text))
        _check_commas(found)
        needed = frames(found)
        with room(needed):
            made = [one for one in DIALECT.parser().parse(found, text) if one is not None]
            for one in made:
                grammar.check(one)
        if any(token.token_type == TokenType.PLACEHOLDER for token in found):
            for one in made:
                _number(one)
    except SqlglotError as error:
        raise syntax_error(error) from None
    except RecursionError:
        raise compilation("001003", _TOO_DEEP) from None
    except EngineError:
        raise
    except Exception:  # sqlglot stumbles over some texts that are no SQL
        raise compilation("001003", "syntax error: the statement can't be parsed.") from None
    for one in made:
        one.meta["frames"] = needed
        one.meta["marks"] = any(token.token_type == TokenType.JOIN_MARKER for token in found)
    return made


def parse(text: str) -> Expr:
    """The one statement of a text. EngineError 001003 for what is none."""
    found = statements(text)
    if len(found) != 1:
        message = f"Actual statement count {len(found)} did not match the desired statement count 1."
        raise EngineError("000008", "0A000", message)
    return found[0]


def syntax_error(error: SqlglotError) -> EngineError:
    """sqlglot's error as Snowflake puts it."""
    every: list[Any] = getattr(error, "errors", None) or [{}]
    details = every[0]
    if not details.get("line") and "tokenizing" in str(error):
        return compilation("001003", "parse error: a text, a name or a comment has no end.")
    if not details.get("line"):
        return compilation("001003", re.sub(r"\x1b\[\d+m", "", str(error)).split("\n")[0])
    near = details.get("highlight") or ""
    position = max(details["col"] - len(near), 0)
    near = near or "<EOF>"
    return compilation("001003", f"syntax error line {details['line']} at position {position} unexpected '{near}'.")
