//! Figures on cases and measures: as they are, as of a moment, and of the last days. What leaves
//! the data protection officer's desk is without small counts
//! (`docs/decisions/0032-statistics.md`).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::Datelike;
use domain::ids::UnitId;
use domain::{Position, Recorded, Role, Time};
use journal::{Journal, ReadError};
use tokio::sync::Mutex;
use views::statistics::{Asked, Cell, Figures, Span, Statistics, Unseen};

use crate::error::LookUpError;
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::register::Past;
use crate::who_looked::Leaves;

/// The days that the dashboard tells of.
pub const DASHBOARD_DAYS: [u16; 2] = [365, 30];

/// The most years that a span is compared with.
pub const YEARS_BEFORE_MAX: u8 = 4;

/// What figures are told from: folded when somebody asks first, and brought forward from there, so
/// that a start does not wait for it and what is recorded does not either.
#[derive(Debug, Default)]
pub(crate) struct KeptFigures(Arc<Mutex<Figures>>);

/// As of when figures are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// As they are.
    #[default]
    Now,
    /// As they were known then.
    Moment(Time),
    /// As they stand up to a place in the log, with the moment as of which a measure is overdue:
    /// the same place and moment give the same figures for ever.
    Position(Position, Time),
}

/// Which figures are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiguresAsked {
    /// The days on which the cases were reported.
    pub span: Span,
    /// With how many years before it is compared: at most [`YEARS_BEFORE_MAX`].
    pub years_before: u8,
    /// Only cases of this unit and those below it. Whoever sees one unit alone leaves it out.
    pub unit: Option<UnitId>,
    /// As of when.
    pub as_of: AsOf,
}

/// Which figures somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FiguresSight {
    /// Every one: the data protection officer at the desk. They choose span, unit and moment.
    Desk,
    /// Those of the whole organisation, without small counts, of years that have passed.
    Whole,
    /// Those of one unit and the units below it, likewise.
    Unit(UnitId),
}

/// Figures as somebody sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct FiguresSeen {
    /// The tables.
    pub statistics: Statistics,
    /// The moment as of which they are told.
    pub at: Time,
    /// Of which unit and those below it; of all where there is none.
    pub unit: Option<UnitId>,
    /// Whether small counts are left out.
    pub is_published: bool,
    /// Whether they are left out of what an officer sees at the desk, since it counts a case they
    /// are involved in.
    pub counts_own: bool,
}

/// The figures of the last days.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// Those of the last 365 days.
    pub year: FiguresSeen,
    /// Those of the last 30. Where small counts are left out, it is the tables of measures alone:
    /// the others would tell what is left of the year's.
    pub month: FiguresSeen,
    /// How many cases the last 30 days have, unless that is left out.
    pub cases_of_month: Cell,
}

impl FiguresSight {
    /// Which figures somebody sees, by the role that shows most.
    #[must_use]
    pub fn of(who: &SignedIn) -> Option<Self> {
        let role = overview(who, Overview::Statistics).ok()?;
        Some(match role {
            Role::Dpo => Self::Desk,
            _ if who.roles.hold_any(&[Role::Controller, Role::SecurityOfficer]) => Self::Whole,
            _ => Self::Unit(who.unit),
        })
    }

    /// The unit that is counted for somebody who asks, where they may ask for that.
    fn scope(self, asked: &FiguresAsked, this_year: i32) -> Result<Option<UnitId>, LookUpError> {
        let unit = match self {
            Self::Desk => return Ok(asked.unit),
            Self::Whole => None,
            Self::Unit(unit) => Some(unit),
        };
        // Figures of two spans or units of which one holds the other tell what is left of it.
        let is_whole = asked.unit.is_none() || asked.unit == unit;
        let is_past = asked.span.is_year() && asked.span.last.year() < this_year;
        let may_ask = is_whole && is_past && asked.as_of == AsOf::Now;
        if may_ask { Ok(unit) } else { Err(LookUpError::NotPermitted) }
    }
}

