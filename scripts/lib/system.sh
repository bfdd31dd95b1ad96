# What the system has to provide. Each function checks whether something works; apt installs what
# is missing.
# Sourced after common.sh.
# shellcheck shell=bash

# The oldest libcurl that can abandon a name resolution that hangs (CURLOPT_QUICK_EXIT).
readonly oldest_libcurl=7.87.0
# The longest that one run of apt may take.
readonly apt_limit_seconds=900

# The scripts install neither Swift nor what Swift itself needs.
require_swift() {
    command -v swift >/dev/null ||
        fail_setup "swift is not on PATH; see https://www.swift.org/install"
}

# Prints a Python interpreter of version 3.11 or later that can import the modules given (a
# comma-separated list), the first on PATH or the system's own.
find_python() {
    local python modules="${1:-sys}"
    for python in python3 /usr/bin/python3; do
        python="$(type -P "$python")" || continue
        "$python" -c "import sys, $modules; sys.exit(sys.version_info < (3, 11))" 2>/dev/null ||
            continue
        echo "$python"
        return
    done
    return 1
}

# Each of these checks for what one package in `missing_packages` provides.
has_libcurl() { command -v curl-config >/dev/null && curl-config --libs >/dev/null; }
has_zlib() { [[ -e /usr/include/zlib.h ]] || compgen -G '/usr/include/*/zlib.h' >/dev/null; }
has_nginx() { PATH="$PATH:/usr/sbin" command -v nginx >/dev/null; }
has_fonts() { compgen -G '/usr/share/fonts/*/*/*.[ot]tf' >/dev/null; }
has_python_environments() { find_python venv,ensurepip >/dev/null; }

# Prints the path of a Chromium that can draw pages without a window: $CHROMIUM, or the first on
# PATH.
find_chromium() {
    local name
    if [[ -n ${CHROMIUM:-} ]]; then
        type -P "$CHROMIUM"
        return
    fi
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        type -P "$name" && return
    done
    return 1
}

# Prints the path of a Chromium, or says how to get one.
require_chromium() {
    find_chromium && return
    [[ -z ${CHROMIUM:-} ]] || fail_setup "CHROMIUM=$CHROMIUM: there is no such program; name one" \
        "that there is, or unset it to take the first Chromium on PATH"
    fail_setup "there is no Chromium on PATH: install the package chromium (Debian's name), or" \
        "name the program of one in CHROMIUM"
}

# Prints a Python interpreter, or says how to get one.
require_python() {
    find_python || fail_setup "there is no Python 3.11 or later on PATH: install the package" \
        "python3 (Debian's name)"
}

# Prints the Debian packages that are missing for `build`, or for `tests`, which need more.
missing_packages() {
    has_libcurl || echo libcurl4-openssl-dev
    has_zlib || echo zlib1g-dev
    find_python >/dev/null || echo python3
    [[ $1 == tests ]] || return 0
    has_python_environments || echo python3-venv
    has_nginx || echo nginx
    command -v openssl >/dev/null || echo openssl
    [[ -n ${CHROMIUM:-} ]] || find_chromium >/dev/null || echo chromium
    # Without any font Chromium draws no text.
    has_fonts || echo fonts-dejavu-core
}

# Runs a command as root, or says what an administrator has to run.
as_root() {
    if ((EUID == 0)); then
        run_child "$@"
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
        # sudo may have to ask for a password, for which it needs the terminal.
        sudo "$@"
    else
        fail_setup "root is needed; let an administrator run:" \
            "apt-get install --no-install-recommends ${wanted[*]}"
    fi
}

# Installs the packages that are missing, if any; see `missing_packages` for the argument.
install_missing_packages() {
    local wanted
    mapfile -t wanted < <(missing_packages "$@")
    if ((${#wanted[@]} > 0)); then
        command -v apt-get >/dev/null || fail_setup "these are missing, and there is no apt-get" \
            "to install them (the names are Debian's): ${wanted[*]}"
        say "installing ${wanted[*]}"
        apt_install || {
            # The package lists may be missing or too old to find the files.
            say "reading the package lists again"
            as_root timeout "$apt_limit_seconds" apt-get update -qq >&2 ||
                say "apt-get update reported problems (above); continuing with what it got"
            apt_install || fail "apt-get could not install ${wanted[*]}"
        }
        mapfile -t wanted < <(missing_packages "$@")
        ((${#wanted[@]} == 0)) || fail "still missing after the installation: ${wanted[*]}"
    fi
    check_libcurl
}

apt_install() {
    as_root timeout "$apt_limit_seconds" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "${wanted[@]}" >&2
}

check_libcurl() {
    local version
    version="$(curl-config --version)"
    version="${version##* }"
    printf '%s\n' "$oldest_libcurl" "$version" | sort -V -C ||
        fail_setup "libcurl is $version; it has to be $oldest_libcurl or later" \
            "(Debian 12, Ubuntu 24.04 or later have one)"
}
