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

    /// The day of a number of seconds since 1970-01-01T00:00, in the time zone that they count in.
    #[must_use]
    pub fn at(seconds: i64) -> Date {
        let days = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX);
        let epoch = jiff::civil::date(1970, 1, 1);
        Date(epoch.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default()))
    }

    /// How many days lie between this day and another; negative if that is earlier.
    #[must_use]
    pub fn days_until(self, other: Date) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// How old something of this day is on a later one: `3 y 2 mo`, `5 mo`, `12 d`.
    #[must_use]
    pub fn age_on(self, day: Date) -> String {
        let span = self.0.until((jiff::Unit::Year, day.0)).unwrap_or_default();
        match (span.get_years(), span.get_months()) {
            (0, 0) => format!("{} d", span.get_days()),
            (0, months) => format!("{months} mo"),
            (years, months) => format!("{years} y {months} mo"),
        }
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
    fn days_are_counted() {
        let date = |text| Date::parse(text).unwrap();
        assert_eq!(Date::at(0), date("1970-01-01"));
        assert_eq!(Date::at(-1), date("1969-12-31"));
        assert_eq!(Date::at(1_700_000_000), date("2023-11-14"));
        assert_eq!(Date::at(i64::MAX).to_string().len(), 10);
        assert_eq!(date("2024-02-28").days_until(date("2024-03-01")), 2);
        assert_eq!(date("2024-03-01").days_until(date("2023-03-01")), -366);
        for (from, age) in [
            ("2026-08-21", "0 d"),
            ("2026-07-22", "30 d"),
            ("2026-07-21", "1 mo"),
            ("2023-06-14", "3 y 2 mo"),
        ] {
            assert_eq!(date(from).age_on(date("2026-08-21")), age);
        }
    }

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
