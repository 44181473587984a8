#!/bin/bash
# Every exported name begins with its module's noun: the stem of its file, of its room, or of a header of its own room
# that it carries out (values.c: value_time, text's unicode.c: text_nfc).
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
BUILD=${BUILD:-build}
# Nouns of a shared header that are not its file's name: room/file: nouns
extra='
engine/command: verb
schedule/names: class level rule_kind
schedule/civil: day
schedule/plan: bulletin guard
schedule/station: bulletin zone
'
bad=0
for object in $(find "$BUILD/obj/src" -name '*.o' | sort); do
	stem=${object#"$BUILD"/obj/src/} stem=${stem%.o}
	case $stem in main | cli/loaxa-*) continue ;; esac
	[ -e "src/$stem.c" ] || continue    # left over from a file that is gone
	room=${stem%/*}
	nouns="${stem##*/} ${room##*/} $(sed -n "s|^#include \"$room/\([^\"/]*\)\.h\".*|\1|p" "src/$stem.c")"
	nouns="$nouns $(sed -n "s|^$stem: ||p" <<<"$extra")"
	while read -r symbol; do
		ok=no
		for noun in $nouns; do
			noun=${noun//-/_}
			for n in "$noun" "${noun%s}" "${noun%%_*}"; do
				[[ $symbol == "$n" || $symbol == "$n"_* || $symbol == "${n}s"_* ]] && ok=yes
			done
		done
		[ $ok = yes ] || { echo "src/$stem.c: exported name $symbol has no prefix of its module"; bad=1; }
	done < <(nm -g --defined-only "$object" | awk '$2 ~ /[TDRB]/ && $3 !~ /^(__|asan|tsan)/ {print $3}')
done
exit $bad
