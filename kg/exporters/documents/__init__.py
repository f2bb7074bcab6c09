"""What people read: bibliography, notes, comparison tables."""
