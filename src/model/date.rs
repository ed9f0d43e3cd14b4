use std::fmt;

/// A calendar date as scs-0001 writes it: `YYYY-MM-DD`, an existing day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Reads exactly `YYYY-MM-DD` (ISO 8601 extended format, ASCII digits, nothing around it).
    ///
    /// `None` for any other writing, `20240208` and date-times among them, and for days that do
    /// not exist, such as 30 February.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        shaped.then(|| text.parse().ok().map(Date)).flatten()
    }

    /// The day it is now, in the time zone of the system.
    #[must_use]
    pub fn today() -> Date {
        Date(jiff::Zoned::now().date())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_existing_days_in_one_writing() {
        for good in ["2024-02-29", "2022-11-28"] {
            assert_eq!(Date::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in ["2023-02-29", "20240208", "2024-2-8", "2024-02-08T00:00", "2024-02-08 ", ""] {
            assert_eq!(Date::parse(bad), None, "{bad:?}");
        }
    }
}
