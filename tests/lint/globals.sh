#!/bin/bash
# No mutable data outside functions' handles: no symbol in .data or .bss (constants with pointers, .data.rel.ro, are fine).
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
BUILD=${BUILD:-build}
# file:symbol with its reason
allowed='
'
bad=0
for object in $(find "$BUILD/obj/src" -name '*.o' | sort); do
	while read -r symbol; do
		# Compilers number function-local statics and keep their own string tables and sanitizer data.
		case $symbol in .* | __* | _OBJC*) continue ;; esac
		grep -qxF "${object#"$BUILD"/obj/}:${symbol%%.*}" <<<"$allowed" && continue
		echo "${object#"$BUILD"/obj/}: mutable data outside a handle: $symbol"; bad=1
	done < <(objdump -t "$object" | awk 'NF < 4 {next} $(NF-2) ~ /^\.(t)?(data|bss)/ && $(NF-2) !~ /rel\.ro/ && $0 !~ / d  / {print $NF}
		$(NF-2) == "*COM*" {print $NF}')
done
exit $bad
