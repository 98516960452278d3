"""What is done to the lines of a page: some left out, some put in, split or run together, whatever page they are of."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from broadsheet.segmenter.lines import Piece
from training.segmenter.corpora import BODY, TITLE, LabelledLine
from training.segmenter.sentences import sentences


def places(lines: Sequence[LabelledLine], *roles: int) -> list[int]:
    """Give the numbers of the lines that are known to have one of some roles, given as bits."""
    return [place for place, line in enumerate(lines) if line.roles in roles]


def shorten(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Leave a few lines of the body."""
    body = places(lines, BODY)
    keep = int(random.integers(1, 6))
    gone = set(body[keep:])
    last = body[-1] if body else 0
    return [
        line for place, line in enumerate(lines) if not (place in gone or (body[keep:] and body[keep] < place < last))
    ]


def crop(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Cut off some of what stands before the title and behind the body."""
    article = places(lines, BODY, TITLE)
    if not article:
        return lines
    first = int(random.integers(0, article[0] + 1)) if random.random() < 0.7 else 0
    last = int(random.integers(article[-1] + 1, len(lines) + 1)) if random.random() < 0.5 else len(lines)
    return lines[first:last]


def thin(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Leave out a stretch of lines that are not the article's."""
    start = int(random.integers(len(lines))) if lines else 0
    stop = start + int(random.integers(1, 40))
    return [line for place, line in enumerate(lines) if not start <= place < stop or line.roles in (BODY, TITLE)]


def with_subheads(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Put headings between paragraphs of the body, made of words of the paragraph below, now and then with a line below."""
    share, cased, found = random.choice([0.15, 0.35]), bool(random.random() < 0.6), list[LabelledLine]()
    body = places(lines, BODY)
    for place, line in enumerate(lines):
        if place in body[1:] and len(line.piece.text) > 80 and random.random() < share:
            found += [_heading(line, int(random.integers(3, 10)), line.piece.gap, cased)]
            if random.random() < 0.2:
                found += [_heading(line, int(random.integers(10, 18)), line.piece.gap, cased=False)]
        found.append(line)
    return found


def _heading(line: LabelledLine, size: int, gap: bool, cased: bool) -> LabelledLine:  # noqa: FBT001 - a made line's form
    words = line.piece.text.split()
    start = max(len(words) - size, 0) // 2
    text = " ".join(words[start : start + size]).strip('.,;:!?"“”')
    text = text.title() if cased else text[:1].upper() + text[1:]
    return replace(line, piece=Piece(text or line.piece.text, gap))


def split(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Break paragraphs of the body into sentences."""
    share, found = random.choice([0.2, 0.6, 1.0]), []
    for line in lines:
        if line.roles != BODY or random.random() > share:
            found.append(line)
            continue
        for place, part in enumerate(sentences(line.piece.text)):
            if part.strip():
                found.append(replace(line, piece=Piece(part, line.piece.gap and not place)))
    return found


def merge(lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
    """Run lines of one role together: paragraphs, headlines of a list, entries of a menu."""
    share, found = random.choice([0.1, 0.3]), list[LabelledLine]()
    for line in lines:
        above = found[-1] if found else None
        alike = above is not None and above.roles == line.roles and line.roles != TITLE
        if (
            above is not None
            and alike
            and random.random() < share
            and len(above.piece.text) + len(line.piece.text) < 2500
        ):
            found[-1] = replace(above, piece=replace(above.piece, text=f"{above.piece.text} {line.piece.text}"))
        else:
            found.append(line)
    return found
