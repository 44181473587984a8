#!/bin/bash
# bats, like the shell with -e, passes over "! command": a test that says so cannot fail there.  "! command || false" can.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
bad=0
while IFS=: read -r file line text; do
	echo "$file:$line: cannot fail: $text — write: ! … || false"; bad=1
done < <(grep -rnE --include='*.bats' --include='*.bash' '^\s*! ' tests | grep -vE '\|\| (false|return 1|exit 1)$')
exit $bad
