"""The two sides of a tag and of a sheet, by the words that stand in keys, file names and slugs."""

from __future__ import annotations

from keytag.base.words import say

FRONT = say("front")
BACK = say("back")
SIDES = (FRONT, BACK)
