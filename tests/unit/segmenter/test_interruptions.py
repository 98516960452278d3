"""Lines that interrupt an article and say so are not part of it."""

import numpy as np
import pytest

from broadsheet.segmenter.interruptions import mend_interruptions
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, page_of


def role_of(text: str, role: Role = Role.BODY) -> Role:
    """Give what a line between two paragraphs is taken for in the end."""
    roles = np.array([Role.BODY, role, Role.BODY])
    mend_interruptions(roles, page_of(PROSE, text, PROSE).lines)
    assert roles[[0, 2]].tolist() == [Role.BODY, Role.BODY]
    return Role(roles[1])


@pytest.mark.parametrize(
    "text",
    ["Advertisement", "ADVERTISEMENT:", "Article continues below this ad", "- Werbung -", "広告", "Read more..."],
)
def test_the_label_of_an_advert_is_not_part_of_the_article(text: str) -> None:
    assert role_of(text) is Role.OTHER


@pytest.mark.parametrize(
    "text", ["3 May 2026", "Zuidmeer Post - 3 May 2026, 10:15", "Publisert: 03.05.26 kl. 14:47", "2 days ago"]
)
def test_a_date_is_not_part_of_the_article(text: str) -> None:
    assert role_of(text) is Role.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2026 Zuidmeer Post. All rights reserved.",
        "This material may not be published, broadcast or redistributed.",
        "This document is subject to copyright. Apart from any fair dealing, no part may be reproduced.",
        "Please be respectful of copyright. Unauthorized use is prohibited.",
        "© 2026 Correo de Zuidmeer. Todos los derechos reservados",
        "© 南海报 版权所有",
        "掲載の記事・写真の無断転載を禁じます。",
        "© Zuidmeer-Bote. Alle Rechte vorbehalten",
        "<무단 전재 및 재배포 금지>",
    ],
)
def test_a_notice_of_copyright_is_not_part_of_the_article(text: str) -> None:
    assert role_of(text) is Role.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "READ MORE: Ferry is back",
        "Related: Ferry is back in service",
        "» Lesen Sie auch: Die Fähre fährt wieder",
        "Читайте также: Паром снова ходит",
        "ALSO READ | Ferry is back",
        "MORE: Ferry is back",
        "関連記事：フェリーが運航を再開",  # noqa: RUF001 - the colon of Japanese text
    ],
)
def test_a_teaser_that_names_itself_is_one(text: str) -> None:
    assert role_of(text) is Role.HEADLINE


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement of the job took a year.",
        "Related parties were told on Monday, she said.",
        "Related: nobody who was there",
        "“Listen: Nobody is leaving this room,” he said.",
        "Listen — it was never about the money, she told the court",
        "Related – but distinct – is the question of rent",  # noqa: RUF001 - as pages print it
        "Recommended: Two eggs and a cup of milk.",
        "Watch: Yes",
        "More people: Ferries are full again",
        "Advertising",
        "More: Ferry is back",
        "It was on 3 May 2026 that the ferry left.",
        "Published by Zuidmeer Games",
        "The rights to the harbour were reserved for the islanders, she said, and all of them knew it.",
        "Personal data may not be copied to devices outside the island, the court ruled.",
        "Everything he sings is subject to copyright, he said.",
        "Unauthorized use is a crime, and the maximum penalty is five years.",
        "Todos los derechos reservados a los isleños fueron suprimidos en 1923.",
        "版权所有者表示，他们将提起诉讼。",  # noqa: RUF001 - Chinese
        f"{PROSE * 4} All rights reserved.",
        f"Read more: {PROSE * 2}",
    ],
)
def test_what_only_begins_like_one_stays_part_of_the_article(text: str) -> None:
    assert role_of(text) is Role.BODY


def test_lines_that_are_no_part_of_the_article_stay_what_they_are() -> None:
    assert role_of("READ MORE: Ferry is back", Role.META) is Role.META
    assert role_of("Advertisement", Role.HEADER) is Role.HEADER


@pytest.mark.parametrize("text", ["Related", "READ MORE", "Mehr zum Thema:", "» Lesen Sie auch"])
def test_what_only_leads_in_is_no_kicker(text: str) -> None:
    assert role_of(text, Role.KICKER) is Role.META
    assert role_of(text, Role.HEADER) is Role.HEADER


@pytest.mark.parametrize("text", ["Related news", "Watch", "Sport"])
def test_a_section_is_a_kicker(text: str) -> None:
    assert role_of(text, Role.KICKER) is Role.KICKER
