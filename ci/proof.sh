# shellcheck shell=bash
# What the proofs in this folder share; sourced, not run.
# Before it is sourced: `proof` is the name of the proof.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# Clones build into the same folder as the checkout, so that dependencies are compiled once.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
mkdir -p "$CARGO_TARGET_DIR"
CARGO_TARGET_DIR="$(cd "$CARGO_TARGET_DIR" && pwd)"
export CARGO_TARGET_DIR

# Always the same path: cargo then replaces what an earlier run left instead of adding to it.
scratch="$CARGO_TARGET_DIR/proofs/${proof:?the name of the proof}"
log="$scratch/log"
rm -rf "$scratch"
mkdir -p "$scratch"
trap 'rm -rf "$scratch"' EXIT

# Nothing of the machine's git may decide the outcome: identity, hooks, signing, an outer hook's index.
git_variables="$(git rev-parse --local-env-vars)"
# shellcheck disable=SC2086 # a list of names
unset $git_variables
cat >"$scratch/gitconfig" <<'END'
[user]
	name = Proof
	email = proof@example.org
[init]
	defaultBranch = main
[safe]
	directory = *
END
export GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_NOSYSTEM=1
export NO_COLOR=1 CARGO_TERM_COLOR=never

ok() {
    printf 'ok: %s\n' "$1"
}

fail() {
    printf 'failed: expected that %s\n' "$1" >&2
    if [[ -s "$log" ]]; then
        sed 's/^/    | /' "$log" >&2
    fi
    exit 1
}

# quietly WHAT COMMAND...: the command works; its output is shown only if it does not.
quietly() {
    local what="$1"
    shift
    "$@" >"$log" 2>&1 || fail "$what"
}

# refused WHAT GIT-COMMIT-ARGUMENT...: the commit is not made.
refused() {
    local what="$1" before
    shift
    before="$(git rev-parse HEAD)"
    if git commit --message "$what" "$@" >"$log" 2>&1; then
        fail "$what is refused"
    fi
    [[ "$(git rev-parse HEAD)" == "$before" ]] || fail "$what leaves no commit"
}

# accepted WHAT GIT-COMMIT-ARGUMENT...: the commit is made.
accepted() {
    local what="$1" before
    shift
    before="$(git rev-parse HEAD)"
    git commit --message "$what" "$@" >"$log" 2>&1 || fail "$what goes through"
    [[ "$(git rev-parse HEAD^)" == "$before" ]] || fail "$what makes one commit"
}

# shown TEXT: the output of the last command has the text.
shown() {
    grep --quiet --fixed-strings -- "$1" "$log" || fail "the output has \`$1\`"
}

# document STATUS: a small document that is right if its status is.
document() {
    cat <<END
---
title: Entropy
type: Standard
status: $1
track: IaaS
description: Virtual machines have enough entropy.
---

## Introduction

Virtual machines need randomness.

## Motivation

Without it, keys can be guessed.

## Conformance Tests

There are none yet.
END
}
