# Shared pieces of the scripts: messages, the cache folder, children that end with their script.
# Sourced by bash, after `set -euo pipefail`. Standard output is left to the results of a script.
# shellcheck shell=bash disable=SC2034

# The name that messages carry, so that a reader of a long log knows who speaks.
program="${0##*/}"

# Says one line of progress.
say() { printf '%s: %s\n' "$program" "$*" >&2; }

# Says what went wrong and ends the script with status 1.
fail() {
    say "error: $*"
    exit 1
}

# Says what the caller has to provide first and ends the script with status 2.
fail_setup() {
    say "error: $*"
    exit 2
}

# Prints the folder for everything that is worth keeping between runs; it lies outside the
# checkout, so that a fresh clone of the same revision starts fast.
cache_folder() {
    local base="${XDG_CACHE_HOME:-}"
    # The XDG specification says that a relative path is to be ignored.
    [[ $base == /* ]] || base="${HOME:?it is not set, and neither is XDG_CACHE_HOME}/.cache"
    printf '%s/otel-emitter\n' "$base"
}

# Holds a lock file until the script ends, so that two runs never make the same thing. Waits for
# another run that holds it, at most the seconds of the second argument.
hold_lock() {
    exec 9>"$1"
    flock --nonblock 9 || {
        say "another run holds $1; waiting for it"
        flock --timeout "$2" 9 || fail "another run has held $1 for $2 s"
    }
}

# The longest that a program may take to answer a question about itself.
readonly answer_limit_seconds=60

# Asks a program about itself; the environment's own settings for it play no part.
ask_program() {
    timeout "$answer_limit_seconds" env -i PATH="$PATH" HOME="${HOME:-/}" "$@" 2>&1 </dev/null
}

# The processes that `start_child` started, and the folders that only this run needs.
children=()
temporary_folders=()

# Where the children read from. A script may name a pipe of which it holds the other end: a child
# that reads it sees the end of the file when the script is gone, even by kill -9.
child_input=/dev/null

# Starts a command in the background, in a process group of its own; the pid is in `child`.
# The group lets `stop_child` end what the command has started in turn, and nothing else.
# Descriptors 8 and 9 (the pipe above, a lock) belong to the script alone.
start_child() {
    set -m
    "$@" <"$child_input" 8>&- 9>&- &
    child=$!
    set +m
    children+=("$child")
}

# Runs a command to its end and passes its status on. Unlike a plain call it lets a signal to
# this script act at once, since bash runs traps during `wait` but not while a command runs.
run_child() {
    local pid status=0
    start_child "$@"
    pid="$child"
    wait "$pid" || status=$?
    forget_child "$pid"
    return "$status"
}

# Takes a process that has ended off the list: its number may soon be somebody else's.
forget_child() {
    local ended="$1" pid remaining=()
    for pid in "${children[@]}"; do
        [[ $pid == "$ended" ]] || remaining+=("$pid")
    done
    children=(${remaining[@]+"${remaining[@]}"})
}

# Asks a process that `start_child` started to end, waits at most 10 s, then insists.
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

# Ends what was started and removes what was only needed now, whatever the reason to leave.
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
