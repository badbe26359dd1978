"""Flat shapes from SVG files: the subset that can be printed, read within bounds of time and memory."""
