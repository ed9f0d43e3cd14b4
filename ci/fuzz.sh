#!/usr/bin/env bash
# Fuzzes each target of fuzz/ for a while, two side by side, beginning with its seeds and with all
# that was found before. What breaks a property is printed, so that it can become a regression.
#
# ci/fuzz.sh [TARGET...]; FUZZ_SECONDS is the time for each, FUZZ_SEED where chance begins: it is the
# same in every run, so that what fails is the change, and not another day's luck.
set -euo pipefail

proof=fuzz
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

cargo_fuzz_version=0.13.2
seconds="${FUZZ_SECONDS:-30}"
seed="${FUZZ_SEED:-1}"

cd "$root/fuzz"
if ! cargo fuzz --version >/dev/null 2>&1; then
    export PATH="$CARGO_TARGET_DIR/cargo-fuzz/bin:$PATH"
fi
if ! cargo fuzz --version >/dev/null 2>&1; then
    quietly "cargo installs cargo-fuzz $cargo_fuzz_version" cargo install --locked \
        --root "$CARGO_TARGET_DIR/cargo-fuzz" cargo-fuzz@"$cargo_fuzz_version"
fi

# Nothing here is unsafe, so there is nothing for a sanitizer to see, and stable Rust does.
quietly "the targets are built" cargo fuzz build --sanitizer none
programs="$CARGO_TARGET_DIR/$(rustc --version --verbose | sed -n 's/^host: //p')/release"

# Of one thread, what an input reaches is the same every time.
export RAYON_NUM_THREADS=1

# fuzzed TARGET: its program looks for inputs that break the property, are slow, or take much memory.
fuzzed() {
    local target="$1" found="$scratch/$1"
    local inputs=("$found/corpus" "seeds/$target")
    if [[ -d "regressions/$target" ]]; then
        inputs+=("regressions/$target")
    fi
    mkdir -p "$found/corpus" "$found/artifacts"
    "$programs/$target" -seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
        -dict=words.dict -print_final_stats=1 -artifact_prefix="$found/artifacts/" \
        "${inputs[@]}" >"$found/log" 2>&1 && touch "$found/held"
}

targets=("$@")
if ((${#targets[@]} == 0)); then
    for file in fuzz_targets/*.rs; do
        targets+=("$(basename "$file" .rs)")
    done
fi

for target in "${targets[@]}"; do
    while (($(jobs -rp | wc -l) >= 2)); do
        wait -n || true
    done
    fuzzed "$target" &
done
wait

broken=0
for target in "${targets[@]}"; do
    found="$scratch/$target"
    if [[ -e "$found/held" ]]; then
        count="$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log")"
        ok "$target holds for $count inputs in $seconds s"
        continue
    fi
    broken=1
    printf 'failed: %s does not hold\n' "$target" >&2
    grep --text --after-context 8 'panicked at' "$found/log" | cut -c 1-2000 | sed 's/^/    | /' >&2 || true
    tail -n 20 "$found/log" | cut -c 1-500 | sed 's/^/    | /' >&2
    for artifact in "$found"/artifacts/*; do
        [[ -e "$artifact" ]] || continue
        printf '%s (base64 --decode > fuzz/regressions/%s/NAME):\n' "$(basename "$artifact")" "$target" >&2
        base64 --wrap 100 "$artifact" >&2
    done
done
exit "$broken"
