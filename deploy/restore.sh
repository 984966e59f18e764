#!/bin/bash
# restore.sh BACKUP: puts a backup of backup.sh into an empty database and an empty media folder.
# Stop Huaben first; afterwards: manage.py migrate. What is in the way is not touched: it refuses.
#
# Of the environment: DATABASE_URL, MEDIA_FOLDER or HUABEN_VAR, PG_BIN, as of backup.sh.
set -euo pipefail
umask 077
backup=${1:?usage: restore.sh BACKUP}
media=${MEDIA_FOLDER-${HUABEN_VAR:?}/media}
(cd "$backup" && sha256sum --quiet --check SHA256SUMS) || {
  echo "备份已损坏，什么都没有改动 · The backup is damaged; nothing was changed" >&2
  exit 1
}
tables=$("${PG_BIN:+$PG_BIN/}pg_dump" --schema-only --schema=public "$DATABASE_URL" | grep -c '^CREATE TABLE' || true)
if [[ $tables != 0 ]]; then
  echo "数据库里已有内容，没有覆盖 · The database is not empty; nothing was overwritten" >&2
  exit 1
fi
if [[ -f $backup/media.tar && -d $media && -n $(ls -A "$media") ]]; then
  echo "影片目录里已有内容，没有覆盖：$media · The media folder is not empty; nothing was overwritten" >&2
  exit 1
fi
if [[ -f $backup/media.tar ]]; then
  mkdir -p "$media"
  tar --extract --file="$backup/media.tar" --directory="$media"
fi
"${PG_BIN:+$PG_BIN/}pg_restore" --no-owner --no-privileges --exit-on-error --single-transaction \
  --dbname="$DATABASE_URL" "$backup/database.dump"
