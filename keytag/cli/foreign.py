"""The words of others in the language of the program: typer's and pydantic's of a wrong command line.

They write English texts with their values in them. Each is recognised by the pattern it was made of, and said anew; a
text that no pattern makes stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.recognise import matched
from keytag.base.words import Message, joined, say, term

_LINES = (  # whole lines of an error, in the order in which they are tried
    term("Usage: {usage}"),
    term("Try '{command}' for help."),
    term("Error: {message}"),
)
_MESSAGES = (
    term("No such option: {option} (Possible options: {options})"),
    term("No such option: {option}"),
    term("No such command {name}. Did you mean {others}?"),
    term("No such command {name}."),
    term("Missing command."),
    term("Missing argument {name}. Choose from:"),
    term("Missing option {name}. Choose from:"),
    term("Missing argument {name}."),
    term("Missing option {name}."),
    term("Invalid value for {name}: {why}"),
    term("Invalid value: {why}"),
    term("Option {option} requires an argument."),
    term("Option {option} requires {number} arguments."),
    term("Option {option} does not take a value."),
    term("Got unexpected extra argument(s) ({words})"),
    term("Got unexpected extra argument ({words})"),
    term("Got unexpected extra arguments ({words})"),
    term("Argument {name} takes {number} values."),
)
_WHYS = (
    term("Value error, {why}"),
    term("Input should be a valid integer, unable to parse string as an integer"),
    term("Input should be a valid integer, got a number with a fractional part"),
    term("Input should be a valid number, unable to parse string as a number"),
    term("Input should be a finite number"),
    term("Input should be greater than or equal to {least}"),
    term("Input should be less than or equal to {most}"),
    term("Input should be a valid boolean, unable to interpret input"),
    term("Input should be {values}"),
    term("{value} is not a valid integer."),
    term("{value} is not a valid float."),
    term("{value} is not in the range {range}."),
    term("{value} is not one of {values}."),
)


def line(text: str) -> str:
    """One line of typer's error as a `Message`, where its pattern is known."""
    return _said(text, _LINES)


def _said(text: str, patterns: tuple[Message, ...]) -> str:
    found = matched(text, patterns)
    if found is None:
        return text
    pattern, fields = found
    return say(pattern.pattern, **{name: _field(name, value) for name, value in fields.items()}) if fields else pattern


def _field(name: str, value: str) -> str:
    if name == "message":
        return _said(value, _MESSAGES)
    if name == "why":
        return _said(value, _WHYS)
    if name == "usage":
        return joined(" ", _usage(value))
    if name in ("values", "others"):
        return joined(term(" or "), value.split(" or "))
    return value


def _usage(text: str) -> Iterator[str]:
    for word in text.split(" "):
        yield PLACES.get(word, word)


PLACES = {  # what stands for words of one's own in a line of use
    "[OPTIONS]": term("[OPTIONS]"),
    "COMMAND": term("COMMAND"),
    "[ARGS]...": term("[ARGS]..."),
}


# The texts of the system that a person may see; they are looked up by what they say.
SYSTEM = (
    term("Operation not permitted"),
    term("No such file or directory"),
    term("Input/output error"),
    term("Permission denied"),
    term("Device or resource busy"),
    term("File exists"),
    term("Not a directory"),
    term("Is a directory"),
    term("Invalid argument"),
    term("Too many open files"),
    term("File too large"),
    term("No space left on device"),
    term("Read-only file system"),
    term("Broken pipe"),
    term("File name too long"),
    term("Directory not empty"),
    term("Too many levels of symbolic links"),
    term("Bad file descriptor"),
    term("Resource temporarily unavailable"),
    term("Cannot allocate memory"),
    term("Disk quota exceeded"),
    term("Invalid cross-device link"),
    term("Connection refused"),
    term("Address already in use"),
)
