//! Every address, and what it shows.

use domain::Role;

/// What a look is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Case,
    List(&'static str),
    Search,
    Export(&'static str),
}

/// Who is refused, and with which status.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refused {
    pub(super) role: Role,
    pub(super) status: u16,
}

/// An address that shows something of a case, and the line that it leaves.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) address: &'static str,
    /// Somebody allowed; nobody signed in, by a secret in the address.
    pub(super) by: Option<Role>,
    pub(super) what: What,
    pub(super) ground: &'static str,
    pub(super) refused: Option<Refused>,
}

impl Look {
    /// The page in the line: the address without its method.
    pub(super) fn page(&self) -> &'static str {
        match self.address {
            // The words are sent as a body; the list is the same.
            "POST /api/v1/cases/search" => "/api/v1/cases",
            // The same page.
            "GET /cases/{year}/{sequence}/measures/{measure}/complete" => {
                "/cases/{year}/{sequence}/measures/{measure}"
            }
            // The same form.
            "GET /cases/{year}/{sequence}/letters/new/{kind}/{language}" => {
                "/cases/{year}/{sequence}/letters/{letter}/text/{language}"
            }
            address => address.split_once(' ').map_or(address, |(_, path)| path),
        }
    }
}

const fn case(
    address: &'static str,
    by: Role,
    ground: &'static str,
    refused: Option<Role>,
) -> Look {
    let refused = match refused {
        Some(role) => Some(Refused { role, status: 404 }),
        None => None,
    };
    Look { address, by: Some(by), what: What::Case, ground, refused }
}

const fn list(
    address: &'static str,
    by: Role,
    what: What,
    ground: &'static str,
    refused: Option<Role>,
) -> Look {
    let refused = match refused {
        Some(role) => Some(Refused { role, status: 403 }),
        None => None,
    };
    Look { address, by: Some(by), what, ground, refused }
}

const EMPLOYEE: Option<Role> = Some(Role::Employee);
const CONTROLLER: Option<Role> = Some(Role::Controller);

