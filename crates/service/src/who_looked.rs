//! Who looked and why: the access log of some time summed up by person, for the data protection
//! officer, and that of one case for somebody who is named in it.

mod index;

use std::collections::BTreeMap;

use domain::case::{Event, access};
use domain::ids::{CaseId, CaseNumber, UserId};
use domain::{Actor, Erasable, Event as AnyEvent, Time};
use journal::{Access, AccessLine};

use crate::error::LookUpError;
use crate::look_up::{REFUSED, overview};
use crate::open::Service;
use crate::permit::{self, Ground, Overview, Sight, SignedIn};

pub(crate) use index::LooksIndex;
use index::{BLOCK_LINES, Block};

/// Which looks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooksAsked {
    /// From when on.
    pub from: Time,
    /// Until when, and not at that moment.
    pub until: Time,
    /// Only looks at this case.
    pub case: Option<CaseId>,
    /// Only looks of this person. What they searched for is told with them alone.
    pub person: Option<UserId>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Looked {
    /// A case.
    Case(CaseNumber),
    /// A list, by its name.
    List(String),
    /// The results of a search.
    Search,
    /// An export, by its name.
    Export(String),
}

/// Who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Looker {
    /// Somebody signed in.
    User(UserId),
    /// A reporter, of whom no more is kept.
    Reporter,
    /// Somebody outside who was asked something, by a secret link.
    Respondent,
    /// The service itself, for somebody at the command line.
    Service,
}

/// Everything one person looked at of one kind on one ground, summed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Looks {
    /// Who looked.
    pub by: Looker,
    /// What was looked at.
    pub what: Looked,
    /// On which ground, as the access log has it.
    pub ground: String,
    /// How many times.
    pub times: u32,
    /// The first of them.
    pub first: Time,
    /// The last of them.
    pub last: Time,
    /// How many rows were shown or taken out, of looks in which they were counted.
    pub rows: Option<u32>,
    /// What the case was opened for, where that was outside their role.
    pub purposes: Vec<Erasable<String>>,
    /// What was searched for, where one person's looks are asked for.
    pub words: Vec<Erasable<String>>,
}

/// Looks by who, what and on which ground.
type Sums = BTreeMap<(Looker, Looked, String), Looks>;

/// How a summary leaves the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// It is looked at.
    No,
    /// It is taken out.
    Yes,
}

impl Service {
    /// Who looked at what, person by person, for the data protection officer; nothing of cases they
    /// are involved in. The look is noted, or the export with its rows.
    pub async fn who_looked(
        &self,
        who: &SignedIn,
        asked: LooksAsked,
        leaves: Leaves,
        page: &'static str,
    ) -> Result<Vec<Looks>, LookUpError> {
        let ground = overview(who, Overview::WhoLooked)?;
        let sums = self.sum(asked, |line| !self.is_kept_from(who, line)).await?;
        let mut looks: Vec<Looks> = sums.into_values().collect();
        for it in &mut looks {
            if leaves == Leaves::Yes || asked.person.is_none() {
                it.words.clear();
            }
            it.purposes = self.purposes(it).await?;
        }
        match leaves {
            Leaves::Yes => {
                self.note_export(who, Overview::WhoLooked, page, ground, looks.len()).await?;
            }
            Leaves::No => self.note_list(who, Overview::WhoLooked, page, ground).await?,
        }
        Ok(looks)
    }

    /// Who looked at one case, for the data protection officer to hand to somebody who is named in
    /// it: without what the reporter looked at, and without what was refused, which showed nothing.
    /// That it is made stands in the access log, as a look at the case from `page`.
    pub async fn looks_at_case(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<Vec<Looks>, LookUpError> {
        let permit = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            permit::for_case(who, row, &views.organisation, false, self.now())
        };
        let Some(permit) = permit.filter(|permit| permit.sight() == Some(Sight::Everything)) else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        let is_told = |line: &AccessLine| line.by != Actor::Reporter && line.ground != REFUSED;
        let (from, until) = (Time::MIN_UTC, Time::MAX_UTC);
        let asked = LooksAsked { from, until, case: Some(case), person: None };
        let sums = self.sum(asked, is_told).await?;
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        Ok(sums.into_values().collect())
    }

