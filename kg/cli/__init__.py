"""The command line, thin over the library."""


def main() -> None:
    """Run the command line."""
