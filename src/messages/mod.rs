//! A candidate and Human Resources write to each other about an application: one thread, two sides.

mod candidate;
mod earlier;
mod file;
mod reviewer;
mod thread;
mod write;

use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::application::State;
use crate::text::texts;
use crate::web::actor::{Actor, Role};
use crate::web::{App, Error, Result};
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(candidate::routes())
        .merge(earlier::routes())
        .merge(reviewer::routes())
        .merge(file::routes())
}

/// Who wrote a message, or reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Candidate,
    Staff,
}

impl Side {
    /// As `message.from_staff` keeps it.
    fn is_staff(self) -> bool {
        self == Side::Staff
    }
}

/// The application that a thread is about.
struct Case {
    id: Uuid,
    candidate: PersonId,
    /// As released.
    name: String,
    state: State,
    /// Who has it, or had it when it left review.
    reviewer: Option<PersonId>,
}

impl Case {
    /// Nobody writes about an application that is closed.
    fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// The case as it is now, and stays until the commit: whoever takes a step or writes about it waits.
    async fn hold<R: Role>(&mut self, tx: &mut Tx<Actor<R>>) -> Result<()> {
        let held =
            sqlx::query!("select state, reviewer_id from application where id = $1 for update", self.id);
        let held = held.fetch_one(&mut **tx).await?;
        self.state = known(&held.state)?;
        self.reviewer = held.reviewer_id.map(Into::into);
        Ok(())
    }
}

fn known(state: &str) -> Result<State> {
    State::from_code(state).ok_or(Error::Missing("a known state"))
}

