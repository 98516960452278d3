"""Whether names are found alike whatever region or gender they are of: `python -m training.tagger.names_by_region`.

Made sentences with given names and surnames of each locale of Faker. Half of the training texts had such names put in, so this
shows how even the result is, not how well unseen names are found.
"""

import importlib
import random
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import faker.providers.person
import typer
from rich.console import Console
from rich.table import Table

from broadsheet.tagger.tag import tag_text
from training.tagger.made_names import lists

SENTENCES = (
    "The minister met {name} at the airport on Monday.",
    "“We will not give up,” said {name}, who has led the team since May.",
    "{name} was born in a small town near the border.",
    "Police arrested {name} after the march.",
    "The prize went to {name} for a first novel.",
    "According to {name}, the figures are wrong.",
)

REGIONS = {
    "Western Europe": ("de_DE", "de_CH", "fr_FR", "fr_BE", "nl_NL", "en_GB", "en_IE", "ga_IE"),
    "Northern Europe": ("da_DK", "fi_FI", "no_NO", "sv_SE", "is_IS", "et_EE", "lv_LV", "lt_LT"),
    "Southern Europe": ("es_ES", "it_IT", "pt_PT", "tr_TR"),
    "Eastern Europe": ("cs_CZ", "pl_PL", "hu_HU", "hr_HR", "ro_RO", "sk_SK", "sl_SI"),
    "North America, Oceania": ("en_US", "fr_CA", "en_NZ"),
    "Latin America": ("es_MX", "es_AR", "es_CL", "es_CO", "pt_BR"),
    "Sub-Saharan Africa": ("en_KE", "tw_GH", "yo_NG", "zu_ZA", "sw"),
    "North Africa, Central Asia": ("fr_DZ", "az_AZ", "uz_UZ"),
    "South and East Asia": ("en_IN", "en_PK", "en_TH", "id_ID", "ja_JP", "zh_TW"),
}


def names(locale: str, gender: str, count: int, draw: random.Random) -> Iterator[str]:
    """Give full names of a locale; none where it does not tell given names by gender."""
    provider = importlib.import_module(f"{faker.providers.person.__name__}.{locale}").Provider
    given, surnames = lists(provider, f"first_names_{gender}"), lists(provider, "last")
    if given and surnames:
        yield from (f"{draw.choice(given)} {draw.choice(surnames)}" for _ in range(count))


def is_found(name: str, sentence: str) -> bool:
    """Tell whether a name is found in a sentence, with its exact span, as a person."""
    text, start = sentence.format(name=name), sentence.index("{name}")
    return (start, start + len(name), "PERSON") in tag_text(text, "en")


def main(count: Annotated[int, typer.Option(min=1, help="Names of each locale and gender.")] = 30) -> None:
    """Print the share of names found, by region and gender."""
    draw = random.Random(1)
    table = Table("region", "female", "male", title="Share of full names found as PERSON with their exact span")
    for region, locales in REGIONS.items():
        seen: Counter[tuple[str, bool]] = Counter()
        for locale in locales:
            for gender in ("female", "male"):
                for name in names(locale, gender, count, draw):
                    seen[gender, is_found(name, draw.choice(SENTENCES))] += 1
        table.add_row(region, *(_share(seen[gender, True], seen[gender, False]) for gender in ("female", "male")))
    Console(width=100).print(table)


def _share(found: int, missed: int) -> str:
    return f"{found / (found + missed):.3f} of {found + missed}" if found + missed else "-"


if __name__ == "__main__":
    typer.run(main)
