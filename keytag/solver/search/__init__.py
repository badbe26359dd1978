"""Heuristics that find plans: dynamic programming, assignment, annealing, large-neighbourhood search."""