impl Service {
    /// The figures that somebody asks for and may see. The look is noted, or the export.
    pub async fn statistics(
        &self,
        who: &SignedIn,
        asked: FiguresAsked,
        leaves: Leaves,
        page: &'static str,
    ) -> Result<FiguresSeen, LookUpError> {
        let ground = overview(who, Overview::Statistics)?;
        let sight = FiguresSight::of(who).ok_or(LookUpError::NotPermitted)?;
        let calendar = self.settings().duties.calendar;
        let this_year = calendar.day_of(self.now()).year();
        let unit = sight.scope(&asked, this_year)?;
        let is_on_desk = sight == FiguresSight::Desk && leaves == Leaves::No;
        let counts_own = is_on_desk && self.counts_own(who, &asked);
        self.note_figures(who, leaves, page, ground).await?;
        let asked = FiguresAsked { unit, ..asked };
        let unseen = self.unseen(who, sight);
        let seen = self.figures_without(unseen, asked, !is_on_desk || counts_own).await?;
        Ok(FiguresSeen { counts_own, ..seen })
    }

    /// What is left out of somebody's figures. The officer's count every case: they answer for what
    /// is handed out of them, and are told that some are kept from them.
    fn unseen(&self, who: &SignedIn, sight: FiguresSight) -> Unseen {
        let involving = match sight {
            FiguresSight::Desk => BTreeSet::new(),
            FiguresSight::Whole | FiguresSight::Unit(_) => {
                self.views().inbox.involving(who.user).map(|row| row.case).collect()
            }
        };
        Unseen { involving, not_received: matches!(sight, FiguresSight::Unit(_)) }
    }

    /// Whether figures count a case that somebody is involved in, whatever its unit and whenever it
    /// is asked for: what is left out must not depend on what it is about.
    fn counts_own(&self, who: &SignedIn, asked: &FiguresAsked) -> bool {
        let calendar = self.settings().duties.calendar;
        let spans = asked.span.with_years_before(asked.years_before.min(YEARS_BEFORE_MAX));
        let views = self.views();
        views.inbox.involving(who.user).any(|row| {
            let day = calendar.day_of(row.reported_at);
            spans.iter().any(|span| span.holds(day))
        })
    }

