//! Every role, every action, every kind of case: what the service permits, as one table that stands
//! in `docs/PERMISSIONS.md`.
//!
//! After a change that is meant: `AVVIK_TEST_WRITE_PERMISSIONS=1 cargo test -p tests --test it
//! permissions::matrix`, then read what changed in the document, and commit it.

mod kinds;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use domain::case::Acting;
use domain::case::letter::KeptFile;
use domain::ids::AttachmentId;
use domain::review::event::{Approval, Basis};
use domain::review::{self, Review, ReviewNumber, evolve};
use domain::{Actor, Erasable, Position, Role, Time};
use service::permit::{self, Overview, Sight};
use service::{ReviewStep, Step};
use strum::IntoEnumIterator;

use self::kinds::{Kind, somebody};

const INTRODUCTION: &str = "\
# Permissions

Who may do what, as `crates/service/src/permit.rs` hands it out. This page is written by the test
`tests/it/permissions/matrix.rs`, which fails where the page and the code differ; how to write it
anew stands at the top of that file. Why it is so:
`docs/decisions/0004-need-to-know-before-receipt.md` and `docs/decisions/0016-need-to-know.md`.

A permit is the first gate. The case may still say no to a step, with the reason and what to do
instead: a closed case takes few steps, and whoever is data protection officer never closes one
(GDPR art. 38(6)). Somebody with several roles has what each of them gives; whoever is named as
involved has nothing through any.
";

const DELEGATION: &str = "\
## Deciding on the authority

Whether the authority is notified is the controller's decision, and the data protection officer's
where the settings delegate it. What the case answers:
";

const REVIEWS: &str = "\
## Management reviews

Whoever is asked for something in a review answers that, and whoever answers for what was resolved
says that it is done, in any role; they see that and nothing else of the review. Those who took part
read it once it is approved, except through keeping the house or its traces. What the code hands out
to a role by itself:
";

fn header(first: &str) -> String {
    let roles: Vec<String> = Role::iter().map(|role| format!("`{}`", word(role))).collect();
    let line = "|---".repeat(roles.len() + 1);
    format!("| {first} | {} |\n{line}|\n", roles.join(" | "))
}

fn word(value: impl Into<&'static str>) -> &'static str {
    value.into()
}

fn row(first: &str, cells: impl Iterator<Item = &'static str>) -> String {
    format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn yes(permitted: bool) -> &'static str {
    if permitted { "yes" } else { "-" }
}

fn overviews() -> String {
    let mut text = format!("\n## Overviews\n\n{}", header("overview"));
    for overview in Overview::iter() {
        let may = |role| yes(permit::for_overview(&somebody(role), overview).is_some());
        text.push_str(&row(&format!("`{}`", word(overview)), Role::iter().map(may)));
    }
    text
}

/// What one role has of one kind of case.
struct Had {
    sight: Option<Sight>,
    steps: Vec<Step>,
    opens: bool,
}

fn had(role: Role, kind: Kind) -> Had {
    let (who, case) = (kind.somebody(role), kind.case());
    let permit = permit::for_case(&who, &case, &kind.organisation(), kind.owns(), kinds::now());
    let sight = permit.as_ref().and_then(permit::CasePermit::sight);
    let erases = permit::for_erasure(&who, &case).is_some();
    let receipts = permit::for_archive_receipt(&who, &case).is_some();
    let asked = permit::for_respondent(&who, &case).filter(|_| kind == Kind::Asked);
    let has = |step: &Step| {
        permit.as_ref().is_some_and(|permit| permit.steps().contains(step))
            || asked.as_ref().is_some_and(|permit| permit.steps().contains(step))
            || (*step == Step::Erase && erases)
            || (*step == Step::ReceiptArchive && receipts)
    };
    let steps = Step::iter().filter(has).collect();
    Had { sight, steps, opens: permit::for_opening(&who, &case).is_some() && sight.is_none() }
}

/// The table of one kind of case: what is seen, every step, and the way in outside one's role.
/// Steps that the same roles take share a row.
fn table(kind: Kind) -> String {
    let all: Vec<Had> = Role::iter().map(|role| had(role, kind)).collect();
    let sight = |it: &Had| match it.sight {
        Some(Sight::Everything) => "everything",
        Some(Sight::WithoutReporter) => "without the reporter",
        None => "-",
    };
    let mut text = header("action") + &row("see the case", all.iter().map(sight));
    let mut rows: BTreeMap<Vec<bool>, Vec<String>> = BTreeMap::new();
    for step in Step::iter() {
        let takers = all.iter().map(|it| it.steps.contains(&step)).collect();
        rows.entry(takers).or_default().push(format!("`{}`", word(step)));
    }
    for (takers, steps) in rows.iter().rev() {
        text.push_str(&row(&steps.join(", "), takers.iter().map(|it| yes(*it))));
    }
    text + &row("open it outside one's role", all.iter().map(|it| yes(it.opens)))
}

/// A chapter for each table, named after the kinds of case it holds for.
fn cases() -> String {
    let mut tables: Vec<(String, Vec<Kind>)> = Vec::new();
    for kind in Kind::iter() {
        let table = table(kind);
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, kinds)) => kinds.push(kind),
            None => tables.push((table, vec![kind])),
        }
    }
    let mut text = "\n## Cases\n".to_owned();
    for (table, kinds) in tables {
        let list: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
        let list = list.join("\n- ");
        write!(text, "\nA case of this kind:\n\n- {list}\n\n{table}").expect("a string takes all");
    }
    text
}

