"""Names of models and benchmarks: their parts, how they are read, and how they are written."""

from kg.names.benchmark_name import BenchmarkGrammar, BenchmarkName
from kg.names.grammar import Grammar
from kg.names.model_name import Family, ModelName

__all__ = ["BenchmarkGrammar", "BenchmarkName", "Family", "Grammar", "ModelName"]
