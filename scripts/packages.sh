# shellcheck shell=bash
# What Munshi and its tests need from the operating system. Sourced; says what it is going to install before it does.

OLDEST_POSTGRES=15
CREATECLUSTER=/etc/postgresql-common/createcluster.d

# Where PostgreSQL's server programs are, as Munshi looks for them: initdb, pg_ctl and postgres in one directory, not too old.
has_postgres() {
  local directory version
  for directory in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)" "$(dirname -- "$(command -v postgres || echo /none)")"; do
    [[ -x $directory/initdb && -x $directory/pg_ctl && -x $directory/postgres ]] || continue
    version=$("$directory/postgres" --version 2>/dev/null | sed -n 's/.*PostgreSQL) \([0-9]*\).*/\1/p')
    [[ -n $version && $version -ge $OLDEST_POSTGRES ]] && return
  done
  return 1
}

has_age() { command -v age >/dev/null; }

has_python3() { command -v python3 >/dev/null; }

has_openssl() { command -v openssl >/dev/null; }

has_ffmpeg() { command -v ffmpeg >/dev/null; }

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# Letters of the dashboard's languages.
has_fonts() { command -v fc-list >/dev/null && [[ -n $(fc-list :lang=hi family) && -n $(fc-list :lang=bn family) ]]; }

package_manager() {
  local manager
  for manager in apt-get dnf zypper pacman apk; do
    command -v "$manager" >/dev/null && echo "$manager" && return
  done
  return 1
}

# package_of MANAGER NEED
package_of() {
  case $1:$2 in
    apt-get:postgres) newest_debian_postgres ;;
    dnf:postgres | zypper:postgres) echo postgresql-server ;;
    *:postgres) echo postgresql ;;
    pacman:python3) echo python ;;
    apt-get:fonts) echo fonts-noto-core ;;
    dnf:fonts) echo google-noto-sans-devanagari-fonts google-noto-sans-bengali-fonts ;;
    zypper:fonts) echo google-noto-sans-devanagari-fonts google-noto-sans-bengali-fonts ;;
    pacman:fonts) echo noto-fonts ;;
    apk:fonts) echo font-noto-devanagari font-noto-bengali ;;
    *) echo "$2" ;;
  esac
}

# The newest server that this Debian or Ubuntu offers; the plain name where it offers none that is new enough.
newest_debian_postgres() {
  local version
  version=$(apt-cache search --names-only '^postgresql-[0-9]+$' 2>/dev/null | sed -n 's/^postgresql-\([0-9]*\) .*/\1/p' | sort -n | tail -1)
  if [[ -n $version && $version -ge $OLDEST_POSTGRES ]]; then echo "postgresql-$version"; else echo postgresql; fi
}

install_line() { # MANAGER
  case $1 in
    apt-get) echo "apt-get install --yes --no-install-recommends" ;;
    dnf) echo "dnf install --assumeyes" ;;
    zypper) echo "zypper --non-interactive install --no-recommends" ;;
    pacman) echo "pacman --sync --noconfirm --needed" ;;
    apk) echo "apk add" ;;
  esac
}

# How to run a command as root: empty as root itself; fails where it is not allowed.
as_root() {
  if [[ $(id -u) == 0 ]]; then echo ""; elif sudo -n true 2>/dev/null; then echo "sudo -n"; else return 1; fi
}

# ensure WHOM NEED...: installs those of postgres, age, openssl, python3, ffmpeg, chromium, fonts that are missing.
ensure() {
  local whom=$1 need missing=()
  shift
  for need in "$@"; do "has_$need" || missing+=("$need"); done
  ((${#missing[@]})) || return 0

  local manager root_prefix log
  if ! manager=$(package_manager); then
    without "no package manager known to this script is here" "install it by hand" "${missing[@]}"
    return
  fi
  if ! root_prefix=$(as_root); then
    without "this user may not install packages" "run: sudo $(install_line "$manager") $(packages_of "$manager" "${missing[@]}")" "${missing[@]}"
    return
  fi
  if [[ $manager == apt-get ]] && ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    echo "Reading the lists of available packages first (apt-get update) ..."
  fi
  local began=$SECONDS
  log=$(mktemp)
  if [[ $manager == apt-get ]]; then
    # Lists that cannot be read now may still be good enough.
    $root_prefix apt-get -o DPkg::Lock::Timeout=120 update >"$log" 2>&1 || true
  fi
  local packages
  packages=$(packages_of "$manager" "${missing[@]}")
  echo "Not on this machine, but needed by $whom: $(told "${missing[@]}")."
  echo "Installing with $manager: $packages ..."
  if [[ $manager == apt-get && " ${missing[*]} " == *" postgres "* && ! -e $CREATECLUSTER/00-no-main.conf ]]; then
    echo "$CREATECLUSTER/00-no-main.conf is written, so that no cluster but Munshi's own is made and started."
    $root_prefix mkdir -p "$CREATECLUSTER"
    echo "create_main_cluster = false" | $root_prefix tee "$CREATECLUSTER/00-no-main.conf" >/dev/null
  fi
  # shellcheck disable=SC2046,SC2086 # lists of words
  if ! $root_prefix env DEBIAN_FRONTEND=noninteractive $(install_line "$manager") $packages </dev/null >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    without "the installation failed" "see what the package manager says above" "${missing[@]}"
    return
  fi
  rm -f "$log"
  echo "Installed in $((SECONDS - began)) s."
  hash -r
  missing=()
  for need in "$@"; do "has_$need" || missing+=("$need"); done
  if ((${#missing[@]})); then
    without "this system's packages do not bring it" "install it from its makers (PostgreSQL: https://www.postgresql.org/download/)" "${missing[@]}"
  fi
}

packages_of() { # MANAGER NEED...
  local manager=$1 need names=()
  shift
  for need in "$@"; do names+=("$(package_of "$manager" "$need")"); done
  echo "${names[*]}"
}

told() { # NEED...
  local need words=()
  for need in "$@"; do
    case $need in
      postgres) words+=("PostgreSQL's server programs, $OLDEST_POSTGRES or newer") ;;
      fonts) words+=("fonts with Devanagari and Bengali letters") ;;
      *) words+=("$need") ;;
    esac
  done
  local joined
  joined=$(printf '%s; ' "${words[@]}")
  echo "${joined%; }"
}

# without WHY REMEDY NEED...: nothing runs without PostgreSQL; the rest is told and gone without.
without() {
  local why=$1 remedy=$2
  shift 2
  if [[ " $* " == *" postgres "* ]]; then
    echo "Missing: $(told "$@"). It was not installed, because $why; $remedy" >&2
    exit 1
  fi
  echo "Note: going on without $(told "$@"), because $why; $remedy" >&2
}
