"""The workflow: the one place that knows every stage, and puts files where they belong."""
