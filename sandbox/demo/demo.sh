# shellcheck shell=bash
# The demo of ./run, made through the public doors only: verbs, and the sandbox's phone. Sourced; needs $root, $data, $port,
# $sandbox_port, $mail_port and ./run's functions. Each step looks first whether it is done, so a kill half-way is mended by the next run.
# Kept in DATA/sandbox: the sandbox's own journal, the demo's made-up secrets, app (our id of its Meta app), chats-imported, chats-written.

demo_name() { echo "Aparajita Sarees"; }

DEMO_PHONE_NUMBER_ID=100000000000012
DEMO_NUMBER=919000000012

# A demo diverts all sending to the sandbox, so it must not come to a directory that real business lives in.
demo_may_be_here() {
  [[ -d $data/sandbox ]] && return
  if [[ -n $(munshi workspace list) ]]; then
    refuse "$data already holds workspaces that are not the demo's: start with --no-demo, or choose another with --data."
  fi
}

make_demo() {
  if [[ ! -f $data/sandbox/app ]]; then
    local began=$SECONDS
    echo "Making the demo workspace, $(demo_name) ..."
    make_demo_workspace
    echo "Made in $((SECONDS - began)) s."
  fi
  if [[ ! -f $data/sandbox/chats-imported ]]; then
    import_demo_chats
  fi
  if [[ -z $sandbox ]]; then
    start_sandbox
  fi
  wait_for sandbox "$sandbox" "$data/log/sandbox.log" "$sandbox_port" /control/state
  if [[ ! -f $data/sandbox/chats-written ]]; then
    write_demo_chats
  fi
}

make_demo_workspace() {
  mkdir -p -m 700 "$data/sandbox"
  local secret app
  for secret in app-secret verify-token access-token; do
    [[ -s $data/sandbox/$secret ]] || keep "$secret" "$(od -An -v -N16 -tx1 /dev/urandom | tr -d ' \n')"
  done
  lists '"workspace":"demo"' workspace list ||
    munshi workspace create demo --name "$(demo_name)" >/dev/null
  lists '"role":"owner"' member list --workspace demo ||
    munshi member add --workspace demo --name "Mita Sen" --role owner >/dev/null
  munshi knowledge import "$root/sandbox/demo/faq.jsonl" --workspace demo >/dev/null
  app=$(demo_app)
  if [[ -z $app ]]; then
    munshi channel add-app --workspace demo --secret-file "$data/sandbox/app-secret" --verify-token-file "$data/sandbox/verify-token" >/dev/null
    app=$(demo_app)
  fi
  lists '"number":' channel list --workspace demo ||
    munshi channel connect --workspace demo --app "$app" --phone-number-id "$DEMO_PHONE_NUMBER_ID" --number "$DEMO_NUMBER" \
      --token-file "$data/sandbox/access-token" >/dev/null
  keep app "$app"
}

# chats/contacts.tsv: a customer's number, a tab, the exported chat. What was imported before adds nothing.
import_demo_chats() {
  local began=$SECONDS number file
  echo "Importing the demo's older chats ..."
  while IFS=$'\t' read -r number file; do
    munshi chat import "$root/sandbox/demo/chats/$file" --workspace demo --contact "$number" >/dev/null
  done <"$root/sandbox/demo/chats/contacts.tsv"
  keep chats-imported "$(date -u +%FT%TZ)"
  echo "Imported in $((SECONDS - began)) s."
}

# keep NAME VALUE: whole or not at all, for this user only.
keep() {
  (umask 077 && printf '%s\n' "$2" >"$data/sandbox/$1.new")
  mv -f "$data/sandbox/$1.new" "$data/sandbox/$1"
}

# lists TEXT VERB...: the verb's JSON holds the text.
lists() {
  local text=$1 lines
  shift
  lines=$(munshi "$@" --json)
  [[ $lines == *"$text"* ]]
}

demo_app() { munshi channel list --workspace demo --json | sed -n 's/^{"app":"\([0-9a-f-]*\)".*/\1/p' | head -1; }

