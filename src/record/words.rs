//! What an entry of the record says, in words.

use super::rows::Entry;
use crate::domain::application;
use crate::domain::placement;
use crate::domain::role::RoleName;
use crate::explain;
use crate::text::{Lang, texts};

/// Who acted: a name, or what it was.
pub fn who(entry: &Entry, lang: Lang) -> String {
    let t = Words(lang);
    match (&entry.actor, entry.actor_id) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => t.erased(),
        (None, None) if entry.role == "system" => "Stagiaire".to_owned(),
        (None, None) => t.stranger(),
    }
}

/// In which role.
pub fn role(code: &str, lang: Lang) -> String {
    let t = Words(lang);
    match RoleName::from_code(code) {
        Some(role) => explain::role::name(role, lang),
        None if code == "system" => t.system(),
        None => t.not_signed_in(),
    }
}

/// What was moved, if a state was: `In review → In the pool`.
pub fn change(entry: &Entry, lang: Lang) -> Option<String> {
    let name = |code: &str| match entry.subject.as_str() {
        "application" => state(code, lang),
        "placement" => placement::State::from_code(code)
            .map_or_else(|| code.to_owned(), |state| explain::placement::look(state, lang).2),
        _ => code.to_owned(),
    };
    let to = entry.to_state.as_deref()?;
    Some(match entry.from_state.as_deref() {
        Some(from) if from != to => format!("{} → {}", name(from), name(to)),
        Some(_) => return None,
        None => name(to),
    })
}

fn state(code: &str, lang: Lang) -> String {
    use application::State;
    let t = Words(lang);
    match State::from_code(code) {
        Some(State::Released) => t.released(),
        Some(State::InReview) => t.in_review(),
        Some(State::ChangesRequested) => t.changes_requested(),
        Some(State::Pooled) => t.pooled(),
        Some(State::NotSelected) => t.not_selected(),
        Some(State::Withdrawn) => t.withdrawn(),
        Some(State::Expired) => t.expired(),
        Some(State::Placed) => t.placed(),
        None => code.to_owned(),
    }
}

/// What happened.
pub fn action(entry: &Entry, lang: Lang) -> String {
    known(&entry.subject, &entry.action, lang).unwrap_or_else(|| entry.action.replace('_', " "))
}

