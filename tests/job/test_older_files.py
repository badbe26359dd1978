"""A job.json of before is read on; one of a later keytag, or of another verb, is refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keytag.base.errors import InputError
from keytag.job.earlier import read_units


def written(folder: Path, **content: object) -> Path:
    path = folder / "job.json"
    path.write_text(json.dumps({"units": [{"key": "xa-glar", "artwork": "abc"}], **content}))
    return path


@pytest.mark.parametrize("content", [{}, {"format": 1}, {"format": 1, "kind": "impose", "keytag": "0.0.9"}])
def test_a_listing_of_before_is_read_on(tmp_path: Path, content: dict[str, object]) -> None:
    assert read_units(written(tmp_path, **content))["xa-glar"].artwork == "abc"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"format": 99, "keytag": "7.1"}, ("a later keytag (7.1, format 99)", "install that version")),
        ({"format": 1, "kind": "render"}, ("of keytag render", "in the factory's folder")),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, content: dict[str, object], words: tuple[str, str]
) -> None:
    with pytest.raises(InputError) as caught:
        read_units(written(tmp_path, **content))
    assert words[0] in caught.value.message and words[1] in caught.value.hint
