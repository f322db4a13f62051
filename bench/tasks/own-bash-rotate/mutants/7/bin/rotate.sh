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
cd -- "$directory" 2>/dev/null || die "no such directory: $directory"

# The newest first within each label: the date has a fixed width, so names sort as dates do. The = keeps a label
# such as * or @ from meaning all of the array.
declare -A seen=()
removed=()
while IFS= read -r name; do
  label=$(label_of "$name")
  count=$((${seen["=$label"]:-0} + 1))
  seen["=$label"]=$count
  ((count > keep)) && removed+=("$name")
done < <(for name in *; do
  if is_backup "$name"; then printf '%s\n' "$name"; fi
done | LC_ALL=C sort -r)

((${#removed[@]} > 0)) || exit 0
printf '%s\n' "${removed[@]}" | LC_ALL=C sort
rm -- "${removed[@]}"
