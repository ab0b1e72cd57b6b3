//! See `stagiaire --help`.

fn main() -> std::process::ExitCode {
    stagiaire::commands::main()
}
