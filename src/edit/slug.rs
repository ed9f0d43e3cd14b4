//! Titles as parts of file names.

use deunicode::deunicode;

/// The longest slug, in bytes: file systems take names of 255 bytes, and people shorter ones.
const LONGEST: usize = 80;

/// A title in lower-case ASCII letters, digits and hyphens (scs-0001, *Document format*); `None` for
/// one without a letter.
#[must_use]
pub fn slug(title: &str) -> Option<String> {
    let plain = title.chars().any(char::is_alphabetic).then(|| deunicode(title).to_lowercase())?;
    // A word with an apostrophe is one word.
    let plain = plain.replace('\'', "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST));
    }
    slug.contains(|c: char| c.is_ascii_lowercase()).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_ascii_and_hyphens() {
        for (title, expected) in [
            ("Flavor Naming, v3 (new)", Some("flavor-naming-v3-new")),
            ("  Größe & Länge — für Œuvre  ", Some("grosse-lange-fur-oeuvre")),
            ("_K8s_ node/anti-affinity", Some("k8s-node-anti-affinity")),
            ("Ada's and Alan\u{2019}s", Some("adas-and-alans")),
            ("2026 - 12", None),
            ("\u{1f600}!", None),
            ("", None),
        ] {
            assert_eq!(slug(title).as_deref(), expected, "{title}");
        }
        let long = slug(&"word ".repeat(40)).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("-word"), "{long}");
        assert_eq!(slug(&"x".repeat(300)).unwrap().len(), LONGEST);
    }
}
