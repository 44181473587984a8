# Who may order what: real accounts at the socket of a running controller.  Root becomes others; without root, skipped.
bats_require_minimum_version 1.5.0
load near-station.bash

setup() {
	[ "$(id -u)" -eq 0 ] || skip "only root can become somebody else"
	real=$(realpath "${BUILD:-build}/loaxa")
	loaxa=$real
	house=$(mktemp -d /tmp/loaxa-rights-XXXXXX) # others must be able to pass through it
	station=$house/station state=$house/state store=$house/store
	cp "$real" "$house/loaxa"
	mkdir -m 711 "$state"
	chmod 711 "$house"
	NEAR_MINUTES=0 near_station "$station"
	controller=
	export LANGUAGE=en
}

teardown() {
	[ -z "${controller:-}" ] || run_stop
	[ -z "${house:-}" ] || rm -rf "$house"
}

# as UID GROUPS COMMAND…: GROUPS is a list of gids, or - for none
as() {
	local uid=$1 groups=$2
	shift 2
	[ "$groups" = - ] && groups=--clear-groups || groups=--groups=$groups
	cd / && run --separate-stderr setpriv --reuid="$uid" --regid=61900 "$groups" "$house/loaxa" "$@" --state "$state"
	echo "$uid $groups $*: exit $status: $output$stderr"
}

# The controller on a machine that has the groups: its own /etc/group and /etc/passwd, in its own view of the disk.
start_with_groups() {
	{ grep -v '^loaxa' /etc/group; echo "loaxa:x:61991:lan"; echo "loaxa-emergency:x:61992:"; } >"$house/group"
	{ cat /etc/passwd; echo "lan:x:61001:61900::/:/bin/false"; } >"$house/passwd"
	cat >"$house/run" <<-RUN
		#!/bin/sh
		mount --bind "$house/group" /etc/group && mount --bind "$house/passwd" /etc/passwd || exit 77
		exec "$real" "\$@"
	RUN
	chmod +x "$house/run"
	unshare -m --propagation private "$house/run" version >/dev/null 2>&1 || skip "no view of the disk of one's own here"
	printf '#!/bin/sh\nexec unshare -m --propagation private "%s" "$@"\n' "$house/run" >"$house/start"
	chmod +x "$house/start"
	loaxa=$house/start
	run_start
	loaxa=$real
}

events() {
	"$real" log --state "$state" --events --json
}

@test "groups decide, whatever the order says of itself; each act and each refusal is in the log" {
	start_with_groups
	as 61001 - status
	[ "$status" -eq 0 ]
	as 61001 - stop a --by "Chủ tịch"
	[ "$status" -eq 1 ]
	[[ $stderr == 'Not allowed: account "lan" may only look — to stop what is on air takes the right of the person on duty (group loaxa) — ask the person on duty or the administrator. It is in the log.' ]]
	as 61001 61991 stop a --by "Người trực"
	[ "$status" -eq 0 ]
	as 61001 61991 emergency gap --yes
	[ "$status" -eq 1 ]
	[[ $stderr == *"operates but does not command emergencies"*"(group loaxa-emergency) — ask somebody who has it, or the administrator."* ]]
	as 61001 61991 duty "Trần Thị B"
	[ "$status" -eq 0 ]
	as 61001 61992 silence
	[ "$status" -eq 0 ]
	as 61001 61992 play dai
	[ "$status" -eq 1 ]
	[[ $stderr == *"ask Trần Thị B (on duty) or the administrator."* ]]
	as 61001 61992 release all
	[ "$status" -eq 0 ]
	as 61002 61992,61991 emergency gap --yes --by "Người trực"
	[ "$status" -eq 0 ]
	# Whoever may command emergencies need not be able to read the station's files.
	as 61003 61992 emergency gap --yes --by "Chủ tịch"
	[ "$status" -eq 0 ]
	as 61003 61992 cancel gap
	[ "$status" -eq 0 ]
	as 61001 - log
	[ "$status" -eq 1 ]
	[[ $stderr == *"this account may not read the journal"* ]]
	as 61001 - desk
	[[ $output == *"Đài thử"* ]]
	run "$house/start" doctor "$station" --state "$state" --store "$store"
	[[ $output == *"Group loaxa (operates): lan."*"Nobody is in the group loaxa-emergency (commands emergencies)."*"usermod -aG loaxa-emergency"* ]]
	run_stop
	run events
	[[ $output == *'"kind":"refused","airing":null,"body":{"what":"stop","zones":["a"],"by":"Chủ tịch","uid":61001,"account":"lan"}'* ]]
	[[ $output == *'"kind":"refused","airing":null,"body":{"what":"emergency","name":"gap","by":"'*'","uid":61001,"account":"lan"}'* ]]
	[[ $output == *'"kind":"stop-zone"'*'"by":"Người trực","uid":61001,"account":"lan"}'* ]]
	[[ $output == *'"kind":"silence"'*'"uid":61001,"account":"lan"}'* ]]
	[ "$(grep -c '"kind":"refused"' <<<"$output")" -eq 3 ]
	# In an account's own log: who said so, and who it was.
	run "$real" log --state "$state" --json
	[[ $output == *'"operator":"Người trực","uid":61002'* ]]
}

@test "without the groups the station is its owner's alone" {
	grep -q '^loaxa' /etc/group && skip "this machine has the groups"
	run_start
	as 61001 - status
	[ "$status" -eq 1 ]
	[[ $stderr == *"this account may not speak to the station"* ]]
	as 61001 0 stop a
	[ "$status" -eq 1 ]
	[[ $stderr == *'account "uid 61001" has no rights here'* ]]
	run "$real" stop a --state "$state"
	[ "$status" -eq 0 ]
	run_stop
	run events
	[ "$(grep -c '"kind":"refused"' <<<"$output")" -eq 1 ]
}
