"""The command, run against the road as a user runs it."""

import asyncio
import os
import sys

from roads import Road


async def broadsheet(road: Road, *arguments: str, **environment: str) -> bytes:
    """Run the command against the road, with further variables, and give what it prints; it must succeed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "broadsheet",
        *arguments,
        env=os.environ | road.environment | environment,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return output
