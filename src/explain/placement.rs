//! Words for placements that several pages share.

use super::profile::Row;
use crate::domain::placement::State;
use crate::domain::step::Approval;
use crate::text::{Lang, texts};

/// Tone, icon and word of a state, to staff (`DESIGN.md`, 7).
pub fn look(state: State, lang: Lang) -> (&'static str, &'static str, String) {
    let t = Words(lang);
    match state {
        State::Proposed => ("you", "half", t.proposed()),
        State::Approved => ("ok", "ok", t.approved()),
        State::Declined => ("bad", "bad", t.declined()),
        State::Offered => ("them", "clock", t.offered()),
        State::Accepted => ("ok", "ok", t.accepted()),
        State::Refused => ("off", "dash", t.refused()),
        State::Lapsed => ("off", "clock", t.lapsed()),
        State::Rescinded => ("off", "dash", t.rescinded()),
        State::Ready => ("ok", "ok", t.ready()),
        State::Started => ("ok", "ok", t.started()),
        State::Completed => ("ok", "ok", t.completed()),
        State::EndedEarly => ("off", "dash", t.ended_early()),
        State::NoShow => ("bad", "bad", t.no_show()),
        State::Cancelled => ("off", "dash", t.cancelled()),
    }
}

/// What an entry of the record says.
pub fn happened(action: &str, lang: Lang) -> String {
    let t = Words(lang);
    match action {
        "propose" => t.did_propose(),
        "approve" => t.did_approve(),
        "decline" => t.did_decline(),
        "cancel" | "close" => t.did_cancel(),
        "request_waiver" => t.did_request_waiver(),
        "decide_waiver" => t.did_decide_waiver(),
        "offer" => t.did_offer(),
        "remind_offer" => t.did_remind(),
        "chase" => t.did_chase(),
        "ask_dates" => t.did_ask_dates(),
        "accept" => t.did_accept(),
        "refuse" => t.did_refuse(),
        "lapse" => t.did_lapse(),
        "rescind" => t.did_rescind(),
        "propose_interview" => t.did_propose_interview(),
        "choose_interview" => t.did_choose_interview(),
        "refuse_interview" => t.did_refuse_interview(),
        "cancel_interview" => t.did_cancel_interview(),
        "remind_interview" => t.did_remind_interview(),
        "submit_document" => t.did_submit(),
        "verify_document" => t.did_verify(),
        "return_document" => t.did_return(),
        "ready" => t.did_get_ready(),
        "unready" => t.did_get_unready(),
        "start" => t.did_start(),
        "record_absence" => t.did_record_absence(),
        "evaluate" => t.did_evaluate(),
        "comment_evaluation" => t.did_comment(),
        "ask_extension" => t.did_ask_extension(),
        "agree_extension" => t.did_agree_extension(),
        "refuse_extension" => t.did_refuse_extension(),
        "decline_extension" => t.did_decline_extension(),
        "submit_policy" => t.did_submit_policy(),
        "verify_policy" => t.did_verify_policy(),
        "return_policy" => t.did_return_policy(),
        "extend" => t.did_extend(),
        "complete" => t.did_complete(),
        "end_early" => t.ended_early(),
        "no_show" => t.no_show(),
        other => other.to_owned(),
    }
}

/// What a supervisor wrote when approving.
pub fn writing(approval: &Approval, lang: Lang) -> Vec<Row> {
    let t = Words(lang);
    let row = |label, text: &str| Row { label, lines: text.lines().map(str::to_owned).collect() };
    vec![
        row(t.terms_of_reference(), &approval.terms_of_reference),
        row(t.tasks(), &approval.tasks),
        row(t.learning_goals(), &approval.learning_goals),
    ]
}

