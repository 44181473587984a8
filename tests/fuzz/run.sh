#!/bin/bash
# make fuzz: every target for $RUNS runs; what is found stays in $BUILD/found.  Last line: N passed, N failed.
# SEED makes two runs the same; without it each run looks somewhere else.
set -u
cd "$(dirname "$0")/../.." || exit 2
export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=8 UBSAN_OPTIONS=halt_on_error=1
mkdir -p "$BUILD/found"
passed=0 failed=0
for source in tests/fuzz/*.c; do
	name=$(basename "$source" .c)
	seeds=$BUILD/seeds/$name
	mkdir -p "$seeds"
	[ "$name" = receiver ] && cp src/dist/receiver.conf "$seeds"
	[ "$name" = config ] && cp schedules/*/[0-9]*.conf "$seeds" 2>/dev/null
	dict=
	[ -e "tests/fuzz/$name.dict" ] && dict=-dict=tests/fuzz/$name.dict
	# Short inputs hold every mistake that a long one can hold.
	if "$BUILD/tests/fuzz/$name" $dict -max_len=512 -runs="${RUNS:-100000}" -seed="${SEED:-0}" -print_final_stats=0 -verbosity=0 \
		-artifact_prefix="$BUILD/found/$name-" "$seeds" >"$BUILD/found/$name.log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1)); echo "fuzz $name:"; tail -30 "$BUILD/found/$name.log"
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
