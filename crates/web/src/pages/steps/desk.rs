//! What a step's form is filled in with: the case as its handler sees it, and who is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::case::facts::Part;
use domain::case::proposed::Proposed;
use domain::case::state::OpenCase;
use domain::case::{Fact as CaseFact, Phase, Refusal};
use domain::category::{Category, CategoryId};
use domain::duty::{Condition, Duty, Verdict};
use domain::ids::UserId;
use domain::{Erasable, Role, Time};
use service::{CaseDuty, CaseSight, SignedIn, Step};
use strum::IntoEnumIterator;

use crate::App;
use crate::fault::Fault;
use crate::forms::{Choice, Field};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::case::When;
use crate::pages::case::advice::ShownAdvice;
use crate::pages::case::path::CasePath;
use crate::pages::case::report;
use crate::pages::case::wording::Wording;
use crate::routes;

/// Everything a form is made from.
pub(super) struct Desk {
    /// What the page has around it.
    pub(super) page: Page,
    /// Who fills the form in.
    pub(super) who: SignedIn,
    /// The case, as far as they see it.
    pub(super) seen: CaseSight,
    /// What people, units and categories are called.
    pub(super) names: Names,
    /// Whether the data protection officer decides under delegation.
    pub(super) is_delegated: bool,
    app: App,
}

/// One thing the form says about the case.
pub(super) struct Fact {
    /// What it is.
    pub(super) name: String,
    /// What it says.
    pub(super) value: String,
}

/// One field, by how it is drawn.
pub(super) enum Input {
    /// One line.
    Line(Field),
    /// Several lines, and how many are shown.
    Area(Field, u8),
    /// A whole number.
    Number(Field),
    /// A date and a time.
    Moment(Field),
    /// One of many.
    Select(Field),
    /// One of a few.
    Radios(Field),
    /// As many as apply.
    Ticks(Field),
    /// What the fields after it are about.
    Heading(String),
    /// The first actions of a category.
    FirstActions(FirstActions),
}

impl Input {
    /// Whether one of those it offers must be chosen, and it offers none.
    pub(super) fn offers_nothing(&self) -> bool {
        match self {
            Self::Select(field) | Self::Radios(field) => {
                field.note.is_none() && field.choices.is_empty()
            }
            _ => false,
        }
    }
}

/// The first actions that are offered when a case is received.
pub(super) struct FirstActions {
    /// The category they belong to.
    pub(super) category: CategoryId,
    /// The actions; none where the category has none.
    pub(super) actions: Vec<OfferedAction>,
    /// What is said where there are none.
    pub(super) none: &'static str,
}

/// A first action that is offered.
pub(super) struct OfferedAction {
    /// The tick, with what is to be done, and by when.
    pub(super) tick: Field,
    /// Who answers for it.
    pub(super) owner: Field,
}

impl Desk {
    /// Opens the case for somebody who may take the step.
    pub(super) async fn open(
        app: &App,
        by: Person,
        path: CasePath,
        step: Step,
    ) -> Result<Self, Fault> {
        let (case, _) = path.find(app)?;
        let seen = app.service().case_file(&by.who, case, routes::CASE_STEP).await?;
        if !seen.steps.contains(&step) {
            return Err(Fault::NotPermitted);
        }
        Ok(Self {
            names: Names::new(app, &by.page),
            is_delegated: app.service().settings().delegated_to_dpo,
            page: by.page,
            who: by.who,
            seen,
            app: app.clone(),
        })
    }

    /// What is known of the case.
    pub(super) fn known(&self) -> &OpenCase {
        &self.seen.file.known
    }

    /// The category the case is handled under, as it was when the case was received.
    pub(super) fn category(&self) -> Option<Arc<Category>> {
        self.app.service().category_of_case(self.known())
    }

    /// A category as it is now.
    pub(super) fn category_now(&self, id: &str) -> Option<&Category> {
        self.app.service().category(&id.parse().ok()?)
    }

    /// The facts that are asked for: those of every case, those that its duties depend on, and
    /// those that were found out before.
    pub(super) fn facts_asked(&self) -> BTreeSet<CaseFact> {
        let service = self.app.service();
        let jurisdiction = service.settings().duties.calendar.jurisdiction;
        let duties = service.duties().iter();
        let here = duties.filter(|duty| duty.jurisdictions.contains(&jurisdiction));
        let of_duties = here.flat_map(Duty::conditions).filter_map(|condition| match condition {
            Condition::Fact(fact) => Some(*fact),
            _ => None,
        });
        let of_every_case = CaseFact::iter().filter(|fact| fact.part() != Part::Duties);
        let known = self.known().facts();
        let known = known.iter().map(|(fact, _)| fact).collect::<Vec<_>>();
        of_duties.chain(of_every_case).chain(known).collect()
    }

