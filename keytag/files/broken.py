"""Diagnosis of broken YAML: from the parser's complaint to what a person wrote, where it begins, and what to do.

The parser says where it gave up, which is often far below the cause, in words of its own grammar. Here the lines
themselves are looked at, likeliest cause first; where none is plain, the parser's words are given. Nothing is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from keytag.base.records import NamedTuple
from keytag.base.words import say

_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_ODD_BLANKS = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
# A blank that is none where YAML wants one: in the indentation, or after a key's colon or a dash.
_ODD_BLANK = re.compile(rf"(?:^[ \t]*(?:- )*|:|-)([{_ODD_BLANKS}])")
# Where a value begins: a line's first, and those behind a colon, a bracket or a comma.
_FIRST = re.compile(r"[ \t]*(?:- +)*(?=\S)")
_NEXT = re.compile(r"(?:: +|[\[{,] *)(?=\S)")
_KEY = re.compile(r"[ \t]*(?:- +)*(?:[^\s\"'#\[\]{},:][^:#]*|\"[^\"]*\"|'[^']*'):(?= |$)")
_GLUED_KEY = re.compile(r"[ \t]*(?:- +)*([^\W\d]\w*):(?=[^\s/])")
_GLUED_DASH = re.compile(r"([ \t]*)-(?=[^\W\d]\w*:)")
_WIDE_COLON = re.compile(r"[ \t]*(?:- +)*[^\W\d]\w*([：﹕])")
_RESERVED = {
    "@": say("@ cannot begin a text"),
    "`": say("a backtick cannot begin a text"),
    "%": say("% cannot begin a text"),
    "&": say("& cannot begin a text"),
    "*": say("* cannot begin a text"),
    "!": say("! cannot begin a text"),
    "|": say("| cannot begin a text"),
    ">": say("> cannot begin a text"),
    ",": say("a comma cannot begin a text"),
    "]": say("] cannot begin a text"),
    "}": say("} cannot begin a text"),
    "?": say("? cannot begin a text"),
    "-": say("a dash and a blank cannot begin a text"),
    "[": say("[ cannot begin a text"),
    "{": say("{ cannot begin a text"),
}
_AFTER_BRACKET = re.compile(r"[^\[\]{}]*[\]}]\s*[^\s,\]}#]")
_LINE_SIGNS = re.compile("[\x85\u2028\u2029]")
_AFTER_QUOTE = re.compile(r"\s*(?:$|#|[,\]}:])")


class Cause(NamedTuple):
    """What is wrong, in plain words, from 1-based `line` and `column` on, and what to do about it."""

    line: int
    column: int
    what: str
    advice: str = ""


class Complaint(NamedTuple):
    """What the parser said: its words, where it gave up, and where what it was reading then begins (0: nowhere)."""

    problem: str
    line: int
    column: int
    began: int = 0
    began_column: int = 0


def diagnose(lines: Sequence[str], said: Complaint, in_words: Callable[[str], str] = str) -> Cause:
    """The likeliest cause of a complaint about a file of these `lines`; else the parser's own words, `in_words`."""
    steps = (_merge_marks, _tab, _odd_blank, _quote, _bracket, _escape, _reserved, _colon, _glued, _indentation)
    for step in steps:
        cause = step(lines, said)
        if cause is not None:
            return cause
    return Cause(said.line, said.column, say("broken YAML: {problem}", problem=in_words(said.problem)))


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _merge_marks(lines: Sequence[str], said: Complaint) -> Cause | None:
    for number, line in enumerate(lines, 1):
        if line[:1] in "<=>|" and _MERGE.match(line) and (line[0] != "=" or number >= said.line - 1):
            what = say("an unsolved merge conflict: git left its marker {line} here", line=line[:7])
            return Cause(number, 1, what, say("keep the right lines of both sides, and delete the three marker lines"))
    return None


def _tab(lines: Sequence[str], said: Complaint) -> Cause | None:
    line = _line(lines, said.line)
    blank = line[: len(line) - len(line.lstrip())]
    at = blank.find("\t")
    if at < 0 and line[said.column - 1 : said.column] == "\t":
        at = said.column - 1
    if at < 0:
        return None
    return Cause(
        said.line, at + 1, say("a tab stands here, and YAML takes blanks only"), say("put blanks in place of the tab")
    )


