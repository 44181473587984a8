#!/bin/bash
# Includes between rooms point one way: base <- schedule <- airing <- engine <- control <- cli.  Adapters know the pure
# rooms and the engine's ports, never each other.  sound/prepare is another program's room.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2

# room: rooms it may include besides itself; ROOM/FILE.h allows that one header only
declare -A may=(
	[base]=""
	[schedule]="base"
	[airing]="base schedule"
	[reading]="base"
	[engine]="base schedule airing"
	[config]="base schedule airing engine/ports.h"
	[sound]="base schedule airing engine/ports.h"
	[sound/prepare]="base sound/look.h sound/store.h sound/why.h"
	[sound/relay]="base sound/relay-talk.h"
	[journal]="base schedule airing engine/ports.h"
	[report]="base schedule airing engine/ports.h"
	[report/print]="base schedule airing report"
	[review]="base schedule airing report"
	[os]="base schedule airing engine/ports.h"
	[control]="base schedule airing engine"
)
bad=0
while IFS=: read -r file line text; do
	header=${text#*\"} header=${header%%\"*}
	room=${file#src/} room=${room%/*}
	target=${header%/*}
	case $room in cli | src) continue ;; esac
	[ "$file" = src/main.c ] && continue
	if [ -z "${may[$room]+known}" ]; then
		echo "$file:$line: room \"$room\" is not in the table of layers"; bad=1; continue
	fi
	[ "$target" = "$room" ] && continue
	allowed=no
	for m in ${may[$room]}; do
		{ [ "$m" = "$target" ] || [ "$m" = "$header" ]; } && allowed=yes
	done
	[ $allowed = yes ] || { echo "$file:$line: $room must not include $header"; bad=1; }
done < <(grep -rn --include='*.[ch]' '^#include "' src)
exit $bad