    /// What is proposed, with where it was taken from: what recipients confirm comes before what
    /// the report says.
    pub(super) fn proposed(&self) -> Proposed {
        let report = &self.known().report;
        let category = self.app.service().category_of_report(report);
        self.confirmed().or(&Proposed::by(report, category.as_deref()))
    }

    /// What those confirm who got something by mistake.
    pub(super) fn confirmed(&self) -> Proposed {
        Proposed::confirmed(self.known().inquiries.values())
    }

    /// What the report says of a fact, in its own words: the questions and their answers.
    pub(super) fn said_of(&self, proposed: &Proposed, fact: CaseFact) -> Option<String> {
        let sources = proposed.sources.get(&fact)?;
        let report = &self.known().report;
        let category = self.app.service().category_of_report(report);
        let wording = Wording::new(&self.page, &self.names);
        let said: Vec<String> = sources
            .iter()
            .map(|source| report::said(&wording, report, category.as_deref(), source))
            .collect();
        Some(self.page.say_with("facts-said", &[("said", said.join("; "))]))
    }

    /// What the rules advise, as the case stands.
    pub(super) fn advice(&self) -> ShownAdvice {
        let wording = Wording::new(&self.page, &self.names);
        ShownAdvice::new(&wording, self.app.service(), &self.seen, When::Now).without_duties()
    }

    /// Whether the rules advise something that one could depart from.
    pub(super) fn is_advised(&self) -> bool {
        self.app.service().rule_shelf().advise(self.known()).is_some()
    }

    /// The duties of the case that can be recorded as done and were not.
    pub(super) fn duties_to_do(&self) -> Vec<Choice> {
        let duties = self.app.service().case_duties(&self.seen.file);
        let to_do = duties.iter().filter(|it| it.duty.is_recorded() && it.running_until.is_some());
        let language = self.page.language();
        to_do.map(|it| Choice::new(&it.duty.id, it.duty.title.text(language))).collect()
    }

    /// The duties whose clocks run, each by its title: when it is due, and whether it only may
    /// apply.
    pub(super) fn duties_running(&self) -> Vec<Fact> {
        let duties = self.app.service().case_duties(&self.seen.file);
        let running = |it: &CaseDuty| {
            let due = self.moment(it.running_until?);
            let key = match it.judgement.verdict {
                Verdict::Yes => "close-duty",
                Verdict::Unknown | Verdict::No => "close-duty-possible",
            };
            let name = it.duty.title.text(self.page.language()).to_owned();
            Some(Fact { name, value: self.page.say_with(key, &[("due", due)]) })
        };
        duties.iter().filter_map(running).collect()
    }

    /// Somebody to whom a first action is proposed: whoever holds the role nearest to the case's
    /// unit and is not involved, else whoever fills the form in.
    pub(super) fn suggested(&self, role: Role) -> UserId {
        let known = self.known();
        let organisation = self.app.service().organisation();
        let nearest =
            organisation.nearest(role, known.unit(), |user| known.involved.contains(&user));
        nearest.unwrap_or(self.who.user)
    }

    /// That nobody is at work on the case any more, if so.
    pub(super) fn closed(&self) -> Option<Refusal> {
        match self.seen.file.standing.phase() {
            Phase::Erased => Some(Refusal::CaseIsErased),
            phase => phase.is_closed().then_some(Refusal::CaseIsClosed),
        }
    }

    /// The deadline, while the clock runs.
    pub(super) fn running_until(&self) -> Option<Time> {
        self.seen.file.standing.running_deadline().map(domain::deadline::Deadline::due_at)
    }

    /// By when a question that is put now is to be answered, as a field takes it; nothing where the
    /// organisation has set itself no target.
    pub(super) fn answer_due(&self) -> Option<String> {
        let due_at = self.app.service().answer_due_at(self.page.now())?;
        Some(self.page.zone().input_value(due_at))
    }

    /// The time now, as a field takes it.
    pub(super) fn now(&self) -> String {
        self.page.zone().input_value(self.page.now())
    }

    /// A text, or the word for one that was erased.
    pub(super) fn text(&self, text: &Erasable<String>) -> String {
        text.text_or(&self.page.say("erased")).to_owned()
    }

    /// A moment in words.
    pub(super) fn moment(&self, at: Time) -> String {
        self.page.moment(&at).words().to_owned()
    }

    /// Something about the case, by the key of its name.
    pub(super) fn fact(&self, key: &str, value: String) -> Fact {
        Fact { name: self.page.say(key), value }
    }

    /// The values of an enumeration to choose from.
    pub(super) fn terms<T>(&self, family: &str) -> Vec<Choice>
    where
        T: strum::IntoEnumIterator + Into<&'static str>,
    {
        Choice::terms::<T>(self.page.texts(), family)
    }
}
