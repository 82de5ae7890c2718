#!/bin/sh
# A device without a keyboard: shows a code, waits until somebody lets it in. Needs curl and jq.
#
#   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… sh device.sh
set -eu

asked=$(curl -sf "$TONGXIN/oauth/device" -d client_id="$CLIENT_ID" -d scope="openid graph:read")
echo "Open $(echo "$asked" | jq -r .verification_uri) and type $(echo "$asked" | jq -r .user_code)"
echo "or open this:" "$(echo "$asked" | jq -r .verification_uri_complete)"

wait=$(echo "$asked" | jq -r .interval)
while true; do
  sleep "$wait"
  answer=$(curl -s "$TONGXIN/oauth/token" -d client_id="$CLIENT_ID" \
    -d grant_type=urn:ietf:params:oauth:grant-type:device_code \
    -d device_code="$(echo "$asked" | jq -r .device_code)")
  case $(echo "$answer" | jq -r '.error // "none"') in
    none) break ;;
    authorization_pending) ;;
    slow_down) wait=$((wait + 5)) ;;
    *) echo "$answer" | jq -r .error_description >&2; exit 1 ;;
  esac
done

token=$(echo "$answer" | jq -r .access_token)
echo "Who let us in:"
curl -sf "$TONGXIN/oauth/userinfo" -H "Authorization: Bearer $token" | jq -c '{sub, roles}'

again=$(curl -sf "$TONGXIN/oauth/token" -d client_id="$CLIENT_ID" -d grant_type=refresh_token \
  -d refresh_token="$(echo "$answer" | jq -r .refresh_token)")
echo "Refreshed for: $(echo "$again" | jq -r .scope)"

# giving the refresh token back ends all that followed from it
curl -sf "$TONGXIN/oauth/revoke" -d client_id="$CLIENT_ID" -d token="$(echo "$again" | jq -r .refresh_token)"
echo "Given back."
