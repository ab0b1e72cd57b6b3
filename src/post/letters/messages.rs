//! Letters about messages: that there is one, or that a file of one is gone, never what it says.

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

/// A file was infected, whoever sent it.
pub(super) fn infected_to_candidate(lang: Lang) -> Content {
    let t = Text(lang);
    Content {
        subject: t.infected_subject(),
        before: vec![t.infected_what(), t.infected_next()],
        action: t.infected_action(),
        after: None,
        why: t.why_candidate(),
    }
}

/// The same, to whoever has the application or sent the file.
pub(super) fn infected_to_reviewer(lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    Content {
        subject: t.infected_subject_of(reference),
        before: vec![t.infected_what(), t.infected_staff_next()],
        action: t.infected_action(),
        after: None,
        why: t.why_infected(),
    }
}

texts!(Text {
    infected_subject: "A file in your messages was deleted", "Un fichier de vos messages a été supprimé", "Se ha eliminado un archivo de sus mensajes";
    infected_subject_of(reference): "{reference}: a file in the messages was deleted", "{reference} : un fichier des messages a été supprimé",
        "{reference}: se ha eliminado un archivo de los mensajes";
    infected_what: "Our scanner found malicious software in a file that came with a message, and we deleted the file. The message itself is still there, and it shows which file it was.",
        "Notre analyse a trouvé un logiciel malveillant dans un fichier joint à un message, et nous avons supprimé ce fichier. Le message est toujours là et indique de quel fichier il s’agit.",
        "Nuestro análisis encontró un programa malicioso en un archivo adjunto a un mensaje y hemos eliminado el archivo. El mensaje sigue ahí e indica de qué archivo se trata.";
    infected_next: "If you sent it, send another copy with a new message, if you can from another device. This does not count against you. If Human Resources sent it and you have opened it, have your device checked.",
        "Si vous l’avez envoyé, envoyez-en une autre copie avec un nouveau message, si possible depuis un autre appareil. Cela ne joue pas contre vous. Si les Ressources humaines l’ont envoyé et que vous l’avez ouvert, faites vérifier votre appareil.",
        "Si lo envió usted, envíe otra copia con un mensaje nuevo, si puede desde otro dispositivo. Esto no le perjudica. Si lo envió Recursos Humanos y usted lo abrió, haga revisar su dispositivo.";
    infected_staff_next: "If you have opened it, tell the people who look after your computer. Whoever sent it can send another copy with a new message.",
        "Si vous l’avez ouvert, prévenez votre service informatique. La personne qui l’a envoyé peut en envoyer une autre copie avec un nouveau message.",
        "Si lo abrió, avise al servicio informático. Quien lo envió puede enviar otra copia con un mensaje nuevo.";
    infected_action: "See the messages", "Voir les messages", "Ver los mensajes";
    why_infected: "You receive this because you have this application, or sent the file.", "Vous recevez ce courriel parce que cette candidature vous est attribuée ou que vous avez envoyé ce fichier.",
        "Recibe este mensaje porque esta candidatura le está asignada o porque envió el archivo.";
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
