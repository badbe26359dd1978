"""Measures gang-run planning on the shipped roster, generated classes, a made province and a made nation."""
