//! Words for applications that several pages share.

use crate::domain::application::DeclineReason;
use crate::text::{Lang, texts};

pub fn decline_reason(reason: DeclineReason, lang: Lang) -> String {
    let t = Words(lang);
    match reason {
        DeclineReason::RulesNotMet => t.rules_not_met(),
        DeclineReason::NoMatchingPlace => t.no_matching_place(),
        DeclineReason::ExperienceDoesNotMatch => t.experience_does_not_match(),
        DeclineReason::DatesDoNotMatch => t.dates_do_not_match(),
        DeclineReason::DocumentsNotConvincing => t.documents_not_convincing(),
        DeclineReason::Duplicate => t.duplicate(),
    }
}

texts!(Words {
    rules_not_met: "A rule of the programme is not met", "Une règle du programme n’est pas remplie", "No se cumple una norma del programa";
    no_matching_place: "No office works in the chosen areas", "Aucun bureau ne travaille dans les domaines choisis",
        "Ninguna oficina trabaja en las áreas elegidas";
    experience_does_not_match: "Studies and experience do not match the work offered",
        "Les études et l’expérience ne correspondent pas au travail proposé",
        "Los estudios y la experiencia no corresponden al trabajo ofrecido";
    dates_do_not_match: "No place on the proposed dates", "Aucune place aux dates proposées", "No hay plaza en las fechas propuestas";
    documents_not_convincing: "The documents do not prove what the profile says",
        "Les documents ne prouvent pas ce que dit le dossier", "Los documentos no prueban lo que dice el perfil";
    duplicate: "There is another application of the same person", "Il existe une autre candidature de la même personne",
        "Existe otra candidatura de la misma persona";
});
