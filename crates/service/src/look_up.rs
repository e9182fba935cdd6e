//! Looking things up: every read and every search leaves a line in the access log, before anything
//! is shown.

use std::ops::Range;

use domain::case::Phase;
use domain::ids::{CaseId, CaseNumber, MeasureId};
use domain::{Actor, Erasable, Position, Role, Time};
use journal::{Access, AccessLine};
use views::inbox::{Filter, Row};
use views::{CaseFile, measures};

use crate::error::LookUpError;
use crate::open::Service;
use crate::permit::{self, Ground, Overview, Sight, SignedIn, Step};
use crate::search::Found;

/// The ground of a look that was refused.
pub const REFUSED: &str = "refused";

/// A case as somebody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSight {
    /// The case, without what they may not see.
    pub file: CaseFile,
    /// How much of it they see.
    pub sight: Sight,
    /// What they may do.
    pub steps: std::collections::BTreeSet<Step>,
    /// Whether they see the details of matters between the employer and those employed.
    pub sees_personnel: bool,
}

impl CaseSight {
    /// The case as it was known at a moment, as far as they may see it now; nothing where it was
    /// not reported yet. Nothing can be done to what was.
    #[must_use]
    pub fn as_of(&self, moment: Time) -> Option<Self> {
        let file = self.file.as_of(moment)?;
        let steps = std::collections::BTreeSet::new();
        Some(Self { file, steps, ..*self })
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// How many items there are in all.
    pub total: usize,
    /// Whether everything was looked through. For a while after a start, texts are still being
    /// taken in that a search cannot find yet.
    pub is_whole: bool,
}

impl Service {
    /// The list of cases somebody may see, filtered: running clocks first, the soonest on top. Of
    /// all there are, `pick` says which are wanted.
    pub async fn inbox(
        &self,
        who: &SignedIn,
        filter: &Filter,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<Row>, LookUpError> {
        let ground = overview(who, Overview::Inbox)?;
        let part = self.listed(who, filter, pick).await;
        let what = if filter.is_search() {
            Access::Search { words: Erasable::known(filter.words.clone()) }
        } else {
            list(Overview::Inbox)
        };
        let rows = part.as_ref().map_or(0, |part| part.items.len());
        self.note_rows(who, what, page, ground, rows).await?;
        part
    }

    /// What a filter lists for somebody, not noted yet.
    async fn listed(
        &self,
        who: &SignedIn,
        filter: &Filter,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<Row>, LookUpError> {
        let found =
            if filter.is_search() { Some(self.cases_saying(who, filter).await?) } else { None };
        let views = self.views();
        let organisation = &views.organisation;
        // A list is for finding a case; who reported is on the case's own page, if anywhere.
        let shown = |row: &Row| row.clone().without_reporter();
        // Whoever sees all but their own gets a page without anybody looking at every row.
        if permit::sees_every_other_case(who)
            && let Some(known) = views.inbox.known(filter, who.user)
        {
            let rows = known.rows(pick(known.total));
            let items = rows.into_iter().map(shown).collect();
            return Ok(Part { items, total: known.total, is_whole: true });
        }
        let now = self.now();
        let is_found = |row: &Row| found.as_ref().is_none_or(|it| it.cases.contains(&row.case));
        let sees = |row: &Row| is_found(row) && permit::sees(who, row, organisation, now);
        let rows = views.inbox.list(filter, organisation, sees);
        let rows: Vec<&Row> = rows.collect();
        let total = rows.len();
        let wanted = pick(total);
        let items = rows.into_iter().skip(wanted.start).take(wanted.len()).map(shown).collect();
        Ok(Part { items, total, is_whole: found.is_none_or(|found| found.is_whole) })
    }

    /// The cases whose texts, as far as they may read them, hold the words looked for.
    async fn cases_saying(&self, who: &SignedIn, filter: &Filter) -> Result<Found, LookUpError> {
        let (words, position) = (filter.words.trim(), self.views().position);
        if let Some(case) = words.parse().ok().and_then(|number| self.find_case(number)) {
            return Ok(Found { cases: [case].into(), is_whole: true });
        }
        let found = self.texts().find(words, permit::circles(who), position).await;
        found.map_err(LookUpError::Search)
    }

    /// The cases that wait for the controller's decision on closing.
    pub async fn awaiting_closure(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<Row>, LookUpError> {
        let filter = Filter { phase: Some(Phase::AwaitingClosure), ..Filter::default() };
        Ok(self.inbox(who, &filter, page, |total| 0..total).await?.items)
    }

    /// The open cases in which the 72 hours run and nobody has decided on notification.
    pub async fn undecided(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<Row>, LookUpError> {
        let ground = overview(who, Overview::Inbox)?;
        let open = Filter { closed: Some(false), ..Filter::default() };
        let mut rows = self.listed(who, &open, |total| 0..total).await?.items;
        rows.retain(|row| {
            let standing = &row.standing;
            standing.running_deadline().is_some() && standing.authority_decision().is_none()
        });
        self.note_rows(who, list(Overview::Inbox), page, ground, rows.len()).await?;
        Ok(rows)
    }

    /// The reports somebody filed under their own name, openly or in confidence. The line in the
    /// access log names no case, since it would tell who reported it.
    pub async fn own_reports(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<Row>, LookUpError> {
        own(who)?;
        self.note(who, Access::List("own_reports".to_owned()), page, Role::Employee).await?;
        let views = self.views();
        let is_own = |row: &Row| row.reporter == Some(who.user);
        let every = Filter::default();
        let rows = views.inbox.list(&every, &views.organisation, is_own);
        Ok(rows.cloned().collect())
    }

    /// The case with a number.
    #[must_use]
    pub fn find_case(&self, number: CaseNumber) -> Option<CaseId> {
        self.views().inbox.case(number)
    }

    /// Whether somebody may open the case itself, so that a page knows whether to lead there. It
    /// shows nothing, and is noted nowhere.
    #[must_use]
    pub fn may_see_case(&self, who: &SignedIn, case: CaseId) -> bool {
        let views = self.views();
        let permit =
            |row| permit::for_case(who, row, &views.organisation, false, self.now())?.sight();
        views.inbox.row(case).and_then(permit).is_some()
    }

    /// One case, as somebody may see it.
    pub async fn case_file(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<CaseSight, LookUpError> {
        let permit = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            permit::for_case(who, row, &views.organisation, false, self.now())
        };
        let Some((permit, sight)) = permit.and_then(|it| it.sight().map(|sight| (it, sight)))
        else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let file = CaseFile::fold(case, &stream).ok_or(LookUpError::NotFound)?;
        // Whoever looks into the openings of a case sees which there are.
        let looks_into = permit.steps().contains(&Step::ReviewOpening);
        let openings = looks_into.then(|| file.known.openings.clone());
        let mut file = match sight {
            Sight::Everything => file,
            // A deputy goes on with what the handler asked the reporter.
            Sight::WithoutReporter if permit.ground() == Ground::Deputy => {
                file.without_reporter_and_involved()
            }
            Sight::WithoutReporter => file.without_dialogue().without_reporter_and_involved(),
        };
        file.known.openings = openings.unwrap_or_default();
        let steps = permit.steps().clone();
        let (file, sees_personnel) = match permit.ground() {
            // To open it for a purpose gives nobody more than the case's own leader sees, nor does
            // being granted it.
            Ground::Role(Role::Leader) | Ground::OutsideRole | Ground::Granted => {
                (file.without_notes().without_personnel_details(), false)
            }
            Ground::Role(Role::SecurityOfficer) => (file.without_personnel_details(), false),
            Ground::Role(_) | Ground::Deputy | Ground::Asked | Ground::SecretLink => (file, true),
        };
        let writes = [Step::PrepareLetters, Step::SignLetters].iter().any(|it| steps.contains(it));
        let file = if writes { file } else { file.without_letters() };
        let archives = steps.contains(&Step::Archive);
        let file = if archives { file } else { file.without_shielded_words() };
        let file = self.naming_what_they_see(who, file);
        Ok(CaseSight { file, sight, steps, sees_personnel })
    }

    /// The measures somebody answers for, and those of the cases they see.
    pub async fn measures(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<measures::Row>, LookUpError> {
        own(who)?;
        self.note(who, Access::List("measures".to_owned()), page, Role::Employee).await?;
        let (views, now) = (self.views(), self.now());
        let sees = |row: &measures::Row| {
            let sees = |case| permit::sees_measure(who, case, &views.organisation, row.owner, now);
            views.inbox.row(row.case).is_some_and(sees)
        };
        Ok(views.measures.list(sees).into_iter().cloned().collect())
    }

    /// One measure somebody answers for or sees.
    pub async fn measure(
        &self,
        who: &SignedIn,
        case: CaseId,
        measure: MeasureId,
        page: &'static str,
    ) -> Result<measures::Row, LookUpError> {
        let (row, permit) = {
            let views = self.views();
            let row = views.measures.row(case, measure).ok_or(LookUpError::NotFound)?.clone();
            let owns = row.owner == who.user;
            let case = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            (row, permit::for_case(who, case, &views.organisation, owns, self.now()))
        };
        let Some(permit) = permit else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        Ok(row)
    }

    /// The latest `limit` lines of the access log, or the latest before a position, in order, for
    /// those who review it. Reading it is noted too.
    pub async fn access_log(
        &self,
        who: &SignedIn,
        before: Option<Position>,
        limit: u16,
        page: &'static str,
    ) -> Result<Vec<(Position, AccessLine)>, LookUpError> {
        let ground = overview(who, Overview::AccessLog)?;
        self.note(who, list(Overview::AccessLog), page, ground).await?;
        let last = self.journal().last_access().await.map_err(LookUpError::Read)?;
        let until = before.map_or(last.0, |before| last.0.min(before.0.saturating_sub(1)));
        let after = until.saturating_sub(u64::from(limit));
        let wanted = usize::try_from(until - after).expect("a 16-bit number of lines");
        self.journal().read_accesses(Position(after), wanted).await.map_err(LookUpError::Read)
    }

    pub(crate) async fn note_list(
        &self,
        who: &SignedIn,
        overview: Overview,
        page: &'static str,
        ground: impl Into<Ground>,
    ) -> Result<(), LookUpError> {
        self.note(who, list(overview), page, ground).await
    }

    /// Notes that somebody takes so many rows out of the service.
    pub(crate) async fn note_export(
        &self,
        who: &SignedIn,
        name: impl Into<&'static str>,
        page: &'static str,
        ground: impl Into<Ground>,
        rows: usize,
    ) -> Result<(), LookUpError> {
        let name: &'static str = name.into();
        self.note_rows(who, Access::Export(name.to_owned()), page, ground, rows).await
    }

    /// Notes a look together with how many rows somebody is shown, or takes out.
    pub(crate) async fn note_rows(
        &self,
        who: &SignedIn,
        what: Access,
        page: &'static str,
        ground: impl Into<Ground>,
        rows: usize,
    ) -> Result<(), LookUpError> {
        let ground: &'static str = ground.into().into();
        self.note_as(AccessLine {
            at: self.now(),
            by: Actor::User(who.user),
            what,
            page: page.to_owned(),
            ground: ground.to_owned(),
            rows: Some(u32::try_from(rows).unwrap_or(u32::MAX)),
        })
        .await
    }

    pub(crate) async fn note(
        &self,
        who: &SignedIn,
        what: Access,
        page: &'static str,
        ground: impl Into<Ground>,
    ) -> Result<(), LookUpError> {
        let by = Actor::User(who.user);
        self.note_line(by, what, page, ground.into().into()).await
    }

    /// Notes a look at a case that somebody may see, and answers with what they may do; or that
    /// they tried.
    pub(crate) async fn note_case(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<std::collections::BTreeSet<Step>, LookUpError> {
        let permit = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            permit::for_case(who, row, &views.organisation, false, self.now())
        };
        let Some(permit) = permit.filter(|permit| permit.sight().is_some()) else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        Ok(permit.steps().clone())
    }

    /// Notes that a look at a case was refused.
    pub(crate) async fn note_refused(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<(), LookUpError> {
        self.note_line(Actor::User(who.user), Access::Case(case), page, REFUSED).await
    }

    pub(crate) async fn note_line(
        &self,
        by: Actor,
        what: Access,
        page: &'static str,
        ground: &'static str,
    ) -> Result<(), LookUpError> {
        let (page, ground) = (page.to_owned(), ground.to_owned());
        self.note_as(AccessLine { at: self.now(), by, what, page, ground, rows: None }).await
    }

    async fn note_as(&self, line: AccessLine) -> Result<(), LookUpError> {
        self.journal().note_access(&line).await.map_err(LookUpError::Note)
    }
}

pub(crate) fn list(overview: Overview) -> Access {
    Access::List(<&str>::from(overview).to_owned())
}

pub(crate) fn overview(who: &SignedIn, overview: Overview) -> Result<Role, LookUpError> {
    permit::for_overview(who, overview).ok_or(LookUpError::NotPermitted)
}

/// What is somebody's own takes no role, only that they have chosen their password.
fn own(who: &SignedIn) -> Result<(), LookUpError> {
    if who.must_choose_password { Err(LookUpError::NotPermitted) } else { Ok(()) }
}
