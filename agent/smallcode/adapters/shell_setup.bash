# Evaluated at the top level of the fresh bash that runs one command, after __smallcode_root (without a
# trailing slash), __smallcode_state (a folder) and __smallcode_guarded (1 or empty) were set.
#
# It restores what the commands before left behind, and arranges that what this one leaves is saved. Text is
# read and evaluated here, not sourced: `declare` in a function would make locals, and messages about a
# sourced file would name a temporary file.

# Write the state to "next"; status in, status out. Everything that a command can change and that would
# spoil the writing is undone first: options, traps, noclobber. Job control, verbose and noexec are left out
# on purpose: jobs would leave the process group, and after noexec nothing could run again. So are the
# variables that bash keeps itself; POSIXLY_CORRECT would switch aliases on, and comes with its option.
__smallcode_save() {
  builtin local __smallcode_status=$? __smallcode_name __smallcode_i
  # A subshell has nothing to save, once is enough, and in a function the locals would hide the variables.
  if [[ -n ${__smallcode_saved-} || ${BASHPID:-$$} != "$$" || ${#FUNCNAME[@]} -gt 1 ]]; then
    builtin return "$__smallcode_status"
  fi
  __smallcode_saved=1
  {
    builtin echo '__smallcode_options() {'
    builtin shopt -p
    builtin set +o
    builtin echo '}'
    builtin set +eu
    builtin trap - ERR DEBUG RETURN
    builtin shopt -u nocasematch
    if [[ $- == *x* ]]; then builtin echo "__smallcode_trace='builtin set -x; '"; fi
    builtin umask -p
    builtin compgen -v >| "$__smallcode_state/names"
    while IFS= builtin read -r __smallcode_name; do
      case $__smallcode_name in
        __smallcode_* | _ | BASH | BASHOPTS | BASHPID | BASH_* | COMP_* | DIRSTACK | EPOCH* | EUID | FUNCNAME) ;;
        GROUPS | HISTCMD | LINENO | PIPESTATUS | POSIXLY_CORRECT | PPID | PWD | RANDOM | SECONDS | SHELLOPTS) ;;
        SHLVL | SRANDOM | UID) ;;
        *) builtin declare -p "$__smallcode_name" ;;
      esac
    done < "$__smallcode_state/names"
    builtin compgen -A function >| "$__smallcode_state/names"
    while IFS= builtin read -r __smallcode_name; do
      case $__smallcode_name in
        __smallcode_*) ;;
        cd | pushd | popd) if [[ -z $__smallcode_guarded ]]; then builtin declare -f "$__smallcode_name"; fi ;;
        *) builtin declare -f "$__smallcode_name" ;;
      esac
    done < "$__smallcode_state/names"
    builtin declare -F
    builtin alias -p
    for ((__smallcode_i = ${#DIRSTACK[@]} - 1; __smallcode_i > 0; __smallcode_i--)); do
      builtin printf 'builtin pushd -n -- %q\n' "${DIRSTACK[__smallcode_i]}"
    done
    builtin printf '%s' "$PWD" >| "$__smallcode_state/cwd"
    builtin echo ': complete'
  } >| "$__smallcode_state/next"
  builtin return "$__smallcode_status"
}

# Do a cd, pushd or popd unless it fails or ends outside the root. It is tried in a subshell first, so that
# it then changes nothing, OLDPWD included. Descriptor 9 is where messages are seen: the callers send 2 away,
# so that the trace of `set -x` shows the line of the command and nothing of this.
__smallcode_move() {
  builtin local __smallcode_message __smallcode_there
  __smallcode_message=$(
    builtin "$@" 2>&1 > /dev/null || builtin exit 1
    __smallcode_there=$(builtin pwd -P; builtin echo .)
    [[ ${__smallcode_there%$'\n.'}/ == "$__smallcode_root"/* ]] || builtin exit 2
  ) && builtin "$@" && builtin return
  case $? in
    # The message without the place in this file that it begins with.
    1) builtin echo "bash: ${__smallcode_message#*: line *: }" >&9 ;;
    *)
      builtin echo "$1: refused: that is outside the project ${__smallcode_root:-/}. Stay inside it;" \
        "files elsewhere can be named by absolute paths (the setting allow_cd_outside lifts this)." >&9
      ;;
  esac
  builtin return 1
}

if [[ -n $__smallcode_guarded ]]; then
  cd() { __smallcode_move cd "$@"; } 9>&2 2> /dev/null
  pushd() { __smallcode_move pushd "$@"; } 9>&2 2> /dev/null
  popd() { __smallcode_move popd "$@"; } 9>&2 2> /dev/null
fi

builtin trap '{ __smallcode_save; } 2>/dev/null' EXIT

# From here on the user's functions, aliases and options are there, so it is parsed as one before they are.
# The state is evaluated with aliases off: functions are printed with their aliases expanded.
{
  if [[ -e $__smallcode_state/state ]]; then
    IFS= builtin read -r -d '' __smallcode_text < "$__smallcode_state/state"
    builtin shopt -s extglob
    builtin eval "$__smallcode_text"
  else
    __smallcode_options() { builtin shopt -s expand_aliases; }
  fi
  IFS= builtin read -r -d '' __smallcode_text < "$__smallcode_state/command"
  __smallcode_text=${__smallcode_trace-}$__smallcode_text
  __smallcode_options || builtin :
  builtin set +xvnmt
} > /dev/null 2>&1
