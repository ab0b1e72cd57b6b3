//! How the organisation's identity provider is set up, and what its groups are worth here.

use crate::domain::role::RoleName;
use openidconnect::IssuerUrl;

/// Each field names the variable it comes from; `.env.example` explains them all.
#[derive(Clone)]
pub struct Settings {
    /// `STAGIAIRE_OIDC_ISSUER`: where it describes itself (OpenID Connect Discovery 1.0).
    pub issuer: IssuerUrl,
    /// `STAGIAIRE_OIDC_CLIENT_ID`: as what it knows the product.
    pub client_id: String,
    /// `STAGIAIRE_OIDC_CLIENT_SECRET`
    pub client_secret: String,
    /// `STAGIAIRE_OIDC_NAME`: what people call it; stands on the button.
    pub name: String,
    /// `STAGIAIRE_OIDC_SECOND_FACTOR`
    pub factor: Factor,
    /// `STAGIAIRE_OIDC_SCOPES`: what is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// `STAGIAIRE_OIDC_GROUPS_CLAIM`: where it lists somebody's groups.
    pub groups_claim: String,
    /// `STAGIAIRE_OIDC_GROUPS`; empty: roles are given here, by the administrator.
    pub groups: Vec<GroupRole>,
}

/// How it is known that somebody proved a second factor to the provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Factor {
    /// It says so each time: `mfa` among the methods (`amr`, RFC 8176), or this authentication context (`acr`).
    Told(Option<String>),
    /// It lets nobody through without, the organisation vouches for that.
    Enforced,
}

/// What being in a group means: a role, a supervisor's at an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupRole {
    pub group: String,
    pub role: RoleName,
    pub office: Option<String>,
}

/// What somebody's groups are worth together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Worth {
    pub roles: Vec<RoleName>,
    pub offices: Vec<String>,
}

impl Settings {
    /// `None`: the organisation has none, or does not use it here.
    pub fn collect(var: &dyn Fn(&str) -> Option<String>, faults: &mut Vec<String>) -> Option<Settings> {
        let issuer = var("STAGIAIRE_OIDC_ISSUER")?;
        let issuer = match IssuerUrl::new(issuer.clone()) {
            Ok(url) if is_safe(&issuer) => Some(url),
            _ => {
                faults.push(format!(
                    "STAGIAIRE_OIDC_ISSUER is {issuer:?}; it must be the https address of the identity provider"
                ));
                None
            }
        };
        let mut needed = |name: &str, what: &str| {
            var(name).unwrap_or_else(|| {
                faults.push(format!("{name} is missing: {what}"));
                String::new()
            })
        };
        let client_id = needed("STAGIAIRE_OIDC_CLIENT_ID", "as what the identity provider knows us");
        let client_secret = needed("STAGIAIRE_OIDC_CLIENT_SECRET", "what we prove that with");
        let acr = var("STAGIAIRE_OIDC_ACR");
        let factor = match var("STAGIAIRE_OIDC_SECOND_FACTOR").as_deref() {
            None | Some("told") => Factor::Told(acr),
            Some("enforced") => Factor::Enforced,
            Some(other) => {
                faults
                    .push(format!("STAGIAIRE_OIDC_SECOND_FACTOR is {other:?}; it must be told or enforced"));
                Factor::Told(None)
            }
        };
        let groups = var("STAGIAIRE_OIDC_GROUPS").unwrap_or_default();
        let groups = groups.split(';').map(str::trim).filter(|one| !one.is_empty());
        let groups = groups.filter_map(|one| {
            let read = GroupRole::read(one);
            if read.is_none() {
                faults.push(format!(
                    "STAGIAIRE_OIDC_GROUPS has {one:?}; each must be group=role, or group=supervisor@office"
                ));
            }
            read
        });
        let groups = groups.collect();
        Some(Settings {
            issuer: issuer?,
            client_id,
            client_secret,
            name: var("STAGIAIRE_OIDC_NAME").unwrap_or_else(|| "Single sign-on".into()),
            factor,
            scopes: var("STAGIAIRE_OIDC_SCOPES")
                .unwrap_or_else(|| "profile email".into())
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            groups_claim: var("STAGIAIRE_OIDC_GROUPS_CLAIM").unwrap_or_else(|| "groups".into()),
            groups,
        })
    }

