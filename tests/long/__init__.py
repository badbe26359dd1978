"""Measurements run by hand: too long for every commit."""
