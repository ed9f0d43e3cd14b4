//! Normative data: YAML files that standards refer to.

rules! { flavor_name, flavor_consistency, image_source, image_status }
