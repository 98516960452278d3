"""Bounds of the histograms, classic ones, with the measurement that each was chosen by.

Classic buckets, since every Prometheus, and all that reads its format, has them; their bounds are part of the interface, as
recording rules and dashboards name them (`le="0.0"`). A factor of 2 to 2.5 between two bounds tells a quantile to a third.

Measured on 365 news pages (143 as HTML, 222 as plain text) that went through the four functions one after another on one
core of a server, in processor time; "p50" is the median.
"""

PAGE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds of a page: intake p50 0.004, p99 0.022; segmenter 0.020 and 0.119; tagger 0.223 and 1.72, at most 2.4; indexer
0.004 and 0.026. The last bound is the default time limit of a page."""

BATCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds of a batch, of its acknowledgement and of a request to the index. By the page's times above 64 pages of the tagger take
14 s. On 165 of the pages through the running road, on two cores with twenty times the work they could do: batches of intake p50
at most 2.5 and of the segmenter 30, one of the tagger over 60; acknowledgements p50 at most 0.5; requests 0.05 to 10."""

ROAD_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 14_400.0)
"""Seconds from publishing. In the same run p50 was at most 10 after intake, 60 after the segmenter and 120 after the tagger; a
backlog is measured in minutes to hours."""

LOOP_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds that a timer was late: in the same run p50 at most 0.0025 to 0.01 by stage, p99 at most 0.1, once over 1. A quarter of
the session timeout, 2.5 by default, is how often heartbeats are sent."""

BYTES = (*(1024.0 * 2**power for power in range(11)), 4.0 * 1024**2, 16.0 * 1024**2, 64.0 * 1024**2)
"""1 KiB to 64 MiB. Bytes of a page: as text p50 7,661, p99 28,601; as HTML 80,208 and 548,388, at most 1.5 MB; of an event
of the tagger p50 29,042, p99 147,603. The largest record may have 32 MiB, a batch 16 MiB unless it is one record."""

BATCH_RECORDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0)
"""Records of a batch: 1 on an idle road, 64 with a backlog (the indexer: 500) unless the setting says otherwise."""

PER_PAGE = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
"""Of one page: teasers p50 9, p99 77; blocks 19 and 141; entities 35 and 169; mentions 60 and 499, at most 874."""

CHARACTERS = (250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16_000.0, 32_000.0, 64_000.0)
"""Characters of a body: from 301 to 40,665, p5 1,320, p50 4,503, p99 33,499."""

CHANCE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""A chance from 0 to 1; the segmenter's confidence has p5 0.34, p25 0.76, p50 0.91, p75 0.98."""
