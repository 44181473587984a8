#!/bin/bash
# make deb: the Debian package, under $BUILD/deb.  The sources are copied, so that packaging leaves no trace in the tree.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
src/dist/needs.sh deb
out=$(mkdir -p "$BUILD/deb" && cd "$BUILD/deb" && pwd)
rm -rf "$out"/*
mkdir "$out/loaxa"
if git rev-parse --git-dir >/dev/null 2>&1; then
	git ls-files -co --exclude-standard -z | { while IFS= read -r -d '' f; do [ ! -e "$f" ] || printf '%s\0' "$f"; done; }
else
	find . -name .git -prune -o -path ./build -prune -o \( -type f -o -type l \) -print0
fi | tar --null -T - -cf - | tar -C "$out/loaxa" -xf -
cp -a src/dist/debian "$out/loaxa/debian"
cd "$out/loaxa"
# What make was told does not concern dpkg's own makes; CC comes by the environment.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u BUILD DEB_BUILD_OPTIONS="parallel=$(nproc)" LC_ALL=C.UTF-8 \
	dpkg-buildpackage -b -us -uc >"$out/build.log" 2>&1 || { tail -40 "$out/build.log"; exit 1; }
rm -rf "$out/loaxa"
ls "$out"/*.deb | sed "s|^$PWD/||"
