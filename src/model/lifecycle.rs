//! The lattice of statuses (scs-0001, *Process*), and the numbers that come next.

use super::{Status, Track};

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

impl Track {
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
    fn numbers_stay_in_their_track() {
        assert_eq!(Track::IaaS.number_after(None), Some(100));
        assert_eq!(Track::IaaS.number_after(Some(128)), Some(129));
        assert_eq!(Track::IaaS.number_after(Some(199)), Some(1100));
        assert_eq!(Track::Scopes.number_after(Some(9599)), None);
    }
}
