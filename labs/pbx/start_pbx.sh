#!/bin/sh
# Starts the CEL database and keeps the container alive: Asterisk is started anew for every call recorded.
set -e
service postgresql start
exec sleep infinity
