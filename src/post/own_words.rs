//! What the organisation says in a letter in place of the words that come with the product.

use super::letters::Own;
use crate::domain::letter::Letter;
use crate::text::Lang;
use sqlx::PgConnection;
use std::collections::HashMap;

/// The words of some letters, where there are own ones.
#[derive(Default)]
pub struct OwnWords(HashMap<(String, String), (String, String)>);

impl OwnWords {
    /// Those of one letter in one language. `None`: the standard counts.
    pub fn of(&self, letter: Letter, lang: Lang) -> Option<Own<'_>> {
        let (subject, body) = self.0.get(&(letter.code().to_owned(), lang.code().to_owned()))?;
        Some(Own { subject, body })
    }
}

/// # Errors
/// If the database fails.
pub async fn load(connection: &mut PgConnection, letters: &[Letter]) -> sqlx::Result<OwnWords> {
    let codes: Vec<String> = letters.iter().map(|letter| letter.code().to_owned()).collect();
    let rows = sqlx::query!(
        "select distinct on (letter, lang) letter, lang, subject, body from letter_text
         where letter = any($1) order by letter, lang, version desc",
        &codes
    );
    let rows = rows.fetch_all(connection).await?;
    let own = rows.into_iter().filter_map(|row| Some(((row.letter, row.lang), (row.subject?, row.body?))));
    Ok(OwnWords(own.collect()))
}