def _odd_blank(lines: Sequence[str], said: Complaint) -> Cause | None:
    for number in dict.fromkeys((said.line, said.began)):
        if match := _LINE_SIGNS.search(_line(lines, number)):
            what = say("a hidden sign (U+{ord:04X}) stands here, at which YAML begins a new line", ord=ord(match[0]))
            return Cause(number, match.start() + 1, what, say("delete it; it came with copied text"))
    for number in range(said.line, max(0, said.line - 4, said.began - 1), -1):
        match = _ODD_BLANK.search(_line(lines, number))
        if match:
            name = say("a no-break space") if match[1] == "\u00a0" else say("a hidden or foreign space")
            what = say("{name} (U+{ord:04X}) stands where a plain blank is needed", name=name, ord=ord(match[1]))
            return Cause(number, match.start(1) + 1, what, say("delete it and type a blank; it came with copied text"))
    return None


def _quote(lines: Sequence[str], said: Complaint) -> Cause | None:
    """A quotation that does not close on its line, or text that follows its end."""
    number = 1
    while number <= min(len(lines), max(said.line, said.began)):
        after = number + 1
        for start in _openings(_line(lines, number)):
            end = _closing(_line(lines, number), start)
            if end is None:
                closed = _closes_below(lines, number, start)
                if closed is None:
                    return _unclosed(lines, number, start)
                after = closed
            elif number == said.line and not _AFTER_QUOTE.match(_line(lines, number), end):
                what = say("text follows the closing quote")
                other = "'" if _line(lines, number)[start] == '"' else '"'
                return Cause(
                    number, end + 1, what, say("put the whole text between {other} … {other} quotes", other=other)
                )
        number = after
    return None


def _unclosed(lines: Sequence[str], number: int, start: int) -> Cause:
    line = _line(lines, number)
    mark, rest = line[start], line[start + 1 :].strip()
    what = say("a quote ({mark}) opens here and is not closed on this line", mark=mark)
    if mark == "'" and re.match(r"[+0-9]", rest):
        return Cause(
            number, start + 1, what, say("Excel's apostrophe before a number: delete it, or put one at the end")
        )
    return Cause(number, start + 1, what, say("put {mark} at the end of the text, too, or delete this one", mark=mark))


def _openings(line: str) -> list[int]:
    """Where a value in quotes begins on a line, what stands within other quotes or behind # left out."""
    found, start = [], _value_start(line, 0)
    while start is not None and line[start] != "#":
        at = start
        if line[start] in "\"'":
            found.append(start)
            end = _closing(line, start)
            if end is None:
                break
            at = end
        start = _value_start(line, max(at, 1))
    return found


def _value_start(line: str, at: int) -> int | None:
    """Where the next value begins on a line: its first where `at` is 0."""
    match = _NEXT.search(line, at) if at else _FIRST.match(line)
    return match.end() if match else None


def _closing(line: str, start: int) -> int | None:
    """The index after the quote that closes the one at `start`; None where it is not on the line."""
    mark, at = line[start], start + 1
    while at < len(line):
        if line[at] == "\\" and mark == '"':
            at += 2
        elif line[at] == mark:
            if mark == "'" and line[at + 1 : at + 2] == "'":
                at += 2
                continue
            return at + 1
        else:
            at += 1
    return None


def _closes_below(lines: Sequence[str], number: int, start: int) -> int | None:
    """The line after that on which a quotation of several lines ends properly; None where it does not."""
    mark = _line(lines, number)[start]
    for below in range(number + 1, len(lines) + 1):
        line = _line(lines, below)
        end = _closing(mark + line, 0)
        if end is not None:
            text = line[: end - 2]
            begins_another = ": " in text or text.rstrip().endswith(("-", "[", "{", ","))
            return below + 1 if _AFTER_QUOTE.match(line, end - 1) and not begins_another else None
        if _KEY.match(line):  # a key below: the quotation was meant to end before it
            return None
    return None


def _bracket(lines: Sequence[str], said: Complaint) -> Cause | None:
    here = _line(lines, said.line)[said.column - 1 : said.column]
    if here and here in "]}" and "expected key" in said.problem:
        return Cause(
            said.line,
            said.column,
            say("this {here} closes nothing", here=here),
            say("delete it, or put the text in quotes"),
        )
    if "',' or" not in said.problem or not said.began:
        return None
    mark = _line(lines, said.began)[said.began_column - 1 : said.began_column]
    close = "]" if mark == "[" else "}"
    if said.line == said.began:
        what = say(
            "what stands between {mark} and {close} is no list of values parted by commas", mark=mark, close=close
        )
        return Cause(said.line, said.column, what, say("put commas between values, and quotes around texts with signs"))
    return Cause(
        said.began,
        said.began_column,
        say("a {mark} opens here and is not closed", mark=mark),
        say("put {close} at its end, or quotes around a text", close=close),
    )


