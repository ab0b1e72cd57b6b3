//! Letters about messages: that there is one, never what it says.

use super::Content;
use crate::text::{Lang, texts};

/// Human Resources wrote.
pub(super) fn to_candidate(lang: Lang) -> Content {
    let t = Text(lang);
    Content {
        subject: t.staff_subject(),
        before: vec![t.staff_what(), t.staff_next()],
        action: t.staff_action(),
        after: None,
        why: t.why_candidate(),
    }
}

/// The candidate wrote.
pub(super) fn to_reviewer(lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    Content {
        subject: t.candidate_subject(reference),
        before: vec![t.candidate_what(), t.candidate_next()],
        action: t.candidate_action(),
        after: None,
        why: t.why_reviewer(),
    }
}

texts!(Text {
    why_candidate: "You receive this because you have an application with us.", "Vous recevez ce courriel parce que vous avez une candidature chez nous.",
        "Recibe este mensaje porque tiene una candidatura con nosotros.";
    staff_subject: "Human Resources has written to you", "Les Ressources humaines vous ont écrit", "Recursos Humanos le ha escrito";
    staff_what: "There is a message for you about your application. To keep it private, it is not in this letter: sign in to read it.",
        "Un message vous attend au sujet de votre candidature. Pour qu’il reste confidentiel, il ne figure pas dans ce courriel : connectez-vous pour le lire.",
        "Hay un mensaje para usted sobre su candidatura. Para que siga siendo privado, no figura en este correo: inicie sesión para leerlo.";
    staff_next: "You can answer there too. We write about further messages only once you have read this one.",
        "Vous pourrez aussi y répondre. Nous ne vous signalerons d’autres messages qu’une fois celui-ci lu.",
        "Allí también podrá responder. Solo le avisaremos de otros mensajes cuando haya leído este.";
    staff_action: "Read the message", "Lire le message", "Leer el mensaje";

    why_reviewer: "You receive this because this application is assigned to you.", "Vous recevez ce courriel parce que cette candidature vous est attribuée.",
        "Recibe este mensaje porque esta candidatura le está asignada.";
    candidate_subject(reference): "{reference}: a message from the candidate", "{reference} : un message de la personne candidate",
        "{reference}: un mensaje de la persona candidata";
    candidate_what: "The candidate has written about an application that you have. The message is read after signing in.",
        "La personne candidate a écrit au sujet d’un dossier que vous avez. Son message se lit après connexion.",
        "La persona candidata ha escrito sobre una candidatura que usted tiene. El mensaje se lee tras iniciar sesión.";
    candidate_next: "Further messages are announced only once this one has been read.", "Les messages suivants ne seront signalés qu’une fois celui-ci lu.",
        "Los mensajes siguientes solo se anunciarán cuando se haya leído este.";
    candidate_action: "Read and answer", "Lire et répondre", "Leer y responder";
});