    /// The figures of the last days, of all that somebody sees. The look is noted.
    pub async fn dashboard(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Dashboard, LookUpError> {
        let ground = overview(who, Overview::Statistics)?;
        let sight = FiguresSight::of(who).ok_or(LookUpError::NotPermitted)?;
        self.note_figures(who, Leaves::No, page, ground).await?;
        let today = self.settings().duties.calendar.day_of(self.now());
        let counts_own = sight == FiguresSight::Desk && {
            let [days, _] = DASHBOARD_DAYS;
            let span = Span::days_until(today, days);
            let years_before = 1;
            let year = FiguresAsked { span, years_before, unit: None, as_of: AsOf::Now };
            self.counts_own(who, &year)
        };
        let is_published = sight != FiguresSight::Desk || counts_own;
        let unit = match sight {
            FiguresSight::Unit(unit) => Some(unit),
            FiguresSight::Desk | FiguresSight::Whole => None,
        };
        let lately = async |days: u16, years_before: u8, is_published: bool| {
            let span = Span::days_until(today, days);
            let asked = FiguresAsked { span, years_before, unit, as_of: AsOf::Now };
            self.figures_without(self.unseen(who, sight), asked, is_published).await
        };
        let [year, month] = DASHBOARD_DAYS;
        let year = FiguresSeen { counts_own, ..lately(year, 1, is_published).await? };
        let mut month = lately(month, 0, false).await?;
        let cases_of_month = month.statistics.total();
        if !is_published {
            return Ok(Dashboard { year, month, cases_of_month });
        }
        let cases_of_month = views::statistics::beside(cases_of_month, year.statistics.total());
        month.is_published = true;
        month.statistics.tables.retain(|table| table.key.is_of_work());
        Ok(Dashboard { year, month, cases_of_month })
    }

    /// Figures of any unit and as of any moment, for whoever has the permit to use them.
    pub(crate) async fn figures(
        &self,
        asked: FiguresAsked,
        is_published: bool,
    ) -> Result<FiguresSeen, LookUpError> {
        self.figures_without(Unseen::default(), asked, is_published).await
    }

    async fn figures_without(
        &self,
        unseen: Unseen,
        asked: FiguresAsked,
        is_published: bool,
    ) -> Result<FiguresSeen, LookUpError> {
        let calendar = self.settings().duties.calendar;
        let (past, at) = match asked.as_of {
            AsOf::Now => (None, self.now()),
            AsOf::Moment(at) => (Some(Past::Moment(at)), at),
            AsOf::Position(position, at) => (Some(Past::Position(position)), at),
        };
        let FiguresAsked { span, unit, .. } = asked;
        let years_before = asked.years_before.min(YEARS_BEFORE_MAX);
        let wanted = Asked { span, years_before, unit, at, calendar, is_published, unseen };
        let statistics = match past {
            None => self.figures_now(wanted).await?,
            Some(past) => {
                let figures = Figures::default();
                let figures =
                    self.fold_past(past, Figures::needed, figures, Figures::apply).await?;
                let told = tokio::task::spawn_blocking(move || figures.tell(&wanted));
                told.await.expect("counting does not panic")
            }
        };
        Ok(FiguresSeen { statistics, at, unit, is_published, counts_own: false })
    }

    /// Figures told from those that are kept, brought forward to what was recorded meanwhile, on a
    /// thread that keeps nobody else waiting.
    async fn figures_now(&self, wanted: Asked) -> Result<Statistics, LookUpError> {
        let mut kept = Arc::clone(&self.kept_figures().0).lock_owned().await;
        let journal = self.journal().clone();
        let told = tokio::task::spawn_blocking(move || {
            bring_forward(&journal, &mut kept)?;
            Ok(kept.tell(&wanted))
        });
        told.await.expect("counting does not panic").map_err(LookUpError::Read)
    }

    async fn note_figures(
        &self,
        who: &SignedIn,
        leaves: Leaves,
        page: &'static str,
        ground: Role,
    ) -> Result<(), LookUpError> {
        match leaves {
            // What is taken out tells of no case by itself, so that none counts as exported.
            Leaves::Yes => self.note_export(who, Overview::Statistics, page, ground, 0).await,
            Leaves::No => self.note_list(who, Overview::Statistics, page, ground).await,
        }
    }
}

fn bring_forward(journal: &Journal, figures: &mut Figures) -> Result<(), ReadError> {
    let (known, last) = (figures.position, journal.position());
    let each = |recorded: Recorded| {
        figures.apply(&recorded);
        ControlFlow::Continue(())
    };
    journal.read_between(known, last, Figures::needed, each)?;
    figures.pass(last);
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::Roles;
    use domain::ids::UserId;

    use super::*;

    const OWN: UnitId = UnitId::FIRST;

    fn somebody(roles: impl Into<Roles>) -> SignedIn {
        SignedIn {
            user: UserId::FIRST,
            name: "Somebody".to_owned(),
            roles: roles.into(),
            unit: OWN,
            must_choose_password: false,
        }
    }

    fn asked(span: Span) -> FiguresAsked {
        FiguresAsked { span, years_before: 1, unit: None, as_of: AsOf::Now }
    }

    #[test]
    fn each_role_sees_its_own_figures() {
        let sight =
            |roles: &[Role]| FiguresSight::of(&somebody(roles.iter().copied().collect::<Roles>()));
        assert_eq!(sight(&[Role::Dpo, Role::Leader]), Some(FiguresSight::Desk));
        assert_eq!(sight(&[Role::Leader, Role::Controller]), Some(FiguresSight::Whole));
        assert_eq!(sight(&[Role::Leader]), Some(FiguresSight::Unit(OWN)));
        assert_eq!(sight(&[Role::Employee, Role::Administrator]), None);
        let must = SignedIn { must_choose_password: true, ..somebody([Role::Dpo]) };
        assert_eq!(FiguresSight::of(&must), None);
    }

    #[test]
    fn whoever_is_shown_no_small_counts_asks_for_their_own_unit_and_for_years_that_have_passed() {
        let scope = |asked: &FiguresAsked| FiguresSight::Unit(OWN).scope(asked, 2026).ok();
        let year = asked(Span::year(2025).unwrap());
        assert_eq!(scope(&year), Some(Some(OWN)));
        assert_eq!(scope(&FiguresAsked { unit: Some(OWN), ..year }), Some(Some(OWN)));
        let other = UnitId("00000000-0000-0000-0000-000000000001".parse().unwrap());
        assert_eq!(scope(&FiguresAsked { unit: Some(other), ..year }), None);
        assert_eq!(scope(&asked(Span::year(2026).unwrap())), None);
        let day = |month| NaiveDate::from_ymd_opt(2025, month, 1).unwrap();
        assert_eq!(scope(&asked(Span::new(day(1), day(5)).unwrap())), None);
        let then = AsOf::Position(Position(3), Time::UNIX_EPOCH);
        assert_eq!(scope(&FiguresAsked { as_of: then, ..year }), None);
        assert_eq!(FiguresSight::Whole.scope(&year, 2026).ok(), Some(None));
        let desk = FiguresAsked { unit: Some(other), as_of: then, ..year };
        assert_eq!(FiguresSight::Desk.scope(&desk, 2026).ok(), Some(Some(other)));
    }
}
