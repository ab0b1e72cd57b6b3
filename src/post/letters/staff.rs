//! Letters to colleagues: that a case waits for them. No candidate is named; the case is, by its reference.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::PlacementProposed => (
            t.proposed_subject(reference),
            vec![t.proposed_what(), t.proposed_next()],
            t.proposed_action(),
            t.why_supervisor(),
        ),
        Letter::PlacementApproved => (
            t.approved_subject(reference),
            vec![t.approved_what(), t.approved_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        Letter::PlacementDeclined => (
            t.declined_subject(reference),
            vec![t.declined_what(), t.declined_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        Letter::PlacementCancelled => (
            t.cancelled_subject(reference),
            vec![t.cancelled_what(), t.cancelled_next()],
            t.cancelled_action(),
            t.why_supervisor(),
        ),
        _ => (
            t.newer_subject(reference),
            vec![t.newer_what(), t.newer_next()],
            t.newer_action(),
            t.why_reviewer(),
        ),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_reviewer: "You receive this because you review this application.",
        "Vous recevez ce courriel parce que vous examinez cette candidature.",
        "Recibe este mensaje porque usted revisa esta candidatura.";
    why_supervisor: "You receive this because you are the supervisor named in this placement.",
        "Vous recevez ce courriel parce que vous êtes la personne responsable de cette affectation.",
        "Recibe este mensaje porque usted supervisa esta plaza.";
    why_proposer: "You receive this because you proposed this placement.",
        "Vous recevez ce courriel parce que vous avez proposé cette affectation.",
        "Recibe este mensaje porque usted propuso esta plaza.";

    newer_subject(reference): "{reference}: the candidate released a newer version", "{reference} : une nouvelle version a été transmise",
        "{reference}: se ha enviado una nueva versión";
    newer_what: "The candidate has changed the profile and released a newer version of it. Nothing was replaced in what you are reading.",
        "La personne candidate a modifié son dossier et en a transmis une nouvelle version. Rien n’a été remplacé dans ce que vous lisez.",
        "La persona candidata ha cambiado su perfil y ha enviado una nueva versión. Nada se ha sustituido en lo que usted está leyendo.";
    newer_next: "Read the newer version before you decide.", "Lisez la nouvelle version avant de décider.",
        "Lea la nueva versión antes de decidir.";
    newer_action: "Read the newer version", "Lire la nouvelle version", "Leer la nueva versión";

    proposed_subject(reference): "{reference}: a placement waits for your approval", "{reference} : une affectation attend votre approbation",
        "{reference}: una plaza espera su aprobación";
    proposed_what: "Human Resources proposes an intern to your office, with you as supervisor.",
        "Les Ressources humaines proposent une personne en stage à votre bureau, sous votre encadrement.",
        "Recursos Humanos propone una persona en pasantía a su oficina, bajo su supervisión.";
    proposed_next: "Read the profile and the dates. Then approve with terms of reference, tasks and learning goals, or decline with a reason.",
        "Lisez le dossier et les dates. Ensuite, approuvez en indiquant le mandat, les tâches et les objectifs d’apprentissage, ou refusez en donnant le motif.",
        "Lea el perfil y las fechas. Después apruebe con los términos de referencia, las tareas y los objetivos de aprendizaje, o rechace indicando el motivo.";
    proposed_action: "Read and decide", "Lire et décider", "Leer y decidir";

    see_placement: "Open the placement", "Ouvrir l’affectation", "Abrir la plaza";
    approved_subject(reference): "{reference}: the supervisor has approved", "{reference} : la personne responsable a approuvé",
        "{reference}: la persona supervisora ha aprobado";
    approved_what: "The supervisor has approved the placement you proposed, and written the terms of reference, tasks and learning goals.",
        "La personne responsable a approuvé l’affectation que vous avez proposée, et rédigé le mandat, les tâches et les objectifs d’apprentissage.",
        "La persona supervisora ha aprobado la plaza que usted propuso y ha redactado los términos de referencia, las tareas y los objetivos de aprendizaje.";
    approved_next: "The next step is the offer to the candidate.", "L’étape suivante est l’offre à la personne candidate.",
        "El siguiente paso es la oferta a la persona candidata.";

    declined_subject(reference): "{reference}: the supervisor has declined", "{reference} : la personne responsable a refusé",
        "{reference}: la persona supervisora ha rechazado";
    declined_what: "The supervisor has declined the placement you proposed. The reason is on its page.",
        "La personne responsable a refusé l’affectation que vous avez proposée. Le motif figure sur sa page.",
        "La persona supervisora ha rechazado la plaza que usted propuso. El motivo figura en su página.";
    declined_next: "The candidate stays in the pool, and you can propose another office.",
        "La candidature reste dans le vivier, et vous pouvez proposer un autre bureau.",
        "La candidatura sigue en la bolsa y usted puede proponer otra oficina.";

    cancelled_subject(reference): "{reference}: the placement has been called off", "{reference} : l’affectation est annulée",
        "{reference}: la plaza se ha cancelado";
    cancelled_what: "A placement proposed to you will not take place: it was called off, or the candidate took the profile back.",
        "Une affectation qui vous était proposée n’aura pas lieu : elle a été annulée, ou la personne candidate a repris son dossier.",
        "Una plaza que se le había propuesto no seguirá adelante: se canceló, o la persona candidata retiró su perfil.";
    cancelled_next: "You have nothing to do. It is listed with your other decided placements.",
        "Vous n’avez rien à faire. Elle figure parmi vos autres affectations décidées.",
        "No tiene que hacer nada. Figura entre sus demás plazas decididas.";
    cancelled_action: "See decided placements", "Voir les affectations décidées", "Ver las plazas decididas";
});
