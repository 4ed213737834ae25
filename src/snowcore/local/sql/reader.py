"""Reads the statements that sqlglot doesn't know: words, names and values, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...engine.errors import AccountError, syntax
from ...engine.late import late

if TYPE_CHECKING:
    from ...engine import parsing
    from ...engine.parsing import Token
else:
    late(globals(), "...engine.parsing")

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")
_PLACE = re.compile(r"@[^\s;]+")
_HYPHENATED = re.compile(r"[A-Za-z0-9_$]+(-[A-Za-z0-9_$]+)*")


_DEPTHS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Reader:
    def __init__(self, text: str, tokens: list[Token] | None = None) -> None:
        self.text = text
        self.tokens = parsing.tokens_of(text) if tokens is None else tokens
        self.at = 0

    # Words

    def peek(self, ahead: int = 0) -> str:
        """The word that comes, in upper case; empty if it is none, or in quotes."""
        token = self._token(ahead)
        if token is None or token.token_type in parsing.TEXTS or token.token_type == parsing.TokenType.IDENTIFIER:
            return ""
        return token.text.upper()

    def take(self, words: str) -> bool:
        """Go past these words or signs if they come next."""
        said, count = self.peek(), 1
        while len(said) < len(words) and (word := self.peek(count)):  # a token may be of several words
            said, count = f"{said} {word}", count + 1
        if said != words:
            return False
        self.at += count
        return True

    def expect(self, words: str) -> None:
        if not self.take(words):
            raise self.wrong()

    def one_of(self, *choices: str) -> str | None:
        return next((choice for choice in choices if self.take(choice)), None)

    def word(self) -> str:
        """A bare word in upper case, which may have hyphens in it, such as X-SMALL."""
        found = _HYPHENATED.match(self.text, self._start())
        if found is None or not self.peek():
            raise self.wrong()
        while not self.done and self._start() < found.end():
            self.at += 1
        return found[0].upper()

    def place(self) -> str:
        """A place in a stage, as a text or as it is."""
        if self.is_string():
            return self.string()
        found = _PLACE.match(self.text, self._start())
        if found is None:
            raise self.wrong()
        while not self.done and self._start() < found.end():
            self.at += 1
        return found[0]

    # Names

    def path(self) -> list[str]:
        """The canonical parts of a name that may be qualified."""
        parts = [self._part()]
        while self.take("."):
            parts.append("PUBLIC" if len(parts) == 1 and self.peek() == "." else self._part())  # db..name
        return parts

    def _part(self) -> str:
        token = self._token()
        if token is not None and token.token_type == parsing.TokenType.IDENTIFIER:
            self.at += 1
            return token.text
        if not _WORD.fullmatch(self.peek()):
            raise self.wrong()
        self.at += 1
        return self.tokens[self.at - 1].text.upper()

    # Values

    def is_string(self) -> bool:
        token = self._token()
        return token is not None and token.token_type in parsing.TEXTS

    def string(self) -> str:
        if not self.is_string():
            raise self.wrong()
        self.at += 1
        return self.tokens[self.at - 1].text

    def integer(self) -> int:
        negative = self.take("-")
        token = self._token()
        if token is None or not token.text.isdigit():
            raise self.wrong()
        self.at += 1
        return -int(token.text) if negative else int(token.text)

    def boolean(self) -> bool:
        text = self.string().upper() if self.is_string() else self.word()
        if text not in ("TRUE", "FALSE"):
            raise syntax(f"invalid value '{text}': TRUE or FALSE is expected.")
        return text == "TRUE"

    def several(self, one: Callable[[], Any]) -> list[Any]:
        """Values in brackets, or without."""
        bracket = self.take("(")
        if bracket and self.take(")"):
            return []
        values = [one()]
        while self.take(","):
            values.append(one())
        if bracket:
            self.expect(")")
        return values

    def types(self) -> list[str]:
        """The types of a routine's arguments, in brackets, each perhaps behind a name."""
        if self.peek() != "(":
            raise self.wrong()
        return self.several(self._one_type)

    def _one_type(self) -> str:
        said = self.until(",", ")")
        if not said or self.done:
            raise self.wrong()
        return said

    # The text itself

    def rest(self) -> str:
        """Everything that follows, as it was written."""
        text = "" if self.done else self.text[self._start() :].rstrip().removesuffix(";").rstrip()
        self.at = len(self.tokens)
        return text

    def until(self, *words: str) -> str:
        """What stands before one of these words outside of brackets, as it was written."""
        start, depth = self._start(), 0
        while not self.done and (depth or self.peek() not in words):
            depth += _DEPTHS.get(self.peek(), 0)
            self.at += 1
        return self.text[start : len(self.text) if self.done else self._start()].strip()

    def find_words(self, words: str) -> bool:
        """Whether these words come one after the other."""
        said = words.split()
        ahead = range(len(self.tokens) - self.at - len(said) + 1)
        return any([self.peek(at + one) for one in range(len(said))] == said for at in ahead)

    def find(self, word: str, *, before: str) -> int | None:
        """Where this word stands outside of brackets, and before another one."""
        depth = 0
        for ahead in range(len(self.tokens) - self.at):
            said = self.peek(ahead)
            depth += {"(": 1, ")": -1}.get(said, 0)
            if not depth and said in (word, before):
                return self.at + ahead if said == word else None
        return None

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def end(self) -> None:
        """There must be nothing more."""
        if not self.done:
            raise self.wrong()

    def wrong(self) -> AccountError:
        token = self._token()
        if token is None:
            last = self.tokens[-1] if self.tokens else parsing.Token(parsing.TokenType.SPACE, "")
            return syntax(f"syntax error line {last.line} at position {last.col} unexpected '<EOF>'.")
        position = max(token.col - len(token.text), 0)
        return syntax(f"syntax error line {token.line} at position {position} unexpected '{token.text}'.")

    def _token(self, ahead: int = 0) -> Token | None:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else None

    def _start(self) -> int:
        token = self._token()
        return len(self.text) if token is None else token.start
