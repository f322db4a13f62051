# Common parts of the backup scripts; to be sourced.

log() {
  echo "$(basename "$0"): $*" >&2
}

die() {
  log "$@"
  exit 2
}

# The label of a backup: "Photos 2024" of "Photos 2024-20260131.tar.gz".
label_of() {
  local name=$1
  printf '%s\n' "${name%-*}"
}

# Whether a file name is that of a backup: LABEL-YYYYMMDD.tar.gz
is_backup() {
  [[ $1 =~ ^.+-[0-9]{8}\.tar\.gz$ ]]
}
