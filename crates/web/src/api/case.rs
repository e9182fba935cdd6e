//! One case, as the token's holder may see it.

pub(crate) mod archive;
pub(crate) mod confirmation;
pub(crate) mod dealings;
pub(crate) mod held;
pub(crate) mod parts;

use axum::Json;
use chrono::{DateTime, Utc};
use domain::organisation::Organisation;
use serde::Serialize;
use service::{CaseSight, Sight};
use utoipa::ToSchema;
use uuid::Uuid;

use self::dealings::{Contribution, Inquiry, Letter, Linked, Note, PeopleTold, Referral};
use self::held::PeopleDecided;
use self::parts::{
    Assessment, Authority, Measure, PersonInCase, Question, Reported, ReportedBy, SentMemo,
    SevereReason,
};
use super::asked::{AsOf, CasePath, InCase, Language, Query};
use super::assessments::{Advised, Severity};
use super::attachments::Attachment;
use super::categories::BreachedRule;
use super::duties::CaseDuty;
use super::facts::FactsBody;
use super::failure::Failure;
use super::problem::Remaining;
use super::problems::CaseProblems;
use super::refused::remaining;
use super::shapes::{Clock, Member, text};
use super::words::{Phase, Step, Word};

/// A case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Case {
    /// The number people use, such as `2026/17`.
    number: String,
    /// The year in it.
    year: u16,
    /// The number within the year.
    sequence: u32,
    /// Where the case stands.
    phase: Phase,
    /// When the report came in.
    reported_at: DateTime<Utc>,
    /// The category it is handled under, else as reported.
    category: String,
    /// The version of that category, as it was then; `null` where that is not known.
    category_version: Option<u32>,
    /// The rules that such a deviation usually breaches, as the category had them then.
    rules: Vec<BreachedRule>,
    /// Why the report was found severe; empty if it was not.
    severe: Vec<SevereReason>,
    /// The unit it belongs to, else as reported.
    unit: Uuid,
    /// Who handles it, once it was received.
    handler: Option<Member>,
    /// Until when the handler is away, if they are.
    handler_away_until: Option<DateTime<Utc>>,
    /// Who handles it while the handler is away.
    deputy: Option<Member>,
    /// The 72 hours.
    clock: Clock,
    /// Every duty the case was judged by, those that apply or may first, the soonest on top.
    duties: Vec<CaseDuty>,
    /// What is known of the case, fact by fact.
    facts: FactsBody,
    /// How severe the breach is, by the facts that were found out; `null` where none were.
    severity: Option<Severity>,
    /// What the rules advise on them as things stand; `null` where none were found out, of a case
    /// that is closed, and as of an earlier moment: what was advised then stands with the
    /// assessment.
    advice: Option<Advised>,
    /// What was reported.
    report: Reported,
    /// Who reported, for the data protection officer alone; `null` for everybody else.
    reporter: Option<ReportedBy>,
    /// Those whose data can be erased apart from the rest of the case, for the data protection
    /// officer alone.
    persons: Vec<PersonInCase>,
    /// Those named as involved, who never see the case through a role; for the data protection
    /// officer alone, empty for everybody else.
    involved: Vec<Member>,
    /// Questions to the reporter.
    questions: Vec<Question>,
    /// What the reporter added since; `null` for what was erased.
    additions: Vec<Option<String>>,
    /// The files attached to it; what the reporter attached, for the data protection officer
    /// alone.
    attachments: Vec<Attachment>,
    /// The latest assessment.
    assessment: Option<Assessment>,
    /// The question of notifying the authority.
    authority: Authority,
    /// The decision on telling the people affected.
    people_decision: Option<PeopleDecided>,
    /// Every time people affected were told.
    people_told: Vec<PeopleTold>,
    /// The measures.
    measures: Vec<Measure>,
    /// The latest memo.
    memo: Option<SentMemo>,
    /// Its packages for the archive, the first one first.
    archive: Vec<archive::Package>,
    /// Questions to those who are to help.
    inquiries: Vec<Inquiry>,
    /// Statements of those who are heard, in every version.
    contributions: Vec<Contribution>,
    /// Notes of those who handle the case; empty for leaders.
    notes: Vec<Note>,
    /// What was referred elsewhere; the details of a personnel matter are for those who need them.
    referrals: Vec<Referral>,
    /// Letters to and from the authority.
    correspondence: Vec<Letter>,
    /// The cases it is of a kind with.
    linked: Vec<Linked>,
    /// The numbers of the cases that went on in this one.
    duplicates: Vec<String>,
    /// The number of the case it goes on in, if it ended so.
    merged_into: Option<String>,
    /// Why the case was taken up again, if it was closed before.
    reopened: Option<String>,
    /// What remains before the case can close; nothing once it is closed.
    outstanding: Vec<Remaining>,
    /// What the token's holder may do. The rules may still say no, and then say why.
    steps: Vec<Step>,
}

