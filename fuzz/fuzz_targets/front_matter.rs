#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| scs_doc_fuzz::front_matter(data));
