//! Letters about waivers of the allowance, to colleagues. Who the intern is and why is read in the product.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::WaiverDecided => (
            t.decided_subject(reference),
            vec![t.decided_what(), t.decided_next()],
            t.decided_action(),
            t.why_requester(),
        ),
        _ => (
            t.requested_subject(reference),
            vec![t.requested_what(), t.requested_next()],
            t.requested_action(),
            t.why_director(),
        ),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_director: "You receive this because you decide on waivers of the allowance.",
        "Vous recevez ce courriel parce que vous décidez des dispenses d’allocation.",
        "Recibe este mensaje porque usted decide sobre las exenciones de la asignación.";
    why_requester: "You receive this because you asked for this waiver.", "Vous recevez ce courriel parce que vous avez demandé cette dispense.",
        "Recibe este mensaje porque usted pidió esta exención.";
    requested_subject(reference): "{reference}: a waiver waits for your decision", "{reference} : une dispense attend votre décision",
        "{reference}: una exención espera su decisión";
    requested_what: "Human Resources asks you to waive the monthly allowance of a local intern.",
        "Les Ressources humaines vous demandent une dispense d’allocation mensuelle pour un stage local.",
        "Recursos Humanos le pide eximir la asignación mensual de una pasantía local.";
    requested_next: "Read the terms and the reason, then decide within ten days. No offer is made before.",
        "Lisez les conditions et le motif, puis décidez dans les dix jours. Aucune offre n’est faite avant.",
        "Lea las condiciones y el motivo, y decida en un plazo de diez días. Antes no se hace ninguna oferta.";
    requested_action: "Read and decide", "Lire et décider", "Leer y decidir";
    decided_subject(reference): "{reference}: the waiver is decided", "{reference} : la dispense est décidée", "{reference}: la exención está decidida";
    decided_what: "The Director of Human Resources has decided on the waiver you asked for. The decision and its reason are on the page of the placement.",
        "La direction des ressources humaines a statué sur la dispense que vous avez demandée. La décision et son motif figurent sur la page de l’affectation.",
        "La Dirección de Recursos Humanos ha decidido sobre la exención que usted pidió. La decisión y su motivo figuran en la página de la plaza.";
    decided_next: "The offer can be made now.", "L’offre peut maintenant être faite.", "La oferta ya se puede hacer.";
    decided_action: "See the decision", "Voir la décision", "Ver la decisión";
});
