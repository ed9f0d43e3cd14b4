//! From a name to a flavor. An error says after what something else was expected, and names the
//! slip where it is a typical one.

use super::{
    Architecture, Cpu, CpuKind, DiskKind, Disks, Flavor, Gpu, GpuMemory, GpuUnits, GpuVendor,
    Hypervisor, PREFIX, Vocabulary, name_v2,
};
use crate::text::{any_of, shortened};

/// The longest number that counts for one, in digits.
const MOST_DIGITS: usize = 6;

/// The most `h` for the frequency of a CPU.
const MOST_CPU_H: usize = 3;
/// The most `h` for the frequency of a GPU; the standard names no limit.
const MOST_GPU_H: usize = 9;

/// How much of a name an error repeats, in characters.
const SHOWN: usize = 60;

/// Why a text is no name of a flavor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct FlavorNameError {
    /// What could be read; what is wrong begins at its end.
    pub after: String,
    /// What was expected there.
    pub expected: String,
    /// The slip that it looks like.
    pub slip: Option<String>,
}

impl FlavorNameError {
    /// Where the name is wrong, in bytes from its beginning.
    #[must_use]
    pub fn at(&self) -> usize {
        self.after.len()
    }

    fn sentence(&self) -> String {
        let slip = self.slip.as_deref().map(|it| format!("; {it}")).unwrap_or_default();
        format!("{}: {}{slip}", self.place(), self.expected)
    }

    /// The same for people: after what it is wrong.
    #[must_use]
    pub fn place(&self) -> String {
        if self.after.is_empty() {
            "at the beginning".to_owned()
        } else {
            format!("after `{}`", shortened(&self.after, SHOWN))
        }
    }
}

type Parsed<T> = Result<T, FlavorNameError>;

pub(super) fn flavor(name: &str) -> Parsed<Flavor> {
    read(Scan { name, at: 0, seeks_slips: true })
}

/// The same, without a look at what else could be meant.
fn plainly(name: &str) -> Parsed<Flavor> {
    read(Scan { name, at: 0, seeks_slips: false })
}

fn read(mut scan: Scan<'_>) -> Parsed<Flavor> {
    if !scan.eats(PREFIX) {
        return Err(scan.expects("the prefix `SCS-`"));
    }
    let mut flavor = scan.cpus()?;
    scan.memory(&mut flavor)?;
    if scan.eats("-") {
        flavor.disks = Some(scan.disks()?);
    }
    scan.extensions(&mut flavor)?;
    Ok(flavor)
}

/// A name that is being read.
struct Scan<'n> {
    name: &'n str,
    /// How much of it was read, in bytes.
    at: usize,
    /// Whether an error looks at what else could be meant.
    seeks_slips: bool,
}

