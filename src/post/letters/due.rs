//! Letters that something is due: what, and where. By when is read in the product.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::WaiverDue => (
            t.waiver_subject(reference),
            vec![t.waiver_what(), t.waiver_next()],
            t.waiver_action(),
            t.why_director(),
        ),
        Letter::MidTermDue => (
            t.mid_term_subject(reference),
            vec![t.mid_term_what(), t.evaluation_next()],
            t.write(),
            t.why_supervisor(),
        ),
        Letter::FinalDue => (
            t.final_subject(reference),
            vec![t.final_what(), t.evaluation_next()],
            t.write(),
            t.why_supervisor(),
        ),
        Letter::InsuranceEnding => (
            t.insurance_subject(),
            vec![t.insurance_what(), t.insurance_next()],
            t.insurance_action(),
            t.why_intern(),
        ),
        _ => (
            t.approval_subject(reference),
            vec![t.approval_what(), t.approval_next()],
            t.approval_action(),
            t.why_supervisor(),
        ),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_supervisor: "You receive this because you are the supervisor of this placement, or stand in for the supervisor.",
        "Vous recevez ce courriel parce que vous encadrez cette affectation, ou suppléez la personne responsable.",
        "Recibe este mensaje porque usted supervisa esta plaza, o suple a quien la supervisa.";
    why_director: "You receive this because you decide on waivers of the allowance.",
        "Vous recevez ce courriel parce que vous décidez des dispenses d’allocation.",
        "Recibe este mensaje porque usted decide sobre las exenciones de la asignación.";
    why_intern: "You receive this because you have an internship with us.", "Vous recevez ce courriel parce que vous effectuez un stage chez nous.",
        "Recibe este mensaje porque hace una pasantía con nosotros.";
    approval_subject(reference): "{reference}: your approval is due soon", "{reference} : votre approbation est bientôt attendue",
        "{reference}: pronto vence el plazo de su aprobación";
    approval_what: "A placement still waits for your approval, and its day is near.", "Une affectation attend encore votre approbation, et l’échéance approche.",
        "Una plaza todavía espera su aprobación, y el plazo está cerca.";
    approval_next: "Approve it or decline it with a reason. If you are going to be away, name a deputy.",
        "Approuvez-la, ou refusez-la en donnant le motif. Si vous devez vous absenter, désignez une suppléance.",
        "Apruébela o rechácela indicando el motivo. Si va a estar ausente, nombre una suplencia.";
    approval_action: "Decide on the placement", "Décider de l’affectation", "Decidir sobre la plaza";
    waiver_subject(reference): "{reference}: your decision on a waiver is due soon", "{reference} : votre décision sur une dispense est bientôt attendue",
        "{reference}: pronto vence el plazo de su decisión sobre una exención";
    waiver_what: "A waiver of the allowance still waits for your decision, and its day is near. No offer is made before.",
        "Une dispense d’allocation attend encore votre décision, et l’échéance approche. Aucune offre n’est faite avant.",
        "Una exención de la asignación todavía espera su decisión, y el plazo está cerca. Antes no se hace ninguna oferta.";
    waiver_next: "Grant it or refuse it, with a reason.", "Accordez-la ou refusez-la, en donnant le motif.", "Concédala o deniéguela, indicando el motivo.";
    waiver_action: "Decide on the waiver", "Décider de la dispense", "Decidir sobre la exención";
    mid_term_subject(reference): "{reference}: the mid-term evaluation is due soon", "{reference} : l’évaluation à mi-parcours est bientôt attendue",
        "{reference}: pronto toca la evaluación intermedia";
    mid_term_what: "Your intern is almost half-way through, and the mid-term evaluation is not written yet.",
        "La moitié du stage est presque passée, et l’évaluation à mi-parcours n’est pas encore écrite.",
        "Ha pasado casi la mitad de la pasantía, y la evaluación intermedia aún no está escrita.";
    final_subject(reference): "{reference}: the final evaluation is due soon", "{reference} : l’évaluation finale est bientôt attendue",
        "{reference}: pronto toca la evaluación final";
    final_what: "The internship is almost over, and the final evaluation is not written yet. Without it there is no certificate.",
        "Le stage est presque terminé, et l’évaluation finale n’est pas encore écrite. Sans elle, il n’y a pas d’attestation.",
        "La pasantía está por terminar, y la evaluación final aún no está escrita. Sin ella no hay certificado.";
    evaluation_next: "Talk with your intern first: the intern reads it and may comment.",
        "Parlez-en d’abord avec la personne en stage : elle la lit et peut la commenter.",
        "Hable primero con la persona en pasantía: la lee y puede comentarla.";
    write: "Write the evaluation", "Écrire l’évaluation", "Escribir la evaluación";
    insurance_subject: "Your medical insurance ends before your internship", "Votre assurance maladie prend fin avant votre stage",
        "Su seguro médico termina antes que su pasantía";
    insurance_what: "The medical insurance you showed us ends soon, and your internship goes on. You need to be insured on every day of it.",
        "L’assurance maladie que vous nous avez montrée prend bientôt fin, et votre stage continue. Vous devez avoir une assurance chaque jour.",
        "El seguro médico que nos mostró termina pronto, y su pasantía continúa. Debe tener seguro todos los días.";
    insurance_next: "Prolong it without a gap, and tell Human Resources.", "Prolongez-la sans interruption, et prévenez les Ressources humaines.",
        "Prorróguelo sin interrupción y avise a Recursos Humanos.";
    insurance_action: "See your internship", "Voir votre stage", "Ver su pasantía";
});
