#!/bin/sh
# Sets the passwords of the three log-in roles from the environment. Run once by the
# PostgreSQL image after roles.sql; by hand: OWNER_PASSWORD=… APP_PASSWORD=… PLATFORM_PASSWORD=… sh passwords.sh
set -eu
psql -X -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "${POSTGRES_DB:-thidua}" \
    -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v platform="$PLATFORM_PASSWORD" <<'SQL'
SET password_encryption = 'scram-sha-256';
ALTER ROLE thidua_owner PASSWORD :'owner';
ALTER ROLE thidua_app PASSWORD :'app';
ALTER ROLE thidua_platform PASSWORD :'platform';
SQL
