#!/usr/bin/env bash
# scripts/build-verifier.sh: munshi-verify in artifacts/verifier, for auditors. Needs bash and the .NET 10 SDK.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/build.sh
. "$root/scripts/build.sh"

find_dotnet
build_verifier
