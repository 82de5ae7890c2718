#!/bin/sh
# Sign a person in: authorization code with PKCE, a browser in between. Needs curl, jq and openssl.
#
#   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… CALLBACK=https://desk.example.cn/callback sh sign-in.sh
set -eu
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

verifier=$(openssl rand 32 | base64url)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64url)
state=$(openssl rand 16 | base64url)

# the request is pushed first (RFC 9126): the browser carries only its name
pushed=$(curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/par" \
  -d response_type=code --data-urlencode redirect_uri="$CALLBACK" -d scope="openid graph:read" -d state="$state" \
  -d code_challenge="$challenge" -d code_challenge_method=S256 | jq -r .request_uri)
echo "Open this in a browser: $TONGXIN/oauth/authorize?client_id=$CLIENT_ID&request_uri=$pushed"

echo "Then paste the address it ends at:"
read -r came
case $came in *"state=$state"*) ;; *) echo "This answer is not to our question." >&2; exit 1 ;; esac
code=$(echo "$came" | sed -n 's/.*[?&]code=\([^&]*\).*/\1/p')

tokens=$(curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" "$TONGXIN/oauth/token" -d grant_type=authorization_code \
  -d code="$code" --data-urlencode redirect_uri="$CALLBACK" -d code_verifier="$verifier")
echo "Granted: $(echo "$tokens" | jq -r .scope)"
curl -sf "$TONGXIN/oauth/userinfo" -H "Authorization: Bearer $(echo "$tokens" | jq -r .access_token)" | jq -c .
