//! The letter to a reviewer whom a colleague has given a case: which, never whose.

use super::Content;
use crate::text::{Lang, texts};

pub(super) fn content(lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    Content {
        subject: t.subject(reference),
        before: vec![t.what(reference)],
        action: t.action(),
        after: Some(t.not_yours()),
        why: t.why(),
    }
}

texts!(Text {
    subject(reference): "A case was assigned to you: {reference}", "Un dossier vous a été attribué : {reference}", "Se le ha asignado un caso: {reference}";
    what(reference): "A colleague has assigned case {reference} to you. The decision on it is yours now.",
        "Une personne de l’équipe vous a attribué le dossier {reference}. La décision vous revient désormais.",
        "Una persona del equipo le ha asignado el caso {reference}. La decisión es ahora suya.";
    action: "Open the case", "Ouvrir le dossier", "Abrir el caso";
    not_yours: "If you know the candidate, say so on its page: the case is then closed to you and goes back into the queue.",
        "Si vous connaissez la personne candidate, dites-le sur la page du dossier : il vous sera alors fermé et retournera dans la liste.",
        "Si conoce a la persona candidata, dígalo en la página del caso: se le cerrará y volverá a la lista.";
    why: "You receive this because you review applications.", "Vous recevez ce courriel parce que vous examinez des candidatures.",
        "Recibe este mensaje porque usted revisa candidaturas.";
});
