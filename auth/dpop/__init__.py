"""Proof of possession (RFC 9449): a token bound to a key is good only beside a fresh proof made with that key.

Owns what a proof must say, the nonces we hand out, and which proofs were seen. Leaves to others where a proof is
demanded: ``server.binding`` at the token endpoint, the gateway's edge at ``/graphql``.
"""
