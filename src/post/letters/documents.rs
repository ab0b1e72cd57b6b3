//! Letters about a candidate's documents: that something is to be done, never what the document is.

use super::Content;
use crate::text::{Lang, texts};

/// Malware was found in a document.
pub(super) fn content(lang: Lang) -> Content {
    let t = Text(lang);
    Content {
        subject: t.infected_subject(),
        before: vec![t.infected_what(), t.infected_next()],
        action: t.infected_action(),
        after: None,
        why: t.why(),
    }
}

texts!(Text {
    why: "You receive this because you uploaded a document.", "Vous recevez ce courriel parce que vous avez déposé un document.",
        "Recibe este mensaje porque usted subió un documento.";
    infected_subject: "Upload one of your documents again", "Déposez à nouveau l’un de vos documents", "Vuelva a subir uno de sus documentos";
    infected_what: "Our scanner found malicious software in one of your documents, and we deleted the file. This does not count against you: files catch it from computers and memory sticks without anybody noticing.",
        "Notre analyse a trouvé un logiciel malveillant dans l’un de vos documents, et nous avons supprimé ce fichier. Cela ne joue pas contre vous : un fichier peut être contaminé par un ordinateur ou une clé USB sans que personne s’en aperçoive.",
        "Nuestro análisis encontró un programa malicioso en uno de sus documentos y hemos eliminado el archivo. Esto no le perjudica: los archivos se contagian de ordenadores o memorias USB sin que nadie lo note.";
    infected_next: "Upload another copy, if you can from another device or as a photo of the paper.",
        "Déposez une autre copie, si possible depuis un autre appareil ou sous forme de photo du papier.",
        "Suba otra copia, si puede desde otro dispositivo o como foto del papel.";
    infected_action: "See your documents", "Voir vos documents", "Ver sus documentos";
});