/// `None`: an action that nobody has found words for.
pub fn known(subject: &str, action: &str, lang: Lang) -> Option<String> {
    let t = Words(lang);
    if subject == "placement" {
        let said = explain::placement::happened(action, lang);
        if said != action {
            return Some(said);
        }
    }
    Some(match action {
        "release" => t.release(),
        "re_release" => t.re_release(),
        "claim" => t.claim(),
        "unclaim" => t.unclaim(),
        "request_changes" => t.request_changes(),
        "pool" => t.pool(),
        "decline" => t.decline(),
        "reopen" => t.reopen(),
        "renew" => t.renew(),
        "expire" => t.expired(),
        "place" => t.placed(),
        "return_to_pool" => t.return_to_pool(),
        "withdraw" => t.withdraw(),
        "undo_withdraw" => t.undo_withdraw(),
        "warn" => t.warn(),
        "write_message" => t.write_message(),
        "read_messages" => t.read_messages(),
        "request_waiver" => t.request_waiver(),
        "decide_waiver" => t.decide_waiver(),
        "register" => t.register(),
        "confirm_email" => t.confirm_email(),
        "change_password" => t.change_password(),
        "forget_password" => t.forget_password(),
        "sign_in" => t.sign_in(),
        "sign_out" => t.sign_out(),
        "link_identity" => t.link_identity(),
        "open_account" => t.open_account(),
        "ask_code" => t.ask_code(),
        "prove_again" => t.prove_again(),
        "begin_second_factor" => t.begin_second_factor(),
        "add_second_factor" => t.add_second_factor(),
        "remove_second_factor" => t.remove_second_factor(),
        "add_passkey" => t.add_passkey(),
        "remove_passkey" => t.remove_passkey(),
        "reset_second_factor" => t.reset_second_factor(),
        "make_recovery_codes" => t.make_recovery_codes(),
        "use_recovery_code" => t.use_recovery_code(),
        "invite" => t.invite(),
        "disable" => t.disable(),
        "enable" => t.enable(),
        "change_roles" => t.change_roles(),
        "end_session" => t.end_session(),
        "end_sessions" => t.end_sessions(),
        "choose_letter_language" => t.choose_letter_language(),
        "ask_email_change" => t.ask_email_change(),
        "change_email" => t.change_email(),
        "undo_email_change" => t.undo_email_change(),
        "take_data" => t.take_data(),
        "give_consent" => t.give_consent(),
        "withdraw_consent" => t.withdraw_consent(),
        "ask_erasure" => t.ask_erasure(),
        "call_off_erasure" => t.call_off_erasure(),
        "erase" => t.erase(),
        "tell_unused" => t.tell_unused(),
        "erase_unused" => t.erase_unused(),
        "remove_medical_files" => t.remove_medical_files(),
        "remove_papers" => t.remove_papers(),
        "save" => t.save(),
        "remind" => t.remind(),
        "add_document" => t.add_document(),
        "remove_document" => t.remove_document(),
        "remove_infected_document" => t.remove_infected(),
        "open_document" => t.open_document(),
        "open_medical_file" => t.open_medical_file(),
        "write_opening" => t.write_opening(),
        "publish_opening" => t.publish_opening(),
        "close_opening" => t.close_opening(),
        "name_opening" => t.name_opening(),
        "remove_opening" => t.remove_opening(),
        "begin_letters" => t.begin_letters(),
        "end_letters" => t.end_letters(),
        "change_office" => t.change_office(),
        "set_rate" => t.set_rate(),
        "propose_policy" => t.propose_policy(),
        "try_policy" => t.try_policy(),
        "confirm_policy" => t.confirm_policy(),
        "drop_policy" => t.drop_policy(),
        "change_reason" => t.change_reason(),
        "change_retention" => t.change_retention(),
        "change_workload" => t.change_workload(),
        "renew_keys" => t.renew_keys(),
        "hold" => t.hold(),
        "release_hold" => t.release_hold(),
        "export_record" => t.export_record(),
        "seed" => t.seed(),
        "assign" => t.assign(),
        "name_deputy" => t.name_deputy(),
        "end_deputy" => t.end_deputy(),
        "choose_time_zone" => t.choose_time_zone(),
        "remove_infected_file" => t.remove_infected_file(),
        "warn_closing" => t.warn_closing(),
        "tell_closing" => t.tell_closing(),
        "export" => t.export(),
        "keep_view" => t.keep_view(),
        "remove_view" => t.remove_view(),
        "skip" => t.skip(),
        "draft_decision" => t.draft_decision(),
        "take_decision_back" => t.take_decision_back(),
        "declare_conflict" => t.declare_conflict(),
        "write_note" => t.write_note(),
        "judge_rule" => t.judge_rule(),
        "propose_duplicate" => t.propose_duplicate(),
        "confirm_duplicate" => t.confirm_duplicate(),
        "refuse_duplicate" => t.refuse_duplicate(),
        "give_score" => t.give_score(),
        "correct_score" => t.correct_score(),
        "write_scoring_sheet" => t.write_scoring_sheet(),
        "use_scoring_sheet" => t.use_scoring_sheet(),
        "rewrite_letter" => t.rewrite_letter(),
        "retire_scoring_sheet" => t.retire_scoring_sheet(),
        _ => return None,
    })
}

