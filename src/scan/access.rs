//! What the scanner means for whoever wants to open a file that somebody else gave us, and the words for it: every page
//! that shows such a file says the same beside it.

use super::{Scan, Scanner};
use crate::db::Tx;
use crate::text::{Lang, texts};
use crate::web::Result;
use std::collections::HashMap;
use uuid::Uuid;

/// Whether somebody else than its owner may open a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    Open,
    /// It opens, but the scanner there is has not looked at it yet.
    Unseen,
    /// For the scanner: the organisation wants it looked through first.
    Waits,
    /// It was infected.
    Gone,
    /// A paper for the first day that had its time.
    Past,
}

impl Access {
    pub fn of(scan: Scan, scanner: &Scanner) -> Access {
        match scan {
            Scan::Infected => Access::Gone,
            Scan::NotScanned if scanner.required => Access::Waits,
            Scan::NotScanned if scanner.daemon.is_some() => Access::Unseen,
            Scan::Clean | Scan::NotScanned => Access::Open,
        }
    }

    /// Of a paper for the first day; `is_past`: its file is no longer kept.
    pub fn of_paper(scan: Scan, is_past: bool, scanner: &Scanner) -> Access {
        if is_past { Access::Past } else { Access::of(scan, scanner) }
    }

    pub fn is_open(self) -> bool {
        matches!(self, Access::Open | Access::Unseen)
    }

    /// What stands beside the file; nothing where there is nothing to say.
    pub fn words(self, lang: Lang) -> Option<String> {
        let t = Text(lang);
        match self {
            Access::Open => None,
            Access::Unseen => Some(t.unseen()),
            Access::Waits => Some(t.waits()),
            Access::Gone => Some(t.gone()),
            Access::Past => Some(t.past()),
        }
    }
}

/// How these documents of a profile open to others. Whether the reader may know of them is decided before.
///
/// # Errors
/// If the database fails.
pub async fn of_documents<R>(
    tx: &mut Tx<R>,
    scanner: &Scanner,
    documents: &[Uuid],
) -> Result<HashMap<Uuid, Access>> {
    let rows = sqlx::query!("select id, scan from document where id = any($1)", documents);
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|row| (row.id, Access::of(Scan::from_code(&row.scan), scanner))).collect())
}

texts!(Text {
    unseen: "not scanned yet", "pas encore analysé", "aún sin analizar";
    waits: "not scanned yet: it opens once it has been looked through for malicious software",
        "pas encore analysé : il s’ouvrira une fois l’analyse à la recherche de logiciels malveillants terminée",
        "aún sin analizar: se abrirá cuando se haya comprobado que no contiene programas maliciosos";
    past: "deleted: it is no longer needed", "supprimé : il n’est plus nécessaire", "eliminado: ya no es necesario";
    gone: "deleted: it contained malicious software", "supprimé : il contenait un logiciel malveillant", "eliminado: contenía un programa malicioso";
});
