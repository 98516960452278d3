"""Names by an installed spaCy pipeline, for languages that the shipped model does not read. spaCy is an extra."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from broadsheet.runtime.errors import OperatorError
from broadsheet.tagger.name import Findings, Name
from broadsheet_schemas import EntityType, Tagger
from broadsheet_schemas.errors import ErrorCode

LABELS: Mapping[str, EntityType] = MappingProxyType(
    {
        "PERSON": "PERSON",
        "PER": "PERSON",
        "PRS": "PERSON",
        "persName": "PERSON",
        "ORG": "ORG",
        "ORGANIZATION": "ORG",
        "orgName": "ORG",
        "GPE": "GPE",
        "GPE_LOC": "GPE",
        "GPE_ORG": "GPE",
        "placeName": "GPE",
        "LOC": "LOC",
        "LOCATION": "LOC",
        "geogName": "LOC",
        "FAC": "FAC",
        "FACILITY": "FAC",
        "NORP": "NORP",
        "NAT_REL_POL": "NORP",
        "EVENT": "EVENT",
        "EVN": "EVENT",
    }
)
"""The labels of spaCy's published pipelines (OntoNotes, WikiNER, NKJP, SUC, NorNE, RONEC), as the types of ours that they
mean. Dates and amounts are found by rules in every language; what is not here is left out."""

LONGEST = 100_000
"""Code points that a pipeline reads at once; spaCy itself refuses more than a million."""


class SpacyPipeline:
    """A loaded pipeline."""

    def __init__(self, pipeline: Any, language: str) -> None:
        self._pipeline = pipeline
        meta = pipeline.meta
        self._tagger = Tagger(
            name=f"spacy:{meta['lang']}_{meta['name']}", version=str(meta["version"] or "0"), languages=(language,)
        )

    @property
    def tagger(self) -> Tagger:
        """Name and version of the pipeline."""
        return self._tagger

    def find(self, article: Sequence[str], teasers: Sequence[str]) -> Findings:
        """Give the names in each text of the article, then of the teasers."""
        return Findings([list(self._names(text)) for text in (*article, *teasers)])

    def _names(self, text: str) -> Iterator[Name]:
        for offset in range(0, len(text), LONGEST):
            for found in self._pipeline(text[offset : offset + LONGEST]).ents:
                if found.label_ in LABELS:
                    yield Name(offset + found.start_char, offset + found.end_char, LABELS[found.label_])


def load_pipeline(package: str, language: str) -> SpacyPipeline:
    """Load an installed pipeline.

    Args:
        package: name of its package, or its folder.
        language: ISO 639-1 code of the language that it is for.

    Raises:
        OperatorError: `configuration`, spaCy or the pipeline is not installed, or the pipeline is of another language.
    """
    try:
        import spacy  # noqa: PLC0415 - an extra: only who names a pipeline has it

        pipeline = spacy.load(package)
    except ImportError as error:
        raise OperatorError(
            ErrorCode.CONFIGURATION,
            f"the engine spacy:{package} needs spaCy, which is not installed: pip install 'broadsheet[spacy]'",
        ) from error
    except (OSError, ValueError) as error:
        raise OperatorError(ErrorCode.CONFIGURATION, f"spaCy cannot load {package!r}: {error}") from error
    if pipeline.meta["lang"] not in {language, "xx"}:
        raise OperatorError(
            ErrorCode.CONFIGURATION, f"{package!r} is a pipeline for {pipeline.meta['lang']!r}, not for {language!r}"
        )
    return SpacyPipeline(pipeline, language)
