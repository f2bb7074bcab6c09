"""Text as Markdown and LaTeX."""

import pytest

from kg.exporters.documents.markup import latex_text, markdown_text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r"$\widetilde{\mathcal{O}}(\sqrt{T})$ regret", True),
        (r"M$^\text{4}$World", True),
        (r"best of $N$, $k^{2.5}$ and $x_i^2$", True),
        (r"$\ell_1$ and 360$^\circ$", True),
        (r"$5 to $6", False),
        (r"$x^2^3$", False),  # a double superscript is an error
        (r"$\frac$", False),
        (r"$\input{secrets}$", False),
        (r"$\text{\input{x}}$", False),
        (r"$x$5", False),
        ("$$x", False),
        (r"$a & b$", False),
    ],
)
def test_latex_formulas_stay_where_they_are_harmless(text, kept):
    assert (latex_text(text) == text) is kept
    assert kept or r"\$" in latex_text(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("![[x]]", r"!\[\[x\]\]"),
        ("<% tp.file %>", r"\<\% tp.file %\>"),
        ("{{title}}", r"\{\{title\}\}"),
        ("%%hidden%%", r"\%\%hidden\%\%"),
        ("key:: value, a: b", r"key\:\: value, a: b"),
        ("`=dv()`", r"\`=dv()\`"),
        ("==x== a = b", r"\=\=x\=\= a = b"),
        ("$x$", r"\$x\$"),
        ("end ^block", r"end \^block"),
        ("- item", r"\- item"),
        ("-5 degrees", "-5 degrees"),
        ("---", r"\---"),
        ("12) item", r"12\) item"),
        ("2023. A year", r"2023\. A year"),
        ("3.5 points", "3.5 points"),
        ("AT&T &amp; co", r"AT\&T \&amp; co"),
        ("# head", r"\# head"),
        ("snake_case", r"snake\_case"),
        ("a\r\n\u2028b", "a b"),
    ],
)
def test_markdown_is_shown_not_obeyed(text, markdown):
    assert markdown_text(text) == markdown
