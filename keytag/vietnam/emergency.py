"""The emergency numbers of the country, dialled as they are, without any code."""

from __future__ import annotations

SERVICES = (("113", "Công an"), ("114", "Chữa cháy, cứu nạn"), ("115", "Cấp cứu y tế"))
