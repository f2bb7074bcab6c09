"""Reading and writing names of models."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import normal_form
from kg.names import Family, Grammar, ModelName
from kg.names.words import LINES, STAGES

FAMILIES = (
    Family("LLaMA", "Llama #", ("Llama", "Meta-Llama")),
    Family("GPT", "GPT-#"),
    Family("Qwen", "Qwen#"),
    Family("Mistral", "Mistral v#"),
    Family("Mixtral"),
    Family("Gemini", "", ("Gemini 1.0",)),
    Family("Granite"),
    Family("Gemma"),
    Family("Claude"),
    Family("DeepSeek", "DeepSeek-V#"),
    Family("Vicuna", "Vicuna v#"),
    Family("OPT"),
    Family("Pythia"),
    Family("Phi", "Phi-#"),
    Family("BERT"),
    Family("RoBERTa"),
    Family("T5"),
    Family("Flan-T5"),
    Family("ViT"),
    Family("ResNet", "ResNet-#"),
    Family("Whisper"),
    Family("YOLO", "YOLOv#"),
    Family("LLaVA", "LLaVA-#"),
    Family("PaLM"),
    Family("Code Llama", "", ("CodeLlama",)),
)
KNOWN = frozenset(
    normal_form(name)
    for name in (
        *(
            "GPT-2",
            "GPT-3",
            "GPT-3.5",
            "GPT-3.5 Turbo",
            "GPT-4",
            "GPT-4 Turbo",
            "GPT-4o",
            "GPT-4o mini",
            "GPT-4 Vision",
        ),
        *("Llama 2", "Llama 3", "Llama 3.1", "Llama 2 Chat", "Claude 3", "Claude 3.5", "Claude 3.5 Sonnet"),
        *("Gemini 1.5", "Gemini 1.5 Pro", "Gemini 1.5 Flash", "GPT-2 medium", "Whisper large", "DeepSeek R1"),
    )
)


@pytest.fixture(scope="module")
def grammar():
    return Grammar(FAMILIES, KNOWN.__contains__)


READ = [
    ("LLaMA", ModelName("LLaMA"), "LLaMA"),
    ("llama", ModelName("LLaMA"), "LLaMA"),
    ("LLaMA-7B", ModelName("LLaMA", size="7B"), "LLaMA 7B"),
    ("LLaMA-2 (7B)", ModelName("LLaMA", "2", "7B"), "Llama 2 7B"),
    ("Llama\u20112\u20117B", ModelName("LLaMA", "2", "7B"), "Llama 2 7B"),
    ("llama 3.1 405B", ModelName("LLaMA", "3.1", "405B"), "Llama 3.1 405B"),
    ("Llama2-70b-chat-hf", ModelName("LLaMA", "2", "70B", variant=("chat",)), "Llama 2 70B Chat"),
    ("Llama v2 7b", ModelName("LLaMA", "2", "7B"), "Llama 2 7B"),
    ("Meta-Llama-3-8B", ModelName("LLaMA", "3", "8B"), "Llama 3 8B"),
    (
        "meta-llama/Llama-3.1-8B-Instruct",
        ModelName("LLaMA", "3.1", "8B", variant=("instruct",), organisation="meta-llama"),
        "Llama 3.1 8B Instruct",
    ),
    (
        "Qwen2.5-Coder-32B-Instruct",
        ModelName("Qwen", "2.5", "32B", variant=("coder", "instruct")),
        "Qwen2.5 Coder 32B Instruct",
    ),
    ("Qwen2.5-VL-7B", ModelName("Qwen", "2.5", "7B", variant=("vl",)), "Qwen2.5 VL 7B"),
    ("Qwen3-30B-A3B", ModelName("Qwen", "3", "30B", "3B"), "Qwen3 30B A3B"),
    ("Qwen-9-400B", ModelName("Qwen", "9", "400B"), "Qwen9 400B"),
    ("Mixtral-8x7B", ModelName("Mixtral", size="8x7B"), "Mixtral 8x7B"),
    ("Mixtral 8×22B", ModelName("Mixtral", size="8x22B"), "Mixtral 8x22B"),
    ("Mistral-7B-Instruct-v0.3", ModelName("Mistral", "0.3", "7B", variant=("instruct",)), "Mistral v0.3 7B Instruct"),
    ("GPT-3.5-turbo-0613", ModelName("GPT", "3.5", variant=("turbo",), date="0613"), "GPT-3.5 Turbo 0613"),
    ("GPT-4o", ModelName("GPT", "4o"), "GPT-4o"),
    ("GPT-4o mini", ModelName("GPT", "4o", variant=("mini",)), "GPT-4o Mini"),
    ("gpt-4o-2024-05-13", ModelName("GPT", "4o", date="2024-05-13"), "GPT-4o 2024-05-13"),
    ("GPT-4V", ModelName("GPT", "4V"), "GPT-4V"),
    ("GPT-4-32K", ModelName("GPT", "4", context="32K"), "GPT-4 32K"),
    ("GPT-3 (175B)", ModelName("GPT", "3", "175B"), "GPT-3 175B"),
    ("GPT-2 (small)", ModelName("GPT", "2", "small"), "GPT-2-small"),
    ("GPT-3.5 (turbo)", ModelName("GPT", "3.5", variant=("turbo",)), "GPT-3.5 Turbo"),
    ("Gemini 1.5 Pro", ModelName("Gemini", "1.5", variant=("pro",)), "Gemini 1.5 Pro"),
    ("Claude 3.5 Sonnet", ModelName("Claude", "3.5", variant=("sonnet",)), "Claude 3.5 Sonnet"),
    (
        "claude-3-5-sonnet-20241022",
        ModelName("Claude", "3.5", variant=("sonnet",), date="2024-10-22"),
        "Claude 3.5 Sonnet 2024-10-22",
    ),
    ("DeepSeek-V3", ModelName("DeepSeek", "3"), "DeepSeek-V3"),
    ("DeepSeek-R1", ModelName("DeepSeek", "R1"), "DeepSeek-R1"),
    (
        "DeepSeek-R1-Distill-Qwen-7B",
        ModelName("DeepSeek", "R1", "7B", variant=("distill-qwen",)),
        "DeepSeek-R1 Distill Qwen 7B",
    ),
    ("Vicuna-13B", ModelName("Vicuna", size="13B"), "Vicuna 13B"),
    ("OPT-6.7B", ModelName("OPT", size="6.7B"), "OPT 6.7B"),
    ("Pythia-410M", ModelName("Pythia", size="410M"), "Pythia 410M"),
    ("540B PaLM", ModelName("PaLM", size="540B"), "PaLM 540B"),
    ("Phi-3-mini", ModelName("Phi", "3", variant=("mini",)), "Phi-3 Mini"),
    ("RoBERTa-large", ModelName("RoBERTa", size="large"), "RoBERTa-large"),
    ("T5-XXL", ModelName("T5", size="XXL"), "T5-XXL"),
    ("Flan-T5-XL", ModelName("Flan-T5", size="XL"), "Flan-T5-XL"),
    ("ViT-L/14", ModelName("ViT", size="L/14"), "ViT-L/14"),
    ("ResNet-50", ModelName("ResNet", "50"), "ResNet-50"),
    ("ResNet50", ModelName("ResNet", "50"), "ResNet-50"),
    ("YOLOv8", ModelName("YOLO", "8"), "YOLOv8"),
    ("LLaVA-v1.5-7B", ModelName("LLaVA", "1.5", "7B"), "LLaVA-1.5 7B"),
    ("Llama-2-7B-GPTQ", ModelName("LLaMA", "2", "7B", quantisation="GPTQ"), "Llama 2 7B GPTQ"),
    ("Llama-2-7B-4bit", ModelName("LLaMA", "2", "7B", quantisation="4-bit"), "Llama 2 7B 4-bit"),
    ("CodeLlama-34b", ModelName("Code Llama", size="34B"), "Code Llama 34B"),
    ("CodeLlama-34b-Python-hf", ModelName("Code Llama", size="34B", variant=("python",)), "Code Llama Python 34B"),
    (
        "Llama-4-Scout-17B-16E-Instruct",
        ModelName("LLaMA", "4", "17B", variant=("scout", "instruct"), experts="16E"),
        "Llama 4 Scout 17B 16E Instruct",
    ),
    ("gemma-3n-E4B-it", ModelName("Gemma", "3n", "E4B", variant=("it",)), "Gemma 3n E4B IT"),
    ("granite-9-1b-a400m", ModelName("Granite", "9", "1B", "400M"), "Granite 9 1B A400M"),
    ("Qwen2.5-7B-Instruct-1M", ModelName("Qwen", "2.5", "7B", variant=("instruct",), context="1M"), None),
    ("qwen2_5-1_8b", ModelName("Qwen", "2.5", "1.8B"), "Qwen2.5 1.8B"),
    ("gemma-7b1", ModelName("Gemma", size="7.1B"), "Gemma 7.1B"),
    ("gemini-1.5-pro-002", ModelName("Gemini", "1.5", variant=("pro",), date="002"), "Gemini 1.5 Pro 002"),
    ("gemini-2.5-pro-preview-05-06", ModelName("Gemini", "2.5", variant=("pro", "preview"), date="0506"), None),
    ("mistral-large-08-2024", ModelName("Mistral", size="large", date="2024-08"), "Mistral-large 2024-08"),
    ("claude-3-5-sonnet-latest", ModelName("Claude", "3.5", variant=("sonnet",)), "Claude 3.5 Sonnet"),
    ("Gemini 1.0 Pro", ModelName("Gemini", variant=("pro",)), "Gemini Pro"),
    ("Llama-2-7B-GPTQ-Int4", ModelName("LLaMA", "2", "7B", quantisation="GPTQ INT4"), "Llama 2 7B GPTQ INT4"),
    (
        "Llama-2-7b-chat.Q4_K_M.gguf",
        ModelName("LLaMA", "2", "7B", variant=("chat",), quantisation="Q4_K_M GGUF"),
        "Llama 2 7B Chat Q4_K_M GGUF",
    ),
    (
        "DeepSeek-R1-Distill-Qwen2.5-7B",
        ModelName("DeepSeek", "R1", "7B", variant=("distill-qwen2.5",)),
        "DeepSeek-R1 Distill Qwen2.5 7B",
    ),
    (
        "deepseek-r1-distill-llama-3.1-8b",
        ModelName("DeepSeek", "R1", "8B", variant=("distill-llama 3.1",)),
        "DeepSeek-R1 Distill Llama 3.1 8B",
    ),
    ("vit-base-patch16-224", ModelName("ViT", size="B/16"), "ViT-B/16"),
    ("ViT-L/14@336px", ModelName("ViT", size="L/14", resolution="336"), "ViT-L/14 336px"),
    ("Claude 3.5 Sonnet (thinking)", ModelName("Claude", "3.5", variant=("sonnet", "thinking")), None),
    ("hub.example/someone/Llama-2-7B", ModelName("LLaMA", "2", "7B", organisation="someone"), "Llama 2 7B"),
]


@pytest.mark.parametrize(("text", "name", "label"), READ, ids=[text for text, _, _ in READ])
def test_grammar_parses_a_name(grammar, text, name, label):
    assert grammar.parse(text) == name
    assert label is None or grammar.format(name) == label


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7B",
        "Llama 2 is",
        "GPT-4omni",
        "Quxifarb-7B",
        "LLaMA (7B to 65B)",
        "Llama-2-7B-13B",
        "GPT-4-based",
        "BERT++",
    ],
)
def test_grammar_parses_nothing_that_holds_more_than_a_name(grammar, text):
    assert grammar.parse(text) is None


IN_TEXT = [
    ("Llama 2 is open", "Llama 2"),
    ("GPT-4 with 8 examples", "GPT-4"),
    ("GPT-4o is new", "GPT-4o"),
    ("GPT-4-based agents", "GPT-4"),
    ("GPT-4, which", "GPT-4"),
    ("GPT-4.", "GPT-4"),
    ("GPT-4 Vision sees", "GPT-4 Vision"),
    ("GPT-4 Image captions", "GPT-4"),
    ("Gemini 1.5 Pro reads", "Gemini 1.5 Pro"),
    ("Llama-2 7B and 13B", "Llama-2 7B"),
    ("Llama 2 chat models", "Llama 2 chat"),
    ("Llama 3 chat models", "Llama 3"),
    ("Llama 3 70B Instruct model", "Llama 3 70B Instruct"),
    ("LLaMA (7B to 65B) is", "LLaMA"),
    ("LLaMA (Touvron et al.)", "LLaMA"),
    ("Llama-2 (7B) outperforms", "Llama-2 (7B)"),
    ("Claude 3 times", "Claude"),
    ("RoBERTa 5 points", "RoBERTa"),
    ("BERT 3.5% better", "BERT"),
    ("Qwen 9 400B, unseen", "Qwen 9 400B"),
    ("RoBERTa large-scale", "RoBERTa"),
    ("OPT models", "OPT"),
    ("LLaMA-7B's weights", "LLaMA-7B"),
]


@pytest.mark.parametrize(("text", "name"), IN_TEXT, ids=[text for text, _ in IN_TEXT])
def test_grammar_match_stops_where_the_name_stops(grammar, text, name):
    found = grammar.match_at(text, 0)
    assert found is not None
    assert text[: found[0]] == name


@pytest.mark.parametrize(("text", "start"), [("xGPT-4", 1), ("BERTology", 0), ("OPTimal", 0), ("the model", 4)])
def test_grammar_match_begins_and_ends_at_words(grammar, text, start):
    assert grammar.match_at(text, start) is None


EXPANDED = [
    ("Gemma-2B/7B on", ["Gemma-2B", "7B"], ["Gemma 2B", "Gemma 7B"]),
    ("Llama-2/3 and", ["Llama-2", "3"], ["Llama 2", "Llama 3"]),
    ("Llama-2 7B and 13B models", ["Llama-2 7B", "13B"], ["Llama 2 7B", "Llama 2 13B"]),
    ("Llama2-7B, 13B, and 70B", ["Llama2-7B", "13B", "70B"], ["Llama 2 7B", "Llama 2 13B", "Llama 2 70B"]),
    ("GPT-3.5/4 and", ["GPT-3.5", "4"], ["GPT-3.5", "GPT-4"]),
    ("GPT-3.5 and -4 are", ["GPT-3.5", "4"], ["GPT-3.5", "GPT-4"]),
    ("GPT-3.5 and 4 others", ["GPT-3.5"], ["GPT-3.5"]),
    ("LLaMA (7B to 65B)", ["LLaMA"], ["LLaMA"]),
    ("LLaMA-7B to 65B", ["LLaMA-7B"], ["LLaMA 7B"]),
    (
        "Llama 2 (7B, 13B and 70B).",
        ["Llama 2", "7B", "13B", "70B"],
        ["Llama 2", *(f"Llama 2 {n}B" for n in (7, 13, 70))],
    ),
    ("Vicuna-7B and LLaMA", ["Vicuna-7B"], ["Vicuna 7B"]),
    ("Qwen2.5-{7B,14B} are", ["Qwen2.5", "7B", "14B"], ["Qwen2.5", "Qwen2.5 7B", "Qwen2.5 14B"]),
    ("Llama-2-7B/13B-Chat is", ["Llama-2-7B", "13B-Chat"], ["Llama 2 7B Chat", "Llama 2 13B Chat"]),
    ("Llama-2-7B and 13B-Chat", ["Llama-2-7B", "13B-Chat"], ["Llama 2 7B", "Llama 2 13B Chat"]),
    ("GPT-4o/4o-mini are", ["GPT-4o", "4o-mini"], ["GPT-4o", "GPT-4o Mini"]),
    ("Gemini 1.5 Pro and Flash are", ["Gemini 1.5 Pro", "Flash"], ["Gemini 1.5 Pro", "Gemini 1.5 Flash"]),
    ("Gemini 1.5 Pro and flash memory", ["Gemini 1.5 Pro"], ["Gemini 1.5 Pro"]),
    ("GPT-2-small/medium", ["GPT-2-small", "medium"], ["GPT-2-small", "GPT-2-medium"]),
    ("GPT-2-small and large", ["GPT-2-small"], ["GPT-2-small"]),
    ("nothing", [], []),
]


@pytest.mark.parametrize(("text", "surfaces", "labels"), EXPANDED, ids=[text for text, _, _ in EXPANDED])
def test_grammar_expands_what_a_list_leaves_out(grammar, text, surfaces, labels):
    found = grammar.expand(text, 0)
    assert [text[start:end] for start, end, _ in found] == surfaces
    assert [grammar.format(name) for _, _, name in found] == labels


@pytest.mark.parametrize(
    ("text", "cut"),
    [("LLaMA-Berry", True), ("BERT++", True), ("GPT-4-based", False), ("BERT, RoBERTa", False), ("BERT", False)],
)
def test_grammar_sees_a_longer_name_of_another_thing(grammar, text, cut):
    end, _ = grammar.match_at(text, 0)
    assert grammar.is_cut_short(text, end) is cut


SIZES = st.one_of(
    st.integers(1, 999).map(lambda count: f"{count}B"),
    st.integers(1, 999).map(lambda count: f"{count}M"),
    st.sampled_from(["1.5B", "6.7B", "8x7B", "E4B", "large", "small", "XXL", "L/14", "B/32"]),
)
VERSIONS = st.one_of(
    st.integers(1, 99).map(str),
    st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda pair: f"{pair[0]}.{pair[1]}"),
    st.sampled_from(["4o", "4V", "R1", "K2", "M1"]),
)


@st.composite
def names(draw):
    """Model names as the grammar makes them: lines before stages, each word once."""
    size = draw(st.none() | SIZES)
    counted = bool(size) and size[-1] == "B"
    lines = draw(st.lists(st.sampled_from(sorted(LINES - {"distill"})), max_size=2, unique=True))
    taught = draw(st.lists(st.sampled_from(["distill-qwen", "distill-qwen2.5", "distill-llama 3.1"]), max_size=1))
    stages = draw(st.lists(st.sampled_from(sorted(STAGES - {"base"})), max_size=2, unique=True))
    return ModelName(
        draw(st.sampled_from([family.name for family in FAMILIES if family.name != "Code Llama"])),
        draw(st.none() | VERSIONS),
        size,
        draw(st.none() | st.sampled_from(["3B", "22B", "400M"])) if counted else None,
        (*lines, *(taught if counted else ()), *stages),
        draw(st.none() | st.sampled_from(["0613", "1106", "2024-05-13", "2024-08", "002"])),
        draw(st.none() | st.sampled_from(["32K", "128K", "1M"] if counted else ["32K"])),
        draw(st.none() | st.sampled_from(["GPTQ", "AWQ", "INT4", "4-bit", "GPTQ INT4", "Q4_K_M GGUF"])),
        experts=draw(st.none() | st.sampled_from(["16E", "128E"])) if counted else None,
        resolution=draw(st.none() | st.sampled_from(["336", "1024"])) if size in ("L/14", "B/32") else None,
    )


@given(name=names())
def test_grammar_parse_of_format_gives_the_name_back(name):
    grammar = Grammar(FAMILIES)
    assert grammar.parse(grammar.format(name)) == name


@given(name=names(), joint=st.sampled_from(["-", " ", "_"]))
def test_grammar_parse_ignores_hyphens_and_case(name, joint):
    grammar = Grammar(FAMILIES)
    text = grammar.format(replace(name, version=None)).replace(" ", joint)
    assert grammar.parse(text) == replace(name, version=None)


@given(text=st.text(string.ascii_letters + string.digits + " -./()+,", max_size=30), head=st.sampled_from(FAMILIES))
def test_grammar_match_ends_at_a_word_and_inside_the_text(text, head):
    grammar = Grammar(FAMILIES, KNOWN.__contains__)
    whole = head.name + text
    found = grammar.match_at(whole, 0)
    if found is not None:
        end, name = found
        assert 0 < end <= len(whole)
        assert end == len(whole) or not (whole[end].isalnum() and whole[end - 1].isalnum())
        assert name.family in {family.name for family in FAMILIES}


@given(text=st.text(max_size=60))
def test_grammar_expand_gives_stretches_in_order_that_never_overlap(text):
    grammar = Grammar(FAMILIES, KNOWN.__contains__)
    whole = "Llama-2 7B" + text
    ends = [0]
    for start, end, _ in grammar.expand(whole, 0):
        assert ends[-1] <= start < end <= len(whole)
        ends.append(end)


def test_grammar_unknown_families_are_not_read():
    assert Grammar([Family("Foo")]).parse("Bar-7B") is None


def test_grammar_leaves_a_bracketed_word_that_makes_no_known_name(grammar):
    assert grammar.match_at("GPT-4 (mini) and others", 0) == (5, ModelName("GPT", "4"))
