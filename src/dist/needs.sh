#!/bin/bash
# needs.sh build|tests|deb|ci|guest: sees to it that the Debian packages are there.  Silent when they are; else prints the
# one apt line, runs it (as root, or by sudo where that asks nothing), or says what to type.  Never asks, reads no input.
set -u
what=${1:-build}

build='gcc make libc6-dev libconfuse-dev libsndfile1-dev libao-dev libasound2-dev libsoxr-dev libebur128-dev
	libsqlite3-dev nettle-dev libjansson-dev libutf8proc-dev libsodium-dev libzstd-dev libpango1.0-dev libxlsxwriter-dev
	pkg-config fonts-liberation2 gettext tzdata'
tests="$build check bats jq sqlite3 openssl mandoc sox opus-tools poppler-utils unzip libxml2-utils"
guest="$build bats jq sox qemu-system-x86 e2fsprogs"
deb="$build debhelper fakeroot"
ci="$tests debhelper lintian systemd clang libclang-rt-14-dev clang-format espeak-ng ffmpeg pulseaudio pulseaudio-utils"

case $what in
build) needed=$build ;;
tests) needed=$tests ;;
deb) needed=$deb ;;
ci) needed=$ci ;;
guest) needed=$guest ;;
*) echo "usage: needs.sh build|tests|deb|ci|guest" >&2; exit 2 ;;
esac
command -v dpkg-query >/dev/null || exit 0    # not a Debian: the compiler will say what is missing

missing=
for package in $needed; do
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

line="apt-get update && apt-get install -y --no-install-recommends$missing"
echo "Cần cài thêm (packages needed):"
echo "  $line"
export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" -eq 0 ]; then
	bash -c "$line" </dev/null >/dev/null && exit 0
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	sudo -n DEBIAN_FRONTEND=noninteractive bash -c "$line" </dev/null >/dev/null && exit 0
fi
echo "Chưa cài được — cần quyền quản trị và mạng — xin gõ rồi chạy lại (could not be installed; type this, then again):" >&2
echo "  sudo sh -c '$line'" >&2
exit 1
