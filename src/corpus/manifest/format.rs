//! The format of a manifest as a table (scs-0003, *Manifest*): the reader and the JSON Schema read
//! it.

/// A mapping of the format.
#[derive(Debug)]
pub struct Shape {
    /// What people call it, with its article.
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Whether the mapping needs it.
    pub required: bool,
    /// What it has.
    pub of: Of,
}

/// What a key has.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// A text.
    Text,
    /// A name that other places use: no blanks, no control characters.
    Id,
    /// A UUID (RFC 9562).
    Uuid,
    /// A date, plain or quoted.
    Date,
    /// How long a result counts.
    Lifetime,
    /// Another mapping.
    One(&'static Shape),
    /// A list of mappings.
    Each(&'static Shape),
    /// A list of names, or of mappings from a name to what it is where nothing is said.
    Variables,
    /// A list of names, or of mappings with a name and the values of parameters.
    Includes(&'static Shape),
    /// A mapping from names to texts.
    Values,
    /// A mapping from names to what they are, or a list of names.
    Parameters,
    /// A mapping from names to lists of names.
    Lists,
    /// A mapping from versions to what they count for.
    Validities,
}

const fn needs(name: &'static str, of: Of) -> Key {
    Key { name, required: true, of }
}

const fn may(name: &'static str, of: Of) -> Key {
    Key { name, required: false, of }
}

/// The file.
pub const MANIFEST: Shape = Shape {
    what: "a manifest",
    keys: &[
        needs("uuid", Of::Uuid),
        needs("name", Of::Text),
        needs("url", Of::Text),
        may("prerequisite", Of::One(&PREREQUISITE)),
        may("variables", Of::Variables),
        needs("scripts", Of::Each(&SCRIPT)),
        needs("modules", Of::Each(&MODULE)),
        needs("timeline", Of::Each(&PERIOD)),
        needs("versions", Of::Each(&VERSION)),
    ],
};

/// The scope that has to be certified before.
pub const PREREQUISITE: Shape =
    Shape { what: "a prerequisite", keys: &[needs("name", Of::Text), needs("url", Of::Text)] };

/// A script; without an executable, people do its test cases.
pub const SCRIPT: Shape = Shape {
    what: "a script",
    keys: &[
        may("executable", Of::Text),
        may("env", Of::Values),
        may("args", Of::Text),
        needs("testcases", Of::Each(&TEST_CASE)),
    ],
};

/// A test case.
pub const TEST_CASE: Shape = Shape {
    what: "a test case",
    keys: &[
        needs("id", Of::Id),
        may("lifetime", Of::Lifetime),
        may("section", Of::Text),
        may("description", Of::Text),
        may("url", Of::Text),
    ],
};

/// A module.
pub const MODULE: Shape = Shape {
    what: "a module",
    keys: &[
        needs("id", Of::Id),
        may("name", Of::Text),
        may("url", Of::Text),
        may("parameters", Of::Parameters),
        may("targets", Of::Lists),
    ],
};

/// An entry of the timeline.
pub const PERIOD: Shape = Shape {
    what: "an entry of the timeline",
    keys: &[needs("date", Of::Date), needs("versions", Of::Validities)],
};

/// A version.
pub const VERSION: Shape = Shape {
    what: "a version",
    keys: &[
        needs("version", Of::Id),
        needs("include", Of::Includes(&INCLUDE)),
        may("stabilized_at", Of::Date),
    ],
};

/// A module of a version with the values of its parameters.
pub const INCLUDE: Shape =
    Shape { what: "an include", keys: &[needs("ref", Of::Id), may("parameters", Of::Values)] };
