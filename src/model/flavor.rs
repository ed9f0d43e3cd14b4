//! Names of flavors (scs-0100): the grammar, as a typed value, and what follows from a name.
//!
//! ```text
//! SCS-<CPUs><C|T|V|L>[i]-<RAM>[u][o][-[<count>x][<GB>][n|h|s|p]]
//!    [_<hypervisor>][_hwv][_<architecture>[<generation>][h]][_<G|g><vendor>…][_ib]
//! ```
//!
//! There is one way to write each value, so a name that can be read is what [`Flavor`] displays.

mod parse;

use std::fmt;

use super::vocabulary::{Vocabulary, vocabulary};

pub use parse::FlavorNameError;

/// How a name of the scheme begins.
pub const PREFIX: &str = "SCS-";

vocabulary! {
    /// What a vCPU is worth.
    CpuKind {
        /// A core of one's own.
        Core = "C",
        /// A thread of one's own.
        Thread = "T",
        /// Shared with others.
        Shared = "V",
        /// Shared with many others.
        Crowded = "L",
    }
}

impl CpuKind {
    /// The value of the property `scs:cpu-type` (scs-0103).
    #[must_use]
    pub fn property(self) -> &'static str {
        match self {
            CpuKind::Core => "dedicated-core",
            CpuKind::Thread => "dedicated-thread",
            CpuKind::Shared => "shared-core",
            CpuKind::Crowded => "crowded-core",
        }
    }
}

vocabulary! {
    /// What a disk is.
    DiskKind {
        /// Storage in the network.
        Network = "n",
        /// A local hard disk.
        Hdd = "h",
        /// A local SSD.
        Ssd = "s",
        /// A local NVMe.
        Nvme = "p",
    }
}

impl DiskKind {
    /// The value of the property `scs:diskN-type` (scs-0103).
    #[must_use]
    pub fn property(self) -> &'static str {
        match self {
            DiskKind::Network => "network",
            DiskKind::Hdd => "hdd",
            DiskKind::Ssd => "ssd",
            DiskKind::Nvme => "nvme",
        }
    }
}

vocabulary! {
    /// What virtual machines run on.
    Hypervisor {
        /// KVM.
        Kvm = "kvm",
        /// Cloud Hypervisor.
        CloudHypervisor = "chy",
        /// Xen.
        Xen = "xen",
        /// VMware.
        Vmware = "vmw",
        /// Hyper-V.
        HyperV = "hyv",
        /// None: a machine of metal.
        BareMetal = "bms",
    }
}

vocabulary! {
    /// The architecture of the CPU; where a name says nothing it is x86-64.
    Architecture {
        /// x86-64 by Intel.
        Intel = "i",
        /// x86-64 by AMD.
        Amd = "z",
        /// ARM.
        Arm = "a",
        /// RISC-V.
        RiscV = "r",
    }
}

vocabulary! {
    /// Who makes the GPU.
    GpuVendor {
        /// nVidia; its generations are letters.
        Nvidia = "N",
        /// AMD; its generations are numbers.
        Amd = "A",
        /// Intel; its generations are numbers.
        Intel = "I",
    }
}

/// What the name of a flavor says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flavor {
    /// The number of vCPUs.
    pub cpus: u32,
    /// What they are worth.
    pub cpu_kind: CpuKind,
    /// `i`: weak against attacks on the CPU.
    pub insecure: bool,
    /// The memory, in halves of a GiB.
    pub half_gib: u32,
    /// `u`: the memory corrects no errors.
    pub without_ecc: bool,
    /// `o`: more memory is promised than there is.
    pub oversubscribed: bool,
    /// The disks that come with it.
    pub disks: Option<Disks>,
    /// What it runs on.
    pub hypervisor: Option<Hypervisor>,
    /// Virtual machines in it are helped by the hardware.
    pub hardware_virtualization: bool,
    /// Which CPU it is.
    pub cpu: Option<Cpu>,
    /// Which GPU it has.
    pub gpu: Option<Gpu>,
    /// It has InfiniBand.
    pub infiniband: bool,
}

/// The disks of a flavor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disks {
    /// How many, if the name says so; otherwise it is one.
    pub count: Option<u32>,
    /// The size of each in GB; without it the cloud decides.
    pub size: Option<u32>,
    /// What they are; without it the cloud decides.
    pub kind: Option<DiskKind>,
}

/// A CPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpu {
    /// Its architecture.
    pub architecture: Architecture,
    /// Its generation, as the architecture counts.
    pub generation: Option<u32>,
    /// The number of `h`: up to three, for ever higher frequencies.
    pub frequency: usize,
}

/// A GPU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gpu {
    /// `G`, the device as such, rather than `g`, a share of it.
    pub pass_through: bool,
    /// Who makes it.
    pub vendor: GpuVendor,
    /// Its generation: a small letter for nVidia, otherwise a number such as `3.5`.
    pub generation: Option<String>,
    /// Its processing units, and what memory they have.
    pub units: Option<GpuUnits>,
}

