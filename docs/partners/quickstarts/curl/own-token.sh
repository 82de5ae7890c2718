#!/bin/sh
# A token of the system's own: client credentials, a call of the graph, introspection, revocation. Needs curl and jq.
#
#   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… sh own-token.sh
set -eu

token=$(curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/token" \
  -d grant_type=client_credentials -d scope=opinion:read | jq -r .access_token)

echo "The graph says:"
curl -sf "$TONGXIN/graphql" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d '{"query": "{ studios(first: 1) { nodes { name } } }"}' | jq -c .data

echo "Introspection:"
curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/introspect" -d token="$token" | jq -c '{active, scope, client_id}'

curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/revoke" -d token="$token"
echo "After revocation:"
curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/introspect" -d token="$token" | jq -c .
