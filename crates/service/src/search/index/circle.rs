//! Who may read a text of a case, among those who see the case.

use domain::{Role, Roles};

/// The circle of those who read a text, from the widest on. Each reads what the page of a case
/// shows their role (`look_up.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Circle {
    /// Everybody who sees the case.
    All,
    /// Those who handle it or look at its security: the handlers' notes.
    Notes,
    /// Those who handle it or decide on it: matters between the employer and those employed.
    Personnel,
    /// The data protection officers: who reported, who is involved, and the letters.
    Officers,
}

impl Circle {
    /// The circles somebody with these roles belongs to in every case they see. A deputy, who reads
    /// more in one case, finds it by what their own roles read.
    pub(crate) fn of(roles: &Roles) -> &'static [Self] {
        use Circle::{All, Notes, Officers, Personnel};
        if roles.holds(Role::Dpo) {
            &[All, Notes, Personnel, Officers]
        } else if roles.holds(Role::Controller) {
            &[All, Notes, Personnel]
        } else if roles.holds(Role::SecurityOfficer) {
            &[All, Notes]
        } else {
            &[All]
        }
    }
}
