//! Statuses and their dates.

rules! { status_date, status_date_stray, date_order, stable_unique, date_pending }
