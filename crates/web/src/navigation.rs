//! Which pages are linked at the top, and for whom.

use domain::{Role, Roles};
use service::permit::{OPENING_ROLES, Overview};

use crate::pages::audits;
use crate::routes;

/// A page that is linked at the top of every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) path: &'static str,
    /// The key of its text.
    pub(crate) key: &'static str,
    /// With which key, beside the browser's own, it is opened.
    pub(crate) shortcut: char,
    /// Whether it is the page being shown, or one below it.
    pub(crate) is_current: bool,
}

/// The key that leads to the search among the cases.
pub(crate) const SEARCH: char = 'q';

/// The key that leads to the list of shortcuts.
pub(crate) const SHORTCUTS: char = '0';

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

/// Every link, in the order shown: where to, its words, and the key that leads there together with
/// the browser's own. Of the letters, D, E and F belong to the browser on most machines.
const LINKS: [(&str, &str, char, Audience); 22] = [
    (routes::START, "navigation-start", '1', Audience::Everyone),
    (routes::REPORT, "navigation-report", '2', Audience::Everyone),
    (routes::FOLLOW_UP, "navigation-follow-up", '3', Audience::Visitors),
    (routes::REPORTS, "navigation-reports", '4', Audience::SignedIn),
    (routes::INBOX, "navigation-inbox", '5', Audience::Overview(Overview::Inbox)),
    (routes::CLOCKS, "navigation-clocks", '6', Audience::Overview(Overview::Clocks)),
    (routes::DECISIONS, "navigation-decisions", '7', Audience::Roles(&[Role::Controller])),
    (routes::MEASURES, "navigation-measures", '8', Audience::SignedIn),
    (routes::INQUIRIES, "navigation-inquiries", '9', Audience::SignedIn),
    (routes::DASHBOARD, "navigation-dashboard", 't', Audience::Overview(Overview::Statistics)),
    (routes::STATISTICS, "navigation-statistics", 'j', Audience::Overview(Overview::Statistics)),
    (routes::REGISTER, "navigation-register", 'r', Audience::Overview(Overview::Register)),
    (routes::REVIEWS, "navigation-reviews", 'g', Audience::Overview(Overview::Reviews)),
    (
        routes::ERASURE,
        "navigation-erasure",
        's',
        Audience::Roles(&[Role::Controller, Role::Archivist]),
    ),
    (routes::OPEN_CASE, "navigation-open-case", 'o', Audience::Roles(&OPENING_ROLES)),
    (routes::WHO_LOOKED, "navigation-who-looked", 'h', Audience::Overview(Overview::WhoLooked)),
    (routes::ABSENCE, "navigation-absence", 'b', Audience::Roles(&[Role::Dpo])),
    (routes::POST, "navigation-post", 'p', Audience::Overview(Overview::Post)),
    (
        routes::ADMINISTRATION,
        "navigation-administration",
        'a',
        Audience::Overview(Overview::Organisation),
    ),
    (routes::ACCESS_LOG, "navigation-access-log", 'i', Audience::Overview(Overview::AccessLog)),
    // The data protection officer is led there from who looked, and to the next one, too.
    (routes::AUDITS, "navigation-audits", 'k', Audience::Roles(&audits::READERS)),
    (routes::ALERTS, "navigation-alerts", 'u', Audience::Roles(&[Role::Auditor])),
];

/// The links for somebody with these roles, or for a visitor, on the page at `path`.
pub(crate) fn links(roles: Option<&Roles>, path: &str) -> Vec<Link> {
    LINKS
        .iter()
        .filter(|(.., audience)| match audience {
            Audience::Everyone => true,
            Audience::Visitors => roles.is_none(),
            Audience::SignedIn => roles.is_some(),
            Audience::Roles(some) => roles.is_some_and(|roles| roles.hold_any(some)),
            Audience::Overview(overview) => {
                roles.is_some_and(|roles| roles.hold_any(overview.roles()))
            }
        })
        .map(|(link, key, shortcut, _)| Link {
            path: link,
            key,
            shortcut: *shortcut,
            is_current: is_within(path, link),
        })
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
                "/dashboard",
                "/statistics",
                "/register",
                "/reviews",
                "/who-looked",
                "/absence",
                "/post"
            ]
        );
        assert_eq!(
            of(Role::Leader),
            [
                "/inbox",
                "/clocks",
                "/measures",
                "/inquiries",
                "/dashboard",
                "/statistics",
                "/reviews",
                "/open-case"
            ]
        );
        assert_eq!(
            of(Role::Controller),
            [
                "/inbox",
                "/clocks",
                "/decisions",
                "/measures",
                "/inquiries",
                "/dashboard",
                "/statistics",
                "/register",
                "/reviews",
                "/erasure",
                "/audits"
            ]
        );
        assert_eq!(
            of(Role::SecurityOfficer),
            [
                "/inbox",
                "/clocks",
                "/measures",
                "/inquiries",
                "/dashboard",
                "/statistics",
                "/register",
                "/reviews"
            ]
        );
        assert_eq!(of(Role::Archivist), ["/measures", "/inquiries", "/erasure", "/open-case"]);
        assert_eq!(
            of(Role::Auditor),
            ["/measures", "/inquiries", "/access-log", "/audits", "/alerts"]
        );
        assert_eq!(
            of(Role::Administrator),
            ["/measures", "/inquiries", "/post", "/administration"]
        );
    }

    #[test]
    fn every_shortcut_leads_to_one_page_and_none_is_the_browsers_own() {
        let mut shortcuts: Vec<char> =
            LINKS.iter().map(|link| link.2).chain([SHORTCUTS, SEARCH]).collect();
        shortcuts.sort_unstable();
        let all = shortcuts.len();
        shortcuts.dedup();
        assert_eq!(shortcuts.len(), all);
        assert!(!shortcuts.iter().any(|key| "def".contains(*key)));
        assert!(shortcuts.iter().all(|key| key.is_ascii_lowercase() || key.is_ascii_digit()));
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
