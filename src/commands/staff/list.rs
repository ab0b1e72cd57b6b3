//! Shows every member of staff.

use super::{Result, refused, say};
use crate::db::Tx;
use crate::system::System;

pub(super) async fn run(system: &System) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let members = members(&mut tx).await.map_err(refused)?;
    if members.is_empty() {
        say("Nobody works here yet. `stagiaire staff invite --help` says how to begin.");
    }
    for it in members {
        let offices =
            if it.offices.is_empty() { String::new() } else { format!(" at {}", it.offices.join(", ")) };
        say(format!("{:<10}{:<34}{}: {}{offices}", it.standing, it.email, it.name, it.roles.join(", ")));
    }
    Ok(())
}

struct Member {
    email: String,
    name: String,
    standing: String,
    roles: Vec<String>,
    offices: Vec<String>,
}

async fn members(tx: &mut Tx<System>) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as!(
        Member,
        r#"select email, trim(given_names || ' ' || family_names) as "name!",
               case when disabled_at is not null then 'disabled' when not signs_in(id, has_password) then 'invited'
                   else 'active' end as "standing!",
               array(select role from person_role where person_id = id and role <> 'candidate' order by role)
                   as "roles!",
               array(select office_id from supervisor_office where person_id = id order by office_id)
                   as "offices!"
           from person where exists (select from person_role where person_id = id and role <> 'candidate')
           order by email_key"#
    )
    .fetch_all(&mut **tx)
    .await
}
