# A guest to talk to: sourced by the tests.  One at a time; its files lie in $run.
#   guest_start [QEMU ARGUMENTS]  boots; returns when it obeys        guest COMMAND    runs it in the guest, its exit code is ours
#   guest_stop                    ends it; the recordings are whole   qmp COMMAND [JSON ARGUMENTS]

guest_files=${BUILD:-build}/guest
pulls=0

# The cards record what they played: $run/hda.wav, $run/usb.wav.  The guest's clocks and cards go by the instructions it
# has run, 500 million a second: a busy host makes all of it slower alike, and no card runs dry for that.
guest_start() {
	mkdir -p "$run/host"
	rm -f "$run"/{port,qmp}.{in,out}
	mkfifo "$run"/{port,qmp}.{in,out}
	local wav=out.frequency=48000,out.channels=2,out.format=s16
	nice -n 15 qemu-system-x86_64 -M q35 -accel tcg,thread=single -icount shift=1 -rtc clock=vm -cpu max -m 512 -nodefaults -display none -no-user-config \
		-kernel "$guest_files/vmlinuz" -initrd "$guest_files/initrd" \
		-append 'console=ttyS0 quiet loglevel=6 panic=-1 mitigations=off' \
		-chardev file,id=console,path="$run/console",append=on -serial chardev:console \
		-device virtio-serial-pci -chardev pipe,id=port,path="$run/port" -device virtserialport,chardev=port,name=loaxa \
		-chardev pipe,id=qmp,path="$run/qmp" -mon chardev=qmp,mode=control \
		-virtfs local,path="$run/host",mount_tag=host,security_model=none \
		-audiodev wav,id=hda,path="$run/hda.wav",$wav -device intel-hda -device hda-output,audiodev=hda,mixer=off,use-timer=off \
		-audiodev wav,id=usb,path="$run/usb.wav",$wav -device qemu-xhci,id=xhci -device usb-audio,id=card,bus=xhci.0,audiodev=usb \
		"$@" >"$run/qemu.out" 2>&1 3>&- &
	echo $! >"$run/pid"
	echo 0 >"$run/number"
	guest_answer 0 "${GUEST_BOOT_S:-180}" >/dev/null && qmp qmp_capabilities >/dev/null
}

guest_alive() {
	kill -0 "$(cat "$run/pid")" 2>/dev/null
}

# guest_answer NUMBER SECONDS: prints what came before that number's last line; the exit code is the one it names.
guest_answer() {
	local line
	while IFS= read -r -t "$2" line; do
		case $line in
		"@@$1 "*) return "${line#* }" ;;
		"@@"*) ;;
		*) printf '%s\n' "$line" ;;
		esac
	done <>"$run/port.out"
	echo "the guest does not answer" >&2
	return 99
}

guest() {
	local number=$(($(cat "$run/number") + 1))
	echo $number >"$run/number"
	guest_alive || { echo "the guest is not running" >&2; return 99; }
	echo "$number $(printf '%s\n' "$*" | base64 -w0)" 1<>"$run/port.in"
	guest_answer $number "${GUEST_ANSWER_S:-120}"
}

# Prints the answer; events that came before it go to $run/events.
qmp() {
	local line
	printf '{"execute":"%s"%s}\n' "$1" "${2:+,\"arguments\":$2}" 1<>"$run/qmp.in"
	while IFS= read -r -t 30 line; do
		case $line in
		*'"return"'* | *'"error"'*) printf '%s\n' "$line"; return ;;
		*) printf '%s\n' "$line" >>"$run/events" ;;
		esac
	done <>"$run/qmp.out"
	return 99
}

guest_pull() {
	local before
	before=$(grep -c DEVICE_DELETED "$run/events" || true)
	qmp device_del '{"id":"card"}' >/dev/null
	until [ "$(grep -c DEVICE_DELETED "$run/events")" -gt "$before" ]; do qmp query-name >/dev/null; done
}

# The recording of what was played before goes to $run/usb-1.wav, usb-2.wav …: QEMU begins a new one.
guest_put_back() {
	mv "$run/usb.wav" "$run/usb-$((++pulls)).wav"
	qmp device_add '{"driver":"usb-audio","id":"card","bus":"xhci.0","audiodev":"usb"}'
}

# Power that fails and comes back; the guest obeys again when this returns.
guest_reset() {
	qmp system_reset >/dev/null
	guest_answer 0 "${GUEST_BOOT_S:-180}" >/dev/null
}

guest_stop() {
	local i
	qmp quit >/dev/null
	for ((i = 0; i < 100; i++)); do
		guest_alive || return 0
		sleep 0.1
	done
	kill -9 "$(cat "$run/pid")"
}

# However a test ended.
guest_end() {
	[ -e "$run/pid" ] && guest_alive || return 0
	kill -9 "$(cat "$run/pid")"
}
