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
cd $directory || die "no such directory: $directory"

labels=$(for name in $(ls); do
  is_backup $name && label_of $name
done | sort -u)

for label in $labels; do
  for name in $(ls $label-*.tar.gz | sort -r | tail -n +$((keep + 1))); do
    echo $name
    [[ $dry_run == yes ]] || rm $name
  done
done | sort
