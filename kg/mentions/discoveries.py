"""Names that no list has and the paper does not introduce: other people's new methods, models and data.

What is written as a name (`SocBERT`, `GatedMLP`, `RDS+`) is taken for one; what it names is told by its neighbours: the
noun before `such as`, the noun that follows, the names it is listed with, the verb before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.mentions.heads import HEAD, kind_of_name, kind_of_phrase
from kg.mentions.shapes import GENERIC, TOKEN, is_named, strength
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["Discovery", "discoveries", "urls"]


@dataclass(frozen=True, slots=True)
class Discovery:
    """A stretch written as a name, with the kind its neighbours say; None where none does."""

    start: int
    end: int
    kind: Kind | None


_QUANTITY: Final = re.compile(r"[\d.,]+[-–]?(?:[A-Za-z]{1,3}|GPU|TBs?|GBs?)?(?:/[\d.]+[A-Za-z]*)*|\d.*[-–].*")
_HARDWARE: Final = re.compile(
    r"(?:[AHVPTLBK]\d{1,3}0{1,2}|RTX|GTX|MI\d+X?|TPUv?\d*|GB\d+|Xeon|NPUs?|[KMGTP]i?Bs?|[kMG]Hz|FP\d+"
    r"|INT\d+|BF16|bfloat16|CUDA|RAM|DRAM|SRAM|HBM\d?|"
    r"LiDAR|GDPR|README|JSONL?|HTML|CSS|[A-Z]\.[A-Z]\.?|I/O|CO2|GPT|PDFs?|YAML|MIT|ETH|UCLA|CMU|NIST"
    r"|DARPA|NIH|WHO|FDA|CC-BY\S*|Apache-\S*)(?:-.*)?"
)
_TOOLS: Final = frozenset(
    "javascript typescript matlab latex html5 webgpu webassembly wasm sparql shacl rdf owl "  # noqa: SIM905
    "owl2 xpath xquery graphql nosql mysql postgresql mongodb sqlite redis wifi wi-fi "
    "bluetooth zigbee lte 4g 5g 6g rfid gnss gps usb pcie nvlink infiniband ethernet tcp udp "
    "tls http2 android ios macos windows linux ubuntu docker kubernetes slurm aws azure gcp "
    "colab jupyter iphone ipad smartwatch fitbit arduino raspberry jetson drone dapp dapps "
    "nft nfts defi dao web3 iot iiot ai4science covid sars-cov-2 hiv dna rna mrna crispr "
    "instagram tiktok linkedin whatsapp wechat weibo quora ebay taobao alipay paypal uber "
    "airbnb spotify netflix e-commerce e-learning b2b b2c vr ar xr mr ux hd 4k 8k rgb rgbd "
    "rgb-d nir swir lidar radar sonar imu emg ecg eeg fmri mri oct webgl simd rowhammer lego "
    "irb jpeg png utf-8 ascii unicode mmhg true false yes none null before after first not "
    "must all".split()
)
"""Languages, platforms, devices, signals: written like names, none of our kinds."""
_HALF: Final = re.compile(
    r"[A-Z]{2,}[a-z]{2,}(?:ing|tion|tions|ment|ed|er|ers|ity|al|ness|or|ive|ion|ations?|eration|work|edge|age|ance|ence)|[A-Z]{2,}[a-z]{4,}"
)
"""`GENeration`: a word with the letters of an acronym marked in it."""
_ORDINARY: Final = re.compile(r"[A-Z]{2,3}s?|[A-Z]&[A-Z]")
"""Two or three capitals alone are as often a field or a unit as a name."""
_PREFIXES: Final = frozenset(("anti", "cross", "multi", "non", "post", "pre", "pseudo", "semi", "single"))
_CITED: Final = re.compile(r",? (?:et al\.?,? )?\(?(?:19|20)\d\d|'\d\d\b|; [A-Z][a-z]+ et al")
"""A year behind it: a person, a venue."""
_SYMBOL: Final = re.compile(r"[A-Za-z]{1,2}_.{0,4}|[RL]\^2|\d+x[A-Z]\w+|[A-Z]+'\d\d")
"""`B_K`, `8xH100`."""
_AHEAD: Final = re.compile(
    r"(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)[a-z]{0,3}[A-Z\d][\w.+-]*){1,7}\s(?:[a-z-]+\s)?(?P<noun>[a-z]+)"
)
"""`KITTI, nuScenes and FooDrive datasets`: the noun behind the list."""
_IDENTIFIER: Final = re.compile(r"[a-z]{3,}(?:[A-Z][a-z]+){2,}")
"""`leftPowerRail` is of somebody's program."""
_LIST_HEAD: Final = re.compile(
    r"(?P<noun>[A-Za-z][\w-]*(?:\s[\w-]+)?),?\s(?:such\sas|like|including|includes?|e\.g\.,?|namely"
    r"|i\.e\.,?|are|is)\s(?:[\w+./'’-]+(?:\s\([^()]*\))?(?:,\s|\s)(?:(?:and|or)\s)?){0,7}$"
)
_BRACKET_HEAD: Final = re.compile(
    r"(?P<noun>[A-Za-z][\w-]*)\s\((?:e\.g\.,?\s|i\.e\.,?\s|such\sas\s"
    r"|including\s)?(?:[\w+./'’-]+(?:,\s|\s)(?:(?:and|or)\s)?){0,7}$"
)
_APPOSED_TO: Final = re.compile(r"\b(?:an?|our|the)\s(?:[a-z-]+\s){0,4}([a-z]+),\s$")
"""`a diagram generator, FooNet`: the noun that the name stands beside."""
_BETWEEN: Final = re.compile(
    r"\s?(?:,\s?(?:and\s|or\s|as\swell\sas\s)?|\sand\s|\sor\s|/|\s?&\s?|\svs\.?\s|\sto\s)\s?(?:the\s)?"
)
_PLURALS: Final = frozenset(
    ("datasets", "benchmarks", "corpora", "models", "methods", "algorithms", "frameworks", "dataset", "benchmark")
)
_ON: Final = re.compile(r"\b(?:on|across)\s(?:the\s|both\s|popular\s|challenging\s)?$")
_ON_DATA: Final = re.compile(
    r"\b(?:evaluat|experiment|result|benchmark|test|perform|accuracy|score|state-of-the-art"
    r"|outperform|improve|achiev|gain|SOTA|pre-?train|train|fine-?tun)",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|than|over|against|versus|vs\.?"
    r"|(?:compared|comparable|superior|similar|relative) (?:to|with)|us(?:es|e|ed|ing)|with|via|by|employ(?:s|ing)?"
    r"|leverag(?:e|es|ing)|apply(?:ing)?|adopt(?:s|ing)?|extend(?:s|ing)?|unlike|through|based on|built on)"
    r"\s(?:the\s|both\s|standard\s|vanilla\s|existing\s)?$",
    re.IGNORECASE,
)
_URL: Final = re.compile(
    r"https?:\s?//\S+|www\.\S+|(?<![\w.-])(?:[\w-]{1,40}\.){1,4}(?:com|org|io|ai|net|science|edu)/\S*", re.IGNORECASE
)
_CAPITAL: Final = re.compile(
    r"(?<![^\W_])(?![A-Z\d][a-z\d]*(?:[\s,;:)%?]|\.(?![A-Za-z\d])))(?:[a-z]{1,2}-)?[a-z]*[^\W_a-z]"
)
"""Where a word with a capital or a digit in it begins; plain words and numbers are passed over."""


