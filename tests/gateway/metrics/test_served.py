"""What the gateway serves, counted."""

from prometheus_client import CollectorRegistry, generate_latest

from gateway.metrics.served import Served, cumulative


def page(served: Served) -> str:
    """The counts as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(served)
    return generate_latest(registry).decode()


def test_requests_are_counted_by_route_method_and_status() -> None:
    """Each with how long it took."""
    served = Served()

    for seconds in (0.0005, 0.3):
        served.ended("/graphql", "POST", 200, seconds)
    served.ended("/graphql", "POST", 499, 0.02)

    labels = '{http_request_method="POST",http_response_status_code="200",http_route="/graphql"}'
    assert f"http_server_request_duration_seconds_count{labels} 2.0" in page(served)
    assert f"http_server_request_duration_seconds_sum{labels} 0.3005" in page(served)
    assert 'http_response_status_code="499"' in page(served)


def test_labels_are_bounded() -> None:
    """Whatever methods and paths callers invent, they share one label."""
    served = Served()

    for number in range(50):
        served.ended(None, f"INVENTED{number}", 404, 0.001)

    labels = '{http_request_method="_OTHER",http_response_status_code="404",http_route="other"}'
    assert f"http_server_request_duration_seconds_count{labels} 50.0" in page(served)
    assert "INVENTED" not in page(served)


def test_buckets_hold_all_that_is_below_their_bound() -> None:
    """As Prometheus has them; the last is everything."""
    assert cumulative((0.1, 1.0), [3.0, 0.0, 2.0]) == [("0.1", 3.0), ("1.0", 3.0), ("+Inf", 5.0)]
