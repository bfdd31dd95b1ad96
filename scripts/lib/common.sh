# Functions that the scripts share: messages, the cache folder, children that end with their script.
# Sourced by bash, after `set -euo pipefail`. Standard output is left to the results of a script.
# shellcheck shell=bash disable=SC2034

# The name at the start of each message, so that a reader of a long log knows where it comes from.
program="${0##*/}"

# Prints one line of progress.
say() { printf '%s: %s\n' "$program" "$*" >&2; }

# Prints what went wrong and ends the script with status 1.
fail() {
    say "error: $*"
    exit 1
}

# Prints what the caller has to provide first and ends the script with status 2.
fail_setup() {
    say "error: $*"
    exit 2
}

# Prints the folder for everything that is worth keeping between runs. It is outside the checkout,
# so that a fresh clone of the same revision starts fast.
cache_folder() {
    local base="${XDG_CACHE_HOME:-}"
    # By the XDG specification, a relative path has to be ignored.
    [[ $base == /* ]] || base="${HOME:?it is not set, and neither is XDG_CACHE_HOME}/.cache"
    printf '%s/otel-emitter\n' "$base"
}

# Holds a lock file until the script ends, so that two runs never make the same thing. If another
# run holds it, waits at most as many seconds as the second argument says.
hold_lock() {
    exec 9>"$1"
    flock --nonblock 9 || {
        say "another run holds $1; waiting for it"
        flock --timeout "$2" 9 || fail "another run has held $1 for $2 s"
    }
}

# The longest that a program may take to print its version or help.
readonly answer_limit_seconds=60

# Runs a program that prints its version or help, without the caller's environment.
ask_program() {
    timeout "$answer_limit_seconds" env -i PATH="$PATH" HOME="${HOME:-/}" "$@" 2>&1 </dev/null
}

# The processes that `start_child` has started, and the folders that only this run needs.
children=()
temporary_folders=()

# Where the children read from. A script may name a pipe and hold its other end. A child that reads
# the pipe then sees the end of the file when the script is gone, even after kill -9.
child_input=/dev/null

# Starts a command in the background, in a process group of its own; the pid is in `child`.
# With the group, `stop_child` ends what the command has started in turn, and nothing else.
# Descriptors 8 and 9 (the pipe above, a lock) belong only to the script.
start_child() {
    set -m
    "$@" <"$child_input" 8>&- 9>&- &
    child=$!
    set +m
    children+=("$child")
}

# Runs a command to its end and returns its status. Unlike with a plain call, a signal to this
# script takes effect at once, because bash runs traps during `wait` but not while a command runs.
run_child() {
    local pid status=0
    start_child "$@"
    pid="$child"
    wait "$pid" || status=$?
    forget_child "$pid"
    return "$status"
}

# Removes a process that has ended from the list, since another process may soon have its number.
forget_child() {
    local ended="$1" pid remaining=()
    for pid in "${children[@]}"; do
        [[ $pid == "$ended" ]] || remaining+=("$pid")
    done
    children=(${remaining[@]+"${remaining[@]}"})
}

# Asks a process that `start_child` started to end, waits at most 10 s, then kills it.
stop_child() {
    local pid="$1" tries
    kill -TERM -- "-$pid" 2>/dev/null || true
    for ((tries = 0; tries < 100; tries++)); do
        kill -0 -- "-$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    forget_child "$pid"
}

# Makes a folder that is removed when the script ends; its path is in `folder`.
make_temporary_folder() {
    folder="$(mktemp -d "${TMPDIR:-/tmp}/otel-emitter.XXXXXX")"
    temporary_folders+=("$folder")
}

# Ends all children and removes the temporary folders, however the script ends.
clean_up() {
    local status=$? pid path
    trap - EXIT
    trap '' INT TERM HUP
    for pid in ${children[@]+"${children[@]}"}; do stop_child "$pid"; done
    for path in ${temporary_folders[@]+"${temporary_folders[@]}"}; do
        # Go marks its files read-only; without write permission rm could not empty the folders.
        chmod -R u+w "$path" 2>/dev/null || true
        rm -rf "$path"
    done
    exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
