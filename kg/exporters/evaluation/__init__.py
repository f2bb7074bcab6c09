"""What evaluators read: scores, and linked texts."""
