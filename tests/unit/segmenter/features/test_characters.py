"""Lines as code points and kinds of character."""

import pytest

from broadsheet.segmenter.features.characters import HEAD, TAIL, Kind, read_characters


def kinds(text: str) -> list[Kind]:
    return [Kind(kind) for kind in read_characters([text]).kinds]


@pytest.mark.parametrize(
    ("kind", "letters"),
    [
        (Kind.SPACE, " \u00a0\u2009\u3000\t\x00"),
        (Kind.LOWER, "aßéяω"),
        (Kind.UPPER, "AÉЯΩİǅ"),
        (Kind.UNCASED, "אعह한"),
        (Kind.IDEOGRAPH, "船ひカกำ"),
        (Kind.DIGIT, "07٣"),
        (Kind.STOP, ".!?。।؟"),
        (Kind.COMMA, ",;、،"),
        (Kind.QUOTE, "\"'“’«「"),  # noqa: RUF001 - as pages print them
        (Kind.DASH, "-–—"),  # noqa: RUF001 - likewise
        (Kind.BAR, "|·•►"),
        (Kind.BRACKET, "([{)]}（"),  # noqa: RUF001 - likewise
        (Kind.CURRENCY, "$€£¥₹"),
        (Kind.COLON, ":："),  # noqa: RUF001 - likewise
        (Kind.ELLIPSIS, "…"),
        (Kind.OTHER, "@#%&+=©\ud800\U0001f600\U0001d400\u200b"),
    ],
)
def test_every_kind_of_character_of_every_script(kind: Kind, letters: str) -> None:
    assert kinds(letters) == [kind] * len(letters)


def test_letters_are_lower_cased_one_for_one_and_a_letter_that_would_grow_stays() -> None:
    characters = read_characters(["ÄBC İẞ Ω"])
    assert "".join(map(chr, characters.codes)) == "äbc İß ω"


def test_characters_beyond_the_first_plane_and_surrogates_are_one_character_each() -> None:
    characters = read_characters(["\U0001f600\ud800a"])
    assert characters.codes.tolist() == [0x1F600, 0xD800, ord("a")]


def test_lines_stand_one_after_another() -> None:
    characters = read_characters(["ab", "c", "def"])

    assert characters.starts.tolist() == [0, 2, 3, 6]
    assert "".join(map(chr, characters.codes)) == "abcdef"


def test_of_a_very_long_line_its_start_and_its_end_are_looked_at() -> None:
    limit, longer = "a" * (HEAD + TAIL), "a" * HEAD + "x" * 10**6 + "b" * TAIL
    characters = read_characters([limit, longer])

    assert characters.starts.tolist() == [0, HEAD + TAIL, 2 * (HEAD + TAIL) + 1]
    assert "".join(map(chr, characters.codes[HEAD + TAIL :])) == f"{'a' * HEAD} {'b' * TAIL}"
