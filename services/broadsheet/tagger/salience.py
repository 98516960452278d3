"""How much an article is about an entity.

    salience = 0.3 * (named in the title) + 0.3 * position + 0.4 * n / (n + 3)

`n` is the number of mentions in title and body, `position` falls from 1 at the article's start to 0 at its end, by the
first mention there (1 when the title names it). The weights follow the inverted pyramid of news: what matters comes first
and comes back. Dates, amounts and percentages count a quarter: they are seldom what a page is about. What only teasers
name has 0.
"""

from collections.abc import Sequence

from broadsheet_schemas import EntityType, Mention

VALUE_TYPES: frozenset[EntityType] = frozenset({"DATE", "MONEY", "PERCENT"})
VALUE_WEIGHT = 0.25
DIGITS = 4


def salience(kind: EntityType, mentions: Sequence[Mention], body: range) -> float:
    """Give the salience of an entity, 0 to 1.

    Args:
        kind: its type.
        mentions: all its mentions, in order.
        body: first to last code point of the article.
    """
    own = [mention for mention in mentions if mention.part in {"title", "body"}]
    if not own:
        return 0.0
    titled = any(mention.part == "title" for mention in own)
    reached = (own[0].start - body.start) / len(body) if len(body) else 0.0
    position = 1.0 if titled else 1.0 - min(1.0, max(0.0, reached))
    score = 0.3 * titled + 0.3 * position + 0.4 * len(own) / (len(own) + 3)
    return round(score * (VALUE_WEIGHT if kind in VALUE_TYPES else 1.0), DIGITS)
