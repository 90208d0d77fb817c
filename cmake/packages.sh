# Sourced by the scripts. `install_packages build tests` installs the missing packages of these parts of packages.txt.

install_packages() {
    # On systems other than Debian and its derivatives, CMake reports missing dependencies.
    command -v apt-get >/dev/null || return 0

    local package missing=() as_root=()
    for package in $(awk -v parts=" $* " 'index(parts, " " $1 " ") { print $2 }' "${BASH_SOURCE[0]%.sh}.txt"); do
        dpkg-query --show --showformat '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^.i' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -q </dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
}
