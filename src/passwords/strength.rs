//! What a new password must be: long, and no guess (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2).

use crate::passwords::{LONGEST, SHORTEST};
use crate::text::texts;
use crate::web::Problem;
use std::collections::BTreeSet;

/// Among the first guesses of everybody who guesses, and long enough to pass otherwise.
const COMMON: [&str; 16] = [
    "123456789012",
    "1234567890123",
    "password1234",
    "passwordpassword",
    "password12345",
    "qwertyuiop123",
    "qwertyuiopas",
    "qwerty123456",
    "1q2w3e4r5t6y",
    "iloveyou1234",
    "administrator",
    "contraseña123",
    "motdepasse123",
    "motdepasse1234",
    "welcome12345",
    "letmein123456",
];
/// Fewer different characters than this are a pattern.
const DIFFERENT: usize = 5;

/// What is wrong with a new password for the account of `email`.
pub fn problem(password: &str, email: &str) -> Option<Problem> {
    let length = password.chars().count();
    let folded = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let different: BTreeSet<char> = folded.chars().collect();
    if password.is_empty() {
        Some(Problem::missing("password", |l| Text(l).enter()))
    } else if length < SHORTEST {
        Some(Problem::at("password", |l| Text(l).longer(SHORTEST)))
    } else if length > LONGEST {
        Some(Problem::at("password", |l| Text(l).shorter(LONGEST)))
    } else if COMMON.contains(&folded.as_str())
        || different.len() < DIFFERENT
        || folded == email.to_lowercase()
        || (local.len() >= 6 && folded.trim_end_matches(|c: char| c.is_ascii_digit()) == local)
    {
        Some(Problem::at("password", |l| Text(l).guessed()))
    } else {
        None
    }
}

texts!(pub Text {
    enter: "Enter a password", "Indiquez un mot de passe", "Indique una contraseña";
    longer(n): "Password must have at least {n} characters", "Le mot de passe doit compter au moins {n} caractères",
        "La contraseña debe tener al menos {n} caracteres";
    shorter(n): "Password must have {n} characters or fewer", "Le mot de passe doit compter {n} caractères au plus",
        "La contraseña debe tener {n} caracteres como máximo";
    guessed: "Choose a password that is harder to guess", "Choisissez un mot de passe plus difficile à deviner",
        "Elija una contraseña más difícil de adivinar";
    hint: "At least 12 characters. Three or four unrelated words work well.",
        "Au moins 12 caractères. Trois ou quatre mots sans lien entre eux conviennent bien.",
        "Al menos 12 caracteres. Tres o cuatro palabras sin relación entre sí funcionan bien.";
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn long_passwords_pass_and_guesses_do_not() {
        let why = |password| problem(password, "ines.carvajal@example.org").map(|p| p.say(Lang::En));
        assert_eq!(why("correct horse battery"), None);
        assert_eq!(why("почтовый голубь"), None);
        for guess in [
            "Password1234",
            "aaaaaaaaaaaa",
            "121212121212",
            "ines.carvajal",
            "Ines.Carvajal2002",
            "ines.carvajal@example.org",
        ] {
            assert_eq!(why(guess).as_deref(), Some("Choose a password that is harder to guess"), "{guess}");
        }
        assert_eq!(why("short").as_deref(), Some("Password must have at least 12 characters"));
        assert!(why(&"long ".repeat(41)).is_some());
    }
}
