#!/usr/bin/env bash
# The steps of release.yml, one a call:
#   version TAG      the tag is the version of Cargo.toml, and CHANGELOG.md has a section of it
#   build TARGET     dist/scs-doc-TARGET, static where the platform has that
#   checksums TAG    dist/SHA256SUMS, and their lines in action/checksums.txt
#   publish TAG      the release, and a pull request with these lines
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
step="$1" what="$2"

fail() {
    printf 'release: %s\n' "$1" >&2
    exit 1
}

# notes VERSION: its section of the changelog.
notes() {
    awk -v heading="## [$1]" '
        index($0, heading) == 1 { on = 1; next }
        /^## / { on = 0 }
        on' CHANGELOG.md
}

case "$step" in
version)
    version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)"
    [[ "$what" == "v$version" ]] || fail "the tag is $what, and Cargo.toml has $version"
    [[ -n "$(notes "$version")" ]] || fail "CHANGELOG.md has no section [$version]"
    ;;
build)
    case "$what" in
    *-linux-musl)
        if ! command -v musl-gcc >/dev/null; then
            sudo apt-get update --quiet=2
            sudo apt-get install --quiet=2 --yes --no-install-recommends musl-tools
        fi
        export CC=musl-gcc
        ;;
    *-windows-msvc) export RUSTFLAGS="-C target-feature=+crt-static" ;;
    esac
    cargo build --release --locked --target "$what"
    mkdir -p dist
    suffix=
    [[ "$what" != *-windows-* ]] || suffix=.exe
    cp "${CARGO_TARGET_DIR:-target}/$what/release/scs-doc$suffix" "dist/scs-doc-$what$suffix"
    ;;
checksums)
    (cd dist && sha256sum scs-doc-* >SHA256SUMS)
    sed "s|  |  ${what#v}/|" dist/SHA256SUMS >>action/checksums.txt
    cat dist/SHA256SUMS
    ;;
publish)
    notes "${what#v}" >notes.md
    gh release create "$what" --verify-tag --title "scs-doc ${what#v}" --notes-file notes.md \
        dist/scs-doc-* dist/SHA256SUMS
    # A commit by the API: it is signed, and nothing here can push.
    branch="checksums-$what" subject="List the checksums of $what"
    repository="repos/$GITHUB_REPOSITORY" file=contents/action/checksums.txt
    main="$(gh api "$repository" --jq .default_branch)"
    gh api "$repository/git/refs" --field "ref=refs/heads/$branch" \
        --field "sha=$(gh api "$repository/commits/$main" --jq .sha)" --silent
    gh api "$repository/$file" --method PUT --silent --field "branch=$branch" \
        --field "message=$subject" --field "content=$(base64 --wrap=0 action/checksums.txt)" \
        --field "sha=$(gh api "$repository/$file?ref=$branch" --jq .sha)"
    gh pr create --head "$branch" --base "$main" --title "$subject" \
        --body "Once this is merged, move the tag of the major version to it: the action then runs $what."
    ;;
*) fail "there is no step $step" ;;
esac
