#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| scs_doc_fuzz::manifest(data));
