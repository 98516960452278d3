"""The day against which a page's dates are read."""

import datetime as dt

from broadsheet.segmenter.segment import segment
from broadsheet.tagger.parts import page_date
from unit.segmenter.pages import sample

MIDNIGHT = dt.datetime(2026, 5, 3, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_the_page_s_day_is_the_article_s_own_else_that_of_the_first_time_known() -> None:
    received = dt.datetime(2026, 5, 6, tzinfo=dt.UTC)
    unknown = {"published_on": None, "published_at": None, "fetched_at": None, "received_at": received}
    document = segment(sample("harbour-bridge.txt")).model_copy(update=unknown)

    assert page_date(document) == dt.date(2026, 5, 6)
    fetched = document.model_copy(update={"fetched_at": received - dt.timedelta(days=1)})
    assert page_date(fetched) == dt.date(2026, 5, 5)
    published = fetched.model_copy(update={"published_at": MIDNIGHT})
    assert page_date(published) == dt.date(2026, 5, 3)
    assert page_date(published.model_copy(update={"published_on": dt.date(2026, 5, 1)})) == dt.date(2026, 5, 1)
