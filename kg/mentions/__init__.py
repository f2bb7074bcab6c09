"""Mentions: what in a text is written as a name, listed or not, and what the paper says of it."""