fn delegation() -> String {
    let mut text = format!("\n{DELEGATION}\n{}", header("decided by"));
    for delegated in [false, true] {
        let first = if delegated { "delegated" } else { "not delegated" };
        let hears = |role| yes(kinds::decides(&Acting::user(kinds::SOMEBODY, [role]), delegated));
        text.push_str(&row(first, Role::iter().map(hears)));
    }
    text
}

/// Who sees a review that is prepared, or approved, and who takes which step in it.
fn reviews() -> String {
    let mut text = format!("\n{REVIEWS}\n{}", header("action"));
    for (words, review) in
        [("see one that is prepared", begun()), ("see an approved one", approved())]
    {
        let sees = |role| permit::for_review(&somebody(role), &review).is_some_and(|it| it.sees);
        text.push_str(&row(words, Role::iter().map(|role| yes(sees(role)))));
    }
    for step in ReviewStep::iter() {
        let takes = |role| yes(step.roles().contains(&role));
        text.push_str(&row(&format!("`{}`", word(step)), Role::iter().map(takes)));
    }
    text
}

fn begun() -> Review {
    let day = Time::UNIX_EPOCH.date_naive();
    let number = ReviewNumber { year: 2026, sequence: 1 };
    let event = review::Event::ReviewBegun { number, first: day, last: day, previous: None };
    evolved(Review::Unbegun, &event)
}

fn approved() -> Review {
    let sha256 = Erasable::known(String::new());
    let document = KeptFile { file: AttachmentId::FIRST, length: 0, sha256 };
    let made_from = Basis { position: Position(1), template: 1 };
    let approval = Approval { made_from, document, next_due_at: Time::UNIX_EPOCH };
    evolved(begun(), &review::Event::ReviewApproved(Box::new(approval)))
}

fn evolved(review: Review, event: &review::Event) -> Review {
    evolve(review, review::Fact { event, at: Time::UNIX_EPOCH, by: Actor::Service })
}

fn document() -> String {
    format!("{INTRODUCTION}{}{}{}{}", overviews(), cases(), delegation(), reviews())
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/PERMISSIONS.md")
}

#[test]
fn the_document_says_what_the_code_permits() {
    if std::env::var_os("AVVIK_TEST_WRITE_PERMISSIONS").is_some() {
        std::fs::write(path(), document()).unwrap();
    }
    let written = std::fs::read_to_string(path()).unwrap();
    assert!(
        written == document(),
        "docs/PERMISSIONS.md is not what the code permits. If the change is meant, write it anew: \
         AVVIK_TEST_WRITE_PERMISSIONS=1 cargo test -p tests --test it permissions::matrix"
    );
}

