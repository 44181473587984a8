#!/bin/bash
# No include cycle, neither between files nor between modules (a module is NAME.c with NAME.h).
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
edges=$(grep -rn --include='*.[ch]' '^#include "' src |
	sed -E 's|^src/([^:]*)\.[ch]:[0-9]+:#include "([^"]*)\.h".*|\1 \2|' | awk '$1 != $2' | sort -u)
loops=$(tsort <<<"$edges" 2>&1 >/dev/null)
[ -z "$loops" ] && exit 0
echo "include cycle between these modules — what picks between parts of a face belongs in a file of another name:"
echo "$loops" | sed 's/^tsort: //'
exit 1
