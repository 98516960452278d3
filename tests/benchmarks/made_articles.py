"""News articles made from templates: as many names, dates and amounts as news has, and none of it anybody's text."""

import random

GIVEN = ("Ada", "Omar", "Lena", "Miguel", "Wanjiru", "Kaito", "Sofia", "Tariq", "Ingrid", "Pavel")
SURNAMES = ("Field", "Reyes", "Holt", "Okafor", "Lindqvist", "Moreau", "Castellano", "Haddad", "Novak", "Tanaka")
PLACES = ("Oslo", "Nairobi", "Lyon", "Port Linden", "Texas", "Peru", "Kraków", "Osaka", "the United States", "Ghana")
BODIES = (
    "the Harbour Office",
    "Norvik Bank",
    "the City Council",
    "Linden University",
    "the Transport Ministry",
    "Ostrava Steel",
)
TEMPLATES = (
    "{person} said on {day} that the work on the bridge would go on through the winter, although the costs had risen to {money}.",
    "The plan, which was first made known in {place} last year, has been put off twice because of the weather and the strikes.",
    "According to {body}, about {percent} of the people who live near the river have had to leave their homes since then.",
    "“We have waited long enough for an answer,” said {person}, who has led {body} since {year} and is to retire next spring.",
    "Prices in {place} rose by {percent} between {day} and the end of the month, more than anybody had thought likely.",
    "The talks between {place} and {place} broke down after a few hours, and nobody would say when they might begin again.",
    "It was not clear whether the money would come from the budget of {body} or from a fund that has yet to be set up.",
    "{surname} told reporters that the figures were wrong and that a new count would be held before the end of the year.",
    "In a letter that was seen by several newspapers, {person} asked {body} to look into the matter and to report back soon.",
    "The weather is expected to stay cold and dry, with some snow in the hills and strong winds along the coast at night.",
)


def article(seed: int, words: int) -> list[str]:
    """Give the paragraphs of an article of about `words` words; the same seed gives the same article."""
    draw = random.Random(seed)
    paragraphs: list[str] = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
        paragraphs.append(" ".join(_sentence(draw) for _ in range(3)))
    return paragraphs


def _sentence(draw: random.Random) -> str:
    surname = draw.choice(SURNAMES)
    sentence = draw.choice(TEMPLATES).format(
        person=f"{draw.choice(GIVEN)} {surname}",
        surname=surname,
        place=draw.choice(PLACES),
        body=draw.choice(BODIES),
        day=draw.choice(("Monday", "Tuesday", "March 3", "12 February", "Dec. 24, 2025")),
        money=f"${draw.randint(2, 900)} million",
        percent=f"{draw.randint(2, 40)} percent",
        year=draw.randint(1998, 2024),
    )
    return sentence[0].upper() + sentence[1:]