texts!(pub Words {
    terms_of_reference: "Terms of reference", "Mandat", "Términos de referencia";
    tasks: "Tasks", "Tâches", "Tareas";
    learning_goals: "Learning goals", "Objectifs d’apprentissage", "Objetivos de aprendizaje";
    proposed: "With the supervisor", "Chez la personne responsable", "Con la persona supervisora";
    approved: "Approved", "Approuvée", "Aprobada";
    declined: "Declined", "Refusée par la personne responsable", "Rechazada por la persona supervisora";
    offered: "Offered", "Offre envoyée", "Ofrecida";
    accepted: "Accepted", "Acceptée", "Aceptada";
    refused: "Refused by the candidate", "Refusée par la personne candidate", "Rechazada por la persona candidata";
    lapsed: "Not answered in time", "Sans réponse à temps", "Sin respuesta a tiempo";
    rescinded: "Offer taken back", "Offre retirée", "Oferta retirada";
    ready: "Ready to start", "Prête à commencer", "Lista para empezar";
    started: "Under way", "En cours", "En curso";
    completed: "Completed", "Terminée", "Terminada";
    ended_early: "Ended early", "Terminée plus tôt", "Terminada antes";
    no_show: "Did not come", "Absence le premier jour", "No se presentó";
    cancelled: "Called off", "Annulée", "Cancelada";
    did_propose: "Proposed", "Proposée", "Propuesta";
    did_approve: "Approved", "Approuvée", "Aprobada";
    did_decline: "Declined", "Refusée", "Rechazada";
    did_cancel: "Called off", "Annulée", "Cancelada";
    did_request_waiver: "Waiver of the allowance asked for", "Dispense d’allocation demandée", "Exención de la asignación pedida";
    did_decide_waiver: "Waiver of the allowance decided", "Dispense d’allocation décidée", "Exención de la asignación decidida";
    did_offer: "Offered", "Offre envoyée", "Ofrecida";
    did_remind: "The candidate was reminded of the offer", "Rappel de l’offre envoyé à la personne candidate", "Recordatorio de la oferta enviado a la persona candidata";
    did_chase: "A reminder was sent of what is due", "Rappel envoyé de ce qui est attendu", "Recordatorio enviado de lo que está pendiente";
    did_ask_dates: "Other dates asked for", "Autres dates demandées", "Se han pedido otras fechas";
    did_accept: "Accepted by the candidate", "Acceptée par la personne candidate", "Aceptada por la persona candidata";
    did_refuse: "Refused by the candidate", "Refusée par la personne candidate", "Rechazada por la persona candidata";
    did_lapse: "Not answered in time", "Sans réponse à temps", "Sin respuesta a tiempo";
    did_propose_interview: "Times for an interview proposed", "Créneaux d’entretien proposés", "Horarios de entrevista propuestos";
    did_choose_interview: "The candidate chose a time for the interview", "La personne candidate a choisi un créneau d’entretien", "La persona candidata eligió un horario de entrevista";
    did_refuse_interview: "No time for the interview suited the candidate", "Aucun créneau d’entretien ne convenait à la personne candidate", "Ningún horario de entrevista le convenía a la persona candidata";
    did_cancel_interview: "The interview was called off", "L’entretien a été annulé", "La entrevista se canceló";
    did_remind_interview: "A reminder of the interview was sent", "Un rappel de l’entretien a été envoyé", "Se envió un recordatorio de la entrevista";
    did_submit: "Document received", "Document reçu", "Documento recibido";
    did_verify: "Document checked", "Document vérifié", "Documento verificado";
    did_return: "Document sent back", "Document renvoyé", "Documento devuelto";
    did_get_ready: "Ready to start", "Prête à commencer", "Lista para empezar";
    did_get_unready: "No longer ready", "N’est plus prête", "Ya no está lista";
    did_rescind: "Offer taken back", "Offre retirée", "Oferta retirada";
    did_start: "The internship began", "Le stage a commencé", "La pasantía empezó";
    did_record_absence: "An absence was recorded", "Une absence a été enregistrée", "Se registró una ausencia";
    did_evaluate: "An evaluation was written or changed", "Une évaluation a été écrite ou modifiée", "Se escribió o modificó una evaluación";
    did_comment: "The intern commented on an evaluation", "La personne en stage a commenté une évaluation", "La persona en pasantía comentó una evaluación";
    did_ask_extension: "A longer stay was asked for", "Une prolongation a été demandée", "Se pidió una prórroga";
    did_agree_extension: "The intern agreed to stay longer", "La personne en stage a accepté la prolongation", "La persona en pasantía aceptó la prórroga";
    did_refuse_extension: "The intern preferred not to stay longer", "La personne en stage a préféré ne pas prolonger", "La persona en pasantía prefirió no prorrogar";
    did_submit_policy: "Insurance for a longer stay was sent", "Une assurance pour la prolongation a été envoyée", "Se envió un seguro para la prórroga";
    did_verify_policy: "Insurance for a longer stay was accepted", "L’assurance pour la prolongation a été acceptée", "Se aceptó el seguro para la prórroga";
    did_return_policy: "Insurance for a longer stay was sent back", "L’assurance pour la prolongation a été renvoyée", "Se devolvió el seguro para la prórroga";
    did_decline_extension: "The longer stay was declined", "La prolongation a été refusée", "Se rechazó la prórroga";
    did_extend: "Extended", "Prolongé", "Prorrogada";
    did_complete: "Completed, certificate issued", "Terminé, attestation délivrée", "Terminada, certificado expedido";
});