impl<'n> Scan<'n> {
    fn rest(&self) -> &'n str {
        self.name.get(self.at..).unwrap_or_default()
    }

    fn eats(&mut self, word: &str) -> bool {
        let is = self.rest().starts_with(word);
        if is {
            self.at += word.len();
        }
        is
    }

    fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    /// The digits that come next; they are read.
    fn digits(&mut self) -> &'n str {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A number without leading zeros, if digits come next.
    fn number(&mut self, what: &str, least: u32) -> Parsed<Option<u32>> {
        let start = self.at;
        let digits = self.digits();
        if digits.is_empty() {
            return Ok(None);
        }
        let plain = digits.len() == 1 || !digits.starts_with('0');
        let number = digits.parse().ok().filter(|it| plain && *it >= least);
        match number.filter(|_| digits.len() <= MOST_DIGITS) {
            Some(number) => Ok(Some(number)),
            None => {
                self.at = start;
                let slip = if plain { None } else { Some("numbers have no leading zeros".into()) };
                Err(self.slips(&format!("{what}, from {least} to 999999"), slip))
            }
        }
    }

    /// One of the values of a list that comes next.
    fn one_of<V: Vocabulary>(&mut self) -> Option<V> {
        V::ALL.iter().copied().find(|it| self.eats(it.name()))
    }

    /// How many `h` come next; they are read.
    fn frequency(&mut self, most: usize) -> Parsed<usize> {
        let mut count = 0;
        while count < most && self.eats("h") {
            count += 1;
        }
        if self.rest().starts_with('h') {
            return Err(self.expects(&format!("no more than {most} `h`")));
        }
        Ok(count)
    }

    fn slips(&self, expected: &str, slip: Option<String>) -> FlavorNameError {
        let after = self.name.get(..self.at).unwrap_or_default().to_owned();
        FlavorNameError { after, expected: expected.to_owned(), slip }
    }

    /// What was expected here, and what slip it looks like.
    fn expects(&self, expected: &str) -> FlavorNameError {
        let next = self.rest().chars().next().filter(|_| self.seeks_slips);
        let slip = match next {
            Some(':') if self.name.starts_with(PREFIX) => {
                let today = name_v2(self.name);
                let today = plainly(&today).is_ok().then(|| format!(", today it is `{today}`"));
                let today = today.unwrap_or_default();
                Some(format!("`:` is of version 1 of the naming scheme{today}"))
            }
            Some(letter) if letter.is_ascii_alphabetic() => self.as_written_in_other_case(letter),
            _ => None,
        };
        self.slips(expected, slip)
    }

    /// Whether the name could be read further with the next letter in the other case.
    fn as_written_in_other_case(&self, letter: char) -> Option<String> {
        let other = if letter.is_ascii_lowercase() {
            self.rest().to_ascii_uppercase()
        } else {
            self.rest().to_ascii_lowercase()
        };
        let word = |text: &str| -> usize {
            text.bytes().take_while(|byte| byte.is_ascii_alphabetic()).count()
        };
        // The whole word first, then the letter alone.
        [word(self.rest()), 1].into_iter().find_map(|length| {
            let (before, after) = (self.name.get(..self.at)?, self.rest().get(length..)?);
            let changed = other.get(..length)?;
            let fits = match plainly(&format!("{before}{changed}{after}")) {
                Ok(_) => true,
                Err(error) => error.at() > self.at,
            };
            fits.then(|| format!("case matters: `{changed}`"))
        })
    }

    fn cpus(&mut self) -> Parsed<Flavor> {
        let expected = "the number of vCPUs";
        let cpus = self.number(expected, 1)?.ok_or_else(|| self.expects(expected))?;
        let kinds = "a kind of CPU, one of C, T, V, L";
        let Some(cpu_kind) = self.one_of::<CpuKind>() else {
            let kind = self.rest().strip_prefix('i').and_then(|rest| rest.chars().next());
            let kind = kind.filter(|kind| "CTVL".contains(*kind));
            return Err(match kind {
                Some(kind) => self.slips(kinds, Some(format!("`i` follows it: `{cpus}{kind}i`"))),
                None => self.expects(kinds),
            });
        };
        let insecure = self.eats("i");
        if !self.eats("-") {
            let i = if insecure { "" } else { "`i` or " };
            return Err(self.expects(&format!("{i}`-` and the RAM in GiB")));
        }
        Ok(Flavor {
            cpus,
            cpu_kind,
            insecure,
            half_gib: 0,
            without_ecc: false,
            oversubscribed: false,
            disks: None,
            hypervisor: None,
            hardware_virtualization: false,
            cpu: None,
            gpu: None,
            infiniband: false,
        })
    }

    fn memory(&mut self, flavor: &mut Flavor) -> Parsed<()> {
        let expected = "the RAM in GiB, such as 4 or 3.5";
        let start = self.at;
        let whole = self.number(expected, 0)?.ok_or_else(|| self.expects(expected))?;
        let half = self.eats(".");
        if half && self.digits() != "5" {
            self.at = start + whole.to_string().len();
            let slip = "RAM comes in steps of half a GiB".to_owned();
            return Err(self.slips("`.5` or no fraction", Some(slip)));
        }
        flavor.half_gib = whole * 2 + u32::from(half);
        if flavor.half_gib == 0 {
            self.at = start;
            return Err(self.expects("some RAM, in GiB"));
        }
        let written = start..self.at;
        flavor.without_ecc = self.eats("u");
        flavor.oversubscribed = self.eats("o");
        if self.is_done() || self.rest().starts_with(['-', '_']) {
            return Ok(());
        }
        let rest = "`-` and a disk, `_` and an extension, or the end";
        if flavor.oversubscribed && !flavor.without_ecc && self.rest().starts_with('u') {
            let ram = self.name.get(written).unwrap_or_default();
            return Err(self.slips(rest, Some(format!("`u` comes before `o`: `{ram}uo`"))));
        }
        let letters = match (flavor.without_ecc, flavor.oversubscribed) {
            (false, false) => "`u`, `o`, ",
            (true, false) => "`o`, ",
            _ => "",
        };
        Err(self.expects(&format!("{letters}{rest}")))
    }

    fn disks(&mut self) -> Parsed<Disks> {
        let number = self.number("a size in GB or a number of disks", 1)?;
        let (mut count, mut size) = (None, number);
        if number.is_some() && self.eats("x") {
            count = number;
            let expected = "the size of each disk in GB";
            size = Some(self.number(expected, 1)?.ok_or_else(|| self.expects(expected))?);
        }
        let kind = self.one_of::<DiskKind>();
        if self.is_done() || self.rest().starts_with('_') {
            return Ok(Disks { count, size, kind });
        }
        let rest = "`_` and an extension, or the end";
        let expected = match (size, kind) {
            (_, Some(_)) => rest.to_owned(),
            (Some(_), None) => format!("a kind of disk, one of n, h, s, p, {rest}"),
            (None, None) => {
                format!("the size of the disk in GB, its kind, one of n, h, s, p, {rest}")
            }
        };
        if size.is_some() && self.rest().starts_with('.') {
            let slip = "the size of a disk is a whole number of GB".to_owned();
            return Err(self.slips(&expected, Some(slip)));
        }
        Err(self.expects(&expected))
    }

    fn extensions(&mut self, flavor: &mut Flavor) -> Parsed<()> {
        // What was there last; what comes next has to be of a later place.
        let mut last = None;
        while self.eats("_") {
            let start = self.at;
            let place = self.extension(flavor)?;
            if last.is_some_and(|last| last >= place) {
                self.at = start;
                return Err(self.slips(
                    "an extension that may stand here",
                    Some(
                        "each is there once, in this order: hypervisor, `hwv`, CPU, GPU, `ib`"
                            .into(),
                    ),
                ));
            }
            last = Some(place);
        }
        if self.is_done() { Ok(()) } else { Err(self.expects("`_` and an extension, or the end")) }
    }

    /// Reads an extension; gives its place among them.
    fn extension(&mut self, flavor: &mut Flavor) -> Parsed<usize> {
        let rest = self.rest();
        let word = rest.split('_').next().unwrap_or_default();
        let is = |known: &str| word == known;
        if let Some(hypervisor) = Hypervisor::parse(word) {
            flavor.hypervisor = Some(hypervisor);
            self.at += word.len();
            Ok(0)
        } else if is("hwv") {
            flavor.hardware_virtualization = true;
            self.at += word.len();
            Ok(1)
        } else if is("ib") {
            flavor.infiniband = true;
            self.at += word.len();
            Ok(4)
        } else if word.starts_with(['G', 'g']) {
            flavor.gpu = Some(self.gpu()?);
            Ok(3)
        } else if let Some(architecture) = self.one_of::<Architecture>() {
            let generation = self.number("a generation", 0)?;
            let frequency = self.frequency(MOST_CPU_H)?;
            flavor.cpu = Some(Cpu { architecture, generation, frequency });
            Ok(2)
        } else {
            let names: Vec<&str> = Hypervisor::ALL.iter().map(|it| it.name()).collect();
            let expected = format!(
                "an extension: a hypervisor ({}), `hwv`, a CPU (i, z, a or r and a generation), a GPU \
                 (G or g and N, A or I), or `ib`",
                any_of(&names).replace('`', "")
            );
            Err(self.expects(&expected))
        }
    }

    fn gpu(&mut self) -> Parsed<Gpu> {
        let pass_through = self.eats("G");
        if !pass_through {
            self.eats("g");
        }
        let vendor = "the vendor of the GPU, one of N, A, I";
        let vendor = self.one_of::<GpuVendor>().ok_or_else(|| self.expects(vendor))?;
        let generation = self.gpu_generation(vendor)?;
        let mut units = None;
        if self.eats("-") {
            let expected = "the number of processing units";
            let count = self.number(expected, 1)?.ok_or_else(|| self.expects(expected))?;
            let frequency = self.frequency(MOST_GPU_H)?;
            let mut memory = None;
            if self.eats("-") {
                let expected = "the memory of the GPU in GiB";
                let gib = self.number(expected, 1)?.ok_or_else(|| self.expects(expected))?;
                memory = Some(GpuMemory { gib, high_bandwidth: self.eats("h") });
            }
            units = Some(GpuUnits { count, frequency, memory });
        }
        Ok(Gpu { pass_through, vendor, generation, units })
    }

    /// A small letter, or a number that may have a fraction.
    fn gpu_generation(&mut self, vendor: GpuVendor) -> Parsed<Option<String>> {
        let start = self.at;
        if vendor == GpuVendor::Nvidia {
            if self.rest().starts_with(|c: char| c.is_ascii_lowercase()) {
                self.at += 1;
            }
        } else if !self.digits().is_empty() && self.eats(".") && self.digits().is_empty() {
            return Err(self.expects("the fraction of the generation"));
        }
        let generation = self.name.get(start..self.at).unwrap_or_default();
        Ok(Some(generation.to_owned()).filter(|it| !it.is_empty()))
    }
}
