#!/usr/bin/env bash
# Archive SOURCE into TARGET under today's date, then keep the newest seven archives.
set -euo pipefail

source_folder=${1:?usage: backup.sh SOURCE TARGET}
target_folder=${2:?usage: backup.sh SOURCE TARGET}
name="$(basename "$source_folder") $(date +%Y-%m-%d).tar.gz"

mkdir -p "$target_folder"
tar -czf "$target_folder/$name" -C "$(dirname "$source_folder")" "$(basename "$source_folder")"
"$(dirname "$0")/rotate.sh" "$target_folder" 7
