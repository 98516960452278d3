import pytest
from opensearchpy import OpenSearch as Client

from broadsheet.local.opensearch import OpenSearch
from servers import running_opensearch

pytestmark = pytest.mark.integration


def titles(client: Client, index: str, words: str) -> list[str]:
    answer = client.search(index=index, body={"query": {"match": {"title": words}}})
    return [hit["_source"]["title"] for hit in answer["hits"]["hits"]]


def test_an_indexed_document_is_found(opensearch: OpenSearch, topic_prefix: str) -> None:
    index = f"{topic_prefix}found"
    with Client(opensearch.url) as client:
        client.index(index=index, id="1", body={"title": "Ferry line reopens"}, refresh=True)
        client.index(index=index, id="2", body={"title": "Harbour dredged"}, refresh=True)
        assert titles(client, index, "ferry") == ["Ferry line reopens"]


def test_a_restart_on_the_same_folder_keeps_the_documents() -> None:
    with running_opensearch() as server, Client(server.url) as client:
        client.index(index="kept", id="1", body={"title": "Ferry line reopens"}, refresh=True)
        server.stop()
        assert not server.child.running
        server.start()
        assert titles(client, "kept", "ferry") == ["Ferry line reopens"]
