# shellcheck shell=bash
# Builds a program when a source of it is newer than its last build. Sourced; needs $root. Writes to standard error only.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false # no compiler stays behind

# Puts dotnet on the path, or says what is missing.
find_dotnet() {
  command -v dotnet >/dev/null && return
  local directory
  for directory in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/lib64/dotnet; do
    if [[ -n $directory && -x $directory/dotnet ]]; then
      export DOTNET_ROOT=$directory PATH=$directory:$PATH
      return
    fi
  done
  echo "Munshi needs the .NET 10 SDK, which is not on this machine: install it from https://dot.net/download and try again." >&2
  exit 1
}

# The SDK that global.json asks for: its feature band or a newer one of the same major version.
require_sdk() {
  find_dotnet
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")
  local version patch
  while read -r version _; do
    patch=${version##*.}
    [[ ${version%.*} == "${wanted%.*}" && $patch =~ ^[0-9]+$ && $patch -ge ${wanted##*.} ]] && return
  done < <(dotnet --list-sdks)
  echo "Munshi needs the .NET SDK $wanted or a later ${wanted%.*} one; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -)." >&2
  exit 1
}

# is_current STAMP PATH...: nothing below the paths has changed since the stamp.
is_current() {
  local stamp=$1
  shift
  [[ -f $stamp && -z $(find "$@" -newer "$stamp" -print -quit) ]]
}

# Whether a restore was done here, by this user, after the last change of any project file.
is_restored() {
  local assets=$root/artifacts/obj/$1/project.assets.json
  [[ -f $assets ]] && grep -qF "\"${NUGET_PACKAGES:-${HOME:-}/.nuget/packages}/\"" "$assets" &&
    [[ -z $(find "$root/src" "$root/sandbox" "$root"/*.props "$root/global.json" \
      \( -name '*.csproj' -o -name '*.props' -o -name '*.lock.json' -o -name global.json \) -newer "$assets" -print -quit) ]]
}

# build NAME DIRECTORY SOURCE...: the release build of one program. Two at once take turns.
build() {
  local name=$1 project=$root/$2 stamp=$root/artifacts/$1.stamp log=$root/artifacts/$1.log
  shift 2
  local sources=("$@" "$root"/*.props "$root/global.json" "$root/BannedSymbols.txt" "$root/.editorconfig")
  is_current "$stamp" "${sources[@]}" && return
  require_sdk
  if ! mkdir -p "$root/artifacts" || ! true >"$root/artifacts/$name.lock"; then
    echo "$name has to be built, but $root/artifacts cannot be written by this user." >&2
    return 1
  fi
  (
    flock 8 # the build keeps it when this script is killed
    is_current "$stamp" "${sources[@]}" && exit
    local began=$SECONDS options=()
    is_restored "$name" && options=(--no-restore)
    echo "Building $name ..." >&2
    touch "$stamp.new"
    if ! compile && ! { ((${#options[@]})) && grep -qE 'error (NU|NETSDK)[0-9]' "$log" && options=() && compile; }; then
      grep -E 'error|warning' "$log" | sort -u >&2 || cat "$log" >&2
      echo "$name could not be built; the whole output is in $log." >&2
      exit 1
    fi
    mv "$stamp.new" "$stamp"
    echo "Built $name in $((SECONDS - began)) s." >&2
  ) 8>"$root/artifacts/$name.lock"
}

# Without advisories: they are for .ci/run to judge, and asking for them needs the network.
compile() {
  dotnet build "$project" --configuration Release --verbosity quiet -nologo -p:NuGetAudit=false "${options[@]}" >"$log" 2>&1
}

build_munshi() { build Munshi src/Munshi "$root/src"; }

build_sandbox() { build Munshi.Sandbox sandbox/Munshi.Sandbox "$root/sandbox/Munshi.Sandbox"; }

# The auditor's tool as one file that needs no .NET, in artifacts/verifier, with verify.py beside it. Built apart from all else: a restore for one kind of machine would
# undo that of the others. Compiled ahead of time where NuGet has the compiler, as it runs for seconds only. Where NuGet has no runtime for this machine it is built to
# use the installed .NET, and says so.
build_verifier() {
  local target=$root/artifacts/verifier stamp=$root/artifacts/verifier.stamp log=$root/artifacts/verifier.log new=$root/artifacts/verifier.new
  local sources=("$root/src/Munshi.Ledger" "$root/src/Munshi.Verifier" "$root"/*.props "$root/global.json" "$root/scripts/build.sh")
  is_current "$stamp" "${sources[@]}" && [[ -x $target/munshi-verify ]] && return
  require_sdk
  mkdir -p "$root/artifacts" || return 1
  (
    flock 8
    is_current "$stamp" "${sources[@]}" && [[ -x $target/munshi-verify ]] && exit
    local began=$SECONDS machine=linux-x64
    [[ $(uname -m) != aarch64 ]] || machine=linux-arm64
    echo "Building munshi-verify ..." >&2
    touch "$stamp.new"
    rm -rf "$new"
    if ! publish_verifier --self-contained -p:PublishTrimmed=true -p:PublishReadyToRun=true \
      && ! { grep -qE 'error (NU|NETSDK)[0-9]' "$log" && publish_verifier --self-contained -p:PublishTrimmed=true; }; then
      grep -qE 'error (NU|NETSDK)[0-9]' "$log" && publish_verifier --no-self-contained || {
        grep -E 'error|warning' "$log" | sort -u >&2 || cat "$log" >&2
        echo "munshi-verify could not be built; the whole output is in $log." >&2
        exit 1
      }
      echo "munshi-verify is built to use the .NET runtime of the machine it runs on: NuGet had none to put into it." >&2
    fi
    cp "$root/src/Munshi.Verifier/verify.py" "$new/"
    rm -rf "$target"
    mv "$new" "$target"
    mv "$stamp.new" "$stamp"
    echo "Built munshi-verify in $((SECONDS - began)) s." >&2
  ) 8>"$root/artifacts/verifier.lock"
}

publish_verifier() {
  dotnet publish "$root/src/Munshi.Verifier" --configuration Release --runtime "$machine" "$@" --output "$new" --verbosity quiet -nologo \
    -p:PublishSingleFile=true -p:DebugType=none -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false -p:CopyDocumentationFilesFromPackages=false \
    -p:NuGetAudit=false -p:ArtifactsPath="$root/artifacts/verifier-build" >"$log" 2>&1
}
