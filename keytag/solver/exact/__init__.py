"""Exact methods: what they find is proven, each within a budget of work."""
