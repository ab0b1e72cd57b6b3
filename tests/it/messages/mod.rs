mod candidate;
mod file;
mod reviewer;

use crate::support::{Reader, Reply};

/// Opens the thread and sends a message as a browser does that chose no file.
pub async fn say(reader: &Reader<'_>, thread: &str, body: &str) -> Reply {
    let form = reader.get(thread).await.hidden("form");
    say_with(reader, thread, &form, body, &[("", b"")]).await
}

/// Sends a form that was opened before, with files.
async fn say_with(
    reader: &Reader<'_>,
    thread: &str,
    form: &str,
    body: &str,
    files: &[(&str, &[u8])],
) -> Reply {
    reader.upload_all(thread, &[("form", form), ("body", body)], files).await
}