/// Every address that shows something of a case.
pub(super) const READS: &[Look] = &[
    list("GET /inbox", Role::Leader, What::List("inbox"), "leader", EMPLOYEE),
    list("POST /inbox", Role::Dpo, What::Search, "dpo", None),
    list("GET /decisions", Role::Controller, What::List("inbox"), "controller", EMPLOYEE),
    list("GET /clocks", Role::Leader, What::List("clocks"), "leader", EMPLOYEE),
    Look {
        address: "GET /calendar/{file}",
        by: Some(Role::Dpo),
        what: What::Export("calendar"),
        ground: "dpo",
        refused: None,
    },
    list("GET /reviews", Role::Leader, What::List("reviews"), "leader", EMPLOYEE),
    list("GET /api/v1/reviews", Role::Leader, What::List("reviews"), "leader", EMPLOYEE),
    list("GET /measures", Role::Archivist, What::List("measures"), "employee", None),
    list("GET /inquiries", Role::SystemOwner, What::List("inquiries"), "asked", None),
    list("GET /reports", Role::Employee, What::List("own_reports"), "employee", None),
    list("GET /register", Role::Controller, What::List("register"), "controller", EMPLOYEE),
    list("GET /register.csv", Role::Dpo, What::Export("register"), "dpo", EMPLOYEE),
    list("GET /register.xlsx", Role::Dpo, What::Export("register"), "dpo", EMPLOYEE),
    list("GET /register.pdf", Role::Dpo, What::Export("register"), "dpo", EMPLOYEE),
    list("GET /statistics", Role::Leader, What::List("statistics"), "leader", EMPLOYEE),
    list("GET /statistics.xlsx", Role::Dpo, What::Export("statistics"), "dpo", EMPLOYEE),
    list("GET /statistics/{table}", Role::Dpo, What::Export("statistics"), "dpo", EMPLOYEE),
    list("GET /dashboard", Role::Leader, What::List("statistics"), "leader", EMPLOYEE),
    list("GET /api/v1/statistics", Role::Leader, What::Export("statistics"), "leader", EMPLOYEE),
    list("GET /post", Role::Administrator, What::List("post"), "administrator", EMPLOYEE),
    list("GET /access-log", Role::Auditor, What::List("access_log"), "auditor", EMPLOYEE),
    list("GET /alerts", Role::Auditor, What::List("access_alerts"), "auditor", EMPLOYEE),
    list("GET /alerts/{line}/{rule}", Role::Dpo, What::List("access_alerts"), "dpo", EMPLOYEE),
    list("GET /who-looked", Role::Dpo, What::List("who_looked"), "dpo", CONTROLLER),
    list("GET /who-looked/print", Role::Dpo, What::Export("who_looked"), "dpo", CONTROLLER),
    list("GET /who-looked.csv", Role::Dpo, What::Export("who_looked"), "dpo", CONTROLLER),
    list("GET /audits", Role::Controller, What::List("audits"), "controller", EMPLOYEE),
    list("GET /openings", Role::Dpo, What::List("openings"), "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}", Role::Controller, "controller", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/{step}", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/compare", Role::Leader, "leader", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/similar", Role::Leader, "leader", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/archive", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/attach", Role::Dpo, "dpo", EMPLOYEE),
    case(
        "GET /cases/{year}/{sequence}/attachments/{attachment}",
        Role::SecurityOfficer,
        "security_officer",
        EMPLOYEE,
    ),
    case(
        "GET /cases/{year}/{sequence}/attachments/{attachment}/by-email",
        Role::Dpo,
        "dpo",
        EMPLOYEE,
    ),
    case("GET /cases/{year}/{sequence}/documents", Role::Leader, "leader", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/documents/{document}", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /api/v1/cases/{year}/{sequence}/documents/{document}", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters/new/{kind}/{language}", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters/{letter}", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters/{letter}/import", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters/{letter}/preview", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/letters/{letter}/recipients", Role::Dpo, "dpo", EMPLOYEE),
    case(
        "GET /cases/{year}/{sequence}/letters/{letter}/text/{language}",
        Role::Dpo,
        "dpo",
        EMPLOYEE,
    ),
    case("GET /api/v1/cases/{year}/{sequence}/letters", Role::Dpo, "dpo", EMPLOYEE),
    case(
        "GET /api/v1/cases/{year}/{sequence}/letters/{letter}/recipients",
        Role::Dpo,
        "dpo",
        EMPLOYEE,
    ),
    case("GET /cases/{year}/{sequence}/notification", Role::Leader, "leader", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/notification/record", Role::Dpo, "dpo", EMPLOYEE),
    case(
        "GET /cases/{year}/{sequence}/notification/own/{view}/{section}",
        Role::Dpo,
        "dpo",
        EMPLOYEE,
    ),
    case(
        "GET /cases/{year}/{sequence}/notification/sent/{notice}",
        Role::Controller,
        "controller",
        EMPLOYEE,
    ),
    case("GET /api/v1/cases/{year}/{sequence}/notification", Role::Leader, "leader", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/erase", Role::Archivist, "archivist", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/measures/{measure}", Role::Archivist, "employee", EMPLOYEE),
    case(
        "GET /cases/{year}/{sequence}/measures/{measure}/complete",
        Role::Leader,
        "leader",
        EMPLOYEE,
    ),
    case("GET /cases/{year}/{sequence}/measures/{measure}/verify", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/inquiries/{inquiry}", Role::SystemOwner, "asked", EMPLOYEE),
    case(
        "GET /cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}",
        Role::SystemOwner,
        "asked",
        EMPLOYEE,
    ),
    case("GET /cases/{year}/{sequence}/who-read", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /cases/{year}/{sequence}/who-read/report", Role::Dpo, "dpo", CONTROLLER),
    Look {
        address: "GET /answer/{secret}",
        by: None,
        what: What::Case,
        ground: "secret_link",
        refused: None,
    },
    Look {
        address: "GET /answer/{secret}/attachments/{attachment}",
        by: None,
        what: What::Case,
        ground: "secret_link",
        refused: None,
    },
    list("GET /api/v1/cases", Role::Leader, What::List("inbox"), "leader", EMPLOYEE),
    list("POST /api/v1/cases/search", Role::Dpo, What::Search, "dpo", EMPLOYEE),
    list("GET /api/v1/clocks", Role::Dpo, What::List("clocks"), "dpo", EMPLOYEE),
    list("GET /api/v1/clocks/questions", Role::Leader, What::List("clocks"), "leader", EMPLOYEE),
    list("GET /api/v1/measures", Role::Archivist, What::List("measures"), "employee", None),
    list("GET /api/v1/inquiries", Role::SystemOwner, What::List("inquiries"), "asked", None),
    list("GET /api/v1/register", Role::Dpo, What::Export("register"), "dpo", EMPLOYEE),
    list("GET /api/v1/who-looked", Role::Dpo, What::Export("who_looked"), "dpo", CONTROLLER),
    list("GET /api/v1/openings", Role::Dpo, What::List("openings"), "dpo", EMPLOYEE),
    list("GET /api/v1/audits", Role::Auditor, What::List("audits"), "auditor", EMPLOYEE),
    list("GET /api/v1/access-alerts", Role::Dpo, What::List("access_alerts"), "dpo", CONTROLLER),
    case("GET /api/v1/cases/{year}/{sequence}", Role::Leader, "leader", EMPLOYEE),
    case("GET /api/v1/cases/{year}/{sequence}/timeline", Role::Controller, "controller", EMPLOYEE),
    case("GET /api/v1/cases/{year}/{sequence}/similar", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /api/v1/cases/{year}/{sequence}/precedents", Role::Dpo, "dpo", EMPLOYEE),
    case("GET /api/v1/cases/{year}/{sequence}/erasure", Role::Archivist, "archivist", EMPLOYEE),
    case(
        "GET /api/v1/cases/{year}/{sequence}/attachments/{attachment}",
        Role::Controller,
        "controller",
        EMPLOYEE,
    ),
    case(
        "GET /api/v1/cases/{year}/{sequence}/inquiries/{inquiry}",
        Role::SystemOwner,
        "asked",
        EMPLOYEE,
    ),
    case(
        "GET /api/v1/cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}",
        Role::SystemOwner,
        "asked",
        EMPLOYEE,
    ),
    list(
        "GET /administration",
        Role::Administrator,
        What::List("organisation"),
        "administrator",
        EMPLOYEE,
    ),
];

/// Addresses that show nothing of any case, asked for by whom, and what they show instead.
pub(super) const NOTHING: &[(&str, Option<Role>, &str)] = &[
    ("GET /", None, "the ways on"),
    ("GET /sign-in", None, "a form"),
    ("GET /shortcuts", Some(Role::Dpo), "keys and where they lead"),
    ("GET /inbox/filters", Some(Role::Dpo), "one's own filters: categories, units, colleagues"),
    ("GET /password", Some(Role::Employee), "a form"),
    ("GET /report", None, "the categories"),
    ("GET /report/{category}", Some(Role::Employee), "a form"),
    ("GET /follow-up", None, "a form for the code"),
    ("GET /receipt", None, "a form"),
    ("GET /erasure", Some(Role::Archivist), "a form for a case number"),
    ("GET /open-case", Some(Role::Leader), "a form for a case number"),
    ("GET /absence", Some(Role::Dpo), "until when one is away oneself"),
    ("GET /administration/units/new", Some(Role::Administrator), "a form"),
    ("GET /administration/people/new", Some(Role::Administrator), "a form"),
    ("GET /administration/people/{user}", Some(Role::Administrator), "a member"),
    ("GET /administration/people/{user}/deactivate", Some(Role::Administrator), "a member"),
    ("GET /administration/tokens/new", Some(Role::Administrator), "a form"),
    ("GET /administration/tokens/{token}/revoke", Some(Role::Administrator), "a token's label"),
    ("GET /assets/{hash}/{name}", None, "the stylesheet"),
    ("GET /healthz", None, "that the process answers"),
    ("GET /readyz", None, "that the views are built"),
    ("GET /api/v1/categories", Some(Role::Employee), "what a report can be about"),
    ("GET /api/v1/units", Some(Role::Employee), "the units"),
    ("GET /api/v1/people", Some(Role::Dpo), "the members"),
    ("POST /api/v1/assessments/preview", Some(Role::Dpo), "advice on facts sent, of no case"),
    ("POST /receipt", None, "whether a receipt was signed here"),
    ("POST /sign-in", None, "a form"),
    ("POST /follow-up", None, "a form, to whoever has no code"),
    ("POST /api/v1/absence", Some(Role::Employee), "nothing: a change of one's own"),
];

/// Addresses that show whoever asks what they wrote themselves, and why that is not noted.
pub(super) const OWN: &[(&str, &str)] = &[
    ("POST /follow-up/add", "the reporter's own report: a line would tell when they were there"),
    ("POST /follow-up/answer", "the reporter's own report, as above"),
];

/// Addresses that are tried elsewhere, and where: they take a letter that was signed and sent, a
/// signed receipt, or a management review, which shows nothing of any case.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    ("GET /cases/{year}/{sequence}/letters/{letter}/bundles/{bundle}", "letters/sending.rs"),
    ("POST /receipt/pdf", "documents.rs"),
    ("GET /api/v1/reviews/{review}", "reviews/api.rs"),
    ("GET /api/v1/reviews/{review}/document", "reviews/api.rs"),
    ("GET /api/v1/reviews/{review}/figures", "reviews/api.rs"),
    ("GET /reviews/{review}", "reviews.rs"),
    ("GET /reviews/{review}/attach", "reviews.rs"),
    ("GET /reviews/{review}/document", "reviews.rs"),
    ("GET /reviews/{review}/files/{file}", "reviews.rs"),
    ("GET /reviews/{review}/inquiries/{part}", "reviews.rs"),
    ("GET /reviews/{review}/resolutions/{part}", "reviews.rs"),
    ("GET /reviews/{review}/{step}", "reviews.rs"),
];
