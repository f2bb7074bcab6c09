from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.latex import plain


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("{LoRA}: Low-Rank {A}daptation", "LoRA: Low-Rank Adaptation"),
        (
            r"{\"O}stlund, \'{e}t\^{e}, {\'e}t\'e, \c{c}a, \v{c}, \H{o}, na\"{\i}ve",
            "Östlund, étê, été, ça, č, ő, naïve",
        ),
        (r"\L ukasz, {\ss}, \O, {\AA}ngstr\"om", "Łukasz, ß, Ø, Ångström"),
        (r"50\% \& more\_so \#1 \$5 \{x\}", "50% & more_so #1 $5 {x}"),
        (r"\emph{so} \textbf{bold} \url{https://x.org/a_b}", "so bold https://x.org/a_b"),
        (r"rank $r \ll \frac{d}{2}$ and {C}", r"rank $r \ll \frac{d}{2}$ and C"),
        ("a~b\n   c", "a b c"),
        ("plain text", "plain text"),
        (
            r"{\textasciitilde}a{\textasciicircum} {\textless}{\textbar} {\textbraceleft}{\textbraceright}",
            "~a^ <| {}",
        ),
        (r"ends in \ ", "ends in"),
    ],
)
def test_latex_becomes_plain_text(latex, text):
    assert plain(latex) == text


@given(st.text(alphabet="\\{}$~ \"'aZcvié%\n", max_size=40))
def test_latex_any_text_comes_back(text):
    assert isinstance(plain(text), str)