texts!(Text {
    title: "Messages", "Messages", "Mensajes";
    back: "Where it stands", "Où j’en suis", "Estado";
    lead: "Ask Human Resources about your application, and read what they write to you. We send you a letter when there is something new.",
        "Posez vos questions aux Ressources humaines sur votre candidature et lisez ce qu’elles vous écrivent. Nous vous envoyons un courriel dès qu’il y a du nouveau.",
        "Pregunte a Recursos Humanos sobre su candidatura y lea lo que le escriban. Le enviamos un correo cuando haya novedades.";
    lead_staff: "The candidate gets a letter that there is a message, and reads it after signing in. All reviewers can read this thread.",
        "La personne candidate est avertie par courriel et lit le message après connexion. Toutes les personnes chargées de l’examen peuvent lire cet échange.",
        "La persona candidata recibe un aviso por correo y lee el mensaje tras iniciar sesión. Todas las personas que revisan pueden leer esta conversación.";
    none_title: "No messages yet", "Aucun message pour l’instant", "Todavía no hay mensajes";
    none_lead: "What you write to each other about this application appears here, with its date.",
        "Ce que vous vous écrivez au sujet de cette candidature apparaît ici, avec sa date.",
        "Lo que se escriban sobre esta candidatura aparece aquí, con su fecha.";
    you: "You", "Vous", "Usted";
    of_staff(name): "{name}, Human Resources", "{name}, Ressources humaines", "{name}, Recursos Humanos";
    unread: "New", "Nouveau", "Nuevo";
    thread: "What was written", "Échange", "Conversación";
    earlier: "Earlier messages", "Messages précédents", "Mensajes anteriores";
    newest: "Newest messages", "Messages les plus récents", "Mensajes más recientes";
    earlier_threads: "Messages about earlier applications", "Messages sur vos candidatures précédentes", "Mensajes sobre candidaturas anteriores";
    about(reference): "Messages about {reference}", "Messages sur {reference}", "Mensajes sobre {reference}";
    released_on(day): "released on {day}", "transmise le {day}", "enviada el {day}";
    only_to_read: "This application is not your newest one: what was written can be read, and nobody writes here any more.",
        "Cette candidature n’est pas la plus récente : vous pouvez lire ce qui a été écrit, mais plus personne n’y écrit.",
        "Esta candidatura no es la más reciente: puede leer lo escrito, pero aquí ya no escribe nadie.";
    gone: "Deleted: our scanner found malicious software in this file. Another copy can be sent with a new message.",
        "Supprimé : notre analyse a trouvé un logiciel malveillant dans ce fichier. Une autre copie peut être envoyée avec un nouveau message.",
        "Eliminado: nuestro análisis encontró un programa malicioso en este archivo. Puede enviarse otra copia con un mensaje nuevo.";

    write: "Write a message", "Écrire un message", "Escribir un mensaje";
    body: "Your message", "Votre message", "Su mensaje";
    body_hint: "Up to 5,000 characters.", "Jusqu’à 5 000 caractères.", "Hasta 5.000 caracteres.";
    files: "Add files (optional)", "Joindre des fichiers (facultatif)", "Añadir archivos (opcional)";
    files_hint: "Up to three: PDF, JPG or PNG, up to 10 MB each. A photo taken with a phone is fine.",
        "Trois au plus : PDF, JPG ou PNG, jusqu’à 10 Mo chacun. Une photo prise avec un téléphone convient.",
        "Tres como máximo: PDF, JPG o PNG, hasta 10 MB cada uno. Una foto hecha con el teléfono sirve.";
    choose_again: "Nothing was sent yet. If you had chosen files, choose them again: browsers do not keep them.",
        "Rien n’a encore été envoyé. Si vous aviez choisi des fichiers, choisissez-les à nouveau : les navigateurs ne les gardent pas.",
        "Aún no se ha enviado nada. Si había elegido archivos, elíjalos de nuevo: los navegadores no los conservan.";
    send: "Send", "Envoyer", "Enviar";
    write_something: "Write your message", "Écrivez votre message", "Escriba su mensaje";
    too_many(from): "You have written 20 messages within an hour, the most there can be. What you typed is still here: send it after {from}",
        "Vous avez écrit 20 messages en une heure, le maximum possible. Ce que vous avez saisi est toujours là : envoyez-le après le {from}",
        "Ha escrito 20 mensajes en una hora, el máximo posible. Lo que escribió sigue aquí: envíelo después del {from}";
    closed_meanwhile: "This application was closed meanwhile, so your message was not sent. What you typed is still below, to copy.",
        "Cette candidature a été close entre-temps : votre message n’a pas été envoyé. Ce que vous avez saisi figure encore ci-dessous, pour le copier.",
        "Esta candidatura se cerró entretanto, así que su mensaje no se envió. Lo que escribió sigue más abajo, para copiarlo.";
    not_sent: "Not sent", "Non envoyé", "Sin enviar";
    withdrawn: "You took your profile back, so Human Resources can no longer read it or this thread. You can go on reading what was written. To write again, release your profile again.",
        "Vous avez repris votre dossier : les Ressources humaines ne peuvent plus lire ni le dossier ni cet échange. Vous pouvez toujours relire ce qui a été écrit. Pour écrire, transmettez à nouveau votre dossier.",
        "Ha retirado su perfil, así que Recursos Humanos ya no puede leerlo, ni esta conversación. Usted puede seguir leyendo lo escrito. Para escribir de nuevo, vuelva a enviar su perfil.";
    closed: "This application is closed, so nobody would read what you write here. You can go on reading what was written. To write again, release your profile again.",
        "Cette candidature est close : personne ne lirait ce que vous écririez ici. Vous pouvez toujours relire ce qui a été écrit. Pour écrire, transmettez à nouveau votre dossier.",
        "Esta candidatura está cerrada, así que nadie leería lo que escriba aquí. Puede seguir leyendo lo escrito. Para escribir de nuevo, vuelva a enviar su perfil.";
    closed_staff: "This application is closed, so neither side can write. What was written stays to be read.",
        "Cette candidature est close : plus personne ne peut écrire. Ce qui a été écrit reste lisible.",
        "Esta candidatura está cerrada, así que nadie puede escribir. Lo escrito se puede seguir leyendo.";
});
