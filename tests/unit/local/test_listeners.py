from broadsheet.local.listeners import Listener, listening_settings


def test_a_broker_has_one_plain_way_in_by_default() -> None:
    assert listening_settings(9092, 9093) == {
        "listeners": "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093",
        "advertised.listeners": "PLAINTEXT://127.0.0.1:9092",
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    }


def test_a_further_way_in_has_properties_of_its_own() -> None:
    guarded = Listener("GUARDED", "SASL_SSL", {"ssl.client.auth": "required"}, port=9094)
    settings = listening_settings(9092, 9093, [guarded])
    assert settings["advertised.listeners"] == "PLAINTEXT://127.0.0.1:9092,GUARDED://127.0.0.1:9094"
    assert settings["listener.security.protocol.map"].endswith(",GUARDED:SASL_SSL")
    assert settings["listener.name.guarded.ssl.client.auth"] == "required"
