#!/bin/bash
# A lint that cannot fail is worse than none: each one is given a small tree with one fault and must name it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# must LINT WORD: the lint fails on the tree made so far, and its words contain WORD.  Then the tree is begun anew.
must() {
	local words
	if words=$(TOP=$work/tree BUILD=$work/tree/build bash "$here/$1.sh" ${3:-} 2>&1); then
		echo "$1.sh finds no fault where \"$2\" is one"; bad=1
	elif ! grep -qF -- "$2" <<<"$words"; then
		printf '%s.sh fails without naming "%s":\n%s\n' "$1" "$2" "$words"; bad=1
	fi
	fresh
}
fresh() {
	rm -rf "$work/tree"
	mkdir -p "$work"/tree/src/{base,schedule,sound,po/vi} "$work"/tree/tests "$work"/tree/build/obj/src/schedule
	printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >"$work/tree/src/po/vi/cli.po"
}
source_file() { cat >"$work/tree/src/$1"; }
object() { gcc -c -x c -o "$work/tree/build/obj/src/$1.o" "$work/tree/src/$1.c"; }
fresh

source_file schedule/plan.c <<<'#include "sound/store.h"'
must layers "schedule must not include sound/store.h"
source_file sound/store.c <<<'#include "engine/engine.h"'
must layers "sound must not include engine/engine.h"

printf '#include "base/b.h"\n' | source_file base/a.h
printf '#include "base/a.h"\n' | source_file base/b.c
must cycles base/a

printf '#include <time.h>\n#include <stdio.h>\nvoid f(void);\nvoid f(void) { printf("%%ld", (long)time(0)); }\n' | source_file schedule/plan.c
object schedule/plan
must purity time "$work/tree/build/obj/src/schedule/plan.o"

printf '#include <pthread.h>\nvoid f(pthread_mutex_t *);\nvoid f(pthread_mutex_t *m) { pthread_mutex_lock(m); }\n' |
	source_file sound/lane.c
mkdir -p "$work/tree/build/obj/src/sound"
object sound/lane
must realtime pthread_mutex_lock "$work/tree/build/obj/src/sound/lane.o"

printf '#include <confuse.h>\n' | tee "$work/tree/src/base/a.c" | source_file base/b.c
must third-party "<confuse.h> belongs in exactly one .c file"
printf '#include <curl/curl.h>\n' | source_file base/a.c
must third-party "unknown library header"

mkdir -p "$work/tree/tests/system"
printf '@test "x" {\n\t! grep -q y z\n\ttrue\n}\n' >"$work/tree/tests/system/x.bats"
must not "x.bats:2: cannot fail"

printf 'static int count;\nint plan_next(void);\nint plan_next(void) { return ++count; }\n' | source_file schedule/plan.c
object schedule/plan
must globals count

printf 'int next(void);\nint next(void) { return 1; }\n' | source_file schedule/plan.c
object schedule/plan
must prefix "exported name next"

{ printf 'int f(void)\n{\n'; printf '\tg();\n%.0s' {1..79}; printf '}\n'; } | source_file base/a.c
must size "more than 80"
printf '\n%.0s' {1..501} | source_file base/a.c
must size "more than 500"

source_file base/a.c <<<'void f(void) { puts(_("nobody translates this")); }'
must po "nobody translates this"
source_file base/a.c <<<'void f(void) { puts("nobody marked this sentence"); }'
must po "nobody marked this sentence"
source_file base/a.c <<<'void f(void) { puts(_("starts {1} at {2}")); }'
printf '\nmsgid "starts {1} at {2}"\nmsgstr "bắt đầu {1}"\n' >>"$work/tree/src/po/vi/cli.po"
must po "placeholders differ"
source_file base/a.c <<<'void f(void) { printf(_("%d days"), 1); }'
printf '\nmsgid "%%d days"\nmsgstr "%%s ngày"\n' >>"$work/tree/src/po/vi/cli.po"
must po "%-formats differ"
source_file base/a.c <<<'void f(void) { puts(_("kept")); }'
printf '\nmsgid "kept"\nmsgstr "giữ"\n\nmsgid "gone"\nmsgstr "mất"\n' >>"$work/tree/src/po/vi/cli.po"
must po "no longer used"

cp -r "$here/../../src/man" "$work/tree/src/"
printf '#!/bin/sh\n[ "$2" = --names ] && echo unheard-of\nexit 0\n' >"$work/loaxa"
chmod +x "$work/loaxa"
export LOAXA=$work/loaxa
must docs "command not in the manual: unheard-of"
cp -r "$here/../../src/man" "$work/tree/src/"
must docs "reason in the manual only: clock"
cp -r "$here/../../src/man" "$work/tree/src/"
must docs "command's page in the manual only: approve"
cp -r "$here/../../src/man" "$work/tree/src/"
must docs "request in the manual only: cancel_name_by"
printf '#!/bin/sh\n[ "$2" = --names ] && echo cancel\n[ "$2" = cancel ] && echo "cancel EMERGENCY [--softly]"\nexit 0\n' >"$work/loaxa"
cp -r "$here/../../src/man" "$work/tree/src/"
must docs "loaxa cancel: item of option not in the manual: softly"
exit $bad
