#!/usr/bin/env bash
# Runs scs-doc once: annotations and a summary of the step, and reports as files.
#
# Outputs: verdict (`pass`, `fail` or `error`); errors, warnings; report and sarif, the files. It
# ends well whatever the verdict is, so that the reports can be uploaded.
set -euo pipefail
: "${COMMAND:?}" "${TOOL:?}" "${STAGE:?}"

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=action/lib.sh
source "$here/lib.sh"

# GitHub takes 1 MiB for the summary of a step.
most_summary=1000000

is_commit() {
    [[ "$1" =~ ^([0-9a-f]{40}|[0-9a-f]{64})$ ]]
}

# has COMMIT...: whether they are in the checkout, with all that leads to them.
has() {
    local commit
    [[ "$(git rev-parse --is-shallow-repository)" == false ]] || return 1
    for commit in "$@"; do
        git cat-file -e "$commit^{commit}" 2>/dev/null || return 1
    done
}

# fetch COMMIT...: gets what a shallow checkout has not.
fetch() {
    local whole=()
    [[ "$(git rev-parse --is-shallow-repository)" == false ]] || whole=(--unshallow)
    GIT_TERMINAL_PROMPT=0 git fetch --quiet --no-tags ${whole[@]+"${whole[@]}"} origin "$@"
}

reports="$(mktemp -d "$RUNNER_TEMP/scs-doc-XXXXXX")"
args=("$COMMAND")
case "$COMMAND" in
pr)
    if ! is_commit "$BASE" || ! is_commit "$HEAD"; then
        fail "\`pr\` needs the event pull_request or merge_group, and this is $GITHUB_EVENT_NAME"
    fi
    if ! has "$BASE" "$HEAD"; then
        fetch "$BASE" "$HEAD" >"$reports/fetch" 2>&1 || true
        if ! has "$BASE" "$HEAD"; then
            shown "$reports/fetch"
            fail "the checkout has not all commits of the change: use actions/checkout with fetch-depth: 0"
        fi
    fi
    if [[ "$STAGE" == auto ]]; then
        STAGE=proposal
        [[ "$GITHUB_EVENT_NAME" != merge_group ]] || STAGE=merge
    fi
    args+=("--base=$BASE" "--head=$HEAD" "--stage=$STAGE")
    # What only GitHub knows: reviews, other pull requests. A release without it goes on.
    if [[ "$NUMBER" =~ ^[0-9]+$ ]] && "$TOOL" pr --help | grep --quiet -- '--github'; then
        args+=("--github=$GITHUB_REPOSITORY#$NUMBER")
    fi
    ;;
check) ;;
*) fail "there is no command \`$COMMAND\`" ;;
esac
args+=("--fail-on=$FAIL_ON" --format=github)
[[ -z "$CONFIG" ]] || args+=("--config=$CONFIG")
for copy in json=report.json sarif=report.sarif markdown=report.md; do
    args+=("--write=${copy%%=*}=$reports/${copy#*=}")
done

status=0
"$TOOL" "${args[@]}" >"$reports/out" 2>"$reports/err" || status=$?

# Only these are commands; all else is text, and names in it are those of strangers.
is_command='^::(error|warning|notice) '
grep -E "$is_command" "$reports/out" || true
{ grep -Ev "$is_command" "$reports/out" || true; } >"$reports/text"
shown "$reports/text" "$reports/err"

case "$status" in
0) verdict=pass ;;
1) verdict=fail ;;
*)
    verdict=error
    printf '::error title=scs-doc::%s\n' "$(escaped "$(tail -n 1 "$reports/err")")"
    ;;
esac
output verdict "$verdict"

# count LEVEL: from the summary of the report. Texts in JSON have no lines of their own.
count() {
    sed -n -E "s/^    \"$1\": ([0-9]+),$/\1/p" "$reports/report.json"
}

if [[ -f "$reports/report.json" ]]; then
    output errors "$(count errors)"
    output warnings "$(count warnings)"
    output report "$reports/report.json"
    output sarif "$reports/report.sarif"
    head -c "$most_summary" "$reports/report.md" >>"$GITHUB_STEP_SUMMARY"
fi
