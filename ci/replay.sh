#!/usr/bin/env bash
# Replays the real history, where it is: every commit is judged on its day, as CI would have done it.
# The tables in README.md and docs/replay.md are made of it: `check` compares them, `write` writes them.
set -euo pipefail

how="${1:-check}"
proof=replay
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

quietly "the tool is built" cargo build --locked --release --manifest-path "$root/Cargo.toml"

# replay HOW CLONE REVISION
replay() {
    PYTHONDONTWRITEBYTECODE=1 \
        python3 "$root/ci/replay" "$1" "$CARGO_TARGET_DIR/release/scs-doc" "$2" "$3"
}

# What is counted, on a history of five commits. day COUNT: a commit of everything, on that day of March.
day() {
    git add --all
    GIT_AUTHOR_DATE="2026-03-$1T12:00:00Z" GIT_COMMITTER_DATE="2026-03-$1T12:00:00Z" \
        git commit --quiet --message "day $1"
}
git init --quiet "$scratch/history"
cd "$scratch/history"
echo "No documents yet." >README.md
day 01
mkdir Standards
document Draft >Standards/scs-0101-v1-entropy.md
day 02
sed 's/^track: IaaS/track: KaaS/' Standards/scs-0101-v1-entropy.md >Standards/scs-0102-v1-keys.md
document Draft >Standards/scs-0101-v1-randomness.md
day 05
git mv Standards/scs-0102-v1-keys.md Standards/scs-0103-v1-keys.md
git mv Standards/scs-0101-v1-randomness.md Standards/scs-0104-v1-randomness.md
day 09
sed -i 's/^track: KaaS/track: IaaS/' Standards/scs-0103-v1-keys.md
document Stable >Standards/scs-0101-v1-entropy.md
day 20
quietly "a small history is replayed" replay print . main
shown "1 commits before there were documents"
shown "check: 4 runs"
shown "4 commits brought in 3 defects"
shown "names all of them"
shown "| 2026-03-05 | 2026-03-20 | 15 | \`number-track\` | scs-0102-v1 | track |"
shown "| 2026-03-05 | 2026-03-09 | 4 | \`number-unique\` | scs-0101-v1 | scs-0101-v1 |"
shown "| 2026-03-20 |  | 0 | \`status-date\` | scs-0101-v1 | stabilized_at |"
shown "| warning | 1 | 2 | scs-0104-v1, 2026-03-09 |"
ok "defects of a small history are followed through new names"

bundle="$root/../shared/corpus/standards.bundle"
if [[ ! -f "$bundle" ]]; then
    printf 'passed over: the real history is not at %s\n' "$bundle"
    exit
fi
quietly "the history is cloned" git clone --quiet --branch 2026-08 "$bundle" "$scratch/corpus"
replay "$how" "$scratch/corpus" HEAD
ok "the tables of the replay are up to date"
