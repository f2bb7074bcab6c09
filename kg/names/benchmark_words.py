"""The closed vocabulary of names of benchmarks: what makes another benchmark of a known one.

From the names of some seven thousand benchmarks and data sets. A word that is missing here makes no name, so that
`GSM8K-Accuracy` is nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "LANGUAGES", "LETTERS", "PROGRAMMING", "QUALIFIERS", "SPLITS"]

QUALIFIERS: Final = frozenset(
    (  # noqa: SIM905
        "adversarial audio challenge clean core corrected diamond easy extended extra fast filtered full gold hard "
        "image large lite live long max mini multilingual multimodal next platinum plus private pro public redux "
        "robust small speech tiny ultra verified video visual xl"
    ).split()
)
"""What a harder, smaller, cleaner or wider edition of a benchmark is called; `+` is `plus`."""

LETTERS: Final = frozenset(("A", "C", "LT", "O", "P", "R"))
"""Shifted or corrupted copies of a set of images: ImageNet-C, CIFAR-10-C, ImageNet-LT."""

SPLITS: Final = frozenset(
    (  # noqa: SIM905
        "dev devtest devset minival subset test testmini testset train training val valid validation"
    ).split()
)
"""Which part was run: no name of another benchmark."""

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Arabic": ("AR",),
        "Bengali": ("BN",),
        "Bulgarian": ("BG",),
        "Chinese": ("ZH", "CN"),
        "Czech": ("CS",),
        "Danish": ("DA",),
        "Dutch": ("NL",),
        "English": ("EN",),
        "Estonian": ("ET",),
        "Finnish": ("FI",),
        "French": ("FR",),
        "German": ("DE",),
        "Greek": ("EL",),
        "Gujarati": ("GU",),
        "Hausa": ("HA",),
        "Hebrew": ("HE",),
        "Hindi": ("HI",),
        "Hungarian": ("HU",),
        "Icelandic": ("IS",),
        "Indonesian": (),
        "Italian": ("IT",),
        "Japanese": ("JA", "JP"),
        "Kazakh": ("KK",),
        "Korean": ("KO", "KR"),
        "Latvian": ("LV",),
        "Lithuanian": ("LT",),
        "Persian": ("FA",),
        "Polish": ("PL",),
        "Portuguese": ("PT",),
        "Romanian": ("RO",),
        "Russian": ("RU",),
        "Spanish": ("ES",),
        "Swahili": ("SW",),
        "Swedish": ("SV",),
        "Tamil": ("TA",),
        "Telugu": ("TE",),
        "Thai": ("TH",),
        "Turkish": ("TR",),
        "Ukrainian": ("UK",),
        "Urdu": ("UR",),
        "Vietnamese": ("VI",),
        "Yoruba": ("YO",),
    }
)
"""Languages with the codes that stand for them in names (ISO 639-1, and CN, JP, KR, which are countries)."""

PROGRAMMING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "C++": ("CPP",),
        "C#": ("CSharp",),
        "Go": (),
        "Haskell": (),
        "Java": (),
        "JavaScript": ("JS",),
        "Julia": (),
        "Kotlin": (),
        "Lua": (),
        "PHP": (),
        "Perl": (),
        "Python": (),
        "Ruby": (),
        "Rust": (),
        "Scala": (),
        "Swift": (),
        "TypeScript": ("TS",),
    }
)
"""Programming languages with their short forms."""

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        spelling.lower(): language
        for table in (LANGUAGES, PROGRAMMING)
        for language, codes in table.items()
        for spelling in (language, *codes)
        if spelling not in LETTERS
    }
)
"""The language of each spelling in small letters."""
