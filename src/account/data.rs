//! I take a copy of everything that is held about me: one ZIP with the record for machines and my files as I gave them.
//! It is written while it is sent, so that memory does not grow with the files.

use super::Shared;
use super::everything::{Copy, everything};
use crate::db::Note;
use crate::files::Files;
use crate::text::{Lang, texts};
use crate::web::{App, Error, Member, Page, Recent, Result, html};
use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipEntryBuilder};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use tokio::io::DuplexStream;
use tokio_util::compat::FuturesAsyncWriteCompatExt;
use tokio_util::io::ReaderStream;

pub fn routes() -> Router<App> {
    Router::new().route("/account/data", get(ask).post(take))
}

/// Copies in an hour: each reads every file.
const COPIES: i32 = 5;
/// What lies ready for a slow line.
const BUFFER: usize = 64 * 1024;

#[derive(askama::Template)]
#[template(path = "account/data.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
}

async fn ask(me: Member) -> Result<Response> {
    html(StatusCode::OK, &View { page: me.page(Text), shared: Shared(me.lang) })
}

async fn take(Recent(me): Recent<Member>) -> Result<Response> {
    if !me.may_try("copy of everything", COPIES, 3600).await? {
        return Err(Error::TooMany);
    }
    let mut tx = me.begin().await?;
    let copy = everything(&mut tx, me.files(), me.id).await?;
    let done = tx.note(Note::DataTaken, me.id.0, &[]).await?;
    let name = format!("attachment; filename=\"stagiaire-{}.zip\"", tx.today());
    tx.commit(done).await?;
    let (into, out) = tokio::io::duplex(BUFFER);
    let (files, lang) = (me.files().clone(), me.lang);
    tokio::spawn(async move {
        // whoever closes the connection early gets no more; the reader sees an archive without its end
        if let Err(error) = pack(into, &files, copy, lang).await {
            tracing::warn!(%error, "a copy of somebody's data was not finished");
        }
    });
    let mut response = Body::from_stream(ReaderStream::new(out)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let unnamed = HeaderValue::from_static("attachment");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(unnamed));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

#[derive(Debug, thiserror::Error)]
enum Unfinished {
    #[error("archive: {0}")]
    Zip(#[from] async_zip::error::ZipError),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    #[error("record: {0}")]
    Record(#[from] serde_json::Error),
}

async fn pack(into: DuplexStream, files: &Files, copy: Copy, lang: Lang) -> Result<(), Unfinished> {
    // no date of today but inside the record: the same data makes the same archive
    let mut zip = ZipFileWriter::with_tokio(into).force_no_zip64();
    put(&mut zip, Text(lang).file_readme(), Text(lang).readme().as_bytes()).await?;
    put(&mut zip, "data.json".to_owned(), &serde_json::to_vec_pretty(&copy.record)?).await?;
    for (path, sealed) in copy.files {
        let mut file = match files.read(&sealed).await {
            Ok(file) => file,
            // lost or not: the rest of the copy is owed all the same, and the record names the file
            Err(error) => {
                tracing::error!(%error, id = %sealed.id, "a file is missing from the copy of somebody's data");
                continue;
            }
        };
        let mut entry = zip.write_entry_stream(entry(path)).await?.compat_write();
        tokio::io::copy(&mut file, &mut entry).await?;
        entry.into_inner().close().await?;
    }
    zip.close().await?;
    Ok(())
}

async fn put<W: futures_util::io::AsyncWrite + Unpin>(
    zip: &mut ZipFileWriter<W>,
    path: String,
    content: &[u8],
) -> Result<(), Unfinished> {
    Ok(zip.write_entry_whole(entry(path), content).await?)
}

/// Stored, not deflated: PDFs and photos are small already.
fn entry(path: String) -> ZipEntryBuilder {
    ZipEntryBuilder::new(path.into(), Compression::Stored).unix_permissions(0o644)
}

texts!(Text {
    title: "A copy of everything", "Une copie de tout", "Una copia de todo";
    lead: "One file with all that we hold about you, to keep or to take elsewhere.", "Un fichier avec tout ce que nous détenons sur vous, à garder ou à emporter ailleurs.",
        "Un archivo con todo lo que tenemos sobre usted, para guardarlo o llevarlo a otro lugar.";
    holds: "It holds", "Il contient", "Contiene";
    holds_profile: "your account, your profile as it is now, and every version you released", "votre compte, votre dossier tel qu’il est et chaque version transmise",
        "su cuenta, su perfil tal como está y cada versión que envió";
    holds_record: "your applications and placements, what was decided and why, and when", "vos candidatures et affectations, ce qui a été décidé, pourquoi et quand",
        "sus candidaturas y plazas, lo que se decidió, por qué y cuándo";
    holds_rest: "the letters we sent, by kind and date, what you agreed to, and your open sessions", "les courriels envoyés, par type et par date, ce que vous avez accepté et vos sessions ouvertes",
        "los mensajes enviados, por tipo y fecha, lo que ha aceptado y sus sesiones abiertas";
    holds_files: "your documents, as you uploaded them", "vos documents, tels que vous les avez déposés", "sus documentos, tal como los subió";
    without: "The names of the people who worked on your application are left out: they are their data.", "Les noms des personnes qui ont traité votre candidature n’y figurent pas : ce sont leurs données.",
        "No figuran los nombres de quienes trabajaron en su candidatura: son datos suyos.";
    download: "Download the copy (ZIP)", "Télécharger la copie (ZIP)", "Descargar la copia (ZIP)";
    safe: "Keep it in a safe place. It is downloaded to this device.", "Gardez-la en lieu sûr. Elle est téléchargée sur cet appareil.",
        "Guárdela en un lugar seguro. Se descarga en este dispositivo.";
    file_readme: "README.txt", "LISEZ-MOI.txt", "LEAME.txt";
    readme: "This is a copy of everything that Stagiaire holds about you.\r\n\r\ndata.json  the record, for machines (JSON, UTF-8; dates as in ISO 8601, moments in UTC)\r\ndocuments/  your documents, as you uploaded them\r\n\r\nThe names of the people who worked on your application are left out.\r\n",
        "Ceci est une copie de tout ce que Stagiaire détient sur vous.\r\n\r\ndata.json  les données, pour les machines (JSON, UTF-8 ; dates selon ISO 8601, heures en UTC)\r\ndocuments/  vos documents, tels que vous les avez déposés\r\n\r\nLes noms des personnes qui ont traité votre candidature n’y figurent pas.\r\n",
        "Esta es una copia de todo lo que Stagiaire tiene sobre usted.\r\n\r\ndata.json  los datos, para máquinas (JSON, UTF-8; fechas según ISO 8601, horas en UTC)\r\ndocuments/  sus documentos, tal como los subió\r\n\r\nNo figuran los nombres de quienes trabajaron en su candidatura.\r\n";
});
