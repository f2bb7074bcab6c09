"""Names of models: their parts, how they are read, and how they are written."""

from kg.names.grammar import Grammar
from kg.names.model_name import Family, ModelName

__all__ = ["Family", "Grammar", "ModelName"]
