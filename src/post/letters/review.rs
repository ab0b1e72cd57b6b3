//! Letters between reviewers: that a colleague wrote or decided something, never what. The case is told by its reference.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, what, why) = match letter {
        Letter::DuplicateProposed => (t.proposed_subject(reference), t.proposed_what(), t.proposed_why()),
        Letter::DuplicateDecided => (t.decided_subject(reference), t.decided_what(), t.decided_why()),
        _ => (t.named_subject(reference), t.named_what(), t.named_why()),
    };
    Content { subject, before: vec![what], action: t.open(), after: None, why }
}

texts!(Text {
    open: "Open the profile", "Ouvrir le dossier", "Abrir el perfil";
    named_subject(reference): "{reference}: a colleague named you in a note", "{reference} : une note vous mentionne",
        "{reference}: una nota le menciona";
    named_what: "A colleague wrote a note about this application and named you. The note is read after signing in.",
        "Une personne de votre équipe a écrit une note sur cette candidature et vous y mentionne. La note se lit après connexion.",
        "Alguien de su equipo escribió una nota sobre esta candidatura y le menciona. La nota se lee tras iniciar sesión.";
    named_why: "You receive this because a colleague named you.", "Vous recevez ce courriel parce qu’une personne de votre équipe vous a mentionné.",
        "Recibe este mensaje porque alguien de su equipo le ha mencionado.";
    proposed_subject(reference): "{reference}: two applications may be one person’s", "{reference} : deux candidatures seraient de la même personne",
        "{reference}: dos candidaturas podrían ser de la misma persona";
    proposed_what: "A colleague proposes to close this application as a duplicate. Another reviewer confirms it, or finds that they are two people.",
        "Une personne de votre équipe propose de clore cette candidature comme doublon. Une autre personne chargée de l’examen confirme, ou constate qu’il s’agit de deux personnes.",
        "Alguien de su equipo propone cerrar esta candidatura como duplicada. Otra persona que revisa lo confirma o constata que son dos personas.";
    proposed_why: "You receive this because one of the two applications is assigned to you.", "Vous recevez ce courriel parce que l’une des deux candidatures vous est attribuée.",
        "Recibe este mensaje porque una de las dos candidaturas le está asignada.";
    decided_subject(reference): "{reference}: your proposal was decided on", "{reference} : votre proposition a reçu une décision",
        "{reference}: se ha decidido sobre su propuesta";
    decided_what: "You had proposed to close this application as a duplicate. A colleague has decided on it.",
        "Vous aviez proposé de clore cette candidature comme doublon. Une personne de votre équipe a pris une décision.",
        "Usted propuso cerrar esta candidatura como duplicada. Alguien de su equipo ha tomado una decisión.";
    decided_why: "You receive this because you proposed it.", "Vous recevez ce courriel parce que vous en avez fait la proposition.",
        "Recibe este mensaje porque usted lo propuso.";
});