    /// Reads on in the access log, so that whoever asks next waits for little.
    pub(crate) async fn index_accesses(&self) {
        if let Err(error) = self.blocks(None).await {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "the access log could not be read on, and is so when asked for");
        }
    }

    /// Sums up the lines of the access log that are asked for and told.
    async fn sum(
        &self,
        asked: LooksAsked,
        is_told: impl Fn(&AccessLine) -> bool,
    ) -> Result<Sums, LookUpError> {
        let mut sums = Sums::new();
        for block in self.blocks(Some(&asked)).await? {
            let lines = self.journal().read_accesses(block.after(), BLOCK_LINES).await;
            for (position, line) in lines.map_err(LookUpError::Read)? {
                if block.holds(position) && asked.fits(&line) && is_told(&line) {
                    self.add(&mut sums, line);
                }
            }
        }
        Ok(sums)
    }

    /// The parts of the access log that can hold what is asked for, once every line is known.
    async fn blocks(&self, asked: Option<&LooksAsked>) -> Result<Vec<Block>, LookUpError> {
        let mut index = self.looks_index().lock().await;
        loop {
            let lines = self.journal().read_accesses(index.after(), BLOCK_LINES).await;
            let lines = lines.map_err(LookUpError::Read)?;
            if lines.is_empty() {
                return Ok(asked.map(|asked| index.blocks(asked)).unwrap_or_default());
            }
            for (position, line) in lines {
                index.take(position, &line);
            }
        }
    }

    fn is_kept_from(&self, who: &SignedIn, line: &AccessLine) -> bool {
        let Access::Case(case) = line.what else { return false };
        self.views().inbox.row(case).is_some_and(|row| row.involved.contains(&who.user))
    }

    fn add(&self, sums: &mut Sums, line: AccessLine) {
        let mut searched = None;
        let what = match line.what {
            Access::Case(case) => match self.views().inbox.row(case) {
                Some(row) => Looked::Case(row.number),
                None => return,
            },
            // Who looked at cases is what is asked for here.
            Access::Review(_) => Looked::List("reviews".to_owned()),
            Access::List(name) => Looked::List(name),
            Access::Search { words } => {
                searched = Some(words);
                Looked::Search
            }
            Access::Export(name) => Looked::Export(name),
        };
        let by = match line.by {
            Actor::User(user) => Looker::User(user),
            Actor::Reporter => Looker::Reporter,
            Actor::Respondent => Looker::Respondent,
            Actor::Service => Looker::Service,
        };
        let key = (by, what.clone(), line.ground.clone());
        let sum = sums.entry(key).or_insert_with(|| Looks {
            by,
            what,
            ground: line.ground,
            times: 0,
            first: line.at,
            last: line.at,
            rows: None,
            purposes: Vec::new(),
            words: Vec::new(),
        });
        sum.times += 1;
        (sum.first, sum.last) = (sum.first.min(line.at), sum.last.max(line.at));
        sum.rows = line.rows.map_or(sum.rows, |rows| Some(sum.rows.unwrap_or(0) + rows));
        sum.words.extend(searched.filter(|words| !sum.words.contains(words)));
    }

    /// Everything somebody ever opened a case for, where they looked at it outside their role, or
    /// was granted it for as an auditor.
    async fn purposes(&self, looks: &Looks) -> Result<Vec<Erasable<String>>, LookUpError> {
        let (outside, granted): (&str, &str) = (Ground::OutsideRole.into(), Ground::Granted.into());
        let (Looked::Case(number), Looker::User(by)) = (&looks.what, looks.by) else {
            return Ok(Vec::new());
        };
        let case = self.find_case(*number).filter(|_| [outside, granted].contains(&&*looks.ground));
        let Some(case) = case else { return Ok(Vec::new()) };
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let purpose = |event| match event {
            AnyEvent::Case(Event::Access(event)) => match event {
                access::Event::CaseOpenedOutsideRole { user, purpose, .. }
                    if user == by && looks.ground == outside =>
                {
                    Some(purpose)
                }
                access::Event::AuditGranted { auditor, purpose, .. }
                    if auditor == by && looks.ground == granted =>
                {
                    Some(purpose)
                }
                _ => None,
            },
            _ => None,
        };
        Ok(stream.into_iter().filter_map(|recorded| purpose(recorded.event)).collect())
    }
}

impl LooksAsked {
    fn fits(&self, line: &AccessLine) -> bool {
        let is_then = self.from <= line.at && line.at < self.until;
        let is_case = self.case.is_none_or(|case| line.what == Access::Case(case));
        let is_theirs = self.person.is_none_or(|person| line.by == Actor::User(person));
        is_then && is_case && is_theirs
    }
}