/// The processing units of a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GpuUnits {
    /// How many.
    pub count: u32,
    /// The number of `h`, for ever higher frequencies.
    pub frequency: usize,
    /// Their memory.
    pub memory: Option<GpuMemory>,
}

/// The memory of a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GpuMemory {
    /// How much, in GiB.
    pub gib: u32,
    /// `h`: of high bandwidth.
    pub high_bandwidth: bool,
}

/// What follows from a name: figures and the properties of scs-0103.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// The number of vCPUs.
    pub cpus: u32,
    /// The memory in MiB.
    pub ram: u64,
    /// The size of the first disk in GB, if there is one and the name says how large.
    pub disk: Option<u32>,
    /// `scs:cpu-type`
    pub cpu_type: &'static str,
    /// `scs:disk0-type`, if there is a disk and the name says what it is.
    pub disk0_type: Option<&'static str>,
    /// `scs:name-v1`
    pub name_v1: String,
    /// `scs:name-v2`
    pub name_v2: String,
}

/// MiB in half a GiB.
const HALF_GIB: u64 = 512;

impl Flavor {
    /// Reads a name.
    ///
    /// # Errors
    /// The first place at which the name is none of the scheme.
    pub fn parse(name: &str) -> Result<Flavor, FlavorNameError> {
        parse::flavor(name)
    }

    /// What follows from the name.
    #[must_use]
    pub fn properties(&self) -> Properties {
        let name_v2 = self.to_string();
        Properties {
            cpus: self.cpus,
            ram: u64::from(self.half_gib) * HALF_GIB,
            disk: self.disks.and_then(|it| it.size),
            cpu_type: self.cpu_kind.property(),
            disk0_type: self.disks.and_then(|it| it.kind).map(DiskKind::property),
            name_v1: name_v1(&name_v2),
            name_v2,
        }
    }
}

/// A name as version 1 of the scheme writes it: the dashes after the first are colons there, and
/// the underscores dashes.
fn name_v1(name: &str) -> String {
    let rest = name.strip_prefix(PREFIX).unwrap_or(name);
    format!("{PREFIX}{}", rest.replace('-', ":").replace('_', "-"))
}

/// A name of version 1 as it is written today.
#[must_use]
pub fn name_v2(name: &str) -> String {
    let rest = name.strip_prefix(PREFIX).unwrap_or(name);
    format!("{PREFIX}{}", rest.replace('-', "_").replace(':', "-"))
}

/// The memory of that many MiB in GiB, such as `3.5`.
#[must_use]
pub fn in_gib(mib: u64) -> String {
    match mib % 1024 {
        0 => (mib / 1024).to_string(),
        // All fractions of 1024 end after ten digits.
        rest => format!("{}{}", mib / 1024, fraction(rest)),
    }
}

/// That many 1024ths, as the digits after the point.
fn fraction(mut rest: u64) -> String {
    let mut digits = String::from(".");
    while rest > 0 {
        rest *= 10;
        digits.push_str(&(rest / 1024).to_string());
        rest %= 1024;
    }
    digits
}

impl fmt::Display for Flavor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |is: bool, letter: &'static str| if is { letter } else { "" };
        let insecure = letter(self.insecure, "i");
        write!(f, "{PREFIX}{}{}{insecure}", self.cpus, self.cpu_kind)?;
        write!(f, "-{}", in_gib(u64::from(self.half_gib) * HALF_GIB))?;
        f.write_str(letter(self.without_ecc, "u"))?;
        f.write_str(letter(self.oversubscribed, "o"))?;
        if let Some(disks) = &self.disks {
            write!(f, "-{disks}")?;
        }
        if let Some(hypervisor) = self.hypervisor {
            write!(f, "_{hypervisor}")?;
        }
        f.write_str(letter(self.hardware_virtualization, "_hwv"))?;
        if let Some(cpu) = &self.cpu {
            write!(f, "_{cpu}")?;
        }
        if let Some(gpu) = &self.gpu {
            write!(f, "_{gpu}")?;
        }
        f.write_str(letter(self.infiniband, "_ib"))
    }
}

impl fmt::Display for Disks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(count) = self.count {
            write!(f, "{count}x")?;
        }
        if let Some(size) = self.size {
            write!(f, "{size}")?;
        }
        self.kind.map_or(Ok(()), |kind| write!(f, "{kind}"))
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generation = self.generation.map(|it| it.to_string()).unwrap_or_default();
        write!(f, "{}{generation}{}", self.architecture, "h".repeat(self.frequency))
    }
}

impl fmt::Display for Gpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = if self.pass_through { 'G' } else { 'g' };
        write!(f, "{letter}{}{}", self.vendor, self.generation.as_deref().unwrap_or_default())?;
        let Some(units) = &self.units else { return Ok(()) };
        write!(f, "-{}{}", units.count, "h".repeat(units.frequency))?;
        let Some(memory) = &units.memory else { return Ok(()) };
        write!(f, "-{}{}", memory.gib, if memory.high_bandwidth { "h" } else { "" })
    }
}

#[cfg(test)]
mod tests;