_OF_FIELD: Final = re.compile(r"[A-Z]{2,4}-[A-Z][A-Za-z]{2,}\d?")
_DATA_NEXT: Final = re.compile(r"\s(?:benchmark|corpus|dataset)s?\b")
"""`the ECG-Matrix dataset`: a field's letters begin the name of its data."""
_RELEASE: Final = re.compile(
    r"\sv?\d{1,2}\.\d(?![\w%]|\.\d)(?=[\s,;.:)]|$)(?!\s(?:[a-z]?[A-Z]|%|percent|points?|times|x\b))"
)
"""`FooArt 2.0`: the number is part of the name."""


def urls(text: str) -> tuple[tuple[int, int], ...]:
    """The half open stretches that are addresses of the web."""
    if "//" not in text and "www." not in text and "/" not in text:
        return ()
    return tuple(match.span() for match in _URL.finditer(text))


def discoveries(
    text: str, taken: Sequence[tuple[int, int]], kinds: Mapping[int, Kind], shut: AbstractSet[str], limit: int
) -> Iterator[Discovery]:
    """The names outside `taken`, in text order.

    `taken` are sorted stretches that are names already or none, `kinds` the kinds of those that are, by start and by
    end; `shut` are words that are settled as none of ours. Only the first `limit` characters are read.
    """
    place = 0
    done = 0
    known = dict(kinds)
    for capital in _CAPITAL.finditer(text, 0, limit):
        start = capital.start()
        if start < done:
            continue
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        token = TOKEN.match(text, start)
        if token is None:
            continue
        done = token.end()
        end = _end(token)
        if place < len(taken) and taken[place][0] < end:
            continue
        name = text[start:end]
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            continue  # "the [MASK] token"
        if _CITED.match(text, end) or text[start - 6 : start].endswith(("cite{", "citep{", "citet{")):
            continue
        if name.isupper() and name.isalpha() and f" {name.lower()} " in text:
            continue  # FIRST, where the text has "first"
        may_be = _may_be_name(name) or (_OF_FIELD.fullmatch(name) and _DATA_NEXT.match(text, end))
        if not is_named(name) or name in shut or name.rstrip("s") in shut or not may_be:
            continue
        if start and (
            text[start - 1] in "-‐‑@#&/\\" or (text[start - 1] == "." and start > 1 and text[start - 2].isalnum())
        ):
            continue
        version = _RELEASE.match(text, end)
        end = version.end() if version else end
        kind = _kind(text, start, end, known)
        if kind is not None:
            known[start] = known[end] = kind
        yield Discovery(start, end, kind)


