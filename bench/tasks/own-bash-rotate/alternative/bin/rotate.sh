#!/usr/bin/env bash
# Removes old backups: of each label the newest KEEP stay, by the date in the name.
#
#   bin/rotate.sh [--dry-run] DIRECTORY KEEP
#
# Prints the names of what it removes (or would remove), one on a line, sorted. Ends with 2 if it is called wrongly.

set -u
here=$(dirname "$0")
source "$here/lib.sh"

dry_run=no
if [[ ${1:-} == --dry-run ]]; then
  dry_run=yes
  shift
fi
[[ $# -eq 2 ]] || die "usage: rotate.sh [--dry-run] DIRECTORY KEEP"
directory=$1
keep=$2
[[ $keep =~ ^[1-9][0-9]*$ ]] || die "KEEP is a number from 1: $keep"
cd "$directory" || die "no such directory: $directory"

stems() {
  local name
  for name in *.tar.gz; do
    is_backup "$name" || continue
    printf '%s\n' "${name%-????????.tar.gz}"
  done
}

stems | sort -u | while IFS= read -r stem; do
  files=("$stem"-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9].tar.gz)
  count=${#files[@]}
  for ((i = 0; i < count - keep; i++)); do
    printf '%s\n' "${files[i]}"
    if [[ $dry_run == no ]]; then rm -f -- "./${files[i]}"; fi
  done
done | LC_ALL=C sort
exit 0
