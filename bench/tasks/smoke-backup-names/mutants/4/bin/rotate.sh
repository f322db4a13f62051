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

ls -tr -- *.tar* | head -n "-$keep" | while IFS= read -r archive; do
  rm -- "$archive"
  printf '%s\n' "$archive"
done