def _end(token: re.Match[str]) -> int:
    end = token.end()
    while end > token.start() + 1 and token.string[end - 1] in ".-/^*~@&–‐‑'’":
        end -= 1
    return end


def _may_be_name(name: str) -> bool:
    if _QUANTITY.fullmatch(name) or _HARDWARE.fullmatch(name) or _ORDINARY.fullmatch(name) or not 2 < len(name) <= 40:
        return False
    parts = [part for part in re.split(r"[-‐‑/]", name) if part]
    if parts[0].lower().rstrip("s") in GENERIC or parts[0].lower() in _PREFIXES:
        return False
    if _IDENTIFIER.fullmatch(name) or name.lower() in _TOOLS or _SYMBOL.fullmatch(name) or _HALF.fullmatch(name):
        return False
    # "SMT-Assisted", "Task-Specific", "State-of-the-Art": words in capitals of a heading, unless one is a name
    return "/" not in name and not (
        strength(parts[0]) < 2 and all(strength(part) < 2 for part in parts) and len(parts[0]) > 1
    )


def _kind(text: str, start: int, end: int, kinds: Mapping[int, Kind]) -> Kind | None:
    """The kind the neighbours of a name say; a task with a name of its own is a benchmark."""
    kind = _said_kind(text, start, end, kinds)
    return Kind.BENCHMARK if kind is Kind.TASK else kind


def _said_kind(text: str, start: int, end: int, kinds: Mapping[int, Kind]) -> Kind | None:
    name = text[start:end]
    after = re.match(r"\s((?:[a-z]+-)?[a-z]+)(?:\s([a-z]+))?", text[end : end + 50])
    if after:
        if after[2] in ("dataset", "datasets", "benchmark", "benchmarks", "corpus", "model", "models"):
            return HEAD[after[2]]
        if after[1] in HEAD and after[1] not in ("data", "training", "learning", "score", "attention", "search"):
            return HEAD[after[1]]
    ahead = _AHEAD.match(text, end, end + 140)
    if ahead and ahead["noun"] in _PLURALS:
        return HEAD[ahead["noun"]]
    before = text[max(0, start - 160) : start]
    beside = re.search(r"([a-z]+)\s$", before)
    if beside and beside[1] in HEAD and not beside[1].endswith("ing"):
        return HEAD[beside[1]]
    for pattern in (_LIST_HEAD, _BRACKET_HEAD):
        head = pattern.search(before)
        if head:
            kind = kind_of_phrase(head["noun"]) or HEAD.get(head["noun"].rsplit(" ", 1)[-1].lower())
            if kind is not None:
                return kind
    apposed = _APPOSED_TO.search(before)
    if apposed and apposed[1] in HEAD:
        return HEAD[apposed[1]]
    link = _BETWEEN.match(text, end)
    if link and link.end() in kinds:
        return kinds[link.end()]
    for back in range(start - 1, max(-1, start - 14), -1):
        if back in kinds and _BETWEEN.fullmatch(text, back, start):
            return kinds[back]
    own = kind_of_name(name)
    if own is not None:
        return own
    if _ON.search(before) and _ON_DATA.search(before):
        return Kind.BENCHMARK
    return Kind.METHOD if _AGAINST.search(before) else None
