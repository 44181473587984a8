#!/bin/bash
# Functions of at most 80 lines, files of at most 500, and nothing at the top level that does not belong there.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
bad=0
while read -r lines file; do
	[ "$lines" -le 500 ] || { echo "$file: $lines lines, more than 500"; bad=1; }
done < <(find src tests -name '*.[ch]' -exec wc -l {} \; )
# House style puts a function's braces in the first column.
long=$(find src -name '*.c' -exec awk '
	/^[a-zA-Z_].*\(/ { head = FNR; name = $0 }
	/^\{/ { start = head }
	/^\}/ { if (start && FNR - start + 1 > 80) print FILENAME ":" start ": " FNR - start + 1 " lines, more than 80: " name; start = 0 }' {} \;)
[ -z "$long" ] || { echo "$long"; bad=1; }
if git rev-parse --git-dir >/dev/null 2>&1; then
	extra=$(git ls-tree --name-only HEAD 2>/dev/null | grep -vxE 'src|audio|schedules|tests|Makefile|README\.md|LICENSE|\..*')
	[ -z "$extra" ] || { echo "does not belong at the top level:" $extra; bad=1; }
fi
exit $bad
