#!/usr/bin/env bats
# Completion as bash does it: the installed file, the program's own words.
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	loaxa=$(realpath "${BUILD:-build}/loaxa")
	export LANGUAGE=en
}

# tab LINE: what bash would offer at its end
tab() {
	bash --norc -c '
		. src/dist/loaxa.bash-completion
		COMP_LINE=$2 COMP_POINT=${#2}
		read -ra COMP_WORDS <<<"$2"
		[[ $2 = *" " ]] && COMP_WORDS+=("")
		COMP_WORDS[0]=$1 COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_loaxa
		printf "%s\n" "${COMPREPLY[@]}"' tab "$loaxa" "$1" | sort | tr '\n' ' ' | sed 's/ $//'
}

@test "completion: every command, and of every command the options of its usage line" {
	[ "$(tab 'loaxa ')" = "$("$loaxa" help --names | sort | tr '\n' ' ' | sed 's/ $//')" ]
	[ "$(tab 'loaxa dry')" = dry-run ]
	local name options
	for name in $("$loaxa" help --names); do
		options=$({ "$loaxa" help "$name" | grep -oE -- '--[a-z-]+'; echo --plain; } | sort -u | tr '\n' ' ' | sed 's/ $//')
		[ "$(tab "loaxa $name --")" = "$options" ] || { echo "$name: $(tab "loaxa $name --")"; false; }
	done
	[ "$(tab 'loaxa log --json --j')" = "" ]
}

@test "completion: names of the station, accepted or named, and fixed words" {
	[ "$(tab 'loaxa stop --state none ')" = "all cum-1 cum-2 cum-3 cum-4 cum-5 cum-6" ]
	[ "$(tab 'loaxa off --state none cum-1 cum-6')" = "cum-6" ]
	[ "$(tab 'loaxa play --state none bz-cai-dat --zones cum-1,cum-3,cum-')" = "cum-1,cum-3,cum-1 cum-1,cum-3,cum-2 cum-1,cum-3,cum-3 cum-1,cum-3,cum-4 cum-1,cum-3,cum-5 cum-1,cum-3,cum-6" ]
	[ "$(tab 'loaxa play --state none bz-cai')" = bz-cai-dat ]
	[ "$(tab 'loaxa play --state none bz-cai-dat --level n')" = normal ]
	[ "$(tab 'loaxa emergency --state none song')" = song-than ]
	[ "$(tab 'loaxa log --state none --campaign blue')" = bluezone ]
	[ "$(tab 'loaxa log --state none --state-is m')" = missed ]
	[ "$(tab 'loaxa clock ')" = confirm ]
	[ "$(tab 'loaxa approve bz-cai-dat --state none --by x bz-vi')" = bz-vi-sao ]
	[ "$(tab 'loaxa edit --state none session s')" = sang ]
	mkdir -p "$BATS_TEST_TMPDIR/khac"
	printf 'station "2" { name = "Khác"   timezone = "Asia/Ho_Chi_Minh" }\noutput "o" { sink = "dry-run" }\nzone "xa-loi" { name = "Xã lội"   output = "o" }\n' >"$BATS_TEST_TMPDIR/khac/station.conf"
	[ "$(tab "loaxa log $BATS_TEST_TMPDIR/khac --zone ")" = xa-loi ]
}

@test "completion: files and directories are the shell's" {
	[ "$(tab 'loaxa check sched')" = schedules ]
	[ "$(tab 'loaxa emergency bao --with READ')" = README.md ]
	[ "$(tab 'loaxa status --state sched')" = schedules ]
}

@test "completion: nonsense offers nothing and says nothing" {
	[ "$(tab 'loaxa frobnicate ')" = "" ]
	[ "$(tab 'loaxa play bz --by ')" = "" ]
	run -0 --separate-stderr "$loaxa" help --complete stop --state /nowhere ''
	run -0 --separate-stderr "$loaxa" help --complete
	[ "$stderr" = "" ]
}
