"""The parts of a model's name, and the families they are written for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.names.words import STAGES

__all__ = ["Family", "ModelName"]


@dataclass(frozen=True, slots=True)
class Family:
    """A name that versions, sizes and variants are added to.

    `name` is the label of the family itself; `pattern` is how a version is written, `#` standing for it: `Llama #`,
    `GPT-#`, `Qwen#`, `DeepSeek-V#`; `spellings` are the other ways the family is written.
    """

    name: str
    pattern: str = ""
    spellings: tuple[str, ...] = ()

    def versioned(self, version: str) -> str:
        """The family's name with a version.

        >>> Family("LLaMA", "Llama #").versioned("2"), Family("DeepSeek", "DeepSeek-V#").versioned("R1")
        ('Llama 2', 'DeepSeek-R1')
        """
        pattern = self.pattern or f"{self.name} #"
        before, after = pattern.split("#", 1)
        if version[:1].isalpha() and before[-1:] in ("v", "V"):
            before = before[:-1]
        if version[:1].isalpha() and before[-1:].isalnum():
            before += "-"
        return f"{before}{version}{after}"


@dataclass(frozen=True, slots=True)
class ModelName:
    """What a model's name says, each part in its normal spelling, None or empty where it says nothing.

    `version` has no leading `v` (`2`, `3.1`, `4o`, `R1`); `size` is `70B`, `8x7B`, `410M`, `E4B`, `L/14` or a word
    (`large`); `active` counts the parameters of a mixture that work on one token (`3B` of `A3B`), `experts` its
    experts where they stand behind the size (`16E` of `17B-16E`); `variant` holds lower-case words, those of the line
    (`coder`, `vl`, `mini`) before those of the training stage (`chat`, `instruct`), and what a model distilled from
    another was before (`distill-qwen2.5`); `date` is as released (`0613`, `2024-05-13`, `002`); `context` is what it
    can hold (`32K`), `resolution` the side of its images in pixels where not the usual 224; `quantisation` (`GPTQ
    INT4`) and `organisation` (`meta-llama`) speak for themselves.

    Every part but the organisation and the quantisation makes another model: a researcher tells Llama 2 7B from Llama
    2 7B Chat, GPT-4 from GPT-4 32K and GPT-4o from its release of May 2024, but a checkpoint stored in four bits is
    still that checkpoint, and who hosts a copy does not matter.
    """

    family: str
    version: str | None = None
    size: str | None = None
    active: str | None = None
    variant: tuple[str, ...] = ()
    date: str | None = None
    context: str | None = None
    quantisation: str | None = None
    organisation: str | None = None
    experts: str | None = None
    resolution: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the name is the family's alone."""
        return self == ModelName(self.family, organisation=self.organisation)

    def key(self) -> tuple[object, ...]:
        """What two names of the same model share: the order of variants and the organisation do not matter."""
        return (
            self.family,
            self.version,
            self.size,
            self.active,
            tuple(sorted(self.variant)),
            self.date,
            self.context,
            self.quantisation,
            self.experts,
            self.resolution,
        )

    def simpler(self) -> tuple[ModelName, ...]:
        """The names above this one, nearest first, the bare family last: each leaves out one part more.

        >>> [n.size for n in ModelName("Qwen", "9", "400B", variant=("chat",)).simpler()]
        ['400B', None, None]
        """
        found: list[ModelName] = []
        name = replace(self, organisation=None)
        if name.quantisation is not None:
            name = replace(name, quantisation=None)
            found.append(name)
        if name.context is not None:
            name = replace(name, context=None)
            found.append(name)
        if name.date is not None:
            name = replace(name, date=None)
            found.append(name)
        while name.variant and name.variant[-1] in STAGES:
            name = replace(name, variant=name.variant[:-1])
            found.append(name)
        if name.experts is not None or name.resolution is not None:
            name = replace(name, experts=None, resolution=None)
            found.append(name)
        if name.size is not None or name.active is not None:
            name = replace(name, size=None, active=None)
            found.append(name)
        while name.variant:
            name = replace(name, variant=name.variant[:-1])
            found.append(name)
        if name.version is not None:
            found.append(replace(name, version=None))
        return tuple(found)
