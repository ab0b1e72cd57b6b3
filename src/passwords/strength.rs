//! What a new password must be: long, and no guess (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2). Which characters
//! it is made of is nobody's business.

use crate::passwords::{LONGEST, SHORTEST};
use crate::text::texts;
use crate::web::Problem;
use zxcvbn::Score;

/// What this product is about, and what its readers call a password: whoever guesses begins with it.
const CONTEXT: [&str; 8] =
    ["stagiaire", "internship", "intern", "pasantia", "pasantía", "contraseña", "motdepasse", "candidature"];

/// What is wrong with a new password for an account; `about` is what others know of its owner: address and names.
pub fn problem(password: &str, about: &[&str]) -> Option<Problem> {
    let length = password.chars().count();
    if password.is_empty() {
        Some(Problem::missing("password", |l| Text(l).enter()))
    } else if length < SHORTEST {
        Some(Problem::at("password", |l| Text(l).longer(SHORTEST)))
    } else if length > LONGEST {
        Some(Problem::at("password", |l| Text(l).shorter(LONGEST)))
    } else if is_guessed(password, about) {
        Some(Problem::at("password", |l| Text(l).guessed()))
    } else {
        None
    }
}

/// Whether fewer than a hundred million guesses would do, common passwords, names, patterns of the keyboard and what is
/// known of the owner first.
fn is_guessed(password: &str, about: &[&str]) -> bool {
    let known: Vec<String> = about
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(|c: char| !c.is_alphanumeric())))
        .chain(about.iter().filter_map(|text| text.split_once('@')).map(|(local, _)| local))
        .chain(CONTEXT)
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_lowercase)
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(password, &known).score() < Score::Three
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
        let about = ["ines.carvajal@example.org", "Inés", "Carvajal Ríos"];
        let why = |password| problem(password, &about).map(|p| p.say(Lang::En));
        assert_eq!(why("correct horse battery"), None);
        assert_eq!(why("почтовый голубь"), None);
        for guess in [
            "Password1234",
            "1q2w3e4r5t6y",
            "qwertyuiop123",
            "contraseña123",
            "motdepasse1234",
            "stagiaire2026",
            "Carvajal Ríos",
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
