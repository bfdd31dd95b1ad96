# Unpacks packages of Debian's archive into a folder, without installing them. The system's own
# packages, lists and settings stay as they are: apt uses private folders, needs no root, and
# verifies every signature with Debian's keyring. Sourced after common.sh.
# shellcheck shell=bash

# The longest that one run of apt may take.
readonly fetch_limit_seconds=900
readonly debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Ends the script with status 2 if this system can't fetch packages from Debian.
require_debian_tools() {
    local tool
    for tool in apt-get apt-cache dpkg dpkg-deb; do
        command -v "$tool" >/dev/null || fail_setup "$tool is missing: this is no Debian system"
    done
    [[ -r $debian_keyring ]] || fail_setup "$debian_keyring is missing (package" \
        "debian-archive-keyring): without it Debian's signatures can't be verified"
}

# Prints the suite that this system was installed from, or the closest one.
debian_release() {
    # shellcheck disable=SC1091 # It is the system's.
    (
        . /etc/os-release
        if [[ $ID == debian ]]; then echo "${VERSION_CODENAME:-unstable}"; else echo stable; fi
    )
}

# Prints the Debian sites in apt's own configuration, the most likely one first.
debian_sites() {
    local codename
    # A downloaded Release file says whose archive it is. The names in $() are apt's own.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(REPO_URI)' 2>/dev/null |
        sed -n 's/^Debian main //p' | grep -v -e '-security/*$' || true
    # A fresh image has no lists yet. Then any site that serves this release is tried. Its signature
    # decides whether it is Debian's; the site of a derivative does not pass.
    # shellcheck disable=SC1091 # It is the system's.
    codename="$(. /etc/os-release; [[ $ID != debian ]] || printf '%s' "${VERSION_CODENAME:-}")"
    [[ -z $codename ]] || apt-get update --print-uris 2>/dev/null |
        sed -n "s|^'\([^']*/\)dists/$codename/InRelease' .*|\1|p" || true
}

# Writes an apt configuration with only `main` of one suite on one site. It is passed with -c, which
# apt reads last, so that it also removes what the system's configuration adds: pins, a default
# release, hooks that run after an update.
write_apt_configuration() {
    local folder="$1" suite="$2" site="$3"
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    : >"$folder/status"
    cat >"$folder/sources.list" <<TEXT
deb [arch=$(dpkg --print-architecture) signed-by=$debian_keyring target=Packages] $site $suite main
TEXT
    cat >"$folder/apt.conf" <<TEXT
#clear APT::Update;
#clear APT::Default-Release;
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "2";
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder/cache";
TEXT
}

# Fetches a suite's list of packages from the first site that serves it with a valid signature. The
# first argument is a folder for apt. Pass the apt.conf in it to apt with -c afterwards.
open_debian_archive() {
    local folder="$1" suite="$2" site tried=""
    while read -r site; do
        say "reading Debian $suite from $site"
        rm -rf "$folder"
        write_apt_configuration "$folder" "$suite" "$site"
        # --error-on=any: by default, apt treats a failed download as a mere warning.
        if run_child timeout "$fetch_limit_seconds" apt-get -c "$folder/apt.conf" \
            update -qq --error-on=any >&2; then
            return
        fi
        tried+=" $site"
    done < <(debian_sites | awk '!seen[$0]++')
    [[ -n $tried ]] || fail_setup "apt's configuration names no site with Debian's packages"
    fail "no verified list of Debian $suite's packages from:$tried"
}

# Downloads packages from the archive that was opened in a folder, verifies them, and unpacks them
# into one tree: `unpack_packages FOLDER TREE PACKAGE…`.
unpack_packages() {
    local folder="$1" tree="$2" file
    shift 2
    say "fetching $# package(s)"
    mkdir -p "$folder/packages" "$tree"
    # As root, apt downloads as its user _apt; the folder must be that user's.
    [[ $EUID != 0 ]] || chown _apt "$folder/packages" 2>/dev/null || true
    run_child env -C "$folder/packages" timeout "$fetch_limit_seconds" \
        apt-get -c "$folder/apt.conf" download -qq "$@" >&2
    say "unpacking"
    for file in "$folder"/packages/*.deb; do
        dpkg-deb -x "$file" "$tree"
        rm "$file"
    done
}
