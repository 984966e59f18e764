#!/bin/bash
# backup.sh FOLDER: one backup of the database and the films, as FOLDER/<time>/. The database first:
# a film that a row names is stored before the row, so what the dump names is in the files.
#
# Of the environment: DATABASE_URL; MEDIA_FOLDER (default $HUABEN_VAR/media; empty when films lie on
# S3, which has backups of its own); PG_BIN, the folder of pg_dump, where it is not on the path;
# KEEP, how many backups stay (default 14).
set -euo pipefail
umask 077
home=$(realpath -m "${1:?usage: backup.sh FOLDER}")
media=${MEDIA_FOLDER-${HUABEN_VAR:?}/media}
name=$(date -u +%Y%m%dT%H%M%SZ)
part=$home/.$name.part
mkdir -p "$part"
trap 'rm -rf "$part"' EXIT
"${PG_BIN:+$PG_BIN/}pg_dump" --format=custom --no-owner --no-privileges \
  --file="$part/database.dump" "$DATABASE_URL"
if [[ -n $media && -d $media ]]; then
  tar --create --file="$part/media.tar" --directory="$media" .
fi
(cd "$part" && sha256sum -- * > SHA256SUMS)
sync -f "$part"
mv "$part" "$home/$name"
trap - EXIT
# The oldest go; the names sort by time.
find "$home" -mindepth 1 -maxdepth 1 -type d -name '2*Z' | sort | head -n "-${KEEP:-14}" | xargs -r rm -rf --
echo "$home/$name"
