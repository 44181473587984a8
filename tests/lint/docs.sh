#!/bin/bash
# The manual says what the program knows, no more and no less: commands, options, keys, finding codes, reasons, script
# verbs.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
BUILD=${BUILD:-build}
loaxa=${LOAXA:-$BUILD/loaxa}
man=src/man
bad=0
export LANGUAGE=en
pages=

# same NAME PROGRAM-LIST MANUAL-LIST: both ways
same() {
	local only
	only=$(comm -23 <(sort -u <<<"$2") <(sort -u <<<"$3"))
	[ -z "$only" ] || { echo "$1 not in the manual:" $only; bad=1; }
	only=$(comm -13 <(sort -u <<<"$2") <(sort -u <<<"$3"))
	[ -z "$only" ] || { echo "$1 in the manual only:" $only; bad=1; }
}
# items PAGE FROM TO MACRO: the first words of its list items, from the heading that matches FROM up to that of TO
items() {
	awk -v from="$2" -v to="$3" -v item="^\\\\.It $4 " '
		$0 ~ "^\\.S[hs] " { inside = inside ? $0 !~ to : $0 ~ from }
		inside && $0 ~ item { print $3 }' "$man/$1"
}

# A new command needs src/man/loaxa-NAME.1 (the shortest to begin from: loaxa-cancel.1) and its line under COMMANDS in
# loaxa.1.  Every option of its usage line stands in its page's SYNOPSIS and has an item that tells what it does.
names=$("$loaxa" help --names)
same command "$names" "$(awk '/^\.Sh / { inside = /COMMANDS/ } inside && /^\.It Xr / { print substr($3, 7) }' $man/loaxa.1)"
for page in $man/loaxa-*.1; do # of a command, or of a program of its own
	name=$(basename "$page" .1)
	[ -e "src/cli/$name.c" ] && ! grep -qx "${name#loaxa-}" <<<"$names" || pages+=${name#loaxa-}$'\n'
done
same "command's page" "$names" "${pages%$'\n'}"
for name in $names; do
	page=$man/loaxa-$name.1
	[ -e "$page" ] || continue
	options=$("$loaxa" help "$name" | grep -oE -- '--[a-z-]+' | sed 's/^--//')
	same "loaxa $name: option" "$options" "$(awk '/^\.Sh / { inside = /SYNOPSIS/ } inside' "$page" | grep -oE 'Fl -[a-z-]+' | sed 's/^Fl -//')"
	same "loaxa $name: item of option" "$options" "$(awk '$1 == ".It" && $2 == "Fl" { print substr($3, 2) }' "$page")"
done
first() { awk '{print $1}'; }
same key "$("$loaxa" help --keys | first)" "$(awk '
	/^\.Sh / { inside = /SECTIONS/ }
	/^\.Ss / { section = $2 }
	inside && /^\.It Cm / { print section "." $3 }' $man/loaxa.conf.5)"
codes=$("$loaxa" help --codes | first)
same "finding code" "$codes" "$(items loaxa.conf.5 FINDINGS FILES Cm)"
same reason "$("$loaxa" help --reasons | first)" "$(awk '/The reasons in words/ { inside = 1 } /^\.El/ && inside { exit }
	inside && /^\.It Cm / { print $3 }' $man/loaxa.1)"
same "script verb" "$("$loaxa" help --verbs)" "$(items loaxa-script.5 Commands 'SEE ALSO' Ic)"
same request "$("$loaxa" help --requests | tr ' ' _)" "$(awk '/^\.S[hs] / { inside = /REQUESTS/ } inside && /^\.It Cm / && NF > 3' $man/loaxa-control.5 |
	sed 's/^\.It Cm //; s/ Op Va \(.*\)/ [\1]/; s/ Va / /' | tr ' ' _)"
unsaid=$(grep -ohsE '(json|add)_[a-z]+\(t, "[a-z_]+"' src/engine/status.c src/engine/relay.c | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u |
	while read -r key; do grep -qw -- "$key" $man/loaxa-control.5 || echo "$key"; done)
[ -z "$unsaid" ] || { echo "keys of the status that are not in loaxa-control(5):" $unsaid; bad=1; }
# Rows of the journal that the engine writes.
unsaid=$(grep -ohE '(record_(event|airing|row|whole|command|checkpoint)|engine_record_numbered)\(e, "[a-z-]+"' src/engine/*.c | grep -oE '"[a-z-]+"' |
	tr -d '"' | sort -u | while read -r kind; do grep -qE "^\.It (Cm [a-z-]+ , )*Cm $kind( |\$)" $man/loaxa-journal.5 || echo "$kind"; done)
[ -z "$unsaid" ] || { echo "kinds of rows that are not in loaxa-journal(5):" $unsaid; bad=1; }
# A code that the sources use and the list leaves out would be missing from both.
used=$(find src/config src/schedule src/cli -name '*.c' -exec cat {} + | tr '\n' ' ' | grep -oE '(FINDING_(ERROR|WARNING),|report[(]c, [a-z]+,)[[:space:]]*"[a-z0-9-]+"' | grep -oE '[a-z0-9-]+"' | tr -d '"')
unlisted=$(comm -23 <(sort -u <<<"$used") <(sort -u <<<"$codes"))
[ -z "$unlisted" ] || { echo "used, but not in loaxa help --codes:" $unlisted; bad=1; }
for page in $man/*.[1-9]; do
	faults=$(mandoc -T lint -W warning "$page") || { echo "$faults"; bad=1; }
done
exit $bad
