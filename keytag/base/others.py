"""The words of libraries and programs that know nothing of languages: of libyaml, tomllib, json, git and Dask.

Each is a fixed sentence of theirs, so that it can be said in another language; `reason` looks them up. What stands here
in no list is given in the library's own words, between quotes.
"""

from __future__ import annotations

from keytag.base.words import term

YAML = (
    term("block sequence entries are not allowed in this context"),
    term("control characters are not allowed"),
    term("could not find expected ':'"),
    term("could not find expected directive name"),
    term("did not find URI escaped octet"),
    term("did not find expected '!'"),
    term("did not find expected ',' or ']'"),
    term("did not find expected ',' or '}'"),
    term("did not find expected '-' indicator"),
    term("did not find expected <document start>"),
    term("did not find expected alphabetic or numeric character"),
    term("did not find expected comment or line break"),
    term("did not find expected digit or '.' character"),
    term("did not find expected hexdecimal number"),
    term("did not find expected key"),
    term("did not find expected node content"),
    term("did not find expected tag URI"),
    term("did not find expected version number"),
    term("did not find expected whitespace"),
    term("did not find expected whitespace or line break"),
    term("did not find the expected '>'"),
    term("found a tab character that violates indentation"),
    term("found a tab character where an indentation space is expected"),
    term("found an indentation indicator equal to 0"),
    term("found character that cannot start any token"),
    term("found duplicate %TAG directive"),
    term("found duplicate %YAML directive"),
    term("found extremely long version number"),
    term("found incompatible YAML document"),
    term("found invalid Unicode character escape code"),
    term("found undefined tag handle"),
    term("found unexpected ':'"),
    term("found unexpected document indicator"),
    term("found unexpected end of stream"),
    term("found unexpected non-alphabetical character"),
    term("found unknown directive name"),
    term("found unknown escape character"),
    term("mapping keys are not allowed in this context"),
    term("mapping values are not allowed in this context"),
)
TOML = (
    term("Cannot declare {key} twice"),
    term("Cannot mutate immutable namespace {key}"),
    term("Cannot overwrite a value"),
    term("Cannot redefine namespace {key}"),
    term("Duplicate inline table key {key}"),
    term("Escaped character is not a Unicode scalar value"),
    term("Expected '=' after a key in a key/value pair"),
    term("Expected ']' at the end of a table declaration"),
    term("Expected ']]' at the end of an array declaration"),
    term("Expected newline or end of document after a statement"),
    term("Expected {sign}"),
    term("Found invalid character {sign}"),
    term("Illegal character {sign}"),
    term("Invalid date or datetime"),
    term("Invalid hex value"),
    term("Invalid initial character for a key part"),
    term("Invalid statement"),
    term("Invalid value (at end of document)"),
    term("Invalid value"),
    term("Unclosed array"),
    term("Unclosed inline table"),
    term("Unescaped '\\' in a string"),
    term("Unterminated string"),
)
JSON = (
    term("{what}: line {line} column {column} (char {char})"),
    term("Expecting ',' delimiter"),
    term("Expecting ':' delimiter"),
    term("Expecting property name enclosed in double quotes"),
    term("Expecting value"),
    term("Extra data"),
    term("Illegal trailing comma before end of array"),
    term("Illegal trailing comma before end of object"),
    term("Invalid \\escape"),
    term("Invalid \\uXXXX escape"),
    term("Invalid control character at"),
    term("Unterminated string starting at"),
)
UNICODE = (
    term("'{codec}' codec can't decode byte {byte} in position {place}: {what}"),
    term("invalid start byte"),
    term("invalid continuation byte"),
    term("unexpected end of data"),
)
PROGRAMS = (  # git of a revision, Dask of an address
    term("not a git repository (or any of the parent directories): .git"),
    term("invalid object name '{revision}'."),
    term("path '{path}' does not exist in '{revision}'"),
    term("path '{path}' exists on disk, but not in '{revision}'"),
    term("missing port number in address {address}"),
)
KNOWN = (*YAML, *TOML, *UNICODE, *JSON, *PROGRAMS)
