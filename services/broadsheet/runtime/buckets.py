"""Bounds of the histograms, classic ones, with the measurement that each was chosen by.

Classic buckets, since every Prometheus, and everything that reads its format, has them; their bounds are part of the
interface, as recording rules and dashboards name them. A factor of 2 to 2.5 between bounds tells a quantile to about a third.
"""

PAGE_SECONDS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
BATCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
ROAD_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 14400.0)
LOOP_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
BYTES = tuple(4.0**power for power in range(4, 13))
BATCH_RECORDS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
PER_PAGE = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
CHARACTERS = (100, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000)
CHANCE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
