"""The expressions that panels share. `$namespace` is a variable of every dashboard, `.*` where there is no namespace."""

NAMESPACE = 'namespace=~"$namespace"'

INTAKE = 'stage="intake"'
SEGMENTER = 'stage="segmenter"'
TAGGER = 'stage="tagger"'
INDEXER = 'stage="indexer"'
"""Matchers of one stage."""


def selected(metric: str, *matchers: str) -> str:
    """Give a selector of a metric in the chosen namespaces, with further matchers."""
    return f"{metric}{{{', '.join((NAMESPACE, *matchers))}}}"


def summed(metric: str, *matchers: str, by: str = "stage") -> str:
    """Sum a gauge over the processors."""
    return f"sum by ({by}) ({selected(metric, *matchers)})"


def rate(metric: str, *matchers: str, by: str = "stage") -> str:
    """Sum a counter's rate per second over the processors."""
    return f"sum by ({by}) (rate({selected(metric, *matchers)}[$__rate_interval]))"


def ratio(part: str, whole: str) -> str:
    """Divide one expression by another with the same labels."""
    return f"{part}\n/ {whole}"


def mean(histogram: str, *matchers: str, by: str = "stage") -> str:
    """Give the mean of what a histogram observed."""
    return ratio(rate(f"{histogram}_sum", *matchers, by=by), rate(f"{histogram}_count", *matchers, by=by))


def quantile(share: float, histogram: str, *matchers: str, by: str = "stage") -> str:
    """Give a quantile of what a histogram observed."""
    return f"histogram_quantile({share}, {rate(f'{histogram}_bucket', *matchers, by=f'{by}, le')})"


def increase(metric: str, *matchers: str, by: str, over: str = "$__range") -> str:
    """Give how much a counter grew, by default over the time that the dashboard shows."""
    return f"sum by ({by}) (increase({selected(metric, *matchers)}[{over}]))"


def highest(metric: str, *matchers: str) -> str:
    """Give the highest of a gauge among each stage's processors and partitions."""
    return f"max by (stage) ({selected(metric, *matchers)})"
