//! Letters about the time before the first day. Which document is meant, and why, is read in the product.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::ReadyToStart => {
            (t.start_subject(), vec![t.start_what(), t.start_next()], t.start_action(), t.why_candidate())
        }
        Letter::InternReady => (
            t.ready_subject(reference),
            vec![t.ready_what(), t.ready_next()],
            t.see_placement(),
            t.why_supervisor(),
        ),
        Letter::InternNotReady => (
            t.unready_subject(reference),
            vec![t.unready_what(), t.unready_next()],
            t.see_placement(),
            t.why_supervisor(),
        ),
        Letter::PlacementReady => (
            t.settled_subject(reference),
            vec![t.settled_what(), t.settled_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        _ => (
            t.returned_subject(),
            vec![t.returned_what(), t.returned_next()],
            t.returned_action(),
            t.why_candidate(),
        ),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_candidate: "You receive this because you have accepted an internship.", "Vous recevez ce courriel parce que vous avez accepté un stage.",
        "Recibe este mensaje porque ha aceptado una pasantía.";
    why_supervisor: "You receive this because you are the supervisor named in this placement.",
        "Vous recevez ce courriel parce que vous êtes la personne responsable de cette affectation.",
        "Recibe este mensaje porque usted supervisa esta plaza.";
    why_proposer: "You receive this because you proposed this placement.",
        "Vous recevez ce courriel parce que vous avez proposé cette affectation.",
        "Recibe este mensaje porque usted propuso esta plaza.";
    see_placement: "Open the placement", "Ouvrir l’affectation", "Abrir la plaza";

    returned_subject: "A document for your first day needs your attention", "Un document pour votre premier jour est à revoir",
        "Un documento para su primer día necesita su atención";
    returned_what: "A document that you sent has been looked at and could not be accepted as it is. The reason is written on your list.",
        "Un document que vous avez envoyé a été examiné et n’a pas pu être accepté tel quel. Le motif figure sur votre liste.",
        "Un documento que envió se ha examinado y no se ha podido aceptar como está. El motivo figura en su lista.";
    returned_next: "Read what is missing and send another. Your internship cannot begin before everything is settled.",
        "Lisez ce qui manque et envoyez-en un autre. Votre stage ne peut pas commencer avant que tout soit réglé.",
        "Lea lo que falta y envíe otro. Su pasantía no puede empezar antes de que todo esté resuelto.";
    returned_action: "Open my list", "Ouvrir ma liste", "Abrir mi lista";

    start_subject: "Everything for your first day is settled", "Tout est réglé pour votre premier jour", "Todo está listo para su primer día";
    start_what: "Your insurance covers every day and all your documents have been checked.",
        "Votre assurance couvre chaque jour et tous vos documents ont été vérifiés.",
        "Su seguro cubre todos los días y todos sus documentos se han verificado.";
    start_next: "You can come on the agreed day. Keep the originals with you.", "Vous pouvez venir le jour convenu. Gardez les originaux avec vous.",
        "Puede venir el día acordado. Lleve consigo los originales.";
    start_action: "See my placement", "Voir mon affectation", "Ver mi plaza";

    ready_subject(reference): "{reference}: your intern is ready to start", "{reference} : la personne en stage peut commencer", "{reference}: la persona en pasantía puede empezar";
    ready_what: "Insurance and documents of your intern are complete and checked.", "L’assurance et les documents de la personne en stage sont complets et vérifiés.",
        "El seguro y los documentos de la persona en pasantía están completos y verificados.";
    ready_next: "Your intern comes on the agreed day.", "La personne en stage vient le jour convenu.", "La persona en pasantía llega el día acordado.";

    unready_subject(reference): "{reference}: something is open again before the start", "{reference} : un point est de nouveau en suspens", "{reference}: algo vuelve a estar pendiente antes del inicio";
    unready_what: "A document that had been settled for your intern is open again. The internship cannot begin until it is.",
        "Un document de la personne en stage, qui était réglé, est de nouveau en suspens. Le stage ne peut pas commencer d’ici là.",
        "Un documento de la persona en pasantía, que estaba resuelto, vuelve a estar pendiente. La pasantía no puede empezar hasta entonces.";
    unready_next: "You have nothing to do: the intern has been told, and you will be too.", "Vous n’avez rien à faire : la personne en stage en est avertie, et vous le serez aussi.",
        "No tiene que hacer nada: se ha avisado a la persona en pasantía, y se le avisará también a usted.";

    settled_subject(reference): "{reference}: everything for the first day is checked", "{reference} : tout est vérifié pour le premier jour", "{reference}: todo está verificado para el primer día";
    settled_what: "Insurance covers every day of this placement and every document has been checked.",
        "L’assurance couvre chaque jour de cette affectation et chaque document a été vérifié.",
        "El seguro cubre todos los días de esta plaza y cada documento se ha verificado.";
    settled_next: "The intern and the supervisor have been told.", "La personne en stage et la personne responsable en sont averties.",
        "Se ha avisado a la persona en pasantía y a la supervisora.";
});
