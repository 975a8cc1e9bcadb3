"""The errors of our own validators: each with its code, and a hint for the person who writes records."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def invalid(code: str, message: str, hint: str, key: str = "") -> PydanticCustomError:
    """Return an error to raise in a validator. It is a ValueError, whose text is the message.

    `key` is the key that makes the missing part necessary, where an error concerns a whole record: it has the line to
    show. Message and hint are values of the template, since a text that they quote may hold braces.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "key": key})
