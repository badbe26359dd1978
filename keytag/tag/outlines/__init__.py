"""Outlines that have no closed form for their parallel curves: super-ellipses, and contours that somebody drew."""