texts!(Words {
    erased: "Somebody whose account is deleted", "Une personne dont le compte est supprimé", "Alguien cuya cuenta está eliminada";
    stranger: "Somebody not signed in", "Une personne non connectée", "Alguien sin sesión iniciada";
    system: "System", "Système", "Sistema";
    not_signed_in: "Not signed in", "Sans session", "Sin sesión";
    released: "Waiting", "En attente", "En espera";
    in_review: "In review", "En cours d’examen", "En revisión";
    changes_requested: "With the candidate", "Chez la personne candidate", "Con la persona candidata";
    pooled: "In the pool", "Dans le vivier", "En la bolsa";
    not_selected: "Not selected", "Non retenu", "No seleccionado";
    withdrawn: "Taken back", "Repris", "Retirado";
    expired: "Expired", "Expiré", "Caducado";
    placed: "Placed", "Affectation obtenue", "Con plaza";
    release: "Released a profile", "Dossier transmis", "Perfil enviado";
    re_release: "Released a newer version", "Nouvelle version transmise", "Nueva versión enviada";
    claim: "Took the profile", "Dossier pris en charge", "Perfil tomado";
    unclaim: "Put it back into the queue", "Remis dans la liste", "Devuelto a la lista";
    request_changes: "Asked for changes", "Modifications demandées", "Cambios pedidos";
    pool: "Put into the pool", "Ajouté au vivier", "Añadido a la bolsa";
    decline: "Decided: not selected", "Décision : non retenu", "Decisión: no seleccionado";
    reopen: "Took the decision back", "Décision annulée", "Decisión revocada";
    renew: "Stayed in the pool", "Maintenu dans le vivier", "Permanencia en la bolsa";
    return_to_pool: "Back in the pool", "De retour dans le vivier", "De vuelta en la bolsa";
    withdraw: "Took the profile back", "Dossier repris", "Perfil retirado";
    undo_withdraw: "Undid taking it back", "Reprise annulée", "Retirada deshecha";
    warn: "Warned of an end", "Échéance annoncée", "Aviso de vencimiento";
    write_message: "Wrote a message", "Message écrit", "Mensaje escrito";
    read_messages: "Read messages", "Messages lus", "Mensajes leídos";
    request_waiver: "Asked to waive the allowance", "Dispense d’allocation demandée", "Exención de la asignación pedida";
    decide_waiver: "Decided on the waiver", "Décision sur la dispense", "Decisión sobre la exención";
    register: "Registered", "Inscription", "Registro";
    confirm_email: "Confirmed the address", "Adresse confirmée", "Dirección confirmada";
    change_password: "Changed the password", "Mot de passe modifié", "Contraseña cambiada";
    forget_password: "Asked for a new password", "Nouveau mot de passe demandé", "Nueva contraseña pedida";
    sign_in: "Signed in", "Connexion", "Inicio de sesión";
    prove_again: "Proved again who they are", "Identité confirmée à nouveau", "Identidad confirmada de nuevo";
    ask_code: "Entered the password, not yet the code", "Mot de passe saisi, code attendu", "Contraseña indicada, falta el código";
    begin_second_factor: "Began to set up a second factor", "Configuration d’un deuxième facteur commencée", "Configuración de un segundo factor iniciada";
    add_second_factor: "Set up a second factor", "Deuxième facteur activé", "Segundo factor activado";
    remove_second_factor: "Took the second factor away", "Deuxième facteur retiré", "Segundo factor quitado";
    add_passkey: "Added a passkey", "Clé d’accès ajoutée", "Llave de acceso añadida";
    remove_passkey: "Took a passkey away", "Clé d’accès retirée", "Llave de acceso quitada";
    reset_second_factor: "Reset the second factor", "Deuxième facteur réinitialisé", "Segundo factor restablecido";
    make_recovery_codes: "Made new recovery codes", "Nouveaux codes de secours créés", "Códigos de recuperación nuevos";
    use_recovery_code: "Used a recovery code", "Code de secours utilisé", "Código de recuperación usado";
    link_identity: "Signs in with the organisation from now on", "Se connecte désormais par l’organisation", "Inicia sesión con la organización desde ahora";
    open_account: "Account opened by the organisation’s groups", "Compte ouvert d’après les groupes de l’organisation", "Cuenta abierta según los grupos de la organización";
    sign_out: "Signed out", "Déconnexion", "Cierre de sesión";
    invite: "Invited", "Invitation", "Invitación";
    disable: "Disabled the account", "Compte désactivé", "Cuenta desactivada";
    enable: "Enabled the account", "Compte réactivé", "Cuenta reactivada";
    change_roles: "Changed roles or offices", "Rôles ou bureaux modifiés", "Funciones u oficinas cambiadas";
    end_session: "Ended a session", "Session fermée", "Sesión cerrada";
    end_sessions: "Ended all sessions", "Toutes les sessions fermées", "Todas las sesiones cerradas";
    choose_letter_language: "Chose the language of letters", "Langue des courriels choisie", "Idioma de los mensajes elegido";
    ask_email_change: "Asked for another address", "Autre adresse demandée", "Otra dirección pedida";
    change_email: "Changed the address", "Adresse modifiée", "Dirección cambiada";
    undo_email_change: "Undid the change of address", "Changement d’adresse annulé", "Cambio de dirección deshecho";
    take_data: "Took a copy of the data", "Copie des données obtenue", "Copia de los datos obtenida";
    give_consent: "Gave consent", "Consentement donné", "Consentimiento dado";
    withdraw_consent: "Withdrew consent", "Consentement retiré", "Consentimiento retirado";
    ask_erasure: "Asked for erasure", "Suppression demandée", "Supresión pedida";
    call_off_erasure: "Called off the erasure", "Suppression annulée", "Supresión cancelada";
    erase: "The account was erased", "Le compte a été supprimé", "La cuenta se eliminó";
    tell_unused: "Told that the unused account is about to go", "Suppression prochaine du compte inutilisé annoncée", "Aviso de que la cuenta sin uso va a eliminarse";
    erase_unused: "The account was erased because nobody used it", "Le compte inutilisé a été supprimé", "La cuenta sin uso se eliminó";
    remove_medical_files: "Medical files were removed after the internship", "Fichiers médicaux supprimés après le stage", "Archivos médicos eliminados tras la pasantía";
    remove_papers: "Passport and policies were removed after the internship", "Passeport et polices supprimés après le stage", "Pasaporte y pólizas eliminados tras la pasantía";
    save: "Saved a section of the profile", "Rubrique du dossier enregistrée", "Sección del perfil guardada";
    remind: "Reminded that the profile is not released", "Rappel : dossier pas encore transmis", "Recordatorio: perfil sin enviar";
    add_document: "Uploaded a document", "Document déposé", "Documento subido";
    remove_document: "Removed a document", "Document retiré", "Documento retirado";
    remove_infected: "An infected document was removed", "Document infecté supprimé", "Documento infectado eliminado";
    open_document: "Opened a document", "Document ouvert", "Documento abierto";
    open_medical_file: "Opened a medical file", "Dossier médical ouvert", "Expediente médico abierto";
    write_opening: "Wrote an opening", "Annonce rédigée", "Vacante redactada";
    publish_opening: "Published an opening", "Annonce publiée", "Vacante publicada";
    close_opening: "Closed an opening", "Annonce close", "Vacante cerrada";
    name_opening: "Named an opening", "Annonce mentionnée", "Vacante mencionada";
    remove_opening: "No longer named an opening", "Annonce retirée du dossier", "Vacante retirada del perfil";
    begin_letters: "Asked for letters about openings", "Courriels sur les annonces demandés", "Mensajes sobre vacantes pedidos";
    end_letters: "Ended letters about openings", "Courriels sur les annonces arrêtés", "Mensajes sobre vacantes cancelados";
    change_office: "Changed an office", "Bureau modifié", "Oficina modificada";
    set_rate: "Announced a rate", "Taux annoncé", "Tarifa anunciada";
    propose_policy: "Proposed a policy", "Règles proposées", "Normas propuestas";
    try_policy: "Tried a policy", "Règles essayées", "Normas probadas";
    confirm_policy: "Confirmed a policy", "Règles confirmées", "Normas confirmadas";
    drop_policy: "Dropped a policy", "Règles abandonnées", "Normas descartadas";
    change_reason: "Changed the reasons for not selecting", "Motifs de non-sélection modifiés", "Motivos de no selección cambiados";
    change_workload: "Changed how many cases one may be given", "Nombre de dossiers par personne modifié", "Número de casos por persona cambiado";
    change_retention: "Changed how long records are kept", "Durée de conservation modifiée", "Plazo de conservación cambiado";
    renew_keys: "Renewed the key that locks files", "Clé des fichiers renouvelée", "Clave de los archivos renovada";
    hold: "Placed a legal hold", "Mesure de conservation décidée", "Orden de conservación impuesta";
    release_hold: "Lifted a legal hold", "Mesure de conservation levée", "Orden de conservación levantada";
    export_record: "Downloaded the record", "Registre téléchargé", "Registro descargado";
    seed: "Made-up people were added", "Personnes fictives ajoutées", "Personas ficticias añadidas";
    assign: "Gave the profile to a reviewer", "Dossier attribué", "Perfil asignado";
    name_deputy: "Named a deputy", "Suppléance désignée", "Suplencia designada";
    end_deputy: "Ended a deputy’s days", "Suppléance terminée", "Suplencia terminada";
    choose_time_zone: "Chose a time zone", "Fuseau horaire choisi", "Zona horaria elegida";
    remove_infected_file: "An infected file of a message was removed", "Fichier infecté d’un message supprimé", "Archivo infectado de un mensaje eliminado";
    warn_closing: "Warned that no start is possible soon", "Fin prochaine des dates possibles annoncée", "Aviso de que pronto no habrá fechas posibles";
    tell_closing: "Told of people who can soon start no more", "Signalement de personnes bientôt sans date possible", "Aviso sobre personas que pronto no podrán empezar";
    export: "Took a list out as a file", "Liste exportée", "Lista exportada";
    keep_view: "Kept a view of the queue", "Vue de la liste enregistrée", "Vista de la lista guardada";
    remove_view: "Removed a view of the queue", "Vue de la liste supprimée", "Vista de la lista eliminada";
    draft_decision: "Decided, to be told later", "Décision prise, à annoncer plus tard", "Decisión tomada, por comunicar";
    take_decision_back: "Decision taken back before it was told", "Décision annulée avant d’être annoncée", "Decisión retirada antes de comunicarla";
    skip: "Passed over the profile for now", "Dossier passé pour l’instant", "Perfil omitido por ahora";
    declare_conflict: "Declared a conflict of interest", "Conflit d’intérêts déclaré", "Conflicto de intereses declarado";
    write_note: "Wrote a note for colleagues", "Note pour les collègues écrite", "Nota para colegas escrita";
    judge_rule: "Judged a rule", "Règle jugée", "Norma juzgada";
    propose_duplicate: "Proposed to close it as a duplicate", "Clôture comme doublon proposée", "Cierre como duplicado propuesto";
    confirm_duplicate: "Confirmed a duplicate", "Doublon confirmé", "Duplicado confirmado";
    refuse_duplicate: "Found it no duplicate", "Pas un doublon, après examen", "No es un duplicado, tras revisarlo";
    give_score: "Gave scores", "Notes attribuées", "Puntuación dada";
    correct_score: "Corrected scores", "Notes corrigées", "Puntuación corregida";
    write_scoring_sheet: "Wrote a scoring sheet", "Grille d’évaluation rédigée", "Plantilla de puntuación redactada";
    use_scoring_sheet: "Took a scoring sheet into use", "Grille d’évaluation mise en service", "Plantilla de puntuación puesta en uso";
    rewrite_letter: "Changed what a letter says", "Texte d’un courriel modifié", "Texto de un mensaje cambiado";
    retire_scoring_sheet: "Took a scoring sheet out of use", "Grille d’évaluation mise hors service", "Plantilla de puntuación retirada";
});
