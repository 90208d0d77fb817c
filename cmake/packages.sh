# Sourced by the scripts. `install_packages build tests` installs the missing packages of these parts of packages.txt.

is_installed() { # PACKAGE
    dpkg-query --show --showformat '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^.i'
}

install_packages() {
    # On systems other than Debian and its derivatives, CMake reports missing dependencies.
    command -v apt-get >/dev/null || return 0

    local part package release alternative ours=later missing=() as_root=()
    [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" != bookworm ] || ours=bookworm
    while read -r part package release alternative; do
        [[ " $* " == *" $part "* && ${release:-$ours} == "$ours" ]] || continue
        is_installed "$package" || { [ -n "$alternative" ] && is_installed "$alternative"; } || missing+=("$package")
    done < <(grep -v '^#' "${BASH_SOURCE[0]%.sh}.txt")
    [ ${#missing[@]} -gt 0 ] || return 0

    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -q </dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
}
