//! Files with the flavors that standard clouds have (scs-0103), in two shapes.

use std::collections::HashSet;

use super::{Reader, scalar};
use crate::document::Placed;
use crate::document::Span;
use crate::document::yaml::{Field, Node, Scalar, ScalarType, Value};
use crate::model::{Demand, Vocabulary};
use crate::text::any_of;

/// A flavor of the file.
#[derive(Debug)]
pub struct FlavorEntry {
    /// Where it stands.
    pub span: Span,
    /// The group that it is in.
    pub demand: Option<Placed<Demand>>,
    /// Its name.
    pub name: Option<Placed<String>>,
    /// The number of vCPUs.
    pub cpus: Option<Placed<u64>>,
    /// The memory in MiB.
    pub ram: Option<Placed<u64>>,
    /// The size of the disk in GB; none where there is no disk, and where it is 0.
    pub disk: Option<Placed<u64>>,
    /// The properties `scs:…`, by name.
    pub properties: Vec<(Placed<String>, Placed<String>)>,
    /// Keys whose value could not be read; it is said already what is wrong with them.
    unread: Vec<&'static str>,
}

/// MiB in a GiB.
const GIB: u64 = 1024;

impl FlavorEntry {
    /// A property, such as `scs:cpu-type`.
    #[must_use]
    pub fn property(&self, key: &str) -> Option<&Placed<String>> {
        self.properties.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// What people call it: its name, or what stands for it.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_ref().map_or("a flavor without a name", |it| &it.value)
    }

    /// The place of its name, or where it begins.
    #[must_use]
    pub fn place(&self) -> Span {
        self.name.as_ref().map_or(Span::new(self.span.start, self.span.start), |it| it.span)
    }

    /// Whether a value of this key is there that could not be read.
    #[must_use]
    pub fn is_unread(&self, key: &str) -> bool {
        self.unread.contains(&key)
    }
}

/// `flavor_groups`, each with a status and a list; RAM in GiB.
pub(super) fn groups(reader: &mut Reader, fields: &[Field]) -> Vec<FlavorEntry> {
    let mut flavors = Vec::new();
    for group in reader.list(fields, "flavor_groups") {
        let Some(fields) = reader.fields(group, "a group of flavors") else { continue };
        let demand = demand(reader, fields, group);
        for item in reader.list(fields, "list") {
            flavors.extend(flavor(reader, item, demand.clone(), GIB));
        }
    }
    flavors
}

/// A list each of those that are mandatory and those that are recommended; RAM in MiB.
pub(super) fn lists(reader: &mut Reader, fields: &[Field]) -> Vec<FlavorEntry> {
    let mut flavors = Vec::new();
    for demand in Demand::ALL {
        let place = fields.iter().find(|field| field.key == demand.name());
        let placed = place.map(|field| Placed { value: *demand, span: field.key_span });
        for item in reader.list(fields, demand.name()) {
            flavors.extend(flavor(reader, item, placed.clone(), 1));
        }
    }
    flavors
}

fn demand(reader: &mut Reader, fields: &[Field], group: &Node) -> Option<Placed<Demand>> {
    let first = fields.first().map_or(group.span, |field| field.key_span);
    let status = reader.text(fields, "status", first)?;
    let demand = Demand::parse(&status.value);
    if demand.is_none() {
        let names: Vec<&str> = Demand::ALL.iter().map(|it| it.name()).collect();
        let message = format!("`status` is `{}`; expected {}", status.value, any_of(&names));
        reader.tell(status.span, "status", message);
    }
    demand.map(|value| Placed { value, span: status.span })
}

fn flavor(
    reader: &mut Reader,
    node: &Node,
    demand: Option<Placed<Demand>>,
    mib: u64,
) -> Option<FlavorEntry> {
    let fields = reader.fields(node, "a flavor")?;
    let first = fields.first().map_or(node.span, |field| field.key_span);
    let name = reader.text(fields, "name", first);
    let mut flavor = FlavorEntry {
        span: node.span,
        demand,
        name,
        cpus: None,
        ram: None,
        disk: None,
        properties: Vec::new(),
        unread: Vec::new(),
    };
    flavor.cpus = number(reader, fields, &mut flavor, "cpus", 1);
    flavor.ram = number(reader, fields, &mut flavor, "ram", mib);
    flavor.disk = number(reader, fields, &mut flavor, "disk", 1).filter(|it| it.value > 0);
    let mut seen = HashSet::new();
    for field in fields.iter().filter(|field| field.key.starts_with("scs:")) {
        // One that is there twice is told of, and the first one counts.
        if !seen.insert(&field.key) {
            let message = format!("`{}` is there twice", field.key);
            reader.tell(field.key_span, &subject(&flavor, &field.key), message);
        } else if let Some(value) = scalar(&field.value) {
            let key = Placed { value: field.key.clone(), span: field.key_span };
            flavor.properties.push((key, value));
        }
    }
    Some(flavor)
}

fn subject(flavor: &FlavorEntry, key: &str) -> String {
    format!("{} {key}", flavor.label())
}

/// A number times `unit`, if the key is there; the product has to be whole.
fn number(
    reader: &mut Reader,
    fields: &[Field],
    flavor: &mut FlavorEntry,
    key: &'static str,
    unit: u64,
) -> Option<Placed<u64>> {
    let node = reader.get(fields, key)?;
    let read = match &node.value {
        Value::Scalar(scalar) if scalar.core_type() == ScalarType::Null => return None,
        Value::Scalar(scalar) => scaled(scalar, unit),
        Value::List { .. } | Value::Mapping(_) => None,
    };
    if read.is_none() {
        flavor.unread.push(key);
        let what = if unit == 1 { "a whole number" } else { "a number of GiB, and whole in MiB" };
        reader.tell(node.span, &subject(flavor, key), format!("`{key}` has to be {what}"));
    }
    read.map(|value| Placed { value, span: node.span })
}

fn scaled(scalar: &Scalar, unit: u64) -> Option<u64> {
    (scalar.core_type() == ScalarType::Number).then(|| times(&scalar.text, unit)).flatten()
}

/// A decimal number times `unit`, if that is whole.
pub(super) fn times(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 9
        || fraction.len() > 9
        || !digits(whole)
        || !digits(fraction)
    {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    if fraction.is_empty() {
        return Some(whole);
    }
    let of = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = fraction.parse::<u64>().ok()?.checked_mul(unit)?;
    (part % of == 0).then(|| whole + part / of)
}
