//! Where the cases came from: who told of them, and the way they came in.

use domain::case::report::Channel;
use strum::IntoEnumIterator;

use super::Source;
use super::count::{Groups, Sheet, place};
use super::suppress::Variable;
use super::table::{Key, Label};

/// Cases by source and by channel, in every column.
pub(super) struct Origins {
    by_source: Groups,
    by_channel: Groups,
    /// The cases that somebody told of, who can be told something back.
    pub(super) reporters: Vec<Variable>,
}

/// The channels that are sources too, the last ones in the same order: the same cases, and hence
/// the same counts.
const ALSO_CHANNELS: [Channel; 3] =
    [Channel::Processor, Channel::DataSubject, Channel::OwnInitiative];

impl Origins {
    /// Counts them, and notes how they add up.
    pub(super) fn count(sheet: &mut Sheet<'_>) -> Self {
        let by_channel = sheet.tally(Channel::iter().count(), true, |_, _, it| place(&it.channel));
        let of = |wanted: Channel| -> Vec<Variable> {
            let counts = Channel::iter().zip(&by_channel).filter(|(channel, _)| *channel == wanted);
            counts.flat_map(|(_, counts)| counts.clone()).collect()
        };
        let shared = ALSO_CHANNELS.map(of);
        let of_members = Channel::iter().filter(|channel| !ALSO_CHANNELS.contains(channel));
        let of_members: Groups = of_members.map(of).collect();
        let members = [Source::Named, Source::Confidential, Source::Anonymous];
        let is_member = |source: Source| members.iter().position(|it| *it == source);
        let by_member = sheet.tally(members.len(), true, |_, _, it| is_member(it.source));
        let all_members =
            sheet.tally(1, false, |_, _, it| is_member(it.source).map(|_| 0)).concat();
        let reporters = sheet.tally(1, false, |_, _, it| it.has_reporter().then_some(0)).concat();
        sheet.add_up(&all_members, &by_member);
        sheet.add_up(&all_members, &of_members);
        let [processor, data_subject, own_initiative] = &shared;
        let told = [all_members, processor.clone(), data_subject.clone()];
        sheet.add_up(&reporters, &told);
        sheet.add_up(&sheet.totals(), &[reporters.clone(), own_initiative.clone()]);
        let by_source = by_member.into_iter().chain(shared).collect();
        Self { by_source, by_channel, reporters }
    }

    /// The tables of both.
    pub(super) fn tables(&self, sheet: &mut Sheet<'_>) {
        let sources = Source::iter().map(|it| Label::Word(it.into())).collect();
        sheet.table_of(Key::Sources, sources, &self.by_source);
        let channels = Channel::iter().map(|it| Label::Word(it.into())).collect();
        sheet.table_of(Key::Channels, channels, &self.by_channel);
    }
}
