# shellcheck shell=bash
# What the scripts of the action share; sourced, not run.

# A word that nobody could guess.
random() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# output NAME VALUE: an output of the step. The value is data, whatever lines it has.
output() {
    local end
    end="end-$(random)"
    printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >>"$GITHUB_OUTPUT"
}

# escaped TEXT: as the message of a workflow command (`@actions/core`, escapeData).
escaped() {
    local text="${1//'%'/%25}"
    text="${text//$'\r'/%0D}"
    printf '%s' "${text//$'\n'/%0A}"
}

# fail TEXT: says why the action cannot do its work, and ends it.
fail() {
    printf '::error title=scs-doc::%s\n' "$(escaped "$1")"
    exit 2
}

# shown FILE...: what is in files goes into the log; the runner takes none of it for a command.
shown() {
    local token
    token="stop-$(random)"
    printf '::stop-commands::%s\n' "$token"
    cat -- "$@"
    printf '\n::%s::\n' "$token"
}

# sha256 [FILE]: the checksum of a file, or of the standard input.
sha256() {
    if command -v sha256sum >/dev/null; then
        sha256sum -- "$@"
    else
        shasum -a 256 -- "$@"
    fi | cut -d ' ' -f 1 | tr -d "\\\\" # Windows marks names that it had to escape
}
