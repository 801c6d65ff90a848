#!/bin/sh
# Installs what the system must have: for the tests Chromium, fonts, Apertium and PostgreSQL; with
# "venv" as the argument what Python needs to make a virtual environment. As root on Debian it installs by
# itself, anywhere else it says the one command to run.
set -eu

needed=""
if [ "${1:-test}" = venv ]; then
  needed="python3-venv"
else
  command -v chromium >/dev/null 2>&1 || needed="$needed chromium"
  ls /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf >/dev/null 2>&1 || needed="$needed fonts-noto-core"
  # Machine translation on this server: one pair straight to English, one through Spanish (23 MB).
  ls /usr/share/apertium/modes/spa-eng.mode >/dev/null 2>&1 || needed="$needed apertium apertium-eng-spa"
  ls /usr/share/apertium/modes/fr-es.mode >/dev/null 2>&1 || needed="$needed apertium-fr-es"
  ls /usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf >/dev/null 2>&1 || needed="$needed fonts-droid-fallback"
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || needed="$needed postgresql"
fi
[ -n "$needed" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing $needed (Debian packages) ..."
  apt-get update -qq
  # shellcheck disable=SC2086 - several words on purpose
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $needed >/dev/null
else
  echo "Please run this once, then try again:" >&2
  echo "  sudo apt-get install$needed" >&2
  exit 1
fi
