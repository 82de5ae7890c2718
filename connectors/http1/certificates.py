"""When the certificates of hosts end, as their connections showed."""

import ssl

from connectors.http1.connection import Connection


def end_of_certificate(connection: Connection) -> float | None:
    """Seconds since 1970; None where TLS is not used, or nothing is told."""
    certificate = connection.certificate()
    ends = None if certificate is None else certificate.get("notAfter")
    return ssl.cert_time_to_seconds(ends) if isinstance(ends, str) else None