# Secrets go by environment: arguments are seen by every user of the machine.
start_sandbox() {
  Sandbox__Callback=http://127.0.0.1:$port/webhooks/whatsapp/$(cat "$data/sandbox/app") \
    Sandbox__AppSecret=$(cat "$data/sandbox/app-secret") \
    Sandbox__VerifyToken=$(cat "$data/sandbox/verify-token") \
    Sandbox__AccessToken=$(cat "$data/sandbox/access-token") \
    Sandbox__PhoneNumberId=$DEMO_PHONE_NUMBER_ID \
    Sandbox__DisplayPhoneNumber=$DEMO_NUMBER \
    Sandbox__BusinessName=$(demo_name) \
    Sandbox__SmtpPort=$mail_port \
    Sandbox__DataFile=$data/sandbox/journal.jsonl \
    start sandbox dotnet "$root/artifacts/bin/Munshi.Sandbox/release/Munshi.Sandbox.dll" --urls "http://127.0.0.1:$sandbox_port"
  sandbox=$!
}

# chats.tsv: a customer's number, a tab, what the phone API takes. A customer waits for an answer before writing on.
write_demo_chats() {
  local began=$SECONDS number message written
  declare -A lines=()
  echo "Writing a few chats as customers ..."
  while IFS=$'\t' read -r number message; do
    lines[$number]=$((${lines[$number]:-0} + 1))
    written=$(count customer "$number")
    ((written < lines[$number])) || continue
    await_answer "$number" $((lines[$number] - 1))
    request POST "$sandbox_port" "/phone/$number/messages" "$message" >/dev/null ||
      echo "Note: a message of the demo was not taken by the sandbox." >&2
  done <"$root/sandbox/demo/chats.tsv"
  for number in "${!lines[@]}"; do await_answer "$number" "${lines[$number]}"; done
  keep chats-written "$(date -u +%FT%TZ)"
  echo "Written in $((SECONDS - began)) s."
}

# count SIDE NUMBER: the messages on a customer's phone.
count() { request GET "$sandbox_port" "/phone/$2/messages" | { grep -o "\"direction\":\"$1\"" || true; } | wc -l; }

# await_answer NUMBER MESSAGES: a chat that a person has to answer stays without one, so not for long.
await_answer() {
  local try
  for ((try = 0; try < 25; try++)); do
    (($(count business "$1") < $2)) || return 0
    sleep 0.1
  done
}

# Says what of the demo is on this machine, asks, stops it, and removes it. What may be removed is decided by the verb: an
# installation whose only workspace is the demo's. The sandbox's folder is what marks a directory as the demo's; a removal that was
# broken off may have taken it already, and left its own mark.
remove_demo() {
  local own=(--only-workspace demo --also sandbox --also run.munshi --also run.sandbox --also run.lock) found holder
  [[ -d $data ]] || refuse "There is no directory $data, so no demo in it."
  data=$(cd -- "$data" && pwd) || refuse "The data directory cannot be entered by this user."
  [[ -d $data/sandbox || -e $data/removing ]] || refuse "$data holds no demo; nothing was removed."
  require_own_data
  build_munshi
  found=$(munshi remove "${own[@]}" --list) || exit 1
  echo "This removes the demo workspace, $(demo_name), with every chat in it, and nothing brings it back:"
  echo
  sed 's/^/  /' <<<"$found"
  echo "  $data"
  echo
  if [[ -z $sure ]]; then
    [[ -t 0 ]] || refuse "Nothing was removed: say --yes to remove it without being asked."
    local answer
    read -r -p "Remove it? Type yes: " answer
    [[ $answer == yes ]] || refuse "Nothing was removed."
  fi
  exec 9>>"$data/run.lock"
  if ! flock --nonblock 9; then
    holder=$(cat "$data/run.lock")
    echo "Stopping the demo (process $holder) ..."
    kill -TERM "$holder" 2>/dev/null || true
    flock --timeout 240 9 || refuse "The demo has not stopped within four minutes; nothing was removed."
  fi
  munshi remove "${own[@]}" --yes >/dev/null || exit 1
  [[ -e $data ]] || echo "Removed. ./run --no-demo begins anew."
}
