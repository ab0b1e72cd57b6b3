//! What each optional consent is for, in the same words wherever it is asked, shown or taken back.

use crate::consents::Purpose;
use crate::text::{Lang, texts};

pub struct Words {
    pub title: String,
    /// As the candidate agrees to it, in the first person.
    pub agree: String,
    pub what: String,
    pub if_withdrawn: String,
    /// For Human Resources.
    pub short: String,
}

pub fn words(purpose: Purpose, lang: Lang) -> Words {
    let t = Text(lang);
    match purpose {
        Purpose::PrivacyNotice => Words {
            title: t.notice(),
            agree: t.notice_agree(),
            what: t.notice_what(),
            if_withdrawn: t.notice_if_withdrawn(),
            short: t.notice(),
        },
        Purpose::Pool => Words {
            title: t.pool(),
            agree: t.pool_agree(),
            what: t.pool_what(),
            if_withdrawn: t.pool_if_withdrawn(),
            short: t.pool_short(),
        },
        Purpose::OtherOffices => Words {
            title: t.offices(),
            agree: t.offices_agree(),
            what: t.offices_what(),
            if_withdrawn: t.offices_if_withdrawn(),
            short: t.offices_short(),
        },
        Purpose::HealthDocuments => Words {
            title: t.health(),
            agree: t.health_agree(),
            what: t.health_what(),
            if_withdrawn: t.health_if_withdrawn(),
            short: t.health(),
        },
    }
}

texts!(Text {
    health: "Health documents", "Documents de santé", "Documentos de salud";
    health_agree: "I agree that the medical officer reads the health documents I send, to find out whether I am fit for this internship",
        "J’accepte que le service médical lise les documents de santé que j’envoie, pour vérifier mon aptitude à ce stage",
        "Acepto que el servicio médico lea los documentos de salud que envío, para comprobar que soy apto para esta pasantía";
    health_what: "The medical officer alone opens them. Human Resources is told only whether you are fit, and until when.",
        "Seul le service médical les ouvre. Les Ressources humaines apprennent seulement si vous êtes apte, et jusqu’à quand.",
        "Solo el servicio médico los abre. Recursos Humanos sabe únicamente si usted es apto y hasta cuándo.";
    health_if_withdrawn: "You are asked again before you send another one. What was decided stays.",
        "Votre accord vous sera redemandé avant tout nouvel envoi. Ce qui a été décidé reste valable.",
        "Se le volverá a pedir antes de enviar otro. Lo que se decidió sigue siendo válido.";
    notice: "Privacy notice", "Notice de confidentialité", "Aviso de privacidad";
    notice_agree: "I have read the privacy notice and agree that my data is used as it says",
        "J’ai lu la notice de confidentialité et j’accepte que mes données soient utilisées comme elle l’indique",
        "He leído el aviso de privacidad y acepto que mis datos se utilicen como se indica en él";
    notice_what: "A released profile is used as the notice says.", "Un dossier transmis est utilisé comme l’indique la notice.", "Un perfil enviado se utiliza como indica el aviso.";
    notice_if_withdrawn: "To take this back, take your profile back.", "Pour retirer cet accord, reprenez votre dossier.", "Para retirar este consentimiento, retire su perfil.";
    pool: "Kept for later places", "Conservation pour d’autres places", "Conservación para plazas futuras";
    pool_agree: "Keep my profile for places that come up after this review", "Conserver mon dossier pour des places qui s’ouvriraient après cet examen",
        "Conservar mi perfil para plazas que surjan después de esta revisión";
    pool_what: "Human Resources may come back to your profile for places that do not exist yet.", "Les Ressources humaines peuvent revenir à votre dossier pour des places qui n’existent pas encore.",
        "Recursos Humanos puede volver a su perfil para plazas que aún no existen.";
    pool_if_withdrawn: "If you take it back, Human Resources sees that at once, and considers you only for what is under way.",
        "Si vous le retirez, les Ressources humaines le voient aussitôt et ne vous prennent en compte que pour ce qui est en cours.",
        "Si lo retira, Recursos Humanos lo ve de inmediato y solo le tiene en cuenta para lo que está en curso.";
    pool_short: "To be kept for later places", "Conservation pour d’autres places", "Conservar para plazas futuras";
    offices: "Shown to other offices", "Présentation à d’autres bureaux", "Presentación a otras oficinas";
    offices_agree: "Show my profile to offices that I did not choose, if they may need me", "Présenter mon dossier à des bureaux que je n’ai pas choisis, s’ils peuvent avoir besoin de moi",
        "Mostrar mi perfil a oficinas que no elegí, si pueden necesitarme";
    offices_what: "An office outside the places you chose may read your profile, if Human Resources thinks that it fits.", "Un bureau autre que ceux que vous avez choisis peut lire votre dossier, si les Ressources humaines estiment qu’il convient.",
        "Una oficina distinta de las que eligió puede leer su perfil, si Recursos Humanos cree que encaja.";
    offices_if_withdrawn: "If you take it back, only the places you chose are considered. Human Resources sees that at once.",
        "Si vous le retirez, seuls les lieux que vous avez choisis sont pris en compte. Les Ressources humaines le voient aussitôt.",
        "Si lo retira, solo se consideran los lugares que eligió. Recursos Humanos lo ve de inmediato.";
    offices_short: "To be shown to offices not chosen", "Présentation à des bureaux non choisis", "Mostrar a oficinas no elegidas";
});
