#!/bin/bash
# Each third-party header is included by exactly one .c file, and by no header of ours; SQLite by one for each of the two
# databases, a station's journal and a receiver's book, which share nothing.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
bad=0
ours='confuse\.h|sndfile\.h|soxr\.h|ebur128\.h|ao/ao\.h|alsa/[a-z]+\.h|sqlite3\.h|nettle/sha2\.h|jansson\.h|utf8proc\.h|sodium\.h|zstd\.h|xlsxwriter\.h|pango/pangocairo\.h|cairo/[a-z-]+\.h|cairo-pdf\.h'
for header in $(grep -rhoE --include='*.[ch]' "^#include <($ours)>" src | sed 's/.*<//; s/>//' | sort -u); do
	files=$(grep -rlF --include='*.[ch]' "#include <$header>" src)
	[ "$header" = sqlite3.h ] && files=$(grep -vx src/review/store.c <<<"$files")
	if [ "$(wc -l <<<"$files")" -ne 1 ] || [[ $files != *.c ]]; then
		echo "<$header> belongs in exactly one .c file; it is in:" $files; bad=1
	fi
done
# A new library must be named above, so that it is held to the rule.
known="$ours|(sys|netinet|arpa|linux|net)/.*|[a-z0-9]+\.h"
while IFS=: read -r file line text; do
	echo "$file:$line: unknown library header: $text — name it in $0"; bad=1
done < <(grep -rnE --include='*.[ch]' '^#include <' src | grep -vE "<($known)>")
exit $bad
