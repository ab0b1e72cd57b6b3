//! Letters that something is due, or was: what, and where. By when is read in the product.

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
        Letter::PapersDue => {
            (t.papers_subject(), vec![t.papers_what(), t.papers_next()], t.papers_action(), t.why_accepted())
        }
        Letter::VerificationDue => (
            t.verification_subject(reference),
            vec![t.verification_what(), t.verification_next()],
            t.verification_action(),
            t.why_proposer(),
        ),
        Letter::ExaminationDue => (
            t.examination_subject(reference),
            vec![t.examination_what(), t.examination_next()],
            t.examination_action(),
            t.why_medical(),
        ),
        Letter::StartDue => (
            t.start_subject(reference),
            vec![t.start_what(), t.start_next()],
            t.start_action(),
            t.why_proposer(),
        ),
        Letter::ExtensionAnswerDue => {
            (t.answer_subject(), vec![t.answer_what(), t.answer_next()], t.answer_action(), t.why_intern())
        }
        Letter::ExtensionDecisionDue => (
            t.decision_subject(reference),
            vec![t.decision_what(), t.decision_next()],
            t.decision_action(),
            t.why_proposer(),
        ),
        Letter::CompletionDue => (
            t.completion_subject(reference),
            vec![t.completion_what(), t.completion_next()],
            t.completion_action(),
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
    why_accepted: "You receive this because you have accepted an internship with us.", "Vous recevez ce courriel parce que vous avez accepté un stage chez nous.",
        "Recibe este mensaje porque ha aceptado una pasantía con nosotros.";
    why_proposer: "You receive this because you see to this placement for Human Resources.", "Vous recevez ce courriel parce que vous suivez cette affectation pour les Ressources humaines.",
        "Recibe este mensaje porque usted se ocupa de esta plaza en Recursos Humanos.";
    why_medical: "You receive this because you examine the medical documents of interns.", "Vous recevez ce courriel parce que vous examinez les documents médicaux des stagiaires.",
        "Recibe este mensaje porque usted examina los documentos médicos de las personas en pasantía.";
    papers_subject: "Documents are still missing for your first day", "Il manque encore des documents pour votre premier jour", "Aún faltan documentos para su primer día";
    papers_what: "Your first day is near, and something on your list is still missing. Your internship can begin once all of it is accepted.",
        "Votre premier jour approche, et il manque encore quelque chose dans votre liste. Le stage peut commencer quand tout est accepté.",
        "Su primer día está cerca y aún falta algo en su lista. La pasantía puede empezar cuando todo esté aceptado.";
    papers_next: "See what is missing and send it. If you cannot get a document in time, write to Human Resources.",
        "Voyez ce qui manque et envoyez-le. Si vous ne pouvez pas obtenir un document à temps, écrivez aux Ressources humaines.",
        "Vea lo que falta y envíelo. Si no puede conseguir un documento a tiempo, escriba a Recursos Humanos.";
    papers_action: "See your list", "Voir votre liste", "Ver su lista";
    verification_subject(reference): "{reference}: documents wait to be verified before the first day", "{reference} : documents à vérifier avant le premier jour",
        "{reference}: documentos por verificar antes del primer día";
    verification_what: "An intern has sent documents, and the first day is near. The internship cannot begin before they are verified.",
        "Une personne en stage a envoyé des documents, et son premier jour approche. Le stage ne peut pas commencer avant leur vérification.",
        "Una persona en pasantía ha enviado documentos y su primer día está cerca. La pasantía no puede empezar antes de verificarlos.";
    verification_next: "Accept each one, or send it back and say why.", "Acceptez chacun, ou renvoyez-le en disant pourquoi.", "Acepte cada uno, o devuélvalo indicando el motivo.";
    verification_action: "Verify the documents", "Vérifier les documents", "Verificar los documentos";
    examination_subject(reference): "{reference}: medical documents wait before the first day", "{reference} : documents médicaux à examiner avant le premier jour",
        "{reference}: documentos médicos por examinar antes del primer día";
    examination_what: "An intern has sent medical documents, and the first day is near. The internship cannot begin before they are examined.",
        "Une personne en stage a envoyé des documents médicaux, et son premier jour approche. Le stage ne peut pas commencer avant leur examen.",
        "Una persona en pasantía ha enviado documentos médicos y su primer día está cerca. La pasantía no puede empezar antes de examinarlos.";
    examination_next: "One of the medical officers examines them.", "Une personne du service médical les examine.", "Una persona del servicio médico los examina.";
    examination_action: "See the medical documents", "Voir les documents médicaux", "Ver los documentos médicos";
    start_subject(reference): "{reference}: the first day has passed and is not confirmed", "{reference} : le premier jour est passé sans être confirmé",
        "{reference}: el primer día ya pasó y no está confirmado";
    start_what: "The first day of this placement has passed, and nobody has confirmed that the internship began.",
        "Le premier jour de cette affectation est passé, et personne n’a confirmé le début du stage.",
        "El primer día de esta plaza ya pasó y nadie ha confirmado que la pasantía empezara.";
    start_next: "Ask the supervisor. Then confirm the first day, or record that the intern did not come.",
        "Demandez à la personne responsable. Confirmez ensuite le premier jour, ou enregistrez l’absence.",
        "Pregunte a quien supervisa. Después confirme el primer día, o registre que la persona no se presentó.";
    start_action: "Open the placement", "Ouvrir l’affectation", "Abrir la plaza";
    answer_subject: "Your answer about a longer stay is due soon", "Votre réponse sur la prolongation est bientôt attendue", "Pronto vence el plazo para responder sobre la prórroga";
    answer_what: "Your supervisor would like you to stay longer, and your last day is near. After that day the internship cannot be extended any more.",
        "Votre responsable souhaite que vous restiez plus longtemps, et votre dernier jour approche. Après cette date, le stage ne peut plus être prolongé.",
        "Su supervisión desea que se quede más tiempo y su último día está cerca. Después de ese día la pasantía ya no puede prorrogarse.";
    answer_next: "You are free to say yes or no.", "Vous êtes libre d’accepter ou de refuser.", "Puede decir sí o no con toda libertad.";
    answer_action: "Read the terms and answer", "Lire les conditions et répondre", "Leer las condiciones y responder";
    decision_subject(reference): "{reference}: a longer stay waits to be confirmed", "{reference} : une prolongation attend d’être confirmée", "{reference}: una prórroga espera confirmación";
    decision_what: "Intern and supervisor agree on a longer stay, and the last day is near. After that day it cannot be confirmed any more.",
        "La personne en stage et sa supervision sont d’accord pour prolonger, et le dernier jour approche. Après cette date, la prolongation ne peut plus être confirmée.",
        "La persona en pasantía y su supervisión están de acuerdo en la prórroga y el último día está cerca. Después de ese día ya no puede confirmarse.";
    decision_next: "Check the insurance, then confirm it or decline it with a reason.", "Vérifiez l’assurance, puis confirmez la prolongation ou refusez-la en donnant le motif.",
        "Compruebe el seguro y confírmela, o rechácela indicando el motivo.";
    decision_action: "Decide on the longer stay", "Décider de la prolongation", "Decidir sobre la prórroga";
    completion_subject(reference): "{reference}: the internship is over and not closed", "{reference} : le stage est terminé et n’est pas clos", "{reference}: la pasantía terminó y no está cerrada";
    completion_what: "The last day has passed, and the intern waits for the certificate.", "Le dernier jour est passé, et la personne en stage attend son attestation.",
        "El último día ya pasó y la persona en pasantía espera su certificado.";
    completion_next: "Close the internship: that issues the certificate. Where the final evaluation is missing, write it first.",
        "Clôturez le stage : l’attestation est alors délivrée. Si l’évaluation finale manque, écrivez-la d’abord.",
        "Cierre la pasantía: así se expide el certificado. Si falta la evaluación final, escríbala antes.";
    completion_action: "Complete the internship", "Clore le stage", "Cerrar la pasantía";
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
