# Shared by the commands in this folder: says what happens, and installs what is missing.
# POSIX shell; sourced, not run.

cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }
fail() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: directly where we are, else by sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        fail "root is needed to run: $*"
    fi
}

has_postgres() {
    has initdb && has postgres && return 0
    for bin in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
        [ -x "$bin/initdb" ] && return 0
    done
    return 1
}

# install NAME-FOR-PEOPLE APT-PACKAGE...
install() {
    what=$1
    shift
    say "installing $what"
    if has apt-get; then
        [ -n "${apt_is_fresh:-}" ] || as_root apt-get update -q >/dev/null || fail "the package lists could not be read"
        apt_is_fresh=1
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null \
            || fail "$what could not be installed"
    elif has brew; then
        brew install "$@" || fail "$what could not be installed"
    else
        fail "$what is missing, and neither apt-get nor brew is here to install it"
    fi
}

need_rust() {
    # shellcheck disable=SC1091
    [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    if ! has cc; then install "a C compiler" gcc libc6-dev; fi
    has cargo && return 0
    has curl || install "curl" curl ca-certificates
    say "installing the Rust toolchain"
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy -c rustfmt \
        || fail "the Rust toolchain could not be installed"
    # shellcheck disable=SC1091
    . "$HOME/.cargo/env"
}

need_postgres() {
    has_postgres || install "PostgreSQL" postgresql
}

# The malware scanner of one test, which brings its own signature. Where it is not packaged, that test is left out.
need_clamd() {
    [ -x /usr/sbin/clamd ] || ! has apt-get || install "ClamAV's daemon" clamav-daemon
}

# A certified identity provider, against which sign-in by the organisation is tested; used, never shipped.
need_identity_provider() {
    at=target/identity-provider
    cmp -s tests/identity-provider/package-lock.json "$at/installed" && return 0
    has npm || install "Node.js and npm" nodejs npm
    say "fetching the identity provider of the tests"
    mkdir -p "$at"
    cp tests/identity-provider/package.json tests/identity-provider/package-lock.json "$at"
    (cd "$at" && npm ci --silent --ignore-scripts --omit=dev --no-audit --no-fund >/dev/null) \
        || fail "the identity provider of the tests could not be fetched"
    cp tests/identity-provider/package-lock.json "$at/installed"
}

# The accessibility checker of the browser tests; used, never shipped.
need_axe() {
    version=4.14.1
    sum=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745
    [ "$(cat target/axe-core/version 2>/dev/null)" = "$version" ] && return 0
    has npm || install "npm" npm
    say "fetching axe-core $version"
    mkdir -p target/axe-core
    (cd target/axe-core && npm pack --silent "axe-core@$version" >/dev/null) || fail "axe-core could not be fetched"
    mv "target/axe-core/axe-core-$version.tgz" target/axe-core/axe.tgz
    echo "$sum  target/axe-core/axe.tgz" | sha256sum -c - >/dev/null || fail "axe-core is not the file it should be"
    tar xzf target/axe-core/axe.tgz -C target/axe-core --strip-components=1 package/axe.min.js
    rm target/axe-core/axe.tgz
    echo "$version" >target/axe-core/version
}

# The Nu HTML checker, over every page that the tests have opened; used, never shipped.
need_html_checker() {
    version=26.9.27
    sum=5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7
    has java || install "a Java runtime" default-jre-headless
    [ "$(cat target/html-checker/version 2>/dev/null)" = "$version" ] && return 0
    has npm || install "npm" npm
    say "fetching the Nu HTML checker $version"
    mkdir -p target/html-checker
    (cd target/html-checker && npm pack --silent "vnu-jar@$version" >/dev/null) || fail "the HTML checker could not be fetched"
    mv "target/html-checker/vnu-jar-$version.tgz" target/html-checker/vnu.tgz
    echo "$sum  target/html-checker/vnu.tgz" | sha256sum -c - >/dev/null || fail "the HTML checker is not the file it should be"
    tar xzf target/html-checker/vnu.tgz -C target/html-checker --strip-components=3 package/build/dist/vnu.jar
    rm target/html-checker/vnu.tgz
    echo "$version" >target/html-checker/version
}

# What is released: the same source gives the same bytes, in whatever folder it lies and whoever builds it.
release_build() {
    flags="--remap-path-prefix=$PWD=/stagiaire --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
    env RUSTFLAGS="$flags ${RUSTFLAGS:-}" SQLX_OFFLINE=true cargo build --release --locked \
        || fail "the product does not build"
}
