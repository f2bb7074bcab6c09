"""The words by which a paper says that a name is its own: verbs of making and naming, appositions, titles.

Patterns in small letters are sought in a text whose capitals of ASCII are small (`LOWER`), which is twice as fast as
ignoring case; the others read the text as it stands.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "ADJECTIVES",
    "AFTER_CAPITAL",
    "AND_ANOTHER",
    "ANNOUNCED",
    "APPOSED",
    "APPOSED_ARTICLE",
    "APPOSED_END",
    "APPOSITION",
    "ARTICLE",
    "ASIDE",
    "BASED_ON",
    "BESIDE",
    "BRACKET",
    "CALLED_NOUNS",
    "CAPITAL",
    "CLAUSE_END",
    "COMPOSED",
    "COORDINATION",
    "DASH",
    "DETERMINED",
    "EXAMPLES",
    "FILLER",
    "FRESH",
    "GENERIC_MANY",
    "GOES_ON",
    "IMPLEMENTED",
    "INTO",
    "LATER_LINK",
    "LOWER",
    "LOWER_NAME",
    "MADE_NAMELY",
    "MAKE",
    "NAMED",
    "NAMED_LOWER",
    "NAME_IN_BRACKET",
    "NAMING_LINK",
    "NOTION",
    "NOUN_BEHIND",
    "ORDINAL",
    "OTHERS",
    "OTHER_CLAUSE",
    "OURS_COMPOSED",
    "OWN",
    "OWN_PART",
    "PARAMETERS",
    "PASSIVE",
    "PLAIN_NOUNS",
    "PREDICATE",
    "PREPOSED",
    "PRESENTED",
    "QUALIFIES",
    "QUOTED_LOWER",
    "RELATED",
    "RELATIVE",
    "RESULT",
    "SAID_BEFORE",
    "SAYS_MORE",
    "SAYS_WHAT",
    "SENTENCE_END",
    "SHORT_BRACKET",
    "SMALL_LETTERS",
    "STUDIED",
    "SUBJECT",
    "TITLE",
    "TITLE_CLOSED",
    "TRAINED",
    "TWO_WORDS",
    "WORD_START",
]

LOWER: Final = {code: code + 32 for code in range(65, 91)}
"""Capitals of ASCII to small letters, for `str.translate`: the text keeps its length."""

PREDICATE: Final = re.compile(
    r"(?:^|[\s(])(?:we|i|and|then|also|is|are|was|were|be|been|being|has|have|had|paper|work|study"
    r"|authors?|first|further|newly|here|or|to|\w+ly),?\s$"
)
MAKE: Final = re.compile(
    r"\b(?P<strong>propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|releas(?:e|es"
    r"|ed|ing)|unveil(?:s|ed|ing)?|"
    r"open[- ]?sourc(?:e|es|ed|ing)|contribut(?:e|es|ed|ing))\b"
    r"|\b(?P<weak>develop(?:s|ed|ing)?|construct(?:s|ed|ing)?|build(?:s|ing)?|built|creat(?:e|es|ed"
    r"|ing)|design(?:s|ed|ing)?|devis(?:e|es|ed|ing)|"
    r"formulat(?:e|es|ed|ing)|collect(?:s|ed|ing)?|curat(?:e|es|ed|ing)|disseminat(?:e|es|ed|ing)|describ(?:e|es|ed|ing)"
    r"|offer(?:s|ed|ing)?|provid(?:e|es|ed|ing)|"
    r"implement(?:s|ed|ing)?|establish(?:es|ed|ing)?|synthesi[sz](?:e|es|ed|ing)|annotat(?:e|es|ed|ing)|"
    r"obtain(?:s|ed|ing)?|publish(?:es|ed|ing)?|put forward|suggest(?:s|ed|ing)?|result(?:s|ed"
    r"|ing)? in|yield(?:s|ed|ing)?|deriv(?:e|es|ed|ing)|"
    r"train(?:s|ed|ing)?|pre-?train(?:s|ed|ing)?|fine-?tun(?:e|es|ed|ing)|produc(?:e|es|ed|ing)|distil(?:l|s|ls|led|ling)?)\b"
)
NAMED: Final = re.compile(
    r"\b(?:(?:named|called|dubbed|termed) (?:it|this|them)(?: as)?|called|named|dubbed|termed|coined"
    r"|titled|entitled|nicknamed"
    r"|christened|abbreviated as"
    r"|referred to as|denoted (?:as|by)|known as|"
    r"we (?:call|name|dub|term|coin|refer to as|denote(?: as)?|christen)(?: (?:it|this|them|the|our"
    r"|these|that))?(?: (?:resulting |new |proposed )?"
    r"(?:method|approach|model|framework|dataset|system|technique|models|algorithm|benchmark"
    r"|architecture|strategy|process|paradigm))?(?: as)?|we refer to (?:it |this |them |as )*(?:as )?"
    r"|(?:main|primary|key|central|core) contribution(?: of (?:this|our) (?:work|paper))?(?:,| is|:| [–—-]+)(?=\s)"
    r"|namely|i\.e\.,)",
)
CALLED_NOUNS: Final = re.compile(r"(?:(?:our|this|the|these)\s)?(?:[a-z][a-z-]+\s){1,4}(?=[A-Z\\\"“*])")
"""Behind `we call`: what is called so."""
AND_ANOTHER: Final = re.compile(r"[,;]\sand\s(?=[A-Z\\\"“*])")
APPOSED_ARTICLE: Final = re.compile(r"(?:\s\([^()\n]{1,80}\))?,\s(?:an?|the\sfirst)\s")
DASH: Final = re.compile(r"\s?[-–—]+\s?")
SENTENCE_END: Final = re.compile(r"[}\"”*]{0,3}\.(?:\s|\Z)")
TRAINED: Final = re.compile(r"\bwe\s(?:(?:have|also|then|further)\s)?(?:pre-?)?train(?:ed)?\s$")
PARAMETERS: Final = re.compile(r"[^.;]{0,80}\b(?:\d+(?:\.\d+)?\s?[bm]\b|parameters?\b)")
COMPOSED: Final = re.compile(
    r"\b(?:consists? of|consisting of|compris(?:es|ing)|composed of|made up of|is built with|built around)\b"
)
OURS_COMPOSED: Final = re.compile(
    r"\b(?:it|our|the (?:proposed|framework|model|method|approach|system|architecture|network))\b"
)
MADE_NAMELY: Final = re.compile(r"\b(?:propos|introduc|present|releas|unveil|contribut)(?:e[sd]?|s|ed|ing)?\b")
"""Before `namely`: what makes the names behind it the paper's own."""
GENERIC_MANY: Final = re.compile(r"(?:multi|cross|single|non)-(?:[A-Z]*L[LV]?M|GPU|AI)s?")
OWN: Final = re.compile(
    r"\b(?:our|the) (?:(?:proposed|new|novel|final|own|resulting|best|open|main|key|full|trained"
    r"|fine-tuned|released|simple|efficient|flagship|system|trained) )*"
    r"(?:(?:method|approach|model|models|framework|system|dataset|benchmark|algorithm|technique"
    r"|architecture|pipeline|tool|corpus|solution|strategy|"
    r"agent|toolkit|library|module|series|family|variant|suite|platform),? )?",
)
SUBJECT: Final = re.compile(
    r"\b(?:we|our|ours|us|this (?:paper|work|study|article|report|survey|thesis|research|manuscript"
    r"|technical report|letter|project|review|demo|tutorial)|"
    r"the (?:paper|authors?|article|study|work|report)|authors|here|i|in this \w+|to th(?:is|ese) ends?)\b",
)
OTHERS: Final = re.compile(
    r"\b(?:recently|previous(?:ly)?|prior|existing|et al|have been|has been|was|were|been|others"
    r"|earlier|recent (?:work|works|studies|methods|advances))\b"
)
FILLER: Final = re.compile(
    r"(?:\s|[,:]\s|(?:\((?:\d|[ivx]{1,3}|[a-e])\)|\d\)|[①-⑳])\s*|(?:a|an|the|our|here|also|thus"
    r"|further|therefore|hence|instead|then|first|both|either|finally|and|"
    r"for the first time|in this (?:paper|work|study)|to this end)\b(?!-))+",
    re.IGNORECASE,
)
DETERMINED: Final = re.compile(r"\b(?:a|an|our|two|three|four|several|some|its|their|new|novel)\s", re.IGNORECASE)
NAMING_LINK: Final = re.compile(
    r"(?:,|:|\s[-–—]+|[–—]| is|)\s*(?:which (?:we|is) (?:call|name|dub|term|denote|coin|called|named"
    r"|dubbed|termed|refer to)(?: it| as)* ?|"
    r"(?:we )?(?:call(?:ed)?|name(?:d)?|dub(?:bed)?|term(?:ed)?|coin(?:ed)?|denote[sd]?|referred to"
    r"|known|abbreviated|titled|entitled|namely|i\.e\.)(?:,)?(?: as| by)?\s+|"
    r"(?<=[,:–—-])\s*)(?:the\s|our\s)?",
    re.IGNORECASE,
)
CLAUSE_END: Final = re.compile(
    r"[;.!?](?:\s|$)|(?<=[a-z)])\.(?=[A-Z][a-z]*[\s,])|\n"
    r"|, (?:which|where|while|whereas|but|and (?:we|it|show|demonstrate))\b| (?:that"
    r"|which|where|because|while)\b"
)
TITLE: Final = re.compile(r"(?P<name>[^:\n]{2,60}?)(?:\s*:\s|\s+[-–—]+\s+|[–—])(?=\S)")
APPOSED: Final = re.compile(
    r"(?:\s?\([^()\n]{1,80}\)|\))?[}\"”’*$_]{0,3}(?:,| is| are|:|\s?[–—]| --?)\s+(?:(?:a|an|the first"
    r"|our|the|one of the first)\s+)"
    r"(?P<fresh>(?:[\w-]+(?:,? and |, | )){0,3}?(?:new|novel|first|simple|unified|general|efficient"
    r"|lightweight|large-scale|open|open-source|training-free|comprehensive|"
    r"scalable|effective|fully|plug-and-play|innovative|pioneering|family|series|suite|end-to-end"
    r"|state-of-the-art|modular|principled|practical|flexible)\b)?",
    re.IGNORECASE,
)
FRESH: Final = re.compile(
    r"(?:[\w-]+(?:,? and |, | )){0,3}?(?:new|novel|first|simple|unified|general|efficient|lightweight|large|open"
    r"|training|comprehensive|scalable|effective|fully|plug|innovative|pioneering|family|series|suite|end|state|modular|principled"
    r"|practical|flexible|of)",
    re.IGNORECASE,
)
"""Where APPOSED may find a word that says it is new."""
APPOSITION: Final = re.compile(r"(?:,|\sis|\sare|:|–|—|\s--?)\s+(?:an?|the|our|one of the first)\s")
CAPITAL: Final = re.compile(r"(?<![\w-])(?=[A-Z\d\\*\"“])")
LOWER_NAME: Final = re.compile(
    r"(?:(?:framework|method|concept|notion|idea|paradigm|problem|task|process|technique|approach"
    r"|family) of )?(?P<name>[a-z][a-z]+(?:[- ][a-z]+){0,4})[\"'”’}*]{0,2}(?P<link>,\s+(?:a|an|which"
    r"|where|our)\b|\s*\((?:[A-Z][A-Za-z-]{1,9})\)|\s+for\s+|:\s+an?\b)"
)
QUOTED_LOWER: Final = re.compile(r"[\"“‘'*{]+\s?(?P<name>[A-Za-z][\w-]+(?:[- ][A-Za-z][\w-]*){0,4}?)\s?,?[\"”’'*}]+")
STUDIED: Final = re.compile(
    r"\b(?:survey|review|study|analysis|overview|perspective|tutorial|roadmap|evidence|experiments|case|problem"
    r"|challenges|report|opportunities|investigat\w+|assess\w+|analy[sz]ing|comparison|comparing|comparative|reproduc\w+|audit\w*|good|bad|pitfalls|lessons|limits|vs|friend|foe|really|can|does|do|is|are|how|what"
    r"|why|when|should)\b|\?"
)
"""In a subtitle: what stands before it may be another's thing that is looked into."""
PREPOSED: Final = re.compile(
    r"\b(?:on|in|with|using|of|than|from|including|like|as|by|over|for|via|into|against|across|under)\s(?:the\s)?(?:$|(?=[A-Z]))",
    re.IGNORECASE,
)
APPOSED_END: Final = re.compile(r"\s*(?:[,.;:)]|(?:based|for|in|of|on|that|to|trained|which|with)\b|$)")
"""Behind `NAME, our method`: what shows that the noun does not begin a clause, as in `On FooRooms, our method wins`."""
BASED_ON: Final = re.compile(r"\s(?:atop|from|off|on|onto|over|upon|using|with)\b")
"""Behind a participle: `is built upon the model FooNet`."""
INTO: Final = re.compile(
    r"[}\"”’*]{0,3}(?:\s\([^()\n]{1,40}\))?(?:\s[a-z-]+){0,2}?\s"
    r"(?:(?:in|on)to\b|to\s(?:an?|each|existing|its|our|the|their|these|this|those)\b)"
)
"""`introducing FooNet into the pipeline`: what is put there is there already."""
GOES_ON: Final = re.compile(r"\s(?:that|which|to|for|by|with|where|in|on|and|via|as)\b")
"""Behind a name: what shows that no noun follows which it modifies."""
EXAMPLES: Final = re.compile(r"\be\.g\b|\b(?:such as|including|like|for example)\b")
PRESENTED: Final = re.compile(r"(?:^|[:!?]\s|\s)(?:Introducing|Presenting|Announcing|Meet|Meet:)\s+(?=[\w\\])")
"""`Introducing NAME` in a title."""
TITLE_CLOSED: Final = re.compile(
    r"(?:\(\))?[}$*\"”]{0,3}(?:\s*$|\s?:\s|\s?[!]|\s[-–—]+\s|[–—]|,\s(?:an?|the)\s|\s(?:(?:[Tt]echnical|[Ss]ystem|[Mm]odel)\s)?(?:[Rr]eport|[Cc]ard)\b"
    r"|\s\([^()\n]{1,80}\)\s*(?:$|:))"
)
SAYS_MORE: Final = re.compile(
    r"[\s\"”’'*}]{0,3}(?:,\s(?:an?|the|which|our|or|where|that|inspired|in\swhich)\b|:\s|\s?\([A-Z]|\s[-–—]+\s(?:an?|the)\b"
    r"|[–—](?:an?|the)\b|\.\s|\sthat\b)"
)
ANNOUNCED: Final = re.compile(
    r"\b(?:propos|introduc|present|develop|design|construct|devis|releas|creat|build)\w*\s(?:[\w-]+\s){0,3}?"
    r"(?:two|three|four|five|several|the following)\s(?:[\w-]+\s){0,4}?(?:techniques|strategies|methods|modules"
    r"|components"
    r"|mechanisms|algorithms|approaches|models|datasets|benchmarks|variants|designs|ideas|innovations|contributions)\b"
)
"""`we introduce two techniques`: the next sentence says which."""
ORDINAL: Final = re.compile(
    r"(?:\b(?:first|second|third|fourth|finally)(?:ly)?,|\(?\b(?:\d|i{1,3}|iv)\)|[①-⑳])\s+(?:and\s)?(?:an?\s|the\s)?"
)
RESULT: Final = re.compile(
    r"\b(?:a (?:new|novel)\s(?:[\w-]+\s){0,4}?(?:benchmark|dataset|corpus|framework|method|model"
    r"|approach|algorithm|metric|system|architecture|module|strategy|technique|paradigm|pipeline|tool|library|suite),?\s(?=[A-Z\\\"“*\d])"
    r"|resulting in|leading to|(?:creation|construction|development|release)\sof\s(?:an?|our|the)\s(?:[a-z-]+\s){0,3}?"
    r"(?:dataset|benchmark|corpus|model|framework),|"
    r"which (?:results in|yields|we (?:[a-z]+ and )?(?:call|dub|introduce|present|release)(?: it)? as)"
    r"|the (?:result|outcome)(?:,| is)"
    r"|public as|released as|yielding|to obtain|(?:fine-?tuned|instruction-tuned|adapted|distilled)\s[^\s()]{2,30}\s\("
    r"|(?:variants?|versions?|extensions?|modifications?)\sof\s[^.;:()]{3,60}\(|to\sa\s(?:[a-z-]+\s){0,3}?(?:smaller|compact|effective|efficient|lightweight|specialized|stronger)\s)"
    r"\s?(?:the\s|our\s)?"
)
"""What is made, by what it is made from: `fine-tuning T5, resulting in FooT5`, `a variant of X (FooX)`."""
NOTION: Final = re.compile(
    r"(?:(?:new|novel)\s)?(?P<noun>concept|notion|paradigm|idea|framework|method|technique)\sof\s"
    r"(?P<name>[a-z]+(?:[- ][a-z]+){0,3}?)"
    r"(?=[.,;:(]|\s[(]|\s(?:that|which|to|by)\b)"
)
_WE_MADE = (
    r"we\s(?:first\s|newly\s|then\s|now\s)?"
    r"(?:(?:propose|introduce|present|describe|develop|call|release|designed?)"
    r"(?:\s(?:it|the\s[a-z]+|here|below|in\sthis\s[a-z]+|and\s[a-z ]{3,40}))?(?=[,.;:)])"
    r"|(?:collect|construct|create|curate|introduce|propose|release)d?"
    r"(?=[,.;:)]|\s(?:by|for|from|in|of|to|using|with)\b))"
)
RELATIVE: Final = re.compile(
    r"(?:,?\s(?:which|that|as)|,\s(?P<noun>(?:the|our|an?)\s[a-z][a-z -]{1,40}?)(?:\s(?:which|that))?|)\s"
    rf"(?:here\s|(?:in this \w+|here),\s)?{_WE_MADE}"
)
"""`NAME, which we propose,`, `NAME, the method we propose,`, `NAME, as we call the model,`."""
RELATED: Final = re.compile(_WE_MADE)
WORD_START: Final = re.compile(r"(?<![\w-])(?=\w)")
AFTER_CAPITAL: Final = re.compile(r"(?:['’]s|(?<=\w)\s[A-Z][\w'’-]*)\s$")
SMALL_LETTERS: Final = re.compile(
    r"(?:\s(?!(?:for|to|that|which|in|with|as|by|on|via|and|an?|the|is|are|can|from|of|at|or|using|based|where|when|it|has)\b)"
    r"(?P<last>[a-z][a-z-]+)){1,3}(?=[.,;:)]|\s(?:\(|–|—|for|to|that|which|in|with|as|by|on|via|and|of|from|is|using|at|[-–—])|[–—])"
)
SAID_BEFORE: Final = re.compile(r"(?:this|these|those|such|all|any|each|it|them|that)\b", re.IGNORECASE)
ASIDE: Final = re.compile(r"\s*\([^()]{1,60}\)\s*|\s*,\s(?:an?|the|our)\s[^,]{3,120},\s*")
OTHER_CLAUSE: Final = re.compile(
    r"; |\b(?:compar|outperform|evaluat|experiment|against|based on|such as|unlike|existing|dataset"
    r"|benchmark|using|leverag|appl(?:y|ied))"
)
IMPLEMENTED: Final = re.compile(
    r"\b(?:address|tackl|solv|bridg|fill|mitigat|overcom)(?:e|es|ed|ing)?\s(?:this|these|the|such)\s(?:[a-z-]+\s){0,4}?"
    r"(?:with|via|through|using)\s(?=[\w\\])"
    r"|\b(?:implement|instantiat|realiz|realis|packag|integrat|incorporat|releas|embod)(?:e|es|ed|ing|y|ied)?\s"
    r"(?:our|this|these|the|it|them|all)\s?(?:[a-z-]+\s){0,4}?(?:in|as|into|within)\s"
    r"(?:(?:an?|the|our)\s(?:[a-z-]+\s){0,4}?(?:tool|system|framework|library|prototype|package|model|method|algorithm"
    r"|toolkit|platform|solver|engine),?\s(?:called\s|named\s|dubbed\s)?)?(?=[\w\\\"“*])"
)
PASSIVE: Final = re.compile(
    r"\b(?:is|are) (?:(?:then|first|thus|therefore|further|hereby|also|finally) )?"
    r"(?:propos|introduc|present|develop|design|construct|releas)ed\b(?! (?:by|in \[|as|on))"
)
ADJECTIVES: Final = re.compile(r"[\w\s,–-]{0,80}")
PLAIN_NOUNS: Final = re.compile(r"(?:\s[a-z-]+){1,4}")
OWN_PART: Final = re.compile(
    r"(?:\b(?:a|an|and|as|or|via|with|through|by|the|its|our|new|novel|namely|termed|called|using)|[,:;–—-]|\((?:\d|[ivx]{1,3})\)|\d\)"
    r"|[①-⑳]|(?:method|approach|framework|model|strategy|technique|algorithm)\sto)[\s\"“*]+(?:(?:new|novel|the|a|an|our|lightweight|unified|simple)\s)?$"
)
COORDINATION: Final = re.compile(
    r"\s*(?:,? and |, | & )(?:\((?:\d|[ivx]{1,3})\)\s*|(?:its|the|a|an"
    r"|our)\s+(?:[\w-]+\s+){0,4}?(?:version|variant|model|dataset|benchmark),?\s+"
    r"|(?<=\sand\s)an?\s(?:new\s|novel\s)?(?=[A-Z][a-z]+(?:[-\s][A-Z][a-z]+){2}))?"
)
NOUN_BEHIND: Final = re.compile(r"\s+(?:[a-z-]+\s+){0,2}?([a-z-]+)")
BESIDE: Final = re.compile(r"\s(?:for\s[A-Z]?[a-z]+(?<!ed|al|ic)\s)?(?=[A-Z\\\"“*\d])")
ARTICLE: Final = re.compile(r"[\s,:]*(?:the\s|a\s|an\s|as\s)?")
NAMED_LOWER: Final = re.compile(
    r"(?!for\b|on\b|upon\b|attention\b|as\b)"
    r"(?P<name>[a-z]+(?:[- ][a-z]+){0,2}?)(?=[.,;)]|\s(?:to|that|which)\s|\s\(|\s[-–—]|[–—]|$)"
)
SHORT_BRACKET: Final = re.compile(r"\s*\([^()\n]{1,60}\)")
BRACKET: Final = re.compile(r"\s*[(\[][^()\n]{1,160}[)\]]")
SAYS_WHAT: Final = re.compile(
    r"(?:,|:|\s?[–—]| --?| is)\s+(?=(?:a|an|the|one|our|which is)\b)|\s+as (?=an?\b)|\s+(?=the first\b)"
)
TWO_WORDS: Final = re.compile(r"\s+((?:[a-z]+-)?[a-z]+)(?:\s+([a-z]+))?")
QUALIFIES: Final = re.compile(r"[-‐‑][a-z]|\s+(?:[a-z]+[- ]){0,3}[a-z]+")
LATER_LINK: Final = re.compile(
    r",\s+(?=[A-Z\\\"“*])|\s(?:called|named|dubbed|termed|namely|denoted as|referred to as)\s+(?:the\s)?|:\s+"
)
NAME_IN_BRACKET: Final = re.compile(
    r"\s?\((?:\$?\\[a-z]{2,12}\{|[\\{}\"“*]{0,3})(?P<name>[A-Za-z][\w+.^$-]{2,24})[}\"”*]{0,3}\)(?!-)"
)
