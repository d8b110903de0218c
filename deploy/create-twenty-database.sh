#!/bin/sh
# Runs once, when the cluster is created: twenty gets a role and a database of its own.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$TWENTY_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE twenty LOGIN PASSWORD :'password';
CREATE DATABASE twenty OWNER twenty;
REVOKE CONNECT ON DATABASE twenty FROM PUBLIC;
SQL
