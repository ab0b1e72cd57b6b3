//! Letters about offers, to candidates and to colleagues. What was offered, and why it was refused or taken back, is
//! read in the product.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::OfferReminder => (
            t.reminder_subject(),
            vec![t.reminder_what(), t.reminder_next()],
            t.reminder_action(),
            t.why_candidate(),
        ),
        Letter::OfferLapsed => (
            t.lapsed_subject(),
            vec![t.lapsed_what(), t.lapsed_next()],
            t.see_application(),
            t.why_candidate(),
        ),
        Letter::OfferRescinded => (
            t.rescinded_subject(),
            vec![t.rescinded_what(), t.rescinded_next()],
            t.rescinded_action(),
            t.why_candidate(),
        ),
        Letter::PlacementOff => {
            (t.off_subject(), vec![t.off_what(), t.off_next()], t.off_action(), t.why_candidate())
        }
        Letter::OfferAccepted => (
            t.accepted_subject(reference),
            vec![t.accepted_what(), t.accepted_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        Letter::InternExpected => (
            t.expected_subject(reference),
            vec![t.expected_what(), t.expected_next()],
            t.see_placement(),
            t.why_supervisor(),
        ),
        Letter::OfferRefused => (
            t.refused_subject(reference),
            vec![t.refused_what(), t.refused_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        Letter::OfferUnanswered => (
            t.unanswered_subject(reference),
            vec![t.unanswered_what(), t.unanswered_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        Letter::DatesAsked => (
            t.dates_subject(reference),
            vec![t.dates_what(), t.dates_next()],
            t.see_placement(),
            t.why_proposer(),
        ),
        _ => (t.made_subject(), vec![t.made_what(), t.made_next()], t.made_action(), t.why_candidate()),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_candidate: "You receive this because you released a profile for review. Applying is free.",
        "Vous recevez ce courriel parce que vous avez transmis un dossier pour examen. La candidature est gratuite.",
        "Recibe este mensaje porque envió un perfil para su revisión. Presentarse es gratuito.";
    why_proposer: "You receive this because you proposed this placement.",
        "Vous recevez ce courriel parce que vous avez proposé cette affectation.",
        "Recibe este mensaje porque usted propuso esta plaza.";
    why_supervisor: "You receive this because you are the supervisor named in this placement.",
        "Vous recevez ce courriel parce que vous êtes la personne responsable de cette affectation.",
        "Recibe este mensaje porque usted supervisa esta plaza.";
    see_application: "See where it stands", "Voir où j’en suis", "Ver el estado";
    see_placement: "Open the placement", "Ouvrir l’affectation", "Abrir la plaza";

    made_subject: "You have an offer", "Vous avez une offre", "Tiene una oferta";
    made_what: "Human Resources offers you an internship. The offer says where, with whom and from when to when, what monthly allowance is paid, which insurance you need, and by when to answer.",
        "Les Ressources humaines vous offrent un stage. L’offre indique où, avec qui et de quand à quand, quelle allocation mensuelle est versée, quelle assurance il vous faut et jusqu’à quand répondre.",
        "Recursos Humanos le ofrece una pasantía. La oferta indica dónde, con quién y en qué fechas, qué asignación mensual se paga, qué seguro necesita y hasta cuándo puede responder.";
    made_next: "Read it in peace. Then accept it, refuse it or ask for other dates. Refusing does no harm: you stay in the pool.",
        "Lisez-la tranquillement. Ensuite, acceptez-la, refusez-la ou demandez d’autres dates. Refuser ne vous nuit pas : vous restez dans le vivier.",
        "Léala con calma. Después, acéptela, rechácela o pida otras fechas. Rechazarla no le perjudica: sigue en la bolsa.";
    made_action: "Read the offer", "Lire l’offre", "Leer la oferta";

    reminder_subject: "Your offer still waits for your answer", "Votre offre attend encore votre réponse", "Su oferta todavía espera su respuesta";
    reminder_what: "You have an offer that you have not answered yet, and its answer date is near. The day is on its page.",
        "Vous avez une offre à laquelle vous n’avez pas encore répondu, et la date limite approche. Elle figure sur sa page.",
        "Tiene una oferta que aún no ha respondido, y se acerca la fecha límite. El día figura en su página.";
    reminder_next: "After that day the place goes to somebody else; you would stay in the pool.",
        "Passé ce jour, la place revient à quelqu’un d’autre ; vous resteriez dans le vivier.",
        "Pasado ese día, la plaza será para otra persona; usted seguiría en la bolsa.";
    reminder_action: "Answer the offer", "Répondre à l’offre", "Responder a la oferta";

    lapsed_subject: "Your offer has ended without an answer", "Votre offre a pris fin sans réponse", "Su oferta ha terminado sin respuesta";
    lapsed_what: "The answer date of your offer has passed, so the place is free for somebody else.",
        "La date limite de votre offre est passée : la place est de nouveau libre pour quelqu’un d’autre.",
        "La fecha límite de su oferta ha pasado, así que la plaza queda libre para otra persona.";
    lapsed_next: "You stay in the pool, and Human Resources can offer you another place.",
        "Vous restez dans le vivier, et les Ressources humaines peuvent vous proposer une autre place.",
        "Sigue en la bolsa, y Recursos Humanos puede ofrecerle otra plaza.";

    rescinded_subject: "Your offer has been taken back", "Votre offre a été retirée", "Su oferta se ha retirado";
    rescinded_what: "Human Resources has taken its offer back and wrote down the reason for you.",
        "Les Ressources humaines ont retiré leur offre et en ont noté le motif à votre intention.",
        "Recursos Humanos ha retirado su oferta y anotó el motivo para usted.";
    rescinded_next: "You are still in the pool, and another place can be offered to you.",
        "Vous êtes toujours dans le vivier, et une autre place peut vous être proposée.",
        "Usted continúa en la bolsa y se le puede ofrecer otra plaza.";
    rescinded_action: "Read why", "Lire pourquoi", "Leer por qué";

    off_subject: "Your placement will not take place", "Votre affectation n’aura pas lieu", "Su plaza no sigue adelante";
    off_what: "Human Resources has called off the placement that you had accepted, and wrote down the reason for you.",
        "Les Ressources humaines ont annulé l’affectation que vous aviez acceptée et en ont noté le motif à votre intention.",
        "Recursos Humanos ha cancelado la plaza que usted había aceptado y anotó el motivo para usted.";
    off_next: "You are back in the pool for six months, so that another office can have you.",
        "Vous revoilà dans le vivier pour six mois, afin qu’un autre bureau puisse vous accueillir.",
        "Vuelve a estar en la bolsa durante seis meses, para que otra oficina pueda recibirle.";
    off_action: "Read the reason", "Lire le motif", "Leer el motivo";

    accepted_subject(reference): "{reference}: the candidate has accepted", "{reference} : la personne candidate a accepté", "{reference}: la persona candidata ha aceptado";
    accepted_what: "The candidate has accepted the offer. Other open placements of the same application are closed.",
        "La personne candidate a accepté l’offre. Les autres affectations ouvertes de la même candidature sont closes.",
        "La persona candidata ha aceptado la oferta. Las demás plazas abiertas de la misma candidatura se han cerrado.";
    accepted_next: "Documents for the first day arrive on the page of the placement; check them as they come.",
        "Les documents à fournir avant le premier jour arrivent sur la page de l’affectation ; vérifiez-les au fur et à mesure.",
        "Los documentos para el primer día llegan a la página de la plaza; revíselos a medida que lleguen.";

    expected_subject(reference): "{reference}: your intern has accepted", "{reference} : la personne en stage a accepté", "{reference}: la persona en pasantía ha aceptado";
    expected_what: "The candidate whose placement you approved has accepted the offer and comes on the agreed day.",
        "La personne candidate dont vous avez approuvé l’affectation a accepté l’offre et vient le jour convenu.",
        "La persona candidata cuya plaza aprobó ha aceptado la oferta y llega el día acordado.";
    expected_next: "Insurance and medical papers are settled first. You have nothing to do for now.",
        "L’assurance et les certificats médicaux sont réglés d’abord. Vous n’avez rien à faire pour l’instant.",
        "Primero se arreglan el seguro y los documentos médicos. Por ahora no tiene que hacer nada.";

    refused_subject(reference): "{reference}: the candidate has refused", "{reference} : la personne candidate a refusé", "{reference}: la persona candidata ha rechazado";
    refused_what: "The candidate has refused the offer. If there is a reason, it is on the page of the placement.",
        "La personne candidate a refusé l’offre. Son motif éventuel figure sur la page de l’affectation.",
        "La persona candidata ha rechazado la oferta. Si hay un motivo, figura en la página de la plaza.";
    refused_next: "The profile stays in the pool, and you can propose another placement.",
        "Le dossier reste dans le vivier, et vous pouvez proposer une autre affectation.",
        "El perfil sigue en la bolsa y usted puede proponer otra plaza.";

    unanswered_subject(reference): "{reference}: the offer was not answered in time", "{reference} : l’offre est restée sans réponse", "{reference}: la oferta quedó sin respuesta";
    unanswered_what: "The answer date has passed and the candidate has said nothing, so the offer has lapsed.",
        "La date limite est passée sans réponse de la personne candidate : l’offre est devenue caduque.",
        "La fecha límite ha pasado sin respuesta de la persona candidata, así que la oferta ha caducado.";
    unanswered_next: "The profile is still in the pool; the place is free.", "Le dossier est toujours dans le vivier ; la place est libre.",
        "El perfil continúa en la bolsa; la plaza está libre.";

    dates_subject(reference): "{reference}: the candidate asks for other dates", "{reference} : la personne candidate demande d’autres dates", "{reference}: la persona candidata pide otras fechas";
    dates_what: "The candidate would take the place on other dates, which are on the page of the placement. The offer stands meanwhile.",
        "La personne candidate accepterait la place à d’autres dates, indiquées sur la page de l’affectation. L’offre reste valable entre-temps.",
        "La persona candidata aceptaría la plaza en otras fechas, que figuran en la página de la plaza. La oferta sigue en pie mientras tanto.";
    dates_next: "If the office agrees, take the offer back and propose the new dates.", "Si le bureau est d’accord, retirez l’offre et proposez les nouvelles dates.",
        "Si la oficina está de acuerdo, retire la oferta y proponga las nuevas fechas.";
});
