"""The writers, one a format: each turns finished drawings into bytes or text, and decides nothing."""
