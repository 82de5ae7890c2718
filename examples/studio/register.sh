#!/bin/sh
# Registers the app with the gateway of this checkout, as an operator does, and prints what its .env.local holds.
# GATEWAY and PAGE say where both are; CLI how `tongxin` is run. Further arguments go to `tongxin client create`.
set -eu
: "${GATEWAY:=http://127.0.0.1:8000}" "${PAGE:=http://127.0.0.1:5173}" "${CLI:=.venv/bin/tongxin}"
cd "$(dirname "$0")/../.."
told=$($CLI client create "委员工作室 (example)" --auth-method none --dpop-bound \
  --grant authorization_code --grant refresh_token \
  --scope openid --scope graph:read --scope duty:read --scope directory:read --scope cockpit:read \
  --scope question:write --scope duty:write \
  --redirect-uri "$PAGE/signed-in" --post-logout-redirect-uri "$PAGE/" --origin "$PAGE" --json "$@")
id=${told#*'"client_id": "'}
printf 'VITE_GATEWAY=%s\nVITE_CLIENT_ID=%s\n' "$GATEWAY" "${id%%'"'*}"
