#!/bin/bash
# Makes $BUILD/guest/vmlinuz and $BUILD/guest/initrd: Debian's own kernel with the drivers that are needed, busybox, the
# programs of $BUILD with their libraries, and what the tests play.  Packages are unpacked, nothing is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
BUILD=$(cd "${BUILD:-build}" && pwd)
guest=$BUILD/guest
modules='virtio_pci virtio_console virtio_blk crc32c_generic ext4 9pnet_virtio 9p xhci-pci snd-hda-codec-generic snd-hda-intel
	snd-usb-audio'
later=snd-aloop

# What apt would install as the newest kernel; kept until it changes.
fetch() {
	local kernel
	kernel=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p' | head -1)
	[ -n "$kernel" ] || { echo "no Debian kernel is known to apt — run: apt-get update" >&2; return 1; }
	version=${kernel#linux-image-}
	[ -e "$guest/packages/$kernel" ] && return
	rm -rf "$guest/packages" && mkdir -p "$guest/packages/unpacked"
	(cd "$guest/packages" && apt-get -qq download "$kernel" busybox-static 2>/dev/null)
	for package in "$guest"/packages/*.deb; do
		dpkg -x "$package" "$guest/packages/unpacked"
	done
	rm "$guest"/packages/*.deb
	touch "$guest/packages/$kernel"
}

# copy_modules ROOT: those of the list with all they depend on.
copy_modules() {
	local from=$guest/packages/unpacked busybox=$guest/packages/unpacked/bin/busybox name file
	[ -e "$from/lib/modules/$version/modules.dep" ] || "$busybox" depmod -b "$from" "$version"
	for name in $modules $later; do
		sed -n "s,^\(\S*/${name//[-_]/[-_]}\.ko\): *\(.*\),\1 \2,p" "$from/lib/modules/$version/modules.dep"
	done | tr ' ' '\n' | sed '/^$/d' | sort -u | while read -r file; do
		install -D -m 644 "$from/lib/modules/$version/$file" "$1/lib/modules/$version/$file"
	done
	"$busybox" depmod -b "$1" "$version"
	for name in $modules; do echo "$name"; done >"$1/etc/modules"
}

# copy_programs ROOT FILE…: with the libraries each needs, at the very places where this machine has them.
copy_programs() {
	local root=$1 file
	shift
	for file; do install -D -m 755 "$file" "$root/bin/${file##*/}"; done
	for file; do ldd "$file"; done | grep -o '/[^ ]*' | sort -u | while read -r file; do
		install -D -m 755 "$file" "$root$file"
	done
}

mkdir -p "$guest"
fetch
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,etc,usr/share/zoneinfo/Asia,lib64}
install -m 755 "$guest/packages/unpacked/bin/busybox" "$root/bin/busybox"
install -m 755 "$here/init" "$root/init"
copy_modules "$root"
copy_programs "$root" "$guest/probe" "$guest/hand" "$BUILD/loaxa" "$BUILD/loaxa-prepare"
cp -r /usr/share/alsa "$root/usr/share/alsa"
cp /usr/share/zoneinfo/Asia/Ho_Chi_Minh "$root/usr/share/zoneinfo/Asia/"
cp "$guest/packages/unpacked/boot/vmlinuz-$version" "$guest/vmlinuz"
(cd "$root" && find . | "$guest/packages/unpacked/bin/busybox" cpio -o -H newc 2>/dev/null) >"$guest/initrd.new"
mv "$guest/initrd.new" "$guest/initrd"