/// Show a case
///
/// Everything that is known of it, or was at a moment, and that the token's holder may see.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}", tag = super::CASES, operation_id = "show_case",
    params(CasePath, AsOf),
    responses(
        (status = 200, description = "The case.", body = Case),
        CaseProblems,
    ),
)]
pub(crate) async fn show(
    InCase { caller, case }: InCase,
    Query(as_of): Query<AsOf>,
    Language(language): Language,
) -> Result<Json<Case>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}";
    let seen = caller.service().case_file(&caller.who, case, page).await?;
    let (seen, now) = as_of.of(seen, caller.service().now())?;
    let known = &seen.file.known;
    let asked = caller.service().category_of_report(&known.report);
    let handled = caller.service().category_of_case(known);
    let organisation = caller.service().organisation();
    let mut case = Case::new(&seen, &organisation, now);
    case.report = Reported::new(&known.report, asked.as_deref());
    if let Some(receipt) = &known.receipt {
        let absences = &caller.service().views().absences;
        case.handler_away_until = absences.away_until(receipt.handler, now);
    }
    case.rules = handled.iter().flat_map(|it| BreachedRule::all(it, language)).collect();
    if as_of.is_now(caller.service().now()) && !seen.file.standing.phase().is_closed() {
        let rules = caller.service().rule_shelf();
        let advised = rules.advise(known);
        case.advice = advised.map(|(advice, version)| Advised::new(&advice, version, language));
    }
    let duties = caller.service().case_duties(&seen.file);
    case.duties = duties.iter().map(|it| CaseDuty::new(it, language, now)).collect();
    let reason = |it| SevereReason::new(it, asked.as_deref(), language);
    case.severe = known.severe.iter().map(reason).collect();
    Ok(Json(case))
}

impl Case {
    fn new(seen: &CaseSight, organisation: &Organisation, now: DateTime<Utc>) -> Self {
        let (known, standing) = (&seen.file.known, &seen.file.standing);
        let phase = standing.phase();
        let member = |user| Member::new(organisation, user);
        let receipt = known.receipt.as_ref();
        let outstanding = if phase.is_closed() { Vec::new() } else { known.outstanding() };
        Self {
            number: known.report.number.to_string(),
            year: known.report.number.year,
            sequence: known.report.number.sequence,
            phase: Word(phase),
            reported_at: known.reported_at,
            category: known.category().to_string(),
            category_version: known.category_version(),
            rules: Vec::new(),
            severe: Vec::new(),
            unit: known.unit().0,
            handler: receipt.map(|receipt| member(receipt.handler)),
            handler_away_until: None,
            deputy: receipt.and_then(|receipt| receipt.deputy).map(member),
            clock: Clock::new(standing, now),
            duties: Vec::new(),
            facts: FactsBody(known.facts()),
            severity: known.severity().as_ref().map(Severity::new),
            advice: None,
            report: Reported::new(&known.report, None),
            reporter: match seen.sight {
                Sight::Everything => Some(ReportedBy::new(&known.report.reporter)),
                Sight::WithoutReporter => None,
            },
            persons: match seen.sight {
                Sight::Everything => PersonInCase::all(known, organisation),
                Sight::WithoutReporter => Vec::new(),
            },
            involved: known.involved.iter().map(|(_, user)| member(user)).collect(),
            questions: known.questions.iter().map(Question::new).collect(),
            additions: known.additions.iter().map(text).collect(),
            attachments: known.attachments.iter().map(Attachment::new).collect(),
            assessment: known.assessment.as_ref().map(Assessment::new),
            authority: Authority::new(&known.authority),
            people_decision: known.people.as_ref().map(PeopleDecided::new),
            people_told: known.told.iter().map(PeopleTold::new).collect(),
            measures: known
                .measures
                .iter()
                .map(|(id, measure)| Measure::new(*id, measure, organisation, now))
                .collect(),
            memo: known.memo.as_ref().map(|memo| SentMemo::new(memo, organisation)),
            archive: archive::Package::all(&known.archive),
            inquiries: known
                .inquiries
                .iter()
                .map(|it| Inquiry::new(it, organisation, now))
                .collect(),
            contributions: known
                .contributions
                .iter()
                .map(|it| Contribution::new(it, organisation))
                .collect(),
            notes: known.notes.iter().map(|it| Note::new(it, organisation)).collect(),
            referrals: known.referrals.iter().map(Referral::new).collect(),
            correspondence: known.correspondence.iter().map(Letter::new).collect(),
            linked: known.linked.iter().map(Linked::new).collect(),
            duplicates: known.duplicates.iter().map(|it| it.number.to_string()).collect(),
            merged_into: seen.file.merged_into().map(|it| it.number.to_string()),
            reopened: known.reopened.as_ref().and_then(text),
            outstanding: outstanding.iter().map(remaining).collect(),
            steps: seen.steps.iter().copied().map(Word).collect(),
        }
    }
}
