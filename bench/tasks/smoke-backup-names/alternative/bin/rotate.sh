#!/usr/bin/env bash
# Delete all but the newest KEEP archives of FOLDER.
set -euo pipefail

folder=${1:?usage: rotate.sh FOLDER KEEP}
keep=${2:?usage: rotate.sh FOLDER KEEP}

case $keep in
  '' | *[!0-9]*)
    echo "rotate.sh: KEEP must be a number, not '$keep'" >&2
    exit 2
    ;;
esac

cd -- "$folder"

mapfile -t archives < <(ls -tr ./*.tar.gz)
surplus=$((${#archives[@]} - keep))
for ((i = 0; i < surplus; i++)); do
  rm "${archives[i]}"
  echo "${archives[i]#./}"
done
