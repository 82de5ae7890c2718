"""The edge: GraphQL over HTTP as plain ASGI."""