    /// What these groups are worth. `None`: groups are worth nothing, roles are given here.
    pub fn worth(&self, groups: &[String]) -> Option<Worth> {
        if self.groups.is_empty() {
            return None;
        }
        let mut worth = Worth::default();
        for it in self.groups.iter().filter(|it| groups.contains(&it.group)) {
            if !worth.roles.contains(&it.role) {
                worth.roles.push(it.role);
            }
            worth.offices.extend(
                it.office
                    .iter()
                    .filter(|office| !worth.offices.contains(office))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        Some(worth)
    }
}

impl GroupRole {
    /// `group=role`, `group=supervisor@office`. Names of groups may have an equals sign of their own (RFC 4514).
    fn read(text: &str) -> Option<GroupRole> {
        let (group, role) = text.rsplit_once('=')?;
        let (role, office) = match role.split_once('@') {
            Some((role, office)) => (role.trim(), Some(office.trim().to_owned())),
            None => (role.trim(), None),
        };
        let role = RoleName::from_code(role).filter(|role| role.is_staff())?;
        let has_place = office.as_ref().is_some_and(|office| !office.is_empty());
        let group = group.trim().to_owned();
        (!group.is_empty() && has_place == (role == RoleName::Supervisor)).then_some(GroupRole {
            group,
            role,
            office,
        })
    }
}

/// Keys and identities come over an encrypted line, except from this very machine.
fn is_safe(issuer: &str) -> bool {
    let here = ["http://localhost", "http://127.0.0.1"];
    let own = here
        .iter()
        .filter_map(|own| issuer.strip_prefix(own))
        .any(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    own || issuer.starts_with("https://")
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("issuer", &self.issuer)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> (Option<Settings>, Vec<String>) {
        let var = |name: &str| vars.iter().find(|(n, _)| name.ends_with(n)).map(|(_, v)| (*v).to_owned());
        let mut faults = Vec::new();
        (Settings::collect(&var, &mut faults), faults)
    }

    const WHOLE: [(&str, &str); 3] =
        [("_ISSUER", "https://id.example.org"), ("_CLIENT_ID", "stagiaire"), ("_CLIENT_SECRET", "hunter2")];

    #[test]
    fn without_an_issuer_there_is_none_and_with_one_the_rest_is_needed() {
        assert!(read(&[]).0.is_none());
        let (_, faults) = read(&WHOLE[..1]);
        assert_eq!(faults.len(), 2, "{faults:?}");
        let (settings, faults) = read(&WHOLE);
        let settings = settings.unwrap();
        assert!(
            faults.is_empty() && settings.factor == Factor::Told(None) && settings.groups_claim == "groups"
        );
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn keys_are_never_fetched_over_an_open_line() {
        for (issuer, is_safe) in [
            ("https://id.example.org/realms/staff", true),
            ("http://localhost:3000", true),
            ("http://127.0.0.1", true),
            ("http://id.example.org", false),
            ("http://localhost.example.org", false),
            ("id.example.org", false),
        ] {
            let (_, faults) = read(&[("_ISSUER", issuer), WHOLE[1], WHOLE[2]]);
            assert_eq!(faults.is_empty(), is_safe, "{issuer}: {faults:?}");
        }
    }

    #[test]
    fn groups_are_worth_roles_and_supervisors_have_offices() {
        let groups = "hr=hr_reviewer; hosts=supervisor@nairobi; CN=Hosts Lima,O=Example=supervisor@lima ;;admins = administrator";
        let (settings, faults) = read(&[WHOLE[0], WHOLE[1], WHOLE[2], ("_GROUPS", groups)]);
        assert!(faults.is_empty(), "{faults:?}");
        let settings = settings.unwrap();
        let worth = |groups: &[&str]| {
            settings.worth(&groups.iter().map(|&it| it.to_owned()).collect::<Vec<_>>()).unwrap()
        };
        assert_eq!(worth(&["everybody"]), Worth::default());
        assert_eq!(worth(&["admins", "hr"]).roles, [RoleName::HrReviewer, RoleName::Administrator]);
        let both = worth(&["CN=Hosts Lima,O=Example", "hosts"]);
        assert_eq!((both.roles.as_slice(), both.offices.len()), ([RoleName::Supervisor].as_slice(), 2));
        assert!(read(&WHOLE).0.unwrap().worth(&["hr".into()]).is_none(), "nothing is said about groups");

        for wrong in
            ["hr", "hr=boss", "hr=candidate", "hosts=supervisor", "hr=hr_reviewer@nairobi", "=hr_reviewer"]
        {
            let (_, faults) = read(&[WHOLE[0], WHOLE[1], WHOLE[2], ("_GROUPS", wrong)]);
            assert_eq!(faults.len(), 1, "{wrong}");
        }
    }
}