def _escape(lines: Sequence[str], said: Complaint) -> Cause | None:
    if "escape" not in said.problem and "hexdecimal" not in said.problem:
        return None
    what = say('a backslash between " quotes begins a sign of its own, and this is none')
    return Cause(said.line, said.column, what, say("put the text between ' … ' quotes, or write the backslash twice"))


def _reserved(lines: Sequence[str], said: Complaint) -> Cause | None:
    """A text that begins with a sign which means something else to YAML."""
    line = _line(lines, said.line)
    start = _value_start(line, 0)
    while start is not None and start < said.column and line[start] != "#":
        sign, rest = line[start], line[start:].strip()
        meant = not (
            (sign in "|>" and re.match(r"[|>][+-]?\d?[+-]?\s*(#|$)", rest))
            or (sign in "[{" and not _AFTER_BRACKET.match(rest[1:]))
            or (sign == "-" and not line[:start].rstrip().endswith(":"))
        )
        if sign in _RESERVED and meant:
            return Cause(
                said.line, start + 1, _RESERVED[sign], say("put the text in quotes: {quoted}", quoted=_quoted(rest))
            )
        start = _value_start(line, max(start, 1))
    return None


def _colon(lines: Sequence[str], said: Complaint) -> Cause | None:
    """A colon and a blank inside a text, which YAML takes for another key."""
    line = _line(lines, said.line)
    key = _KEY.match(line)
    if "mapping values" not in said.problem or key is None or said.column <= key.end():
        return None
    text = line[key.end() :].strip()
    what = say("a colon and a blank stand within this text, and YAML takes what is before them for a key")
    start = key.end() + 1 + len(line[key.end() :]) - len(line[key.end() :].lstrip())
    return Cause(
        said.line,
        start,
        what,
        say("put the text in quotes: {line} {quoted}", line=line[: key.end()].strip(), quoted=_quoted(text)),
    )


def _glued(lines: Sequence[str], said: Complaint) -> Cause | None:
    """A blank that is missing after a colon or a dash, or a colon of another script."""
    for number in dict.fromkeys((said.line, said.began, said.line - 1)):
        line = _line(lines, number)
        if match := _GLUED_DASH.match(line):
            return Cause(
                number, match.end() + 1, say("a blank is missing after the dash"), say("write '- ' before the key")
            )
        if match := _WIDE_COLON.match(line):
            what = say("{match} (U+{ord:04X}) is not the colon that YAML reads", match=match[1], ord=ord(match[1]))
            return Cause(number, match.start(1) + 1, what, say("type a plain colon and a blank"))
        if (match := _GLUED_KEY.match(line)) and not _KEY.match(line):
            return Cause(
                number,
                match.end() + 1,
                say("a blank is missing after the colon"),
                say("write '{match}: '", match=match[1]),
            )
    return None


def _indentation(lines: Sequence[str], said: Complaint) -> Cause | None:
    line = _line(lines, said.line)
    depth = len(line) - len(line.lstrip())
    if line[depth : depth + 1] == ":":
        return Cause(
            said.line, depth + 1, say("a colon stands here without a key before it"), say("write 'key: value'")
        )
    above = next((n for n in range(said.line - 1, 0, -1) if _filled(lines[n - 1])), 0)
    if "could not find expected ':'" in said.problem:
        number = said.began if _filled(_line(lines, said.began)) else above
        what = say("this line is neither a key with its value nor a point of a list")
        return Cause(
            number, 1 + _depth(_line(lines, number)), what, say("write 'key: value', or put # before a remark")
        )
    if (
        not above
        or not line.strip()
        or not ("mapping values" in said.problem or "did not find expected" in said.problem)
    ):
        return None
    what = say("this line's indentation ({depth}) fits nothing above it", depth=depth)
    advice = say(
        "indent it as its neighbours: the text of line {above} begins after {depth} blanks",
        above=above,
        depth=_depth(lines[above - 1]),
    )
    return Cause(said.line, depth + 1, what, advice)


def _filled(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _depth(line: str) -> int:
    """Blanks before a line's key, its dash counted as one."""
    return len(line) - len(re.sub(r"^[ ]*(?:- +)?", "", line))


def _quoted(text: str) -> str:
    """`text` (a remark behind it taken off) as a person would put it in quotes; cut where it is long."""
    bare = re.split(r"\s#\s", text)[0].strip()
    bare = bare if len(bare) <= 50 else bare[:49] + "…"
    return f"'{bare}'" if '"' in bare or "\\" in bare else f'"{bare}"'
