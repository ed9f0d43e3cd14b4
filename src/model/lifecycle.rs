//! The lattice of statuses (scs-0001, *Process*), and the numbers that come next.

use super::{Date, Status, Track};

/// A change of status that scs-0001 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The status before.
    pub from: Status,
    /// The status after.
    pub to: Status,
    /// Whether it is a step of the process, or one that is merely possible.
    pub usual: bool,
}

const fn step(from: Status, to: Status) -> Transition {
    Transition { from, to, usual: true }
}

use Status::{Deprecated, Draft, Rejected, Stable};

/// All of them; any other change of status is not allowed.
pub const TRANSITIONS: &[Transition] = &[
    step(Draft, Stable),
    step(Draft, Rejected),
    step(Stable, Deprecated),
    step(Stable, Rejected),
    step(Deprecated, Rejected),
    Transition { from: Draft, to: Deprecated, usual: false },
];

impl Status {
    /// The step from this status to another, if there is one.
    #[must_use]
    pub fn step_to(self, to: Status) -> Option<&'static Transition> {
        TRANSITIONS.iter().find(|step| step.from == self && step.to == to)
    }

    /// The field with the date on which this status begins.
    #[must_use]
    pub fn date_field(self) -> Option<&'static str> {
        match self {
            Draft => None,
            Stable => Some("stabilized_at"),
            Deprecated => Some("deprecated_at"),
            Rejected => Some("rejected_at"),
        }
    }

    /// The statuses on the usual way to this one, itself included: their dates are what it rests on.
    #[must_use]
    pub fn rests_on(self) -> &'static [Status] {
        match self {
            Draft => &[],
            Stable => &[Stable],
            Deprecated => &[Stable, Deprecated],
            Rejected => &[Rejected],
        }
    }
}

/// What a document is on a day, by its status and its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// In development.
    Draft,
    /// Stable, from a later day on.
    Upcoming,
    /// In effect: Stable, or Deprecated from a later day on.
    Effective,
    /// Out of effect.
    Deprecated,
    /// Not part of the normative corpus.
    Rejected,
}

impl State {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Upcoming => "upcoming",
            State::Effective => "effective",
            State::Deprecated => "deprecated",
            State::Rejected => "rejected",
        }
    }
}

impl Status {
    /// The state on a day of a document with these dates. What went from Draft to Deprecated never
    /// was in effect.
    #[must_use]
    pub fn state_on(
        self,
        day: Date,
        stabilized_at: Option<Date>,
        deprecated_at: Option<Date>,
    ) -> State {
        let is_later = |date: Option<Date>| date.is_some_and(|date| date > day);
        match self {
            Draft => State::Draft,
            Stable if is_later(stabilized_at) => State::Upcoming,
            Stable => State::Effective,
            Deprecated if stabilized_at.is_none() || !is_later(deprecated_at) => State::Deprecated,
            Deprecated if is_later(stabilized_at) => State::Upcoming,
            Deprecated => State::Effective,
            Rejected => State::Rejected,
        }
    }
}

impl Track {
    /// Who decides on documents of the track, by loose consensus (scs-0001, *Process*).
    #[must_use]
    pub fn decided_by(self) -> &'static str {
        match self {
            Track::Global => "the SCS community and the Forum SCS-Standards",
            Track::IaaS => "the team for infrastructure as a service",
            Track::KaaS => "the team for Kubernetes as a service",
            Track::Iam => "the team for identity and access management",
            Track::Ops => "the team for operations",
            Track::Scopes => "the SIG Standardization/Certification",
        }
    }

    /// The next number of this track, `highest` being the highest so far: the second digit of a
    /// number is that of its track. None once all are given.
    #[must_use]
    pub fn number_after(self, highest: Option<u16>) -> Option<u16> {
        let digit = self.digit().to_digit(10)?;
        let first = u16::try_from(digit * 100).ok()?;
        match highest {
            None => Some(first),
            Some(number) if number % 100 < 99 => Some(number + 1),
            Some(number) => (number / 1000 < 9).then(|| (number / 1000 + 1) * 1000 + first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_tell_what_is_in_effect() {
        let date = |text| Date::parse(text);
        let day = date("2026-08-21").unwrap();
        let (past, future) = (date("2026-08-21"), date("2026-08-22"));
        for (status, stabilized, deprecated, state) in [
            (Draft, None, None, State::Draft),
            (Stable, past, None, State::Effective),
            (Stable, future, None, State::Upcoming),
            (Deprecated, past, future, State::Effective),
            (Deprecated, past, past, State::Deprecated),
            (Deprecated, None, future, State::Deprecated),
            (Rejected, past, future, State::Rejected),
        ] {
            assert_eq!(status.state_on(day, stabilized, deprecated), state);
        }
    }

    #[test]
    fn numbers_stay_in_their_track() {
        assert_eq!(Track::IaaS.number_after(None), Some(100));
        assert_eq!(Track::IaaS.number_after(Some(128)), Some(129));
        assert_eq!(Track::IaaS.number_after(Some(199)), Some(1100));
        assert_eq!(Track::Scopes.number_after(Some(9599)), None);
    }
}
