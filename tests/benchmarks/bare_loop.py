"""The least that consumes and produces safely with aiokafka alone: what `hop.py` holds the runtime against."""

import asyncio
import signal

from aiohttp import web
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from broadsheet.runtime.kafka import connection, new_producer
from broadsheet.runtime.settings import ProcessorSettings
from broadsheet_schemas.topics import ACCEPTED, SEGMENTED


async def serve() -> None:
    """Copy records in upper case until told to stop: read, send, await all acknowledgements, commit."""
    settings = ProcessorSettings()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    producer = new_producer(settings, "bare")
    consumer = AIOKafkaConsumer(
        ACCEPTED.prefixed(settings.topic_prefix),
        **connection(settings),
        group_id=f"{settings.topic_prefix}bare",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await producer.start()
    await consumer.start()
    runner = await health(settings, consumer)
    copying = asyncio.create_task(copy(settings, consumer, producer))
    await stop.wait()
    copying.cancel()
    await asyncio.gather(copying, return_exceptions=True)
    await runner.cleanup()
    await consumer.stop()
    await producer.stop()


async def copy(settings: ProcessorSettings, consumer: AIOKafkaConsumer, producer: AIOKafkaProducer) -> None:
    """Run the loop itself."""
    topic = SEGMENTED.prefixed(settings.topic_prefix)
    while True:
        batches = await consumer.getmany(timeout_ms=1000, max_records=settings.batch_max_records)
        sends = [
            await producer.send(topic, record.value.upper(), key=record.key)
            for records in batches.values()
            for record in records
        ]
        await asyncio.gather(*sends)
        if sends:
            await consumer.commit()


async def health(settings: ProcessorSettings, consumer: AIOKafkaConsumer) -> web.AppRunner:
    """Answer `/health/ready` once partitions are assigned, as the runtime does."""

    async def ready(_request: web.Request) -> web.Response:
        return web.Response(status=200 if consumer.assignment() else 503)

    app = web.Application()
    app.router.add_get("/health/ready", ready)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", settings.http_port).start()
    return runner


if __name__ == "__main__":
    asyncio.run(serve())
