//! An opening in words: its title in a language the reader may know, and what it asks of a candidate.

use super::profile::Reader;
use crate::domain::eligibility::Outcome;
use crate::domain::opening::{Asked, Named};
use crate::reference::{areas, countries, languages};
use crate::text::{Lang, texts};

/// Words with the language they are in: not always the reader's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    pub text: String,
    pub lang: Lang,
}

/// One of three texts, in English, French and Spanish: the reader's own, else the first there is.
pub fn in_language([en, fr, es]: [&str; 3], lang: Lang) -> Words {
    let texts = [(Lang::En, en), (Lang::Fr, fr), (Lang::Es, es)];
    let own = texts.into_iter().find(|(of, text)| *of == lang && !text.is_empty());
    let (lang, text) =
        own.or_else(|| texts.into_iter().find(|(_, text)| !text.is_empty())).unwrap_or((lang, ""));
    Words { text: text.to_owned(), lang }
}

pub fn title(named: &Named, lang: Lang) -> Words {
    in_language(named.titles.each_ref().map(String::as_str), lang)
}

/// `French`, `français`, `francés`.
pub fn language_name(code: &str, lang: Lang) -> String {
    languages::language(code).map_or(code, |language| language.name(lang)).to_owned()
}

pub fn area_name(code: &str, lang: Lang) -> String {
    areas::area(code).map_or(code, |area| area.name(lang)).to_owned()
}

/// `Dakar, Senegal`.
pub fn place(office: &str, country: &str, lang: Lang) -> String {
    let country = countries::country(country).map_or(country, |country| country.name(lang));
    format!("{office}, {country}")
}

/// What one language of an opening comes to, apart from the programme's own rule.
pub struct AskedLine {
    pub tone: &'static str,
    pub icon: &'static str,
    pub sentence: String,
}

pub fn asked(named: &Named, reader: Reader, lang: Lang) -> Vec<AskedLine> {
    named.asked.iter().map(|asked| line(asked, reader, lang)).collect()
}

fn line(asked: &Asked, reader: Reader, lang: Lang) -> AskedLine {
    let (t, language) = (Text(lang), language_name(&asked.language, lang));
    let (tone, icon) = match asked.outcome {
        Outcome::Met => ("ok", "ok"),
        Outcome::NeedsInformation | Outcome::NeedsReview => ("you", "half"),
        Outcome::NotMet => ("you", "info"),
    };
    let sentence = match (reader, asked.outcome) {
        (Reader::Candidate, Outcome::Met) => t.you_have(language),
        (Reader::Candidate, Outcome::NotMet) => t.you_have_not(language),
        (Reader::Candidate, _) => t.you_may_have(language),
        (_, Outcome::Met) => t.they_have(language),
        (_, Outcome::NotMet) => t.they_have_not(language),
        (_, _) => t.they_may_have(language),
    };
    AskedLine { tone, icon, sentence }
}

texts!(Text {
    you_have(l): "This opening asks for {l} at working level: you have it.",
        "Langue demandée par cette annonce, à un niveau de travail : {l}. Vous l’avez.",
        "Idioma que pide esta vacante, a nivel de trabajo: {l}. Usted lo tiene.";
    you_have_not(l): "This opening asks for {l} at working level: your profile does not state it. You can still name the opening.",
        "Langue demandée par cette annonce, à un niveau de travail : {l}. Votre dossier ne l’indique pas. Vous pouvez quand même mentionner l’annonce.",
        "Idioma que pide esta vacante, a nivel de trabajo: {l}. Su perfil no lo indica. Puede mencionar la vacante de todos modos.";
    you_may_have(l): "This opening asks for {l} at working level: state all four skills in your profile. You can still name the opening.",
        "Langue demandée par cette annonce, à un niveau de travail : {l}. Indiquez les quatre compétences dans votre dossier. Vous pouvez quand même mentionner l’annonce.",
        "Idioma que pide esta vacante, a nivel de trabajo: {l}. Indique las cuatro destrezas en su perfil. Puede mencionar la vacante de todos modos.";
    they_have(l): "It asks for {l} at working level: stated.", "Langue demandée, à un niveau de travail : {l}. Indiquée.",
        "Idioma que pide, a nivel de trabajo: {l}. Indicado.";
    they_have_not(l): "It asks for {l} at working level: not stated.", "Langue demandée, à un niveau de travail : {l}. Non indiquée.",
        "Idioma que pide, a nivel de trabajo: {l}. No indicado.";
    they_may_have(l): "It asks for {l} at working level: some skills are not stated.",
        "Langue demandée, à un niveau de travail : {l}. Certaines compétences ne sont pas indiquées.",
        "Idioma que pide, a nivel de trabajo: {l}. Algunas destrezas no están indicadas.";
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_in_the_readers_language_or_says_which() {
        for (texts, lang, text, of) in [
            (["Research", "Recherche", ""], Lang::Fr, "Recherche", Lang::Fr),
            (["Research", "Recherche", ""], Lang::Es, "Research", Lang::En),
            (["", "", "Investigación"], Lang::Fr, "Investigación", Lang::Es),
        ] {
            assert_eq!(in_language(texts, lang), Words { text: text.into(), lang: of });
        }
    }
}
