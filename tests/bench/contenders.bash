# What others play the same clips with, on cards of the same kind: sourced by live.sh.  $work: scratch folder with
# clip-001.wav … gap.wav dai.wav; cards as in its asound.conf.  Each function says nothing; what they did is on the tapes.

# cron_start: every minute runs $work/minute/*; its process in $cron, its name in $cron_name.  False: there is none.
# Debian's own runs in a mount namespace where the system's jobs are not, busybox's from a folder of its own.
cron_start() {
	mkdir -p "$work/crontabs" "$work/minute" "$work/empty"
	printf '#!/bin/bash\nexport ALSA_CONFIG_PATH=%s PATH=%s\nfor job in %s/minute/*; do "$job" & done\nwait\n' \
		"$ALSA_CONFIG_PATH" "$PATH" "$work" >"$work/every-minute"
	chmod +x "$work/every-minute"
	echo "* * * * * $work/every-minute" >"$work/crontabs/root"
	chmod 600 "$work/crontabs/root"
	: >"$work/empty-file"
	cron=
	if command -v cron >/dev/null && unshare -m true 2>/dev/null; then
		cron_name="Debian cron"
		unshare -m sh -c "mount --bind '$work/crontabs' /var/spool/cron/crontabs && mount --bind '$work/empty' /etc/cron.d &&
			mount --bind '$work/empty-file' /etc/crontab && mount -t tmpfs none /run && exec cron -f" >"$work/cron.log" 2>&1 &
		cron=$!
	elif command -v busybox >/dev/null && [ "$(id -u)" -eq 0 ]; then
		cron_name="busybox crond"
		busybox crond -f -c "$work/crontabs" >"$work/cron.log" 2>&1 &
		cron=$!
	fi
	[ -n "$cron" ]
}

# minute_job NAME COMMAND…: every minute from now on; without a command no more.
minute_job() {
	local name=$work/minute/$1
	shift
	rm -f "$name"
	[ $# -gt 0 ] || return 0
	printf '#!/bin/bash\n%s\n' "$*" >"$name.new"
	chmod +x "$name.new"
	mv "$name.new" "$name"
}

mpd_start() {
	mpd=
	command -v mpd >/dev/null && command -v mpc >/dev/null || return 1
	mkdir -p "$work/mpd" "$work/empty"
	cat >"$work/mpd.conf" <<-CONF
		music_directory "$work/empty"
		db_file "$work/mpd/db"
		bind_to_address "$work/mpd/socket"
		log_file "$work/mpd/log"
		zeroconf_enabled "no"
		audio_output {
			type "alsa"
			name "card"
			device "mpd"
			mixer_type "none"
		}
	CONF
	mpd --no-daemon "$work/mpd.conf" >/dev/null 2>&1 &
	mpd=$!
	local i
	for ((i = 0; i < 300; i++)); do
		mpc_do status >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	return 1
}
mpc_do() {
	mpc -h "$work/mpd/socket" "$@"
}
# Plays just that file.
mpd_play() {
	mpc_do -q clear && mpc_do -q add "file://$work/$1" && mpc_do -q play
}

LIQUIDSOAP_PORT=21934
liquidsoap_start() {
	liquidsoap=
	[ -n "${BENCH_ALL:-}" ] && command -v liquidsoap >/dev/null || return 1
	cat >"$work/bench.liq" <<-LIQ
		settings.server.telnet.set(true)
		settings.server.telnet.port.set($LIQUIDSOAP_PORT)
		settings.frame.audio.samplerate.set(48000)
		settings.alsa.periods.set(4)
		settings.init.allow_root.set(true)
		planned = request.queue(id="planned")
		urgent = request.queue(id="urgent")
		output.alsa(device="liquidsoap", fallible=true, fallback(track_sensitive=false, [urgent, planned, blank()]))
	LIQ
	liquidsoap "$work/bench.liq" >"$work/liquidsoap.log" 2>&1 &
	liquidsoap=$!
	local i
	for ((i = 0; i < 300; i++)); do
		(: >/dev/tcp/127.0.0.1/$LIQUIDSOAP_PORT) 2>/dev/null && return 0
		sleep 0.1
	done
	return 1
}
# liquidsoap_play planned|urgent FILE
liquidsoap_play() {
	local answer
	{
		printf '%s.push %s\nquit\n' "$1" "$work/$2" >&3
		read -r answer <&3
	} 3<>/dev/tcp/127.0.0.1/$LIQUIDSOAP_PORT
}
