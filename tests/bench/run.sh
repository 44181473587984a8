#!/bin/bash
# make bench: the figures, each with its bound; medians of five runs where runs are short.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(uname -sr)"
failed=0
for program in "$BUILD"/tests/bench/*; do
	[ -x "$program" ] && { "$program" || failed=1; }
done
exit $failed
