# shellcheck shell=bash
# HTTP to this machine with bash alone: a bare one has no curl. Sourced.

# request METHOD PORT PATH [JSON]: prints the answer's body; fails unless the answer is 2xx.
request() (
  body=${4-}
  LC_ALL=C # so that the length counts bytes
  exec 7<>"/dev/tcp/127.0.0.1/$2" || exit 1
  printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
    "$1" "$3" "$2" "${#body}" "$body" >&7
  IFS= read -r status <&7 || exit 1
  while IFS= read -r line <&7 && [[ $line != $'\r' ]]; do :; done
  cat <&7
  [[ $status == *" 2"[0-9][0-9]" "* ]]
) 2>/dev/null

# is_taken PORT: something listens there.
is_taken() { (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
