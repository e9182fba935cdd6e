//! Which pages are linked at the top, and for whom.

use domain::{Role, Roles};
use service::permit::{OPENING_ROLES, Overview};

use crate::routes;

/// A page that is linked at the top of every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) path: &'static str,
    /// The key of its text.
    pub(crate) key: &'static str,
    /// Whether it is the page being shown, or one below it.
    pub(crate) is_current: bool,
}

/// Who gets to see a link. What somebody may do is decided by the service; this only spares them
/// links that lead nowhere.
enum Audience {
    Everyone,
    Visitors,
    SignedIn,
    Roles(&'static [Role]),
    /// Those who may look at it.
    Overview(Overview),
}

/// Every link, in the order shown.
const LINKS: [(&str, &str, Audience); 18] = [
    (routes::START, "navigation-start", Audience::Everyone),
    (routes::REPORT, "navigation-report", Audience::Everyone),
    (routes::FOLLOW_UP, "navigation-follow-up", Audience::Visitors),
    (routes::REPORTS, "navigation-reports", Audience::SignedIn),
    (routes::INBOX, "navigation-inbox", Audience::Overview(Overview::Inbox)),
    (routes::CLOCKS, "navigation-clocks", Audience::Overview(Overview::Clocks)),
    (routes::DECISIONS, "navigation-decisions", Audience::Roles(&[Role::Controller])),
    (routes::MEASURES, "navigation-measures", Audience::SignedIn),
    (routes::INQUIRIES, "navigation-inquiries", Audience::SignedIn),
    (routes::REGISTER, "navigation-register", Audience::Overview(Overview::Register)),
    (routes::ERASURE, "navigation-erasure", Audience::Roles(&[Role::Controller, Role::Archivist])),
    (routes::OPEN_CASE, "navigation-open-case", Audience::Roles(&OPENING_ROLES)),
    (routes::WHO_LOOKED, "navigation-who-looked", Audience::Overview(Overview::WhoLooked)),
    (routes::ABSENCE, "navigation-absence", Audience::Roles(&[Role::Dpo])),
    (routes::POST, "navigation-post", Audience::Overview(Overview::Post)),
    (
        routes::ADMINISTRATION,
        "navigation-administration",
        Audience::Overview(Overview::Organisation),
    ),
    (routes::ACCESS_LOG, "navigation-access-log", Audience::Overview(Overview::AccessLog)),
    // The data protection officer is led there from who looked.
    (routes::ALERTS, "navigation-alerts", Audience::Roles(&[Role::Auditor])),
];

/// The links for somebody with these roles, or for a visitor, on the page at `path`.
pub(crate) fn links(roles: Option<&Roles>, path: &str) -> Vec<Link> {
    LINKS
        .iter()
        .filter(|(_, _, audience)| match audience {
            Audience::Everyone => true,
            Audience::Visitors => roles.is_none(),
            Audience::SignedIn => roles.is_some(),
            Audience::Roles(some) => roles.is_some_and(|roles| roles.hold_any(some)),
            Audience::Overview(overview) => {
                roles.is_some_and(|roles| roles.hold_any(overview.roles()))
            }
        })
        .map(|(link, key, _)| Link { path: link, key, is_current: is_within(path, link) })
        .collect()
}

fn is_within(path: &str, link: &str) -> bool {
    path == link
        || (link != routes::START
            && path.strip_prefix(link).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(roles: Option<&Roles>) -> Vec<&'static str> {
        links(roles, "/").into_iter().map(|link| link.path).collect()
    }

    #[test]
    fn visitors_and_members_get_their_own_links() {
        assert_eq!(paths(None), ["/", "/report", "/follow-up"]);
        let employee = Roles::from([Role::Employee]);
        assert_eq!(paths(Some(&employee)), ["/", "/report", "/reports", "/measures", "/inquiries"]);
    }

    #[test]
    fn each_role_is_led_to_its_work() {
        let of = |role| paths(Some(&Roles::from([role])))[3..].to_vec();
        assert_eq!(
            of(Role::Dpo),
            [
                "/inbox",
                "/clocks",
                "/measures",
                "/inquiries",
                "/register",
                "/who-looked",
                "/absence",
                "/post"
            ]
        );
        assert_eq!(
            of(Role::Leader),
            ["/inbox", "/clocks", "/measures", "/inquiries", "/open-case"]
        );
        assert_eq!(
            of(Role::Controller),
            ["/inbox", "/clocks", "/decisions", "/measures", "/inquiries", "/register", "/erasure"]
        );
        assert_eq!(
            of(Role::SecurityOfficer),
            ["/inbox", "/clocks", "/measures", "/inquiries", "/register"]
        );
        assert_eq!(of(Role::Archivist), ["/measures", "/inquiries", "/erasure", "/open-case"]);
        assert_eq!(of(Role::Auditor), ["/measures", "/inquiries", "/access-log", "/alerts"]);
        assert_eq!(
            of(Role::Administrator),
            ["/measures", "/inquiries", "/post", "/administration"]
        );
    }

    #[test]
    fn the_current_page_is_marked_and_so_is_the_one_above_it() {
        let current = |path| -> Vec<_> {
            links(None, path).into_iter().filter(|it| it.is_current).map(|it| it.path).collect()
        };
        assert_eq!(current("/"), ["/"]);
        assert_eq!(current("/report/other"), ["/report"]);
        assert!(current("/reports").is_empty());
    }
}
