//! Whether what fits a regular expression can begin with a name.

use regex::RegexBuilder;
use regex_automata::Anchored;
use regex_automata::hybrid::dfa::DFA;
use regex_automata::nfa::thompson;
use regex_automata::util::start;

/// The most memory for the automaton of an expression, in bytes.
const MOST_MEMORY: usize = 1 << 20;

/// What an expression and a name have to do with each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Something that fits the expression begins with the name, or the name with it.
    Begins,
    /// Nothing does.
    Differs,
    /// The text is no regular expression; why.
    NoExpression(String),
    /// It cannot be told: the expression has what cannot be judged here, or is too large.
    Unknown,
}

/// Holds an expression against a name: the automaton of the expression takes the name letter by
/// letter, and must not come to a dead end before it has matched.
pub(super) fn fit(expression: &str, name: &str) -> Fit {
    walk(expression, name).unwrap_or_else(|| fault_of(expression))
}

/// Why nothing can be said of an expression.
fn fault_of(expression: &str) -> Fit {
    match RegexBuilder::new(expression).size_limit(MOST_MEMORY).build() {
        Err(regex::Error::Syntax(message)) if !message.contains("not supported") => {
            // The last line says why, those before show where.
            let why = message.lines().last().unwrap_or_default();
            Fit::NoExpression(why.trim_start_matches("error: ").to_owned())
        }
        _ => Fit::Unknown,
    }
}

fn walk(expression: &str, name: &str) -> Option<Fit> {
    let thompson = thompson::Config::new().nfa_size_limit(Some(MOST_MEMORY));
    let config = DFA::config().unicode_word_boundary(true);
    let automaton = DFA::builder().configure(config).thompson(thompson).build(expression).ok()?;
    let mut cache = automaton.create_cache();
    let start = start::Config::new().anchored(Anchored::Yes);
    let mut state = automaton.start_state(&mut cache, &start).ok()?;
    let mut has_matched = false;
    for byte in name.bytes() {
        state = automaton.next_state(&mut cache, state, byte).ok()?;
        has_matched |= state.is_match();
        if state.is_quit() {
            return None;
        }
        if state.is_dead() {
            return Some(if has_matched { Fit::Begins } else { Fit::Differs });
        }
    }
    Some(Fit::Begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_begins_with_the_name_or_does_not() {
        let name = "ubuntu-capi-image";
        for scheme in
            ["ubuntu-capi-image-v[0-9]\\.[0-9]+", "ubuntu.*", "(debian|ubuntu)-", "", name]
        {
            assert_eq!(fit(scheme, name), Fit::Begins, "{scheme}");
        }
        for scheme in ["ubuntu-capi-v[0-9]", "^Ubuntu", "image", "ubuntu-capi-imag$"] {
            assert_eq!(fit(scheme, name), Fit::Differs, "{scheme}");
        }
        assert_eq!(fit("(?=a)b", "a"), Fit::Unknown);
        assert_eq!(fit("\\w{1000}{1000}", "a"), Fit::Unknown);
        assert_eq!(fit("Größe v\\d", "Größe"), Fit::Begins);
        let Fit::NoExpression(why) = fit("a(b", "a") else { panic!("it is none") };
        assert_eq!(why, "unclosed group");
    }
}
