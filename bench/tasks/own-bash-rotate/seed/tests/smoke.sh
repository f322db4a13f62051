#!/usr/bin/env bash
# A quick test of rotate.sh: bash tests/smoke.sh

set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

touch "$work"/etc-2026010{1,2,3,4}.tar.gz "$work/notes.txt"
removed=$(bash "$root/bin/rotate.sh" "$work" 3)
if [[ $removed != etc-20260101.tar.gz ]]; then
  echo "keeping 3 of 4 removed: ${removed:-nothing}"
  exit 1
fi

touch "$work"/"My Photos"-2026010{1,2}.tar.gz
removed=$(bash "$root/bin/rotate.sh" "$work" 1 2>&1 | tr '\n' ',')
wanted='My Photos-20260101.tar.gz,etc-20260102.tar.gz,etc-20260103.tar.gz,'
if [[ $removed != "$wanted" ]]; then
  echo "keeping 1 removed: $removed"
  exit 1
fi
echo "smoke test passed"