#[test]
fn a_difference_of_one_cell_is_seen() {
    let table = table(Kind::OwnUnit);
    assert!(table.contains("| `receive`"), "{table}");
    assert_ne!(table, table.replacen("yes", "-", 1));
    assert_ne!(table, self::table(Kind::OtherUnit));
}

#[test]
fn nobody_involved_and_nobody_with_a_one_time_password_has_anything() {
    for (role, kind) in every(&[
        Kind::Involved,
        Kind::InvolvedDeputy,
        Kind::InvolvedInAudited,
        Kind::OneTimePassword,
    ]) {
        let had = had(role, kind);
        let nothing = had.sight.is_none() && had.steps.is_empty() && !had.opens;
        assert!(nothing, "{role:?}: {kind:?}");
    }
}

#[test]
fn only_the_data_protection_officer_sees_who_reported() {
    for (role, kind) in every(&Kind::iter().collect::<Vec<_>>()) {
        let everything = had(role, kind).sight == Some(Sight::Everything);
        assert!(!everything || role == Role::Dpo, "{role:?}: {kind:?}");
    }
}

#[test]
fn whoever_keeps_the_house_sees_no_case_unless_granted_and_others_only_as_a_deputy() {
    let keepers = [Role::Auditor, Role::Administrator];
    let others = [Role::SystemOwner, Role::Employee];
    for (role, kind) in every(&Kind::iter().collect::<Vec<_>>()) {
        let stands_in = others.contains(&role) && kind == Kind::DeputyWhileAway;
        if keepers.contains(&role) || (others.contains(&role) && !stands_in) {
            let had = had(role, kind);
            let is_granted = role == Role::Auditor && kind == Kind::Audited;
            let sight = is_granted.then_some(Sight::WithoutReporter);
            assert_eq!(had.sight, sight, "{role:?}: {kind:?}");
            assert!(!had.opens, "{role:?}: {kind:?}");
            let owned: &[Step] = match kind {
                Kind::MeasureOwner => &[Step::CompleteMeasure],
                Kind::Asked if role == Role::SystemOwner => {
                    &[Step::AnswerInquiry, Step::Contribute]
                }
                Kind::Asked => &[Step::AnswerInquiry],
                _ => &[],
            };
            assert_eq!(had.steps, owned, "{role:?}: {kind:?}");
        }
    }
}

#[test]
fn a_case_opened_outside_the_role_is_read_and_nothing_else() {
    for role in permit::OPENING_ROLES {
        let erases = had(role, Kind::Closed).steps;
        let had = had(role, Kind::OpenedOutsideRole);
        assert_eq!(had.sight, Some(Sight::WithoutReporter), "{role:?}");
        assert_eq!(had.steps, erases, "{role:?}: what they did before, and no more");
        assert_eq!(self::had(role, Kind::OpeningOver).sight, None, "{role:?}");
    }
}

#[test]
fn what_was_granted_for_an_audit_changes_nothing_for_those_who_are_no_auditors() {
    for role in Role::iter().filter(|role| *role != Role::Auditor) {
        let (before, granted) = (had(role, Kind::ClosedElsewhere), had(role, Kind::Audited));
        assert_eq!(granted.sight, before.sight, "{role:?}");
        assert_eq!(granted.steps, before.steps, "{role:?}");
    }
    for over in [Kind::AuditOver, Kind::AuditRevoked] {
        assert_eq!(table(over), table(Kind::ClosedElsewhere), "{over:?}");
    }
}

#[test]
fn how_open_the_reporter_is_changes_nothing_about_who_sees_the_case() {
    for kind in [Kind::Confidential, Kind::Anonymous] {
        assert_eq!(table(kind), table(Kind::OwnUnit), "{kind:?}");
    }
}

fn every(kinds: &[Kind]) -> impl Iterator<Item = (Role, Kind)> + '_ {
    Role::iter().flat_map(|role| kinds.iter().map(move |kind| (role, *kind)))
}
