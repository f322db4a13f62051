#!/usr/bin/env bash
# Packs a folder into DIRECTORY/LABEL-YYYYMMDD.tar.gz; the label is the folder's name.
#
#   bin/backup.sh FOLDER DIRECTORY

set -u
here=$(dirname "$0")
source "$here/lib.sh"

[[ $# -eq 2 ]] || die "usage: backup.sh FOLDER DIRECTORY"
target="$2/$(basename "$1")-$(date +%Y%m%d).tar.gz"
tar -czf "$target" -C "$(dirname "$1")" -- "$(basename "$1")" || die "tar failed for $1"
log "wrote $target"
